import type { ErrorCode } from '../../../domain/errors/errorCodes';
import type { Entries } from '../../explanation';

/** Keys, signatures and permissions. */
export const access = {
  AuthFailure: () => ({
    headline: "Tencent Cloud rejected Ferry's API key.",
    meaning: "This is about Ferry's setup, not about the request.",
    causes: ['the key is disabled or deleted', "SecretId and SecretKey don't match"],
    next: 'Check TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, then restart Ferry.',
  }),
  'AuthFailure.AuthFailureError': () => ({
    headline: "DTS couldn't verify Ferry's identity.",
    meaning: 'The call reached DTS, but DTS did not accept its credentials.',
    causes: ['DTS is not yet authorized in the account', 'the key was just changed'],
    next: 'Sign in to the DTS console once with the account and accept the authorization that it requests. Then check the key.',
  }),
  'AuthFailure.AuthorizedOperationDenyError': ({ action }) => ({
    headline: "Ferry's key isn't allowed to do this.",
    meaning: `DTS denied ${action}.`,
    causes: ["the key's CAM policy doesn't allow the action", 'another policy denies it'],
    next: "Add the missing permission to the key's CAM policy.",
  }),
  'AuthFailure.InvalidAuthorization': () => ({
    headline: "Tencent Cloud couldn't parse the signature of Ferry's call.",
    meaning: 'Ferry signs each call in the current format, so something changed it in transit.',
    causes: [
      'a proxy rewrites the Authorization header',
      'TENCENTCLOUD_ENDPOINT is not an API host',
    ],
    next: 'Bypass the proxy, or stop it from changing headers.',
  }),
  'AuthFailure.InvalidSecretId': () => ({
    headline: 'The key ID is not the ID of a Tencent Cloud API key.',
    meaning: 'TENCENTCLOUD_SECRET_ID contains something else.',
    causes: ['SecretId and SecretKey are swapped', 'the key is for another product or cloud'],
    next: 'Copy SecretId (it starts with AKID) from the console into TENCENTCLOUD_SECRET_ID and restart Ferry.',
  }),
  'AuthFailure.MFAFailure': () => ({
    headline: "The account requires MFA, which Ferry can't provide.",
    meaning: 'API calls fail while their sub-user requires multi-factor authentication.',
    causes: ["operation protection is on for the key's user", 'a CAM condition requires MFA'],
    next: 'Give Ferry a separate sub-user with programmatic access only and without MFA.',
  }),
  'AuthFailure.SecretIdNotFound': () => ({
    headline: "Ferry's key does not exist in Tencent Cloud.",
    meaning: "None of Ferry's calls works with this key.",
    causes: [
      'the key was deleted or disabled',
      'the ID has a typo or stray spaces',
      'the key belongs to the other site (mainland or international)',
    ],
    next: "Check in the console that the key exists and is enabled. If not, create a new key, update Ferry's settings and restart Ferry.",
  }),
  'AuthFailure.SignatureExpire': () => ({
    headline: "The clock of Ferry's host is wrong.",
    meaning: 'Tencent Cloud rejects calls whose time is off by more than five minutes.',
    causes: ['time synchronization is off', 'the call was delayed by minutes in transit'],
    next: 'Turn on time synchronization (NTP) on the host.',
  }),
  'AuthFailure.SignatureFailure': () => ({
    headline: "The signature of Ferry's call is wrong.",
    meaning: 'The key exists, but Ferry signs with a secret that does not belong to it.',
    causes: [
      'TENCENTCLOUD_SECRET_KEY has a typo or belongs to another key',
      'a proxy changes the body or the host',
    ],
    next: 'Copy TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY again, as a pair, and restart Ferry.',
  }),
  'AuthFailure.TokenFailure': () => ({
    headline: 'The temporary credentials have expired, or their token is wrong.',
    meaning: 'Ferry signs with a token (TENCENTCLOUD_TOKEN), which is valid only for a few hours.',
    causes: ['the token expired', "the token and the key don't match"],
    next: 'Set a new ID, key and token, or a permanent key without a token, and restart Ferry.',
  }),
  'AuthFailure.UnauthorizedOperation': ({ region }) => ({
    headline: "CAM doesn't allow Ferry's key to do this.",
    meaning: `The key is valid, but its policy does not allow the call in ${region}.`,
    causes: ["the action is missing from the key's CAM policy", 'a policy denies the action'],
    next: "Add the missing permission to the CAM policy of Ferry's sub-user.",
  }),
  'AuthFailure.UnauthorizedOperationError': ({ region }) => ({
    headline: "DTS doesn't allow Ferry's key to do this.",
    meaning: `CAM denied DTS's permission check for ${region}.`,
    causes: ['the policy does not allow the action', "DTS isn't authorized for this account yet"],
    next: "Add the missing permission to the CAM policy of Ferry's sub-user. If it is already there, sign in to the DTS console once and accept its authorization.",
  }),
  IpInBlacklist: () => ({
    headline: 'The account blocks the IP address that Ferry calls from.',
    meaning: 'Every call from this host is rejected.',
    causes: ["the host's public IP address is on the account's blocklist"],
    next: "Remove the IP address from the blocklist in the account's security settings.",
  }),
  IpNotInWhitelist: () => ({
    headline: "The account has an IP allowlist, and the IP address of Ferry's host isn't on it.",
    meaning: 'The key works, but not from this host.',
    causes: ["the host's public IP address has changed", 'it was never listed'],
    next: "Add the public IP address of Ferry's host to the allowlist in the account's security settings.",
  }),
  UnauthorizedOperation: ({ region }) => ({
    headline: "Ferry's key doesn't have permission for this call.",
    meaning: `Its CAM policy does not allow the call in ${region}.`,
    causes: [
      "the action is missing from the key's CAM policy",
      'the policy covers other resources only',
    ],
    next: "Add the missing permission to the CAM policy of Ferry's sub-user.",
  }),
  'UnauthorizedOperation.NotEnoughPrivileges': ({ to, region }) => ({
    headline: "Ferry's key lacks a permission.",
    meaning: `DTS did not allow the key to make this call for ${to} in ${region}.`,
    causes: [
      "the action is missing from the key's CAM policy",
      `the policy excludes ${to}, by resource or by tag`,
    ],
    next: "Add the missing permission to the CAM policy of Ferry's sub-user. It takes effect within about a minute.",
  }),
  'UnauthorizedOperation.UnauthorizedOperationError': ({ to }) => ({
    headline: "Ferry's key isn't authorized for this operation.",
    meaning: `DTS denied access to ${to}.`,
    causes: [
      'the policy covers DTS but not this instance',
      'the DTS service role was removed from the account',
    ],
    next: "Add the missing permission to the CAM policy of Ferry's sub-user. Then check in the CAM console that the DTS service role exists.",
  }),
} satisfies Partial<Entries<ErrorCode>>;
