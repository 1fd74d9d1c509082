import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { parseParameters } from '../endpoint/parseParameters';

/** The account that the endpoint's key belongs to, and the sub-user with the key. */
export const ACCOUNT_ID = '100012345678';
const userId = '100087654321';

const request = z.strictObject({});

export const getCallerIdentity: Action = (parameters) => {
  const parsed = parseParameters(request, parameters, 'InvalidParameterValue');
  if (parsed.kind === 'refused') return parsed;
  return {
    kind: 'accepted',
    fields: {
      Arn: `qcs::cam::uin/${ACCOUNT_ID}:uin/${userId}`,
      AccountId: ACCOUNT_ID,
      UserId: userId,
      PrincipalId: userId,
      Type: 'CAMUser',
    },
  };
};
