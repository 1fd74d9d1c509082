import type { ListenProblem } from './operations/listen';
import type { PolicyProblem } from './slack/checkPolicy';
import type { StoreProblem } from './store/openStore';
import type { AccountProblem } from './tencentcloud/identifyAccount';

/** Why Ferry did not start. */
export type StartProblem =
  | AccountProblem
  | ListenProblem
  | PolicyProblem
  | StoreProblem
  /** A signal stopped it before it was connected to Slack. */
  | { kind: 'stopped' }
  | { kind: 'token_refused'; error: string }
  | { kind: 'app_token_refused'; error: string };
