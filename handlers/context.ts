import type { CardPlace } from '../src/domain/channel/announcement';
import type { HomeFilter, Overview } from '../src/domain/channel/home';
import type { ConsoleSite } from '../src/domain/errors/consolePage';
import type { FileProblem } from '../src/domain/form/fileProblem';
import type { Draft } from '../src/domain/form/form';
import type { Suggestions } from '../src/domain/form/suggestions';
import type { FormOffer } from '../src/domain/migration/fields';
import type { Policy } from '../src/domain/policy/policy';
import type { Preset } from '../src/domain/policy/preset';
import type { Refusal } from '../src/domain/request/refusal';
import type { MigrationRequest } from '../src/domain/request/request';
import type { RequestEvent } from '../src/domain/request/requestEvent';
import type { Messages } from '../src/i18n/locales';
import type { Log } from '../src/ports/log';
import type { Action, ActResult } from '../src/workflow/act';
import type { Beginning, Begun } from '../src/workflow/beginForm';
import type { Concern, Submission, SubmitResult } from '../src/workflow/submit';
import type { SuggestionQuery } from '../src/workflow/suggest';
import type { Found } from '../src/workflow/viewing';

/** What a person did, as Slack reported it. */
export type PersonsAction = Omit<Action, 'delivery'>;

/**
 * What a handler has that was not told whether the person may see anything: words, and what judges the
 * person itself and shows nothing else.
 */
export interface ActingContext {
  messages: Messages;
  log: Log;
  /** A refusal says no more about a request than the person may see. Rejects when the store does. */
  act(action: PersonsAction): Promise<ActResult>;
  /** Publishes somebody's Home tab, at this page from 0, and keeps it right. */
  showHome(userId: string, page: number, filter?: HomeFilter): Promise<void>;
}

/** What handlers need for a person who may see something, bound to this person and this delivery. */
export interface HandlerContext extends ActingContext {
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
  /** A request that the person may see, or why they get none. Rejects when the store does. */
  find(requestId: number): Promise<Found>;
  /** All that has happened to a request, oldest first. Rejects when the store does. */
  events(request: MigrationRequest): Promise<readonly RequestEvent[]>;
  /** What the person has to do with requests, a few of each kind. Rejects when the store does. */
  overview(): Promise<Overview>;
  /** Where the card of a request is, once it is posted. Rejects when the store does. */
  cardOf(request: MigrationRequest): Promise<CardPlace | undefined>;
  /** The text of a file that somebody attached to a form. */
  readAttachment(
    fileId: string,
  ): Promise<{ ok: true; text: string } | { ok: false; problem: FileProblem }>;
  /** What a field of the form can be picked from. */
  suggest(query: SuggestionQuery): Promise<Suggestions | undefined>;
  /** The values of a form that opens, with what Ferry can guess. Answers within a second. */
  begin(beginning: Beginning): Promise<Begun>;
  /** What the values of a form name in the account. Answers within half a second. */
  findResources(form: Pick<Beginning, 'values' | 'offer'>): Promise<Begun['found']>;
  /** The warnings about a draft that need no lookup and that the person did not accept. */
  concerns(draft: Draft, seen: readonly string[]): readonly Concern[];
  submit(submission: Omit<Submission, 'delivery'>): Promise<SubmitResult>;
  /** Stores whether the person wants no direct messages; what is stored then. Rejects when the store does. */
  setMuted(muted: boolean): Promise<boolean>;
  /** Why the person may not change a request that they may see. */
  refusalOfEditing(request: MigrationRequest): Promise<Refusal | undefined>;
  /** Why the person may not use emergency approval for a request. */
  refusalOfEmergency(requestId: number): Promise<Refusal | undefined>;
}
