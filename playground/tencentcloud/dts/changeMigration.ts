import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { missing, parseParameters } from '../endpoint/parseParameters';
import { refusal } from '../endpoint/refusal';
import { isCheckId, skipRiskOf } from './checks';
import { createMigrateJobRequest } from './createMigrateJobRequest';
import { databaseInfoOf, databaseTableObject } from './databaseTable';
import type { DtsJob } from './dtsJob';
import { dbEndpointInfo, nodeOf } from './endpointInfo';
import { findJob, jobId } from './findJob';
import { NOT_FOUND } from './jobAction';
import { modifyJob } from './modifyJob';
import { performAction } from './performAction';

const VERSION = '2021-12-06';
const VALUE = 'InvalidParameterValue.InvalidParameterValueError';

const skipCheckItemRequest = z.strictObject({
  JobId: jobId,
  StepIds: z.array(z.string()).min(1),
  ForeignKeyFlag: z.enum(['shield', 'migrate']).optional(),
});

/** Skips items that failed in the last check. The next check passes over them. */
export const skipCheckItem: Action = (parameters, context) => {
  const parsed = parseParameters(skipCheckItemRequest, parameters);
  if (parsed.kind === 'refused') return parsed;
  const { JobId, StepIds, ForeignKeyFlag } = parsed.value;
  const found = findJob(JobId, VERSION, context, NOT_FOUND);
  if (found.kind === 'refused') return found;
  const { job } = found;
  const { nowMs, jobs, plannedFailures, rules, language } = context;
  const allowed = performAction(
    job,
    { action: 'skip' },
    { version: VERSION, nowMs, pace: rules.pace, jobs, plannedFailures },
  );
  if (allowed.kind === 'refused') return allowed;
  for (const id of StepIds) {
    const failed = job.check?.failing.some(
      ({ stepId, result }) => stepId === id && result === 'failed',
    );
    if (!isCheckId(id) || failed !== true) {
      return refusal(VALUE, `The check item ${id} did not fail.`);
    }
    if (skipRiskOf(id, language) === undefined) {
      return refusal('OperationDenied.OperationDeniedError', `The check item ${id} is required.`);
    }
    if (id === 'ConstraintCheck' && ForeignKeyFlag === undefined) return missing('ForeignKeyFlag');
  }
  job.skipped = [...new Set([...job.skipped, ...StepIds])];
  if (job.check !== undefined) job.check = { ...job.check, skipped: job.skipped };
  return { kind: 'accepted', fields: { Message: '' } };
};

const modifyMigrateNameRequest = z.strictObject({
  JobId: jobId,
  JobName: createMigrateJobRequest.shape.JobName,
});

/** Renames a job in any status. */
export const modifyMigrateName: Action = (parameters, context) => {
  const parsed = parseParameters(modifyMigrateNameRequest, parameters);
  if (parsed.kind === 'refused') return parsed;
  const found = findJob(parsed.value.JobId, VERSION, context, NOT_FOUND);
  if (found.kind === 'refused') return found;
  found.job.request = { ...found.job.request, JobName: parsed.value.JobName };
  found.job.updatedAtMs = context.nowMs;
  return { kind: 'accepted', fields: {} };
};

const threads = (most: number) => z.int().min(1).max(most).optional();

const modifyMigrateRateLimitRequest = z.strictObject({
  JobId: jobId,
  DumpThread: threads(16),
  DumpRps: z.int().min(1).optional(),
  LoadThread: threads(16),
  SinkerThread: threads(128),
  LoadRps: z.int().min(1).optional(),
});

/** Sets the speed of a running migration. */
export const modifyMigrateRateLimit: Action = (parameters, context) => {
  const parsed = parseParameters(modifyMigrateRateLimitRequest, parameters);
  if (parsed.kind === 'refused') return parsed;
  const { JobId, ...limits } = parsed.value;
  const found = findJob(JobId, VERSION, context, NOT_FOUND);
  if (found.kind === 'refused') return found;
  const { status } = found.job;
  if (status !== 'running' && status !== 'readyComplete') {
    return refusal('OperationDenied.OperationDeniedError', `The job ${JobId} does not run.`);
  }
  found.job.rateLimits = { ...found.job.rateLimits, ...limits };
  return { kind: 'accepted', fields: {} };
};

const anything = z.unknown().optional();

