import { z } from 'zod';
import type { CallProblem } from '../domain/errors/callProblem';
import { type CloudAccount, type CloudAnswer, type CloudCall, callCloud } from './callCloud';
import { problemOf, unreadable } from './problemOf';
import { sts } from './services';

type AccountIdentity = { ok: true; accountId: string } | { ok: false; problem: CallProblem };

/** https://cloud.tencent.com/document/api/1312/57073 */
const identity = z.object({ AccountId: z.string().min(1) });

export const identityCall = (region: string): CloudCall => ({
  service: sts,
  action: 'GetCallerIdentity',
  region,
  body: {},
});

/** The account that the key of a call belongs to: its root account, even for a sub-user. */
export function readIdentity(called: CloudAnswer): AccountIdentity {
  if (!called.ok) return { ok: false, problem: problemOf(called) };
  const read = identity.safeParse(called.answer);
  return read.success
    ? { ok: true, accountId: read.data.AccountId }
    : { ok: false, problem: unreadable('GetCallerIdentity') };
}

/** Never throws. */
async function identifyAccount(
  account: CloudAccount,
  region: string,
  abandon: AbortSignal,
): Promise<AccountIdentity> {
  return readIdentity(await callCloud(account, identityCall(region), { secrets: [], abandon }));
}

/** `wrong_account`: the key belongs to another account. `account_unknown`: Ferry couldn't find out. */
export type AccountProblem =
  | { kind: 'wrong_account'; accountId: string; allowed: readonly string[] }
  | { kind: 'account_unknown'; problem: CallProblem };

const timeoutMs = 20_000;

/** Why the key may not be used, if only the accounts in `allowed` are. An empty list allows all. */
export async function checkAccount(
  account: CloudAccount,
  region: string,
  allowed: readonly string[],
): Promise<AccountProblem | undefined> {
  if (allowed.length === 0) return undefined;
  const known = await identifyAccount(account, region, AbortSignal.timeout(timeoutMs));
  if (!known.ok) return { kind: 'account_unknown', problem: known.problem };
  const { accountId } = known;
  return allowed.includes(accountId) ? undefined : { kind: 'wrong_account', accountId, allowed };
}
