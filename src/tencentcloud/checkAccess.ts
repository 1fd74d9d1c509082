import type { LaunchProblem } from '../domain/request/launchOutcome';
import { type CloudAccount, callCloud } from './callCloud';
import { callProblem } from './callProblem';
import { dts } from './services';

/** Why the account's key may not search for jobs, if it may not. Never throws; changes nothing. */
export async function checkAccess(
  account: CloudAccount,
  region: string,
  abandon: AbortSignal,
): Promise<LaunchProblem | undefined> {
  const call = {
    service: dts,
    action: 'DescribeMigrateJobs',
    region,
    body: { Offset: 0, Limit: 1 },
  };
  const called = await callCloud(account, call, { secrets: [], abandon });
  return called.ok ? undefined : callProblem(called);
}