const modifyMigrationJobRequest = z.strictObject({
  JobId: jobId,
  RunMode: z.enum(['immediate', 'timed']),
  MigrateOption: z.strictObject({
    DatabaseTable: databaseTableObject,
    MigrateType: z.enum(['structure', 'full', 'fullAndIncrement']).default('fullAndIncrement'),
    Consistency: z
      .object({ Mode: z.enum(['full', 'noCheck', 'notConfigured']).optional() })
      .nullable()
      .optional(),
    IsMigrateAccount: z.boolean().optional(),
    IsOverrideRoot: z.boolean().optional(),
    IsDstReadOnly: z.boolean().optional(),
    ...{ ExtraAttr: anything, MigrateWay: anything, RateLimit: anything },
  }),
  SrcInfo: dbEndpointInfo,
  DstInfo: dbEndpointInfo,
  JobName: createMigrateJobRequest.shape.JobName.optional(),
  ExpectRunTime: z.string().optional(),
  Tags: createMigrateJobRequest.shape.Tags,
  AutoRetryTimeRangeMinutes: z.union([z.literal(0), z.int().min(5).max(720)]).optional(),
});

type ModifyMigrationJob = z.infer<typeof modifyMigrationJobRequest>;

const MIGRATE_TYPES = { structure: 1, full: 2, fullAndIncrement: 3 } as const;
const CONSISTENCY = { notConfigured: 1, full: 2, noCheck: 5 } as const;

/**
 * Replaces all parameters of a job. The endpoint keeps them as 2018-03-30 writes them, so renaming
 * and other options of 2021-12-06 have no effect here.
 */
export const modifyMigrationJob: Action = (parameters, context) => {
  const parsed = parseParameters(modifyMigrationJobRequest, parameters);
  if (parsed.kind === 'refused') return parsed;
  const found = findJob(parsed.value.JobId, VERSION, context, NOT_FOUND);
  if (found.kind === 'refused') return found;
  const request = parseParameters(createMigrateJobRequest, inOldWords(parsed.value, found.job));
  if (request.kind === 'refused') return request;
  return modifyJob(found.job, request.value, VERSION, context) ?? { kind: 'accepted', fields: {} };
};

function inOldWords(given: ModifyMigrationJob, job: DtsJob): unknown {
  const { MigrateOption, SrcInfo, DstInfo } = given;
  const [target = {}] = DstInfo.Info;
  const nodes = SrcInfo.Info.map((info) => nodeOf(SrcInfo, info));
  const isPartial = MigrateOption.DatabaseTable.ObjectMode === 'partial';
  const { ExternParams, ConsistencyParams: _, ...oldOption } = job.request.MigrateOption;
  return {
    JobName: given.JobName ?? job.request.JobName,
    MigrateOption: {
      RunMode: given.RunMode === 'timed' ? 2 : 1,
      ...(given.ExpectRunTime === undefined ? {} : { ExpectTime: given.ExpectRunTime }),
      MigrateType: MIGRATE_TYPES[MigrateOption.MigrateType],
      MigrateObject: isPartial ? 2 : 1,
      ConsistencyType: CONSISTENCY[MigrateOption.Consistency?.Mode ?? 'notConfigured'],
      IsOverrideRoot: (MigrateOption.IsOverrideRoot ?? oldOption.IsOverrideRoot === 1) ? 1 : 0,
      ...(ExternParams === undefined ? {} : { ExternParams }),
    },
    SrcDatabaseType: SrcInfo.DatabaseType,
    SrcAccessType: SrcInfo.AccessType,
    SrcInfo: nodes.length > 1 ? {} : nodes[0],
    ...(nodes.length > 1 ? { SrcInfoMulti: nodes } : {}),
    SrcNodeType: SrcInfo.NodeType === 'cluster' ? 'cluster' : 'simple',
    DstDatabaseType: DstInfo.DatabaseType,
    DstAccessType: DstInfo.AccessType,
    DstInfo: {
      Region: DstInfo.Region,
      InstanceId: target.InstanceId ?? '',
      ...(target.User === undefined ? {} : { User: target.User }),
      ...(target.Password === undefined ? {} : { Password: target.Password }),
      ...(MigrateOption.IsDstReadOnly === true ? { ReadOnly: 1 } : {}),
    },
    DatabaseInfo: databaseInfoOf(MigrateOption.DatabaseTable),
    Tags: given.Tags ?? job.request.Tags,
  };
}
