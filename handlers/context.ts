import type { CardPlace } from '../src/domain/announcement';
import type { ConsoleSite } from '../src/domain/consolePage';
import type { FormOffer } from '../src/domain/fields';
import type { FileProblem } from '../src/domain/fileProblem';
import type { Overview } from '../src/domain/home';
import type { Policy } from '../src/domain/policy';
import type { Preset } from '../src/domain/preset';
import type { Refusal } from '../src/domain/refusal';
import type { MigrationRequest } from '../src/domain/request';
import type { RequestEvent } from '../src/domain/requestEvent';
import type { Suggestions } from '../src/domain/suggestions';
import type { Messages } from '../src/i18n/locales';
import type { Action, ActResult } from '../src/workflow/act';
import type { Log } from '../src/workflow/ports';
import type { Submission, SubmitResult } from '../src/workflow/submit';
import type { SuggestionQuery } from '../src/workflow/suggest';

/** What the handlers need: words, the policy, and what people do. */
export interface HandlerContext {
  messages: Messages;
  /** Whose console the account has. */
  site: ConsoleSite;
  /** As it stands now: it can be read again while Ferry runs. */
  policy(): Policy;
  /** Offered first as the destination's region. */
  region: string;
  /** Where passwords may come from, and what else forms ask. */
  offer(): FormOffer;
  /** Named beginnings of a form. */
  presets(): readonly Preset[];
  log: Log;
  /** Rejects when the store does. */
  find(requestId: number): Promise<MigrationRequest | undefined>;
  /** All that has happened to a request, oldest first. Rejects when the store does. */
  events(requestId: number): Promise<readonly RequestEvent[]>;
  /** What somebody has to do with requests, a few of each kind. Rejects when the store does. */
  overview(userId: string): Promise<Overview>;
  /** Where the card of a request stands, once it is posted. Rejects when the store does. */
  cardOf(requestId: number): Promise<CardPlace | undefined>;
  /** Publishes somebody's Home tab, at this page from 0, and keeps it right. */
  showHome(userId: string, page: number): Promise<void>;
  /** The text of a file that somebody attached to a form. */
  readAttachment(
    fileId: string,
  ): Promise<{ ok: true; text: string } | { ok: false; problem: FileProblem }>;
  /** What a field of the form can be picked from. */
  suggest(query: SuggestionQuery): Promise<Suggestions | undefined>;
  submit(submission: Submission): Promise<SubmitResult>;
  act(action: Action): Promise<ActResult>;
  /** Whether somebody wants no direct messages. Rejects when the store does. */
  setMuted(userId: string, muted: boolean): Promise<void>;
  /** Why somebody may not change a request. */
  refusalOfEditing(requestId: number, userId: string): Promise<Refusal | undefined>;
}
