import type { CallProblem } from '../domain/errors/callProblem';
import { type CloudAccount, callCloud } from './callCloud';
import { problemOf } from './problemOf';
import { dts } from './services';

/** Why the account's key may not search for jobs, if it may not. Never throws; changes nothing. */
export async function checkAccess(
  account: CloudAccount,
  region: string,
  abandon: AbortSignal,
): Promise<CallProblem | undefined> {
  const call = {
    service: dts,
    action: 'DescribeMigrateJobs',
    region,
    body: { Offset: 0, Limit: 1 },
  };
  const called = await callCloud(account, call, { secrets: [], abandon });
  return called.ok ? undefined : problemOf(called);
}
