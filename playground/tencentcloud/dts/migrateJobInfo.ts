import type { CreateMigrateJobRequest } from './createMigrateJobRequest';
import { type DtsJob, statusOf } from './dtsJob';

const NO_TIME = '0000-00-00 00:00:00';

/** A job as DescribeMigrateJobs lists it at `nowMs`: `MigrateJobInfo` with blank secrets. */
export function migrateJobInfo(job: DtsJob, nowMs: number) {
  const { request } = job;
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
    CreateTime: job.createTime,
    StartTime: NO_TIME,
    EndTime: NO_TIME,
    Status: statusOf(job, nowMs),
    Detail: {
      StepAll: 0,
      StepNow: 0,
      Progress: '0',
      CurrentStepProgress: '0',
      MasterSlaveDistance: -1,
      SecondsBehindMaster: -1,
      StepInfo: [],
    },
    ErrorInfo: [],
    Tags: request.Tags ?? [],
    SrcInfoMulti: request.SrcInfoMulti?.map(withoutSecrets) ?? null,
  };
}

function withoutSecrets(source: CreateMigrateJobRequest['SrcInfo']) {
  return { ...source, Password: '', ...(source.AccessKey === undefined ? {} : { AccessKey: '' }) };
}
