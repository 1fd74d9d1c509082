import type { SecretOffer } from '../src/domain/fields';
import type { FileProblem } from '../src/domain/fileProblem';
import type { Policy } from '../src/domain/policy';
import type { Preset } from '../src/domain/preset';
import type { MigrationRequest } from '../src/domain/request';
import type { Suggestions } from '../src/domain/suggestions';
import type { Messages } from '../src/i18n/locales';
import type { Action, ActResult } from '../src/workflow/act';
import type { Log } from '../src/workflow/ports';
import type { Submission, SubmitResult } from '../src/workflow/submit';
import type { SuggestionQuery } from '../src/workflow/suggest';

/** What the handlers need: words, the policy, and what people do. */
export interface HandlerContext {
  messages: Messages;
  policy: Policy;
  /** Offered first as the destination's region. */
  region: string;
  /** Where passwords may come from. */
  offer: SecretOffer;
  /** Named beginnings of a form. */
  presets: readonly Preset[];
  log: Log;
  /** Rejects when the store does. */
  find(requestId: number): Promise<MigrationRequest | undefined>;
  /** The text of a file that somebody attached to a form. */
  readAttachment(
    fileId: string,
  ): Promise<{ ok: true; text: string } | { ok: false; problem: FileProblem }>;
  /** What a field of the form can be picked from. */
  suggest(query: SuggestionQuery): Promise<Suggestions | undefined>;
  submit(submission: Submission): Promise<SubmitResult>;
  act(action: Action): Promise<ActResult>;
}
