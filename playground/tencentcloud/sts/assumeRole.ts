import { z } from 'zod';
import type { Action, ActionContext } from '../endpoint/action';
import type { Answer } from '../endpoint/answer';
import { parseParameters } from '../endpoint/parseParameters';
import { refusal } from '../endpoint/refusal';
import { ACCOUNT_ID } from './getCallerIdentity';

/** The role that the account has. It trusts the account, and the tokens of `TKE_TOKEN`'s issuer. */
export const ROLE_ARN = `qcs::cam::uin/${ACCOUNT_ID}:roleName/ferry`;
export const ROLE_NAME = 'ferry';
/** The identity provider of a TKE cluster, and a token of one of its pods. */
export const TKE_PROVIDER = 'cls-a1b2c3d4';
export const TKE_TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJmZXJyeSJ9.c3RhbmQtaW4';

/** https://cloud.tencent.com/document/api/1312/48197 */
const session = {
  RoleArn: z.string(),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,128}$/),
  DurationSeconds: z.int().min(1).max(43_200).default(7_200),
};
const byKey = z.strictObject({
  ...session,
  Policy: z.string().optional(),
  ExternalId: z.string().optional(),
});
/** https://cloud.tencent.com/document/api/1312/73070 */
const byToken = z.strictObject({
  ...session,
  ProviderId: z.string(),
  WebIdentityToken: z.string(),
});

export const assumeRole: Action = (parameters, context) => {
  const parsed = parseParameters(byKey, parameters, 'InvalidParameter.ParamError');
  return parsed.kind === 'refused' ? parsed : keysOf(parsed.value, context);
};

export const assumeRoleWithWebIdentity: Action = (parameters, context) => {
  const parsed = parseParameters(byToken, parameters, 'InvalidParameter.ParamError');
  if (parsed.kind === 'refused') return parsed;
  const { ProviderId, WebIdentityToken } = parsed.value;
  if (ProviderId !== TKE_PROVIDER || WebIdentityToken !== TKE_TOKEN) {
    return refusal('InvalidParameter.ParamError', 'The token is not valid for this provider.');
  }
  return keysOf(parsed.value, context);
};

function keysOf(
  { DurationSeconds, RoleArn }: { RoleArn: string; DurationSeconds: number },
  { issue }: ActionContext,
): Answer {
  if (RoleArn !== ROLE_ARN)
    return refusal('ResourceNotFound.RoleNotFound', 'There is no such role.');
  const { expiredTime, secretId, secretKey, token } = issue(DurationSeconds);
  return {
    kind: 'accepted',
    fields: {
      Credentials: { Token: token, TmpSecretId: secretId, TmpSecretKey: secretKey },
      ExpiredTime: expiredTime,
      Expiration: new Date(expiredTime * 1000).toISOString(),
    },
  };
}
