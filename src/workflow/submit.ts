import { refusalOfStanding } from '../domain/decide';
import type { Draft } from '../domain/form';
import type { Namesake } from '../domain/launchOutcome';
import type { Policy } from '../domain/policy';
import type { Refusal } from '../domain/refusal';
import type { MigrationRequest } from '../domain/request';
import type { SecretProblem, SecretRule } from '../domain/secretPolicy';
import {
  type SealedSecrets,
  type SecretPath,
  type SecretSources,
  secretPaths,
} from '../domain/secretReference';
import { type Oddity, oddities } from '../domain/unusual';
import { permitSecret } from './permitSecret';
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
  secretRules: readonly SecretRule[];
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
  /** The concerns that the person was shown and keeps things as they are, by `concernKey`. */
  seen: readonly string[];
}

/** What may be meant as it is, but had better be looked at again. */
export type Concern = { kind: 'name_taken'; by: Namesake } | { kind: 'odd'; oddity: Oddity };

export type SubmitResult =
  | { kind: 'stored'; request: MigrationRequest }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'secret_refused'; path: SecretPath; problem: SecretProblem }
  | { kind: 'concerns'; concerns: readonly Concern[] };

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
  const forbidden = await forbiddenSecret(context, submission);
  if (forbidden !== undefined) return forbidden;
  const at = clock.now();
  const secrets = sourcesOf(draft);
  const concerns = await concernsOf(context, submission, oddities(draft.parameters, secrets, at));
  if (concerns.length > 0) return { kind: 'concerns', concerns };

  const newRequest = {
    origin,
    channel: policy.channel,
    requester: { userId, name },
    requiredApprovals: policy.requiredApprovals,
    parameters: draft.parameters,
    reason: draft.reason,
    secrets,
    sealed: await sealTyped(vault, draft, origin),
    at,
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

/** Stands for a concern in what a form remembers: keeping one name says nothing of another. */
export function concernKey(concern: Concern, { parameters }: Draft): string {
  if (concern.kind === 'name_taken') return `name_taken ${parameters.JobName}`;
  const { oddity } = concern;
  return oddity.code === 'field_left_out' ? `${oddity.code} ${oddity.path}` : oddity.code;
}

async function concernsOf(
  context: SubmitContext,
  submission: Submission,
  odd: readonly Oddity[],
): Promise<Concern[]> {
  const isNew = (concern: Concern) =>
    !submission.seen.includes(concernKey(concern, submission.draft));
  const concerns = odd.map((oddity): Concern => ({ kind: 'odd', oddity })).filter(isNew);
  const { JobName } = submission.draft.parameters;
  if (submission.seen.includes(`name_taken ${JobName}`)) return concerns;
  const by = await namesakeOf(context, submission);
  return by === undefined ? concerns : [{ kind: 'name_taken', by }, ...concerns];
}

/** The first secret that the policy does not let this person use for this. */
async function forbiddenSecret(
  context: SubmitContext,
  { draft, userId }: Submission,
): Promise<SubmitResult | undefined> {
  for (const path of secretPaths) {
    const source = draft.secrets[path];
    if (source === undefined || source.kind === 'typed') continue;
    const { channel } = context.policy;
    const use = { channel, parameters: draft.parameters, path, requester: userId };
    const verdict = await permitSecret(context, source, use);
    if (!verdict.allowed) return { kind: 'secret_refused', path, problem: verdict.problem };
  }
  return undefined;
}

function sourcesOf({ secrets }: Draft): SecretSources {
  const sources: SecretSources = {};
  for (const path of secretPaths) {
    const secret = secrets[path];
    if (secret !== undefined) sources[path] = secret.kind === 'typed' ? { kind: 'typed' } : secret;
  }
  return sources;
}

async function sealTyped(vault: Vault, { secrets }: Draft, origin: string): Promise<SealedSecrets> {
  const sealed: SealedSecrets = {};
  for (const path of secretPaths) {
    const secret = secrets[path];
    if (secret?.kind !== 'typed') continue;
    sealed[path] = await vault.seal(secret.secret, secretContext(origin, path));
  }
  return sealed;
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

/** What a sealed secret is bound to: moved to another request or parameter, it does not open. */
export function secretContext(origin: string, path: SecretPath): string {
  return `${origin}/${path}`;
}
