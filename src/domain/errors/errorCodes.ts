/**
 * The problems that Ferry explains: error codes of Tencent Cloud, and failures to reach it. Each
 * entry says who can act, whether a retry is safe, and which console page helps. The words are in
 * `src/i18n`; the compiler requires an entry for each code.
 */

/**
 * Who can do the next step. `dba` manages databases and DTS, `account_admin` manages permissions
 * (CAM) and billing, `operator` runs Ferry, `support` is Tencent Cloud's.
 */
export type Helper = 'requester' | 'approver' | 'dba' | 'account_admin' | 'operator' | 'support';

/**
 * Whether the call may be repeated. `later`: a retry may succeed. `after_fix`: something outside
 * the request has to change first. `after_edit`: the same values would be rejected again.
 * `after_look`: only if the console shows no such job. `never`: nothing that people here can change
 * would help.
 */
export type Again = 'later' | 'after_fix' | 'after_edit' | 'after_look' | 'never';

/** Pages of Tencent Cloud's console. */
export type ConsolePage = 'dts' | 'policies' | 'keys' | 'billing' | 'secrets';

/** What appears next to the words: the missing policy statement, or the account's idle jobs. */
type Exhibit = 'statement' | 'idle_jobs';

export interface Advice {
  helper: Helper;
  again: Again;
  page?: ConsolePage;
  exhibit?: Exhibit;
}

const advise = (helper: Helper, again: Again, page?: ConsolePage, exhibit?: Exhibit): Advice => ({
  helper,
  again,
  ...(page === undefined ? {} : { page }),
  ...(exhibit === undefined ? {} : { exhibit }),
});

const forbidden = advise('account_admin', 'after_fix', 'policies', 'statement');
const inside = advise('requester', 'later');
const wrongValue = advise('requester', 'after_edit');
const wrongKey = advise('operator', 'after_fix', 'keys');
const wrongAddress = advise('operator', 'after_fix');
const newVersion = advise('operator', 'never', 'dts');
const instances = advise('dba', 'after_fix', 'dts');

/**
 * Error codes of DTS 2018-03-30 (its data structures page and the pages of its actions) and of the
 * actions of 2021-12-06 on migration jobs, and common codes of API 3.0. A code without a dot explains
 * its whole family.
 */
const codeAdvice = {
  ActionOffline: newVersion,
  AuthFailure: wrongKey,
  'AuthFailure.AuthFailureError': wrongKey,
  'AuthFailure.AuthorizedOperationDenyError': forbidden,
  'AuthFailure.InvalidAuthorization': wrongAddress,
  'AuthFailure.InvalidSecretId': wrongKey,
  'AuthFailure.MFAFailure': advise('account_admin', 'after_fix', 'keys'),
  'AuthFailure.SecretIdNotFound': wrongKey,
  'AuthFailure.SignatureExpire': wrongAddress,
  'AuthFailure.SignatureFailure': wrongKey,
  'AuthFailure.TokenFailure': wrongKey,
  'AuthFailure.UnauthorizedOperation': forbidden,
  'AuthFailure.UnauthorizedOperationError': forbidden,
  DryRunOperation: wrongAddress,
  FailedOperation: instances,
  'FailedOperation.FailedOperationError': instances,
  'FailedOperation.NotAllowOperation': instances,
  'FailedOperation.ProxyError': instances,
  'FailedOperation.StartJobFailed': instances,
  'FailedOperation.StatusInConflict': instances,
  'FailedOperation.StatusInConflictError': instances,
  InternalError: inside,
  'InternalError.AddTaskError': inside,
  'InternalError.CeleryError': inside,
  'InternalError.CgwSystemError': advise('support', 'later'),
  'InternalError.DatabaseError': inside,
  'InternalError.DuplicateJob': advise('dba', 'after_look', 'dts'),
  'InternalError.InternalErrorError': inside,
  'InternalError.InternalHttpServerError': inside,
  'InternalError.InternalInnerCommonError': inside,
  'InternalError.InternalTradeError': advise('account_admin', 'later', 'billing'),
  'InternalError.LockError': advise('dba', 'later', 'dts'),
  'InternalError.NotEnoughMoneyError': advise('account_admin', 'after_fix', 'billing'),
  'InternalError.ProtocolError': inside,
  'InternalError.UndefinedError': inside,
  'InternalError.UnknownError': inside,
  InvalidAction: wrongAddress,
  InvalidParameter: wrongValue,
  'InvalidParameter.BizInvalidParameterValueError': wrongValue,
  'InvalidParameter.ControllerNotFoundError': newVersion,
  'InvalidParameter.InstanceNotFound': wrongValue,
  'InvalidParameter.InvalidIpAddress': wrongValue,
  'InvalidParameter.InvalidParameterError': wrongValue,
  InvalidParameterValue: wrongValue,
  'InvalidParameterValue.BizInvalidParameterValueError': wrongValue,
  'InvalidParameterValue.DataConvertError': wrongValue,
  'InvalidParameterValue.InvalidParameterValue': wrongValue,
  'InvalidParameterValue.InvalidParameterValueError': wrongValue,
  InvalidRequest: wrongAddress,
  IpInBlacklist: advise('account_admin', 'after_fix', 'keys'),
  IpNotInWhitelist: advise('account_admin', 'after_fix', 'keys'),
  LimitExceeded: advise('dba', 'after_fix', 'dts'),
  'LimitExceeded.MaxUnusedJobs': advise('dba', 'after_fix', 'dts', 'idle_jobs'),
  MissingParameter: newVersion,
  NoSuchProduct: wrongAddress,
  NoSuchVersion: wrongAddress,
  OperationDenied: advise('account_admin', 'after_fix', 'dts'),
  'OperationDenied.BizOperationDeniedError': advise('dba', 'after_fix', 'dts'),
  'OperationDenied.JobOperationDeniedError': advise('dba', 'after_fix', 'dts'),
  'OperationDenied.MigrateServiceSupportError': wrongValue,
  'OperationDenied.NotEnoughMoneyError': advise('account_admin', 'after_fix', 'billing'),
  'OperationDenied.OperationDenied': advise('account_admin', 'after_fix', 'dts'),
  'OperationDenied.OperationDeniedError': advise('account_admin', 'after_fix', 'dts'),
  RequestLimitExceeded: inside,
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded': inside,
  'RequestLimitExceeded.IPLimitExceeded': advise('operator', 'later'),
  'RequestLimitExceeded.RequestLimitExceededError': inside,
  'RequestLimitExceeded.UinLimitExceeded': inside,
  RequestSizeLimitExceeded: wrongValue,
  ResourceInUse: instances,
  ResourceInsufficient: advise('support', 'later'),
  ResourceNotFound: wrongValue,
  'ResourceNotFound.BizResourceNotFoundError': wrongValue,
  'ResourceNotFound.JobNotExist': instances,
  'ResourceNotFound.ResourceNotFound': wrongValue,
  'ResourceNotFound.ResourceNotFoundError': wrongValue,
  ResourceUnavailable: instances,
  ResourcesSoldOut: advise('dba', 'later', 'dts'),
  ResponseSizeLimitExceeded: advise('approver', 'after_look', 'dts'),
  ServiceUnavailable: inside,
  UnauthorizedOperation: forbidden,
  'UnauthorizedOperation.NotEnoughPrivileges': forbidden,
  'UnauthorizedOperation.UnauthorizedOperationError': forbidden,
  UnknownParameter: newVersion,
  UnsupportedOperation: wrongValue,
  'UnsupportedOperation.IntraNetUserNotTaggedError': wrongValue,
  UnsupportedProtocol: wrongAddress,
  UnsupportedRegion: wrongValue,
} as const satisfies Record<string, Advice>;

