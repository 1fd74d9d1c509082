/**
 * Error codes of Tencent Cloud that Ferry explains, and who can act on them. The words are in the
 * locales, one entry a code, which the compiler insists on.
 */

/**
 * Who can do the next step: the requester; whoever manages the account's databases and DTS; whoever
 * manages its permissions (CAM) and bills; whoever runs Ferry; Tencent Cloud's support.
 */
export type Helper = 'requester' | 'dba' | 'account_admin' | 'operator' | 'support';

/** The codes that the API page of CreateMigrateJob lists, each with words of its own. */
export const ownCodes = {
  'FailedOperation.NotAllowOperation': 'dba',
  'InternalError.DatabaseError': 'requester',
  'InternalError.DuplicateJob': 'dba',
  'InternalError.ProtocolError': 'requester',
  InvalidParameter: 'requester',
  'LimitExceeded.MaxUnusedJobs': 'dba',
} as const satisfies Record<string, Helper>;

/** Families: the part of a code before its dot, for every code without words of its own. */
export const families = {
  ActionOffline: 'operator',
  AuthFailure: 'operator',
  DryRunOperation: 'operator',
  FailedOperation: 'dba',
  InternalError: 'requester',
  InvalidAction: 'operator',
  InvalidParameterValue: 'requester',
  InvalidRequest: 'operator',
  IpInBlacklist: 'account_admin',
  IpNotInWhitelist: 'account_admin',
  LimitExceeded: 'dba',
  MissingParameter: 'operator',
  NoSuchProduct: 'operator',
  NoSuchVersion: 'operator',
  OperationDenied: 'account_admin',
  RequestLimitExceeded: 'requester',
  RequestSizeLimitExceeded: 'requester',
  ResourceInUse: 'dba',
  ResourceInsufficient: 'dba',
  ResourceNotFound: 'requester',
  ResourceUnavailable: 'dba',
  ResponseSizeLimitExceeded: 'operator',
  ServiceUnavailable: 'requester',
  UnauthorizedOperation: 'account_admin',
  UnknownParameter: 'operator',
  UnsupportedOperation: 'dba',
  UnsupportedProtocol: 'operator',
  UnsupportedRegion: 'requester',
} as const satisfies Record<string, Helper>;

export type ExplainedCode = keyof typeof ownCodes | keyof typeof families;

const helpers: Readonly<Record<ExplainedCode, Helper>> = { ...families, ...ownCodes };

const isExplained = (code: string): code is ExplainedCode => Object.hasOwn(helpers, code);

/** Codes that belong to another family than their name says: the key is fine, a permission is missing. */
const misnamed: Readonly<Record<string, ExplainedCode>> = {
  'AuthFailure.UnauthorizedOperation': 'UnauthorizedOperation',
  'AuthFailure.UnauthorizedOperationError': 'UnauthorizedOperation',
};

/** Whose words explain `code`: its own, its family's, or `unlisted` where even that is new. */
export function explanationOf(code: string): ExplainedCode | 'unlisted' {
  if (isExplained(code)) return code;
  const other = misnamed[code];
  if (other !== undefined) return other;
  const family = code.split('.', 1)[0] ?? '';
  return isExplained(family) ? family : 'unlisted';
}

export function helperFor(code: ExplainedCode | 'unlisted'): Helper {
  return code === 'unlisted' ? 'support' : helpers[code];
}
