import type { Policy } from '../src/domain/policy';
import type { Messages } from '../src/i18n/locales';
import type { Action, ActResult } from '../src/workflow/act';
import type { Log } from '../src/workflow/ports';
import type { Submission, SubmitResult } from '../src/workflow/submit';

/** What the handlers need: words, the policy, and the two things that people do. */
export interface HandlerContext {
  messages: Messages;
  policy: Policy;
  /** Offered first as the destination's region. */
  region: string;
  log: Log;
  submit(submission: Submission): Promise<SubmitResult>;
  act(action: Action): Promise<ActResult>;
}
