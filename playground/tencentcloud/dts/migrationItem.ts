import { beijingTime } from './beijingTime';
import { checkIdsOf, checkPercent, type Language } from './checks';
import { databaseTable } from './databaseTable';
import { type DtsJob, factsOf } from './dtsJob';
import { sourceInfo, targetInfo } from './endpointInfo';
import { allowedActions, type JobAction } from './jobStatus';
import { comparisonOf, lagOf, stepStates } from './migrationSteps';
import type { Pace } from './pace';
import { stepName } from './stepName';

/** What an answer depends on in addition to the job. */
export interface ItemContext {
  readonly nowMs: number;
  readonly pace: Pace;
  readonly language: Language;
  /** False to leave `Action` out, as a job of another engine might have it. */
  readonly listsActions: boolean;
  /** True to differ from the models like the official examples. */
  readonly likeExamples: boolean;
}

/** The list of the official example, with the pause that the API got later. */
const ALL_ACTIONS = [
  ...['view', 'modify', 'check', 'start', 'configure', 'stop', 'complete', 'resume'],
  ...['createCmpTask', 'isolate', 'offline', 'resize', 'recover', 'pause', 'continue'],
] as const;

/** A job as DescribeMigrationJobs lists it. It must be advanced to now. */
export function migrationItem(job: DtsJob, context: ItemContext) {
  const { nowMs, pace, listsActions, likeExamples } = context;
  const { request, run } = job;
  const { RunMode, ExpectTime, ConsistencyType } = request.MigrateOption;
  return {
    JobId: job.jobId,
    JobName: request.JobName,
    CreateTime: beijingTime(job.createdAtMs),
    UpdateTime: beijingTime(job.updatedAtMs),
    StartTime: beijingTime(run?.startedAtMs),
    EndTime: beijingTime(run?.endedAtMs),
    BriefMsg: job.error?.log ?? '',
    Status: job.status,
    RunMode: RunMode === 2 ? 'timed' : 'immediate',
    ExpectRunTime: ExpectTime ?? '',
    ...(listsActions ? { Action: actions(job, likeExamples) } : {}),
    StepInfo: steps(job, context),
    SrcInfo: sourceInfo(request, likeExamples),
    DstInfo: targetInfo(request, likeExamples),
    CompareTask: {
      CompareTaskId:
        ConsistencyType === 2 || ConsistencyType === 3 ? `${job.jobId}-cmp-00000001` : '',
      Status: comparisonOf(job, nowMs, pace),
    },
    TradeInfo: tradeInfo(job),
    Tags: request.Tags ?? [],
    AutoRetryTimeRangeMinutes: 0,
    DumperResumeCtrl: run?.steps.length === 1 ? 'no' : 'yes',
  };
}

/** A job as DescribeMigrationDetail shows it. It must be advanced to now. */
export function migrationDetail(job: DtsJob, context: ItemContext) {
  const { AutoRetryTimeRangeMinutes: _, ...item } = migrationItem(job, context);
  const { error, request } = job;
  return {
    ...item,
    SrcInfo: sourceInfo(request, false),
    DstInfo: targetInfo(request, false),
    MigrateOption: migrateOption(job),
    CheckStepInfo: checkStepInfo(job, context),
    ErrorInfo:
      error === undefined
        ? []
        : [
            {
              Code: error.code,
              Solution: error.solution,
              ErrorLog: error.log,
              HelpDoc: error.helpDoc,
            },
          ],
    RateLimitOption: rateLimits(job),
  };
}

function actions(job: DtsJob, likeExamples: boolean) {
  const allowed = allowedActions(factsOf(job), '2021-12-06').flatMap((action) =>
    namesOf(action, job),
  );
  const more: string[] = [];
  if (job.isolatedAtMs === undefined) {
    if (job.status === 'readyComplete') more.push('createCmpTask');
    if (job.isBilled) more.push('resize');
    if (likeExamples) more.push('view');
  }
  return { AllAction: ALL_ACTIONS, AllowedAction: ['view', ...allowed, ...more] };
}

/** An action in the API's list. The example shows the names but does not explain them. */
function namesOf(action: JobAction, { status }: DtsJob): readonly string[] {
  switch (action) {
    case 'modify':
      return [status === 'created' ? 'configure' : 'modify'];
    case 'destroy':
      return ['offline'];
    case 'skip':
    case 'delete':
      return [];
    default:
      return [action];
  }
}

