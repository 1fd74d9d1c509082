import { z } from 'zod';
import type { FoundJob, LaunchProblem } from '../domain/launchOutcome';
import type { MigrationParameters } from '../domain/migration';
import { callDts, type DtsAccount, type DtsAnswer } from './callDts';

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

const pageSchema = z.object({ TotalCount: z.number(), JobList: z.array(z.unknown()) });

/** The jobs, or why nobody could tell. */
export type FoundJobs =
  | { kind: 'found'; jobs: readonly FoundJob[] }
  | { kind: 'failed'; problem: LaunchProblem };

const pageSize = 100;
const mostPages = 50;

/** How far the clocks of Tencent Cloud and of this machine may be apart. */
const skewMs = 60_000;

const found = ({ JobId: jobId, CreateTime: createTime }: Job): FoundJob => ({ jobId, createTime });

/**
 * The jobs that a call with `parameters`, made at `calledAt`, can have created: same name, engines,
 * access type and destination, created since. Never throws.
 */
export async function findJobs(
  account: DtsAccount,
  parameters: MigrationParameters,
  calledAt: Date,
  abandon: AbortSignal,
): Promise<FoundJobs> {
  const { JobName, DstInfo } = parameters;
  const listed = await listJobs(account, DstInfo.Region, JobName, abandon);
  if (listed.kind === 'failed') return listed;
  const jobs = listed.jobs.filter((job) => fits(job, parameters, calledAt)).map(found);
  return { kind: 'found', jobs };
}

/** The jobs of a name in a region, whatever they migrate. Never throws. */
export async function findJobsNamed(
  account: DtsAccount,
  region: string,
  jobName: string,
  abandon: AbortSignal,
): Promise<FoundJobs> {
  const listed = await listJobs(account, region, jobName, abandon);
  return listed.kind === 'failed' ? listed : { kind: 'found', jobs: listed.jobs.map(found) };
}

/**
 * Whether `DescribeMigrateJobs` filters names exactly is not documented, so every page is read and
 * the names are compared here.
 */
async function listJobs(
  account: DtsAccount,
  region: string,
  jobName: string,
  abandon: AbortSignal,
): Promise<{ kind: 'listed'; jobs: Job[] } | { kind: 'failed'; problem: LaunchProblem }> {
  const jobs: Job[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const query = { JobName: jobName, Limit: pageSize, Offset: page * pageSize };
    const options = { secrets: [], abandon };
    const called = await callDts(account, 'DescribeMigrateJobs', region, query, options);
    if (!called.ok) return { kind: 'failed', problem: problemOf(called) };
    const read = pageSchema.safeParse(called.answer);
    if (!read.success) return { kind: 'failed', problem: unreadable };
    for (const entry of read.data.JobList) {
      const job = jobSchema.safeParse(entry).data;
      if (job?.JobName === jobName) jobs.push(job);
    }
    if ((page + 1) * pageSize >= read.data.TotalCount) break;
  }
  return { kind: 'listed', jobs };
}

function fits(job: Job, parameters: MigrationParameters, calledAt: Date): boolean {
  return (
    job.SrcDatabaseType === parameters.SrcDatabaseType &&
    job.SrcAccessType === parameters.SrcAccessType &&
    job.DstDatabaseType === parameters.DstDatabaseType &&
    job.DstInfo?.InstanceId === parameters.DstInfo.InstanceId &&
    !(createdAt(job) < calledAt.getTime() - skewMs)
  );
}

/** `CreateTime` is text in UTC+8. One that cannot be read rules nothing out. */
function createdAt({ CreateTime }: Job): number {
  return Date.parse(`${CreateTime.trim().replace(' ', 'T')}+08:00`);
}

const unreadable: LaunchProblem = {
  kind: 'not_sent',
  detail: 'the answer of DescribeMigrateJobs could not be read',
};

/** A look changes nothing, so it does not matter whether a failed one arrived. */
function problemOf({ outcome }: Extract<DtsAnswer, { ok: false }>): LaunchProblem {
  if (outcome.kind === 'failed') return outcome.problem;
  const detail = 'detail' in outcome.doubt ? outcome.doubt.detail : outcome.doubt.kind;
  return { kind: 'not_sent', detail };
}
