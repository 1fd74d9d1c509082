import { z } from 'zod';
import { type CallProblem, withoutMessage } from '../domain/errors/callProblem';
import {
  type CheckItem,
  consistencies,
  type JobApi,
  type JobError,
  type JobOperation,
  type JobStatus,
  type JobStep,
  mayHaveChecks,
  type ObservedJob,
} from '../domain/job/job';
import type { JobLook } from '../domain/request/operations/changeJob';
import { hideQuoted } from '../domain/secrets/quotedSecret';
import { hideSecrets } from '../domain/secrets/secret';
import { readChinaTime } from '../domain/text/chinaTime';
import type { JobList, JobPlace } from '../ports/migrationService';
import { type CloudAccount, callCloud } from './callCloud';
import { newSettings, oldSettings } from './jobSettings';
import { problemOf, unreadable } from './problemOf';
import { type Page, pageSize, readPages } from './readPages';
import { dts, newDts } from './services';

/**
 * Asks for one job. Never throws. A failure has no words of a refusal, because they may quote the
 * password of the job, which Ferry no longer has.
 */
export async function observeJob(
  account: CloudAccount,
  { api, jobId, region }: JobPlace,
  abandon: AbortSignal,
): Promise<JobLook> {
  if (api === '2018-03-30')
    return (await observeOld(account, jobId, region, abandon)) ?? deleted(api);
  const now = await observeNew(account, jobId, region, abandon);
  if (now.kind === 'seen' || !isUnknownJob(now.problem)) return now;
  if (api === '2021-12-06') return isGone(now.problem) ? deleted(api) : now;
  return (await observeOld(account, jobId, region, abandon)) ?? now;
}

/** Lists jobs, newest first, until all wanted ones were found. Rejects only if `beforePage` does. */
export async function listJobs(
  account: CloudAccount,
  region: string,
  api: JobApi,
  wanted: ReadonlySet<string>,
  beforePage: () => Promise<void>,
  abandon: AbortSignal,
): Promise<JobList> {
  const jobs = new Map<string, ObservedJob>();
  const isOld = api === '2018-03-30';
  const clean = cleanFor(account);
  const listed = await readPages(
    account,
    {
      service: isOld ? dts : newDts,
      action: isOld ? 'DescribeMigrateJobs' : 'DescribeMigrationJobs',
      region,
      list: 'JobList',
      body: (page: Page) =>
        isOld ? { Order: 'CreateTime', OrderSeq: 'DESC', ...page } : { OrderSeq: 'desc', ...page },
      most: Math.min(mostListed, wanted.size * pageSize),
      beforePage,
      isEnough: (entries) => {
        for (const entry of entries) {
          const id = withId.safeParse(entry).data?.JobId;
          const job = isOld ? readOld(entry, clean) : readNew(entry, clean);
          if (id !== undefined && job !== undefined && wanted.has(id)) jobs.set(id, job);
        }
        return jobs.size === wanted.size;
      },
    },
    abandon,
  );
  return listed.kind === 'failed'
    ? { ...listed, problem: withoutMessage(listed.problem) }
    : { kind: 'listed', jobs };
}

/**
 * A list is abandoned after a minute, so one call a second reads no more. And it never costs more calls
 * than a call for each job.
 */
const mostListed = 3_000;
const withId = z.object({ JobId: z.string() });

const deleted = (api: JobApi): JobLook => ({
  kind: 'seen',
  job: { api, status: 'deleted', said: 'deleted', steps: [], errors: [] },
  settings: {},
});

/** True if this version doesn't know the job, the action or the account. The other version may. */
const isUnknownJob = (problem: CallProblem): boolean =>
  problem.kind === 'refused' && !/^(RequestLimitExceeded|InternalError)(\.|$)/.test(problem.code);

/** The codes that can only mean the job. Others of the family are about instances or accounts. */
const unknownJob: ReadonlySet<string> = new Set([
  'ResourceNotFound',
  'ResourceNotFound.JobNotExist',
  'ResourceNotFound.BizResourceNotFoundError',
  'ResourceNotFound.ResourceNotFoundError',
]);

const isGone = (problem: CallProblem): boolean =>
  problem.kind === 'refused' && unknownJob.has(problem.code);

/** A fact that decides something must be readable. */
const fact = z.string().nullish();
/** A fact that only describes the job is left out if it is unreadable: the status matters more. */
const text = fact.catch(undefined);
const number = z.number().nullish().catch(undefined);

const tip = z.object({ Message: text, Solution: text, HelpDoc: text });
/** Unreadable entries are left out. */
const list = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .array(entry.nullable().catch(null))
    .transform((entries) => entries.flatMap((each) => (each === null ? [] : [each])))
    .nullish();

