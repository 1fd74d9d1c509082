import type { JobApi, ObservedJob } from '../domain/job/job';
import { type CallOutcome, withoutServersWords } from '../domain/request/launchOutcome';
import type { JobChange, JobPlace, Sending } from '../ports/migrationService';
import { type CloudAccount, callCloud } from './callCloud';
import { dts, newDts, type Service } from './services';

const services: Readonly<Record<JobApi, Service>> = { '2018-03-30': dts, '2021-12-06': newDts };

/** The actions with the same name in both versions, or in the version that has them. */
const actions: Readonly<Record<Exclude<JobChange['name'], 'delete_job'>, string>> = {
  check_job: 'CreateMigrateCheckJob',
  start_job: 'StartMigrateJob',
  pause_job: 'PauseMigrateJob',
  continue_job: 'ContinueMigrateJob',
  resume_job: 'ResumeMigrateJob',
  skip_check: 'SkipCheckItem',
  complete_job: 'CompleteMigrateJob',
  stop_job: 'StopMigrateJob',
};

/**
 * Calls the action of an operation once. Never throws. The outcome has no words of a server, because
 * they may quote the password of the job, which Ferry no longer has.
 */
export async function changeJob(
  account: CloudAccount,
  { api = '2018-03-30', jobId, region }: JobPlace,
  change: JobChange,
  job: Pick<ObservedJob, 'billing'>,
  abandon: AbortSignal,
  sending: Sending,
): Promise<CallOutcome<undefined>> {
  const call = {
    service: services[api],
    action: actionOf(api, change.name, job),
    region,
    body: { JobId: jobId, ...detailsOf(change) },
  };
  const called = await callCloud(account, call, {
    secrets: [],
    abandon,
    sending,
  });
  return called.ok ? { kind: 'done', result: undefined } : withoutServersWords(called.outcome);
}

/** What a call needs in addition to the job. */
function detailsOf(change: JobChange): object {
  switch (change.name) {
    case 'resume_job':
      return { ResumeOption: change.option };
    case 'skip_check': {
      const { foreignKeys, items } = change.skips;
      return { StepIds: items.map(({ id }) => id), ForeignKeyFlag: foreignKeys };
    }
    default:
      return {};
  }
}

function actionOf(
  api: JobApi,
  operation: JobChange['name'],
  { billing }: Pick<ObservedJob, 'billing'>,
): string {
  if (operation !== 'delete_job') return actions[operation];
  if (api === '2018-03-30') return 'DeleteMigrateJob';
  // A job that isn't billed is gone once it is isolated.
  return billing === 'isolated' ? 'DestroyMigrateJob' : 'IsolateMigrateJob';
}
