import { type CallProblem, type IdleJobs, withoutWords } from '../../domain/errors/callProblem';
import { adviceOn, explanationOf } from '../../domain/errors/errorCodes';
import type { CreatedJob } from '../../domain/request/launchOutcome';
import { type CreationSearch, createJobRules } from '../../domain/request/operations/createJob';
import type { MigrationRequest } from '../../domain/request/request';
import { hideSecrets } from '../../domain/secrets/secret';
import type { SecretValues } from '../../ports/secretReader';
import { openSecrets } from './openSecrets';
import type { OperationContext, OperationSteps } from './operation';

/** Idle jobs only explain a rejection, so nobody waits longer for the list. In ms. */
const longestListingMs = 10_000;

/** Creates the job of a request, and searches for it if no response arrives. */
export function createJobSteps(
  context: OperationContext,
): OperationSteps<SecretValues, CreatedJob, CreationSearch> {
  const { service } = context;
  return {
    name: 'create_job',
    rules: createJobRules(),
    claimTurn: 'claims',
    async prepare(request) {
      const opened = await openSecrets(context, request);
      return opened.ok ? { ok: true, prepared: opened.secrets } : opened;
    },
    call: ({ parameters }, secrets, abandon, sending) =>
      service.createMigrateJob(parameters, secrets, abandon, sending),
    addDetails: (request, secrets, problem) => withIdleJobs(context, request, secrets, problem),
    search: (request, calledAt, abandon) => searchJobs(context, request, calledAt, abandon),
  };
}

/**
 * Adds the account's idle jobs to a rejection that is about them. The search is short, because only
 * this process knows the outcome until it is stored.
 */
async function withIdleJobs(
  context: OperationContext,
  request: MigrationRequest,
  secrets: SecretValues,
  problem: CallProblem,
): Promise<CallProblem> {
  if (problem.kind !== 'refused') return problem;
  if (adviceOn(explanationOf(problem.code)).exhibit !== 'idle_jobs') return problem;
  const { service, timeoutMs } = context;
  const abandon = AbortSignal.timeout(Math.min(longestListingMs, timeoutMs / 2));
  const listed = await service.idleJobs(request.parameters.DstInfo.Region, abandon);
  const clean = (text: string): string => hideSecrets(Object.values(secrets), text);
  if (listed.kind !== 'found') return { ...problem, idleJobs: listed };
  const jobs = listed.jobs.map((job) => ({ ...job, jobName: clean(job.jobName) }));
  const idleJobs = await withRequests(context, request, { ...listed, jobs });
  return { ...problem, idleJobs };
}

type ListedJobs = Extract<IdleJobs, { kind: 'found' }>;

/**
 * Adds the requests for which Ferry created these jobs, so that people can delete the jobs. Jobs of
 * requests in other channels are only counted, because readers may not see those requests.
 */
async function withRequests(
  { log, store }: OperationContext,
  request: MigrationRequest,
  listed: ListedJobs,
): Promise<ListedJobs> {
  try {
    const jobIds = listed.jobs.map(({ jobId }) => jobId);
    const owners = await store.jobsTaken(request, jobIds);
    const requests = await store.findAll([...owners.values()]);
    const jobs = listed.jobs.flatMap((job) => {
      if (!owners.has(job.jobId)) return [job];
      const owner = requests.find(({ id }) => id === owners.get(job.jobId));
      return owner === undefined || owner.channel !== request.channel
        ? []
        : [{ ...job, request: { id: owner.id, revision: owner.revision, origin: owner.origin } }];
    });
    const elsewhere = listed.jobs.length - jobs.length;
    return { ...listed, jobs, ...(elsewhere === 0 ? {} : { elsewhere }) };
  } catch (error) {
    // The outcome of the call must not depend on it.
    log.warn('the requests of idle jobs could not be read', { request: request.id, error });
    return { ...listed, jobs: [], more: listed.jobs.length + listed.more };
  }
}

/** Leaves out jobs of other requests, however similar they are. */
async function searchJobs(
  { service, store }: OperationContext,
  request: MigrationRequest,
  calledAt: Date,
  abandon: AbortSignal,
): Promise<CreationSearch> {
  const result = await service.findJobs(request.parameters, calledAt, abandon);
  if (result.kind === 'failed') return { kind: 'failed', problem: withoutWords(result.problem) };
  const jobIds = result.jobs.map(({ jobId }) => jobId);
  const taken = await store.jobsTaken(request, jobIds);
  const jobs = result.jobs.filter(({ jobId }) => !taken.has(jobId));
  return { kind: 'found', jobs, isUnsure: result.areOlder || (await store.isContested(request)) };
}