/** A job as 2021-12-06 describes it. */
const newJob = z.object({
  Status: z.string(),
  StartTime: text,
  EndTime: text,
  RunMode: text,
  ExpectRunTime: text,
  Action: z.object({ AllowedAction: list(z.string()) }).nullish(),
  StepInfo: z
    .object({
      MasterSlaveDistance: number,
      SecondsBehindMaster: number,
      StepInfo: list(
        z.object({
          StepName: text,
          StepId: text,
          Status: text,
          Percent: number,
          StepMessage: text,
          Errors: list(tip),
        }),
      ),
    })
    .nullish(),
  ErrorInfo: list(z.object({ ErrorLog: text, Solution: text, HelpDoc: text })),
  CompareTask: z.object({ Status: text }).nullish(),
  TradeInfo: z.object({ TradeStatus: fact }).nullish(),
});

/** A job as 2018-03-30 describes it. */
const oldJob = z.object({
  Status: z.int(),
  StartTime: text,
  EndTime: text,
  MigrateOption: z.object({ RunMode: number, ExpectTime: text }).nullish(),
  Detail: z
    .object({
      MasterSlaveDistance: number,
      SecondsBehindMaster: number,
      CurrentStepProgress: text,
      StepInfo: list(z.object({ StepName: text, StepId: text, Status: number })),
    })
    .nullish(),
  ErrorInfo: list(z.object({ ErrorLog: text, HelpDoc: text })),
});

async function observeNew(
  account: CloudAccount,
  jobId: string,
  region: string,
  abandon: AbortSignal,
): Promise<JobLook> {
  const action = 'DescribeMigrationDetail';
  const call = { service: newDts, action, region, body: { JobId: jobId } };
  const called = await callCloud(account, call, { secrets: [], abandon });
  if (!called.ok) return { kind: 'failed', problem: withoutMessage(problemOf(called)) };
  const job = readNew(called.answer, cleanFor(account));
  if (job === undefined) return { kind: 'failed', problem: unreadable(action) };
  const checks = mayHaveChecks(job) ? await readChecks(account, jobId, region, abandon) : undefined;
  const settings = newSettings(called.answer);
  return { kind: 'seen', job: checks === undefined ? job : { ...job, checks }, settings };
}

const checkAnswer = z.object({
  StepInfo: list(
    z.object({
      StepName: text,
      StepId: text,
      StepStatus: text,
      HasSkipped: z.boolean().nullish(),
      DetailCheckItems: list(
        z.object({
          FailureReason: text,
          Solution: text,
          HelpDoc: list(z.string()),
          SkipInfo: text,
        }),
      ),
    }),
  ),
});

const checkResults: Readonly<Record<string, CheckItem['result']>> = {
  pass: 'passed',
  warning: 'warning',
  failed: 'failed',
};

const mostChecks = 40;
/** Shown instead of a name or status that DTS left empty. */
const unnamed = '–';

/** The result of the last check; `undefined` if it can't be read, which stops nothing else. */
async function readChecks(
  account: CloudAccount,
  jobId: string,
  region: string,
  abandon: AbortSignal,
): Promise<CheckItem[] | undefined> {
  const action = 'DescribeMigrationCheckJob';
  const call = { service: newDts, action, region, body: { JobId: jobId } };
  const first = await callCloud(account, call, { secrets: [], abandon });
  // The thread lists the items once, so a lost response is not enough to leave them out.
  const called =
    first.ok || problemOf(first).kind === 'refused'
      ? first
      : await callCloud(account, call, { secrets: [], abandon });
  const clean = cleanFor(account);
  const read = called.ok ? checkAnswer.safeParse(called.answer) : undefined;
  return read?.data?.StepInfo?.slice(0, mostChecks).flatMap((step): CheckItem[] => {
    const result = step.HasSkipped === true ? 'skipped' : checkResults[step.StepStatus ?? ''];
    // An item that DTS didn't reach has no result.
    if (result === undefined) return [];
    const name = clean(step.StepName || step.StepId || unnamed);
    if (result === 'passed') return [{ name, result }];
    const [found] = step.DetailCheckItems ?? [];
    const risk = step.DetailCheckItems?.find(({ SkipInfo }) => SkipInfo)?.SkipInfo;
    const link = found?.HelpDoc?.find((each) => ofTencent.test(each));
    return [
      {
        name,
        result,
        ...(found?.FailureReason ? { reason: clean(found.FailureReason) } : {}),
        ...(found?.Solution ? { solution: clean(found.Solution) } : {}),
        ...(link === undefined ? {} : { link }),
        ...(step.StepId ? { id: cut(step.StepId) } : {}),
        ...(risk ? { skipRisk: clean(risk) } : {}),
      },
    ];
  });
}

