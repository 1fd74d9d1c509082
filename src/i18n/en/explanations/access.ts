import type { ErrorCode } from '../../../domain/errors/errorCodes';
import type { Entries } from '../../explanation';

/** Keys, signatures and permissions. */
export const access = {
  AuthFailure: () => ({
    headline: 'Tencent Cloud did not accept the key that Ferry signs with.',
    meaning: 'This is about how Ferry is set up, not about the request.',
    causes: ['the key is disabled or deleted', 'key and id do not belong together'],
    next: 'Check TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, then restart Ferry.',
  }),
  'AuthFailure.AuthFailureError': () => ({
    headline: 'DTS could not establish who is calling.',
    meaning: "The call reached DTS, and DTS could not verify Ferry's identity.",
    causes: ['DTS is not yet authorized in the account', 'the key was changed a moment ago'],
    next: 'Sign in to the DTS console once with the account and accept the authorization it asks for; then check the key.',
  }),
  'AuthFailure.InvalidAuthorization': () => ({
    headline: "The signature of Ferry's call arrived in a form that Tencent Cloud does not read.",
    meaning: 'Ferry signs each call in the current way, so something on the way changed it.',
    causes: [
      'a proxy rewrites the Authorization header',
      'TENCENTCLOUD_ENDPOINT is not an API host',
    ],
    next: 'Take the proxy out of the way, or have it leave headers alone.',
  }),
  'AuthFailure.InvalidSecretId': () => ({
    headline: 'The key id is not the id of a Tencent Cloud API key.',
    meaning: 'TENCENTCLOUD_SECRET_ID holds something else.',
    causes: ['id and key are swapped', 'it is the key of another product or cloud'],
    next: 'Copy SecretId (it begins with AKID) from the console into TENCENTCLOUD_SECRET_ID and restart Ferry.',
  }),
  'AuthFailure.MFAFailure': () => ({
    headline: 'The account asks for a second factor, and Ferry cannot give one.',
    meaning: 'Calls by a program fail while its sub-user needs multi-factor authentication.',
    causes: ["operation protection is on for the key's user", 'a CAM condition asks for MFA'],
    next: 'Give Ferry a sub-user of its own with programmatic access only, and no MFA for it.',
  }),
  'AuthFailure.SecretIdNotFound': () => ({
    headline: "Ferry's key does not exist in Tencent Cloud.",
    meaning: 'No call of Ferry works with this key any more.',
    causes: [
      'the key was deleted or disabled',
      'the id is mistyped, or has blanks around it',
      'the key belongs to the other site (mainland or international)',
    ],
    next: "See in the console whether the key is there and enabled. Otherwise make a new one, put it into Ferry's settings and restart Ferry.",
  }),
  'AuthFailure.SignatureExpire': () => ({
    headline: "The clock of Ferry's machine is wrong.",
    meaning: 'Tencent Cloud refuses calls whose time is more than five minutes off.',
    causes: ['time synchronization is off', 'the call was held up for minutes on its way'],
    next: 'Turn on time synchronization (NTP) on the machine.',
  }),
  'AuthFailure.SignatureFailure': () => ({
    headline: "The signature of Ferry's call is wrong.",
    meaning: 'The key exists, but the secret that Ferry signs with is not its secret.',
    causes: [
      'TENCENTCLOUD_SECRET_KEY is mistyped or of another key',
      'a proxy changes the body or the host',
    ],
    next: 'Copy TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY again, as a pair, and restart Ferry.',
  }),
  'AuthFailure.TokenFailure': () => ({
    headline: 'The temporary credentials have run out, or their token is wrong.',
    meaning: 'Ferry signs with a token (TENCENTCLOUD_TOKEN), which holds for hours only.',
    causes: ['the token expired', 'token and key do not belong together'],
    next: 'Set fresh id, key and token, or a lasting key without a token, and restart Ferry.',
  }),
  'AuthFailure.UnauthorizedOperation': ({ region }) => ({
    headline: "CAM does not let Ferry's key do this.",
    meaning: `The key is right; its policy does not allow the call in ${region}.`,
    causes: ["the action is missing in the key's CAM policy", 'a policy denies it'],
    next: "Add the statement below to the policy of Ferry's sub-user.",
  }),
  'AuthFailure.UnauthorizedOperationError': ({ region }) => ({
    headline: "DTS does not let Ferry's key create this job.",
    meaning: `DTS asked CAM about ${region} and was told no.`,
    causes: ['the policy does not allow the action', 'DTS may not act for the account yet'],
    next: 'Add the statement below; if it is there already, sign in to the DTS console once and accept its authorization.',
  }),
  IpInBlacklist: () => ({
    headline: 'The account blocks the address that Ferry calls from.',
    meaning: 'No call from this machine gets through, whatever is asked.',
    causes: ["the machine's public address is on the account's block list"],
    next: "Take the address off the list in the account's security settings.",
  }),
  IpNotInWhitelist: () => ({
    headline: 'The account takes calls from listed addresses only, and Ferry is not among them.',
    meaning: 'The key works, but not from this machine.',
    causes: ["the machine's public address has changed", 'it was never listed'],
    next: "Add the public address of Ferry's machine to the list in the account's security settings.",
  }),
  UnauthorizedOperation: ({ region }) => ({
    headline: "Ferry's key has no permission for this call.",
    meaning: `It may not create DTS jobs in ${region}.`,
    causes: [
      "the action is missing in the key's CAM policy",
      'the policy names other resources only',
    ],
    next: "Have the statement below added to the policy of Ferry's sub-user.",
  }),
  'UnauthorizedOperation.NotEnoughPrivileges': ({ to, region }) => ({
    headline: "Ferry's key lacks a permission.",
    meaning: `DTS did not let it create a job for ${to} in ${region}.`,
    causes: [
      "the action is missing in the key's CAM policy",
      `the policy leaves out ${to}, by resource or by tag`,
    ],
    next: "Add the statement below to the policy of Ferry's sub-user. It works within a minute or so.",
  }),
  'UnauthorizedOperation.UnauthorizedOperationError': ({ to }) => ({
    headline: "The operation is not authorized for Ferry's key.",
    meaning: `DTS denied the access to ${to}.`,
    causes: [
      'the policy covers DTS but not this instance',
      'the role of DTS in the account was removed',
    ],
    next: 'Add the statement below; then see in the DTS console whether its service role is there.',
  }),
} satisfies Partial<Entries<ErrorCode>>;