function steps(job: DtsJob, { nowMs, pace, language, likeExamples }: ItemContext) {
  const states = stepStates(job, nowMs, pace);
  const lag = lagOf(job, nowMs, pace);
  const isRedis = job.request.SrcDatabaseType === 'redis';
  return {
    StepAll: states.length,
    StepNow: states.filter(({ state }) => state !== 'notStarted').length,
    MasterSlaveDistance: lag?.megabytes ?? -1,
    SecondsBehindMaster: isRedis ? -1 : (lag?.seconds ?? -1),
    StepInfo: states.map((step, index) => ({
      StepNo: index + 1,
      StepName: stepName(step.id, language),
      StepId: step.id,
      Status: likeExamples && step.state === 'success' ? 'finished' : step.state,
      StartTime: step.startedAtMs === undefined ? '' : beijingTime(step.startedAtMs),
      FinishTime: step.finishedAtMs === undefined ? '' : beijingTime(step.finishedAtMs),
      StepMessage: step.state === 'failed' ? (job.error?.log ?? '') : '',
      Percent: step.percent,
      Errors:
        step.state === 'failed' && job.error !== undefined
          ? [
              {
                Message: job.error.log,
                Solution: job.error.solution,
                HelpDoc: job.error.helpDoc,
              },
            ]
          : [],
      Warnings: [],
    })),
  };
}

function checkStepInfo(job: DtsJob, { nowMs, pace }: ItemContext) {
  const { check } = job;
  if (check === undefined) return { StartAt: '', EndAt: '', Progress: null };
  const all = checkIdsOf(job.request.SrcDatabaseType).length;
  const Percent = checkPercent(job, nowMs, pace);
  const isOver = check.finishedAtMs !== undefined;
  const Status = isOver ? 'success' : 'running';
  return {
    StartAt: beijingTime(check.startedAtMs),
    EndAt: isOver ? beijingTime(check.finishedAtMs) : '',
    Progress: {
      Message: isOver ? 'success' : '',
      Percent,
      Status,
      StepAll: all,
      StepNow: Math.floor((Percent / 100) * all),
      Steps: [],
    },
  };
}

function tradeInfo({ isBilled, isolatedAtMs }: DtsJob) {
  return {
    DealName: isBilled ? '20220711715001047929481' : '',
    LastDealName: '',
    InstanceClass: 'medium',
    TradeStatus: !isBilled ? 'notBilled' : isolatedAtMs === undefined ? 'normal' : 'isolated',
    ExpireTime: beijingTime(undefined),
    OfflineTime: beijingTime(undefined),
    IsolateTime: beijingTime(isolatedAtMs),
    OfflineReason: '',
    IsolateReason: isolatedAtMs === undefined ? '' : 'manual',
    PayType: 'postpay',
    BillingType: isBilled ? 'billing' : 'notBilling',
  };
}

const MIGRATE_TYPES = { 1: 'structure', 2: 'full', 3: 'fullAndIncrement' } as const;
const CONSISTENCY = { 1: 'notConfigured', 2: 'full', 3: 'full', 4: 'full', 5: 'noCheck' } as const;

function migrateOption({ request }: DtsJob) {
  const { MigrateType, ConsistencyType, IsOverrideRoot } = request.MigrateOption;
  return {
    DatabaseTable: databaseTable(request),
    MigrateType: MIGRATE_TYPES[MigrateType ?? 3],
    Consistency: { Mode: CONSISTENCY[ConsistencyType ?? 1] },
    IsMigrateAccount: false,
    IsOverrideRoot: IsOverrideRoot === 1,
    IsDstReadOnly: request.DstInfo.ReadOnly === 1,
    ExtraAttr: [],
  };
}

function rateLimits({ rateLimits: limits }: DtsJob) {
  const current = {
    CurrentDumpThread: limits.DumpThread ?? 8,
    CurrentDumpRps: limits.DumpRps ?? 50_000_000,
    CurrentLoadThread: limits.LoadThread ?? 8,
    CurrentLoadRps: limits.LoadRps ?? 50_000_000,
    CurrentSinkerThread: limits.SinkerThread ?? 32,
  };
  return {
    ...current,
    DefaultDumpThread: 8,
    DefaultDumpRps: 50_000_000,
    DefaultLoadThread: 8,
    DefaultLoadRps: 50_000_000,
    DefaultSinkerThread: 32,
    HasUserSetRateLimit: Object.keys(limits).length === 0 ? 'no' : 'yes',
  };
}