/** The only links that Ferry shows. */
const ofTencent = /^https:\/\/([a-z]+\.)*(tencent|tencentcloud)\.com\/[\w./?=&#-]{0,200}$/;

/** Returns `undefined` if the version doesn't list the job. */
async function observeOld(
  account: CloudAccount,
  jobId: string,
  region: string,
  abandon: AbortSignal,
): Promise<JobLook | undefined> {
  const action = 'DescribeMigrateJobs';
  const body = (page: Page) => ({ JobId: jobId, ...page });
  const paged = { service: dts, action, region, list: 'JobList', body, most: 100 };
  const listed = await readPages(account, paged, abandon);
  if (listed.kind === 'failed') return { ...listed, problem: withoutMessage(listed.problem) };
  const entry = listed.entries.find((each) => withId.safeParse(each).data?.JobId === jobId);
  if (entry === undefined) return undefined;
  const job = readOld(entry, cleanFor(account));
  return job === undefined
    ? { kind: 'failed', problem: unreadable(action) }
    : { kind: 'seen', job, settings: oldSettings(entry) };
}

const newStatuses: Readonly<Record<string, JobStatus>> = {
  creating: 'creating',
  created: 'created',
  checking: 'checking',
  checkPass: 'check_passed',
  checkNotPass: 'check_failed',
  readyRun: 'ready_run',
  running: 'running',
  readyComplete: 'ready_complete',
  success: 'success',
  failed: 'failed',
  stopping: 'stopping',
  completing: 'completing',
  pausing: 'pausing',
  manualPaused: 'paused',
  resumableErr: 'resumable_error',
  resuming: 'resuming',
  error: 'error',
  canceled: 'canceled',
  unknown: 'unknown',
};

const oldStatuses: Readonly<Record<number, JobStatus>> = {
  1: 'creating',
  2: 'created',
  3: 'checking',
  4: 'check_passed',
  5: 'check_failed',
  6: 'ready_run',
  7: 'running',
  8: 'ready_complete',
  9: 'success',
  10: 'failed',
  11: 'stopping',
  12: 'completing',
  23: 'unknown',
};

/** The words of `AllowedAction` are not documented. Unknown words mean nothing. */
const allowedWords: Readonly<Record<string, JobOperation>> = {
  check: 'check_job',
  createcheck: 'check_job',
  createmigratecheck: 'check_job',
  start: 'start_job',
  modify: 'modify_job',
  configure: 'modify_job',
  pause: 'pause_job',
  continue: 'continue_job',
  resume: 'resume_job',
  complete: 'complete_job',
  stop: 'stop_job',
  delete: 'delete_job',
  isolate: 'delete_job',
  destroy: 'delete_job',
  offline: 'delete_job',
};

function operationNamed(word: string): JobOperation[] {
  const plain = word.toLowerCase().replace(/[^a-z]/g, '');
  const operation = allowedWords[plain] ?? allowedWords[plain.replace(/(migrate)?job$/, '')];
  return operation === undefined ? [] : [operation];
}

const newStepStatus: Readonly<Record<string, JobStep['status']>> = {
  success: 'done',
  // The official example says this.
  finished: 'done',
  failed: 'failed',
  running: 'running',
};

const oldStepStatus: Readonly<Record<number, JobStep['status']>> = {
  1: 'done',
  2: 'failed',
  3: 'running',
};

function readNew(answer: unknown, clean: Clean): ObservedJob | undefined {
  const job = newJob.safeParse(answer).data;
  if (job === undefined) return undefined;
  const { Action, CompareTask, ErrorInfo, StepInfo, TradeInfo } = job;
  const allowed = Action?.AllowedAction;
  const consistency = consistencies.find((each) => each === CompareTask?.Status);
  const billing = billingOf(TradeInfo);
  const failures = (StepInfo?.StepInfo ?? []).flatMap(({ Errors }) => Errors ?? []);
  return {
    api: '2021-12-06',
    status: newStatuses[job.Status] ?? 'other',
    said: clean(job.Status || unnamed),
    ...(allowed ? { allowed: [...new Set(allowed.flatMap(operationNamed))] } : {}),
    ...timesOf(job),
    ...momentOf('runsAt', job.RunMode === 'timed' ? job.ExpectRunTime : undefined),
    steps: (StepInfo?.StepInfo ?? []).slice(0, mostSteps).map((step) => ({
      name: clean(step.StepName || step.StepId || ''),
      status: newStepStatus[step.Status ?? ''] ?? 'waiting',
      ...(step.Percent == null ? {} : { percent: step.Percent }),
      ...(step.StepMessage ? { message: clean(step.StepMessage) } : {}),
    })),
    ...lagOf(StepInfo),
    errors: [
      ...(ErrorInfo ?? []).map(({ ErrorLog, HelpDoc, Solution }) =>
        errorOf(ErrorLog, Solution, HelpDoc, clean),
      ),
      ...failures.map(({ HelpDoc, Message, Solution }) =>
        errorOf(Message, Solution, HelpDoc, clean),
      ),
    ].slice(0, mostErrors),
    ...(consistency === undefined ? {} : { consistency }),
    ...(billing === undefined ? {} : { billing }),
  };
}

function billingOf(
  trade: { TradeStatus?: string | null | undefined } | null | undefined,
): ObservedJob['billing'] {
  if (trade?.TradeStatus === 'normal') return 'billed';
  return trade?.TradeStatus === 'isolated' ? 'isolated' : undefined;
}

function readOld(entry: unknown, clean: Clean): ObservedJob | undefined {
  const job = oldJob.safeParse(entry).data;
  if (job === undefined) return undefined;
  const { Detail, ErrorInfo, MigrateOption } = job;
  const percent = Number(Detail?.CurrentStepProgress || Number.NaN);
  return {
    api: '2018-03-30',
    status: oldStatuses[job.Status] ?? 'other',
    said: String(job.Status),
    ...timesOf(job),
    ...momentOf('runsAt', MigrateOption?.RunMode === 2 ? MigrateOption.ExpectTime : undefined),
    steps: (Detail?.StepInfo ?? []).slice(0, mostSteps).map((step) => {
      const status = oldStepStatus[step.Status ?? 0] ?? 'waiting';
      return {
        name: clean(step.StepName || step.StepId || ''),
        status,
        ...(status === 'running' && Number.isFinite(percent) ? { percent } : {}),
      };
    }),
    ...lagOf(Detail),
    errors: (ErrorInfo ?? [])
      .map(({ ErrorLog, HelpDoc }) => errorOf(ErrorLog, undefined, HelpDoc, clean))
      .slice(0, mostErrors),
  };
}

const mostSteps = 20;
const mostErrors = 5;
const longestText = 500;
const longestRead = 2 * longestText;

const cut = (foreign: string): string => foreign.slice(0, longestText);

type Clean = (foreign: string) => string;

/**
 * Hides passwords in what DTS says about a job. Ferry no longer has those that the job uses, so it can
 * only hide what is quoted where passwords usually are, and the secrets of the settings.
 */
const cleanFor = ({ secrets }: CloudAccount): Clean => {
  // A place is recognized by what follows the password, which may be past the cut.
  const hide = (foreign: string) => hideQuoted(hideSecrets(secrets, foreign));
  // The jobs of a list have the same statuses and names of steps.
  const cleaned = new Map<string, string>();
  return (foreign) => {
    const read = foreign.slice(0, longestRead);
    const known = cleaned.get(read) ?? cut(hide(read));
    cleaned.set(read, known);
    return known;
  };
};

function errorOf(
  said: string | null | undefined,
  solution: string | null | undefined,
  link: string | null | undefined,
  clean: Clean,
): JobError {
  return {
    text: clean(said ?? ''),
    ...(solution ? { solution: clean(solution) } : {}),
    ...(link && ofTencent.test(link) ? { link } : {}),
  };
}

/** -1 means that DTS doesn't know. */
function lagOf(
  detail:
    | {
        MasterSlaveDistance?: number | null | undefined;
        SecondsBehindMaster?: number | null | undefined;
      }
    | null
    | undefined,
): Pick<ObservedJob, 'lagMegabytes' | 'lagSeconds'> {
  const { MasterSlaveDistance: megabytes, SecondsBehindMaster: seconds } = detail ?? {};
  return {
    ...(seconds == null || seconds < 0 ? {} : { lagSeconds: seconds }),
    ...(megabytes == null || megabytes < 0 ? {} : { lagMegabytes: megabytes }),
  };
}

const timesOf = (job: {
  StartTime?: string | null | undefined;
  EndTime?: string | null | undefined;
}): Pick<ObservedJob, 'startedAt' | 'endedAt'> => ({
  ...momentOf('startedAt', job.StartTime),
  ...momentOf('endedAt', job.EndTime),
});

/** An empty time is `0000-00-00 00:00:00`. */
function momentOf<Name extends string>(
  name: Name,
  said: string | null | undefined,
): Partial<Record<Name, Date>> {
  if (said === null || said === undefined || said.startsWith('0000')) return {};
  const at = readChinaTime(said);
  if (Number.isNaN(at.getTime())) return {};
  const moment: Partial<Record<Name, Date>> = {};
  moment[name] = at;
  return moment;
}
