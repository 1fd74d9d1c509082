type Check =
  | 'settings'
  | 'policy'
  | 'variable'
  | 'bot_token'
  | 'scopes'
  | 'app_token'
  | 'channel'
  | 'people'
  | 'views'
  | 'clock'
  | 'database'
  | 'audit_key'
  | 'requests'
  | 'port'
  | 'keys'
  | 'account'
  | 'search'
  | 'permission'
  | 'region'
  | 'secret';

/** The result of a check, in one line. */
export interface Finding {
  /** What was checked, for programs. */
  check: Check;
  /** `doubtful`: it works, but is probably a mistake. */
  verdict: 'fine' | 'doubtful' | 'wrong';
  says: string;
}

const finding =
  (verdict: Finding['verdict']) =>
  (check: Check, says: string): Finding => ({ check, verdict, says });

export const fine = finding('fine');
export const doubtful = finding('doubtful');
export const wrong = finding('wrong');