/** Failures without a code from Tencent Cloud. */
const failureAdvice = {
  no_keys: wrongAddress,
  name_not_found: wrongAddress,
  connection_refused: wrongAddress,
  tls_failed: wrongAddress,
  process_paused: advise('operator', 'later'),
  not_sent: wrongAddress,
  rule_unclear: advise('requester', 'never'),
  start_time_passed: wrongValue,
  requester_not_allowed: advise('operator', 'after_fix'),
  job_not_ready: advise('approver', 'later'),
  check_changed: advise('approver', 'later'),
  no_effect: advise('approver', 'later'),
  record_altered: advise('operator', 'after_edit'),
  secret_missing: wrongValue,
  secret_no_key: wrongAddress,
  secret_damaged: advise('operator', 'after_edit'),
  secret_elsewhere: advise('operator', 'after_edit'),
  stored_secret_refused: advise('account_admin', 'after_fix', 'secrets'),
  stored_secret_busy: inside,
  stored_secret_not_reached: wrongAddress,
  stored_secret_unusable: advise('account_admin', 'after_fix', 'secrets'),
  stored_secret_other_user: advise('requester', 'after_edit', 'secrets'),
  stored_secret_not_set: wrongAddress,
  stored_secret_not_allowed: advise('requester', 'after_edit'),
  stored_secret_unknown_person: inside,
  timed_out: advise('approver', 'after_look', 'dts'),
  connection_lost: advise('approver', 'after_look', 'dts'),
  no_answer: advise('approver', 'after_look', 'dts'),
  server_error: advise('approver', 'after_look', 'dts'),
  unreadable_answer: advise('approver', 'after_look', 'dts'),
  redirected: advise('operator', 'after_look', 'dts'),
  interrupted: advise('approver', 'after_look', 'dts'),
} as const satisfies Record<string, Advice>;

export type ErrorCode = keyof typeof codeAdvice;
export type Failure = keyof typeof failureAdvice;
/** Keys that have an explanation. `unlisted` also covers new codes of a family. */
export type Explained = ErrorCode | Failure | 'unlisted';

const advice: Readonly<Record<Explained, Advice>> = {
  ...codeAdvice,
  ...failureAdvice,
  unlisted: advise('support', 'after_fix', 'dts'),
};

/** `hasEmptyFields`: the request leaves fields empty that DTS usually requires. */
export const adviceOn = (key: Explained, hasEmptyFields = false): Advice =>
  key === 'MissingParameter' && hasEmptyFields ? wrongValue : advice[key];

const isKey = (text: string): text is Explained => Object.hasOwn(advice, text);
/** All keys with an explanation, codes first. */
export const explainedKeys: readonly Explained[] = Object.keys(advice).filter(isKey);
export const errorCodes: readonly ErrorCode[] = explainedKeys.filter(isErrorCode);

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(codeAdvice, text);
}

/** Returns the key of the explanation for `code`: its own, its family's, or `unlisted`. */
export function explanationOf(code: string): ErrorCode | 'unlisted' {
  if (isErrorCode(code)) return code;
  const family = code.split('.', 1)[0] ?? '';
  return isErrorCode(family) ? family : 'unlisted';
}

/** True if a call that changes nothing may succeed later without a change. */
export const mayReadLater = (code: string): boolean =>
  adviceOn(explanationOf(code)).again === 'later';

/** True if `code` says that a permission (CAM) is missing. */
export const isForbidden = (code: string): boolean =>
  adviceOn(explanationOf(code)).exhibit === 'statement';
