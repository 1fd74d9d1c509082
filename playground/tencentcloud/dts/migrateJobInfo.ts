import { beijingTime } from './beijingTime';
import type { Language } from './checks';
import type { CreateMigrateJobRequest } from './createMigrateJobRequest';
import type { DtsJob } from './dtsJob';
import { statusNumber } from './jobStatus';
import { lagOf, type StepState, stepStates } from './migrationSteps';
import type { Pace } from './pace';
import { stepName } from './stepName';

/**
 * A job as DescribeMigrateJobs lists it at `nowMs`, to which it must be advanced: `MigrateJobInfo`
 * with blank secrets.
 */
export function migrateJobInfo(job: DtsJob, nowMs: number, pace: Pace, language: Language) {
  const { request, run, error } = job;
  return {
    JobId: job.jobId,
    JobName: request.JobName,
    MigrateOption: request.MigrateOption,
    SrcDatabaseType: request.SrcDatabaseType,
    SrcAccessType: request.SrcAccessType,
    SrcInfo: withoutSecrets(request.SrcInfo),
    DstDatabaseType: request.DstDatabaseType,
    DstAccessType: request.DstAccessType,
    DstInfo: { ...request.DstInfo, Password: '' },
    DatabaseInfo: request.DatabaseInfo ?? '',
    CreateTime: beijingTime(job.createdAtMs),
    StartTime: beijingTime(run?.startedAtMs),
    EndTime: beijingTime(run?.endedAtMs),
    Status: statusNumber(job.status),
    Detail: detail(job, nowMs, pace, language),
    ErrorInfo: error === undefined ? [] : [{ ErrorLog: errorLog(error), HelpDoc: error.helpDoc }],
    Tags: request.Tags ?? [],
    SrcInfoMulti: request.SrcInfoMulti?.map(withoutSecrets) ?? null,
  };
}

const errorLog = ({ code, log }: { readonly code: string; readonly log: string }): string =>
  `${code}: ${log}`;

/** The engines for which 2018-03-30 documents the lag. */
const MEGABYTES_OF: readonly string[] = ['redis', 'mysql'];
const SECONDS_OF: readonly string[] = ['mysql'];

function detail(job: DtsJob, nowMs: number, pace: Pace, language: Language) {
  const steps = stepStates(job, nowMs, pace);
  const begun = steps.filter(({ state }) => state !== 'notStarted');
  const lag = lagOf(job, nowMs, pace);
  const engine = job.request.SrcDatabaseType;
  const total = steps.reduce((sum, { percent }) => sum + percent, 0);
  return {
    StepAll: steps.length,
    StepNow: begun.length,
    Progress: String(steps.length === 0 ? 0 : Math.floor(total / steps.length)),
    CurrentStepProgress: String(begun.at(-1)?.percent ?? 0),
    MasterSlaveDistance: MEGABYTES_OF.includes(engine) ? (lag?.megabytes ?? -1) : -1,
    SecondsBehindMaster: SECONDS_OF.includes(engine) ? (lag?.seconds ?? -1) : -1,
    StepInfo: steps.map((step, index) => ({
      StepNo: index + 1,
      StepName: stepName(step.id, language),
      StepId: step.id,
      Status: STEP_STATUS[step.state],
      StartTime: beijingTime(step.startedAtMs),
    })),
  };
}

const STEP_STATUS: Readonly<Record<StepState['state'], number>> = {
  success: 1,
  failed: 2,
  running: 3,
  notStarted: 4,
};

function withoutSecrets(source: CreateMigrateJobRequest['SrcInfo']) {
  return { ...source, Password: '', ...(source.AccessKey === undefined ? {} : { AccessKey: '' }) };
}
