import { refusalOfStanding } from '../domain/decide';
import type { Namesake } from '../domain/launchOutcome';
import type { Draft } from '../domain/migration';
import type { Policy } from '../domain/policy';
import type { Refusal } from '../domain/refusal';
import type { MigrationRequest } from '../domain/request';
import type {
  Clock,
  Directory,
  Log,
  Metrics,
  MigrationService,
  RequestStore,
  Vault,
} from './ports';

export interface SubmitContext {
  clock: Clock;
  directory: Directory;
  log: Log;
  metrics: Metrics;
  policy: Policy;
  service: Pick<MigrationService, 'findJobsNamed'>;
  store: RequestStore;
  vault: Vault;
  wakeAnnouncer(): void;
}

export interface Submission {
  /** Unique for each form that was opened. */
  form: string;
  /** Unique for each time that it was shown: redelivered it is the same, sent again it is not. */
  showing: string;
  userId: string;
  draft: Draft;
  /** The person was told that the name is taken, and keeps it. */
  keepsName: boolean;
}

export type SubmitResult =
  | { kind: 'stored'; request: MigrationRequest }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'name_taken'; by: Namesake };

/** A person waits for the answer; what DTS has not said by then does not hold up the request. */
const nameCheckMs = 2_000;

/**
 * Turns a form that passed into a stored request. A job name that is taken is pointed out first:
 * a job whose answer was lost is found by its name. Throws when the store does.
 */
export async function submit(
  context: SubmitContext,
  submission: Submission,
): Promise<SubmitResult> {
  const { clock, directory, metrics, policy, store, vault } = context;
  const { userId, draft } = submission;
  const origin = originOf(submission);
  const { name, standing } = await directory.person(userId);
  const refusal = refusalOfStanding(standing);
  if (refusal !== undefined) return { kind: 'refused', refusal };
  if (!submission.keepsName) {
    const by = await namesakeOf(context, submission);
    if (by !== undefined) return { kind: 'name_taken', by };
  }

  const newRequest = {
    origin,
    channel: policy.channel,
    requester: { userId, name },
    requiredApprovals: policy.requiredApprovals,
    parameters: draft.parameters,
    reason: draft.reason,
    sealedPassword: await vault.seal(draft.password, passwordContext(origin)),
    at: clock.now(),
  };
  // The answer to a commit can be lost; a second time adds nothing that is there.
  const { request, added } = await store.add(newRequest).catch(() => store.add(newRequest));
  if (added) metrics.event('requested');
  context.wakeAnnouncer();
  return { kind: 'stored', request };
}

/** A redelivered form has the same one, and adds nothing. */
function originOf({ form, showing }: Pick<Submission, 'form' | 'showing'>): string {
  return `${form}/${showing}`;
}

async function namesakeOf(
  { log, service, store }: SubmitContext,
  submission: Submission,
): Promise<Namesake | undefined> {
  const { form, draft } = submission;
  const { JobName, DstInfo } = draft.parameters;
  const rival = await store.liveNamesake(JobName, originOf(submission));
  if (rival !== undefined) {
    const isOfThisForm = rival.origin.startsWith(originOf({ form, showing: '' }));
    return { kind: 'request', id: rival.id, isOfThisForm };
  }
  const abandon = AbortSignal.timeout(nameCheckMs);
  const search = await service.findJobsNamed(DstInfo.Region, JobName, abandon);
  if (search.kind === 'failed') {
    log.warn('whether the job name is taken could not be looked up', { problem: search.problem });
    return undefined;
  }
  const [job] = search.jobs;
  return job === undefined ? undefined : { kind: 'job', ...job };
}

/** What a sealed password is bound to: moved to another request, it does not open. */
export function passwordContext(origin: string): string {
  return `${origin}/SrcInfo.Password`;
}
