import { z } from 'zod';
import { type FailedCall, type IdleJobs, isForbiddenProblem } from '../domain/errors/callProblem';
import type { MigrationParameters } from '../domain/migration/migration';
import type { FoundJob } from '../domain/request/launchOutcome';
import { readChinaTime } from '../domain/text/chinaTime';
import type { CallSearch, JobSearch } from '../ports/migrationService';
import type { CloudAccount } from './callCloud';
import { unreadable } from './problemOf';
import { type Page, readPages } from './readPages';
import { dts } from './services';

const jobSchema = z.object({
  JobId: z.string(),
  JobName: z.string(),
  SrcDatabaseType: z.string(),
  SrcAccessType: z.string(),
  DstDatabaseType: z.string(),
  DstInfo: z.object({ InstanceId: z.string().nullish() }).nullish(),
  CreateTime: z.string(),
});
type Job = z.infer<typeof jobSchema>;

const mostJobs = 5_000;

/** Clocks often differ by this much, so a job may seem older than its call by as much. In ms. */
const usualSkewMs = 60_000;
/**
 * Tencent Cloud accepts calls of a machine whose clock is wrong by less than this, in ms. Source:
 * `AuthFailure.SignatureExpire` in its documentation.
 */
const mostSkewMs = 5 * 60_000;

const found = ({ JobId: jobId, CreateTime: createTime }: Job): FoundJob => ({ jobId, createTime });

/**
 * The jobs that a call with `parameters`, made at `calledAt`, could have created: same name,
 * engines, access type and target, and not older than the call. If there are none, those that would
 * be older only if this machine's clock is right. Never throws.
 */
export async function findJobs(
  account: CloudAccount,
  parameters: MigrationParameters,
  calledAt: Date,
  abandon: AbortSignal,
): Promise<CallSearch> {
  const { JobName, DstInfo } = parameters;
  const listed = await listJobs(account, DstInfo.Region, JobName, abandon);
  if (listed.kind === 'failed') return listed;
  const alike = listed.jobs.filter((job) => fits(job, parameters));
  const since = (skewMs: number): FoundJob[] =>
    alike.filter((job) => !(createdAt(job) < calledAt.getTime() - skewMs)).map(found);
  const sure = since(usualSkewMs);
  const jobs = sure.length > 0 ? sure : since(mostSkewMs);
  return { kind: 'found', jobs, areOlder: jobs !== sure && jobs.length > 0 };
}

/** The jobs with a name in a region, whatever they migrate. Never throws. */
export async function findJobsNamed(
  account: CloudAccount,
  region: string,
  jobName: string,
  abandon: AbortSignal,
): Promise<JobSearch> {
  const listed = await listJobs(account, region, jobName, abandon);
  return listed.kind === 'failed' ? listed : { kind: 'found', jobs: listed.jobs.map(found) };
}

/** Creating, created, check passed, check not passed, ready to run (statuses of MigrateJobInfo). */
const idleStatuses: readonly number[] = [1, 2, 4, 5, 6];
const idleSchema = jobSchema
  .pick({ JobId: true, JobName: true, CreateTime: true })
  .extend({ Status: z.int() });
const mostIdle = 10;

/** The jobs of a region that nobody has started, oldest first. Never throws. */
export async function idleJobs(
  account: CloudAccount,
  region: string,
  abandon: AbortSignal,
): Promise<IdleJobs> {
  const call = {
    service: dts,
    action: 'DescribeMigrateJobs',
    region,
    list: 'JobList',
    body: (page: Page) => ({ Order: 'CreateTime', OrderSeq: 'ASC', ...page }),
    most: 500,
  };
  const listed = await readPages(account, call, abandon);
  if (listed.kind === 'failed') {
    return { kind: isForbiddenProblem(listed.problem) ? 'forbidden' : 'unanswered' };
  }
  const idle = new Map<string, Extract<IdleJobs, { kind: 'found' }>['jobs'][number]>();
  for (const entry of listed.entries) {
    const job = idleSchema.safeParse(entry).data;
    if (job === undefined || !idleStatuses.includes(job.Status)) continue;
    idle.set(job.JobId, { jobId: job.JobId, jobName: job.JobName, createTime: job.CreateTime });
  }
  const jobs = [...idle.values()].sort((one, other) =>
    one.createTime.localeCompare(other.createTime),
  );
  const shown = jobs.slice(0, mostIdle);
  return { kind: 'found', jobs: shown, more: jobs.length - shown.length };
}

/**
 * The docs don't say whether `DescribeMigrateJobs` filters names exactly, so this reads all pages
 * and compares the names.
 */
async function listJobs(
  account: CloudAccount,
  region: string,
  jobName: string,
  abandon: AbortSignal,
): Promise<{ kind: 'listed'; jobs: Job[] } | FailedCall> {
  const call = {
    service: dts,
    action: 'DescribeMigrateJobs',
    region,
    list: 'JobList',
    body: (page: Page) => ({ JobName: jobName, ...page }),
    most: mostJobs,
  };
  const listed = await readPages(account, call, abandon);
  if (listed.kind === 'failed') return listed;
  const jobs = new Map<string, Job>();
  for (const entry of listed.entries) {
    if (hasOtherName(entry, jobName)) continue;
    const job = jobSchema.safeParse(entry).data;
    // The unreadable entry may be the job, so the search has no result.
    if (job === undefined) return { kind: 'failed', problem: unreadable(call.action) };
    // Duplicates are merged, because Ferry doesn't adopt a job automatically if two match.
    jobs.set(job.JobId, job);
  }
  return { kind: 'listed', jobs: [...jobs.values()] };
}

function hasOtherName(entry: unknown, jobName: string): boolean {
  const named = jobSchema.pick({ JobName: true }).safeParse(entry);
  return named.success && named.data.JobName !== jobName;
}

function fits(job: Job, parameters: MigrationParameters): boolean {
  return (
    job.SrcDatabaseType === parameters.SrcDatabaseType &&
    job.SrcAccessType === parameters.SrcAccessType &&
    job.DstDatabaseType === parameters.DstDatabaseType &&
    job.DstInfo?.InstanceId === parameters.DstInfo.InstanceId
  );
}

/** An unreadable time rules nothing out. */
function createdAt({ CreateTime }: Job): number {
  return readChinaTime(CreateTime).getTime();
}
