import { withoutWords } from '../domain/errors/callProblem';
import { type Concern, concernsIn } from '../domain/form/concerns';
import { type Draft, sourcesOf } from '../domain/form/form';
import { refusalOfStanding, type Standing } from '../domain/people/person';
import { namesPersonally, type Rule } from '../domain/policy/policy';
import { refusalWithout } from '../domain/policy/rules';
import { type MayRequest, refusalOfAsking } from '../domain/request/asking';
import type { NewRequest, Revision } from '../domain/request/change';
import { differencesOf } from '../domain/request/differences';
import type { EditPurpose } from '../domain/request/intent';
import type { Namesake } from '../domain/request/launchOutcome';
import type { Observation } from '../domain/request/observation';
import type { Refusal } from '../domain/request/refusal';
import type { MigrationRequest } from '../domain/request/request';
import { jobIdIn } from '../domain/request/states';
import { type SecretOwner, secretContext } from '../domain/secrets/secretContext';
import type { SecretProblem, SecretRule, SecretUser } from '../domain/secrets/secretPolicy';
import {
  type SealedSecrets,
  type SecretPath,
  secretPaths,
} from '../domain/secrets/secretReference';
import type { Catalogue } from '../ports/catalogue';
import type { Log } from '../ports/log';
import type { MigrationService } from '../ports/migrationService';
import type { Vault } from '../ports/vault';
import { type ActContext, act } from './act';
import { admit } from './admit';
import { concernKey } from './concernKey';
import { mayRequest } from './mayRequest';
import { noteRequest } from './noteChange';
import { permitSecret } from './permitSecret';
import { resolveRule } from './resolveRule';
import { canSee, findShown } from './viewing';

export interface SubmitContext extends ActContext {
  catalogue: Pick<Catalogue, 'instance'>;
  log: Log;
  /** How many open requests a person may have. */
  mostOpen: number;
  secretRules(): readonly SecretRule[];
  service: Pick<MigrationService, 'findJobsNamed'>;
  vault: Vault;
}

export interface Submission {
  /** Unique for each form that was opened. */
  form: string;
  /**
   * Unique for each time that the form was shown. A redelivery has the same value, a new submission
   * doesn't.
   */
  showing: string;
  /** The delivery ID of the form, which is the same for each copy. */
  delivery: string;
  userId: string;
  draft: Draft;
  /** The channel in which `/migrate` was used, if it is known. */
  askedIn: string | undefined;
  /** The request or job to edit and the revision that the person saw; `undefined` for a new request. */
  edits:
    | {
        requestId: number;
        key?: string | undefined;
        revision: number;
        purpose: EditPurpose;
      }
    | undefined;
  /** The keys (`concernKey`) of concerns that the person saw and confirmed. */
  seen: readonly string[];
}

export type SubmitResult =
  | { kind: 'stored'; request: MigrationRequest }
  /** An earlier submission of the same showing is stored, and it had other content. */
  | { kind: 'stored_before'; request: MigrationRequest }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'secret_refused'; path: SecretPath; problem: SecretProblem; user: SecretUser }
  | { kind: 'concerns'; concerns: readonly Concern[] };

/** A person waits, so the request doesn't wait longer for Tencent Cloud. In ms. */
const lookUpMs = 2_000;

/**
 * Stores a request from a valid form, or edits one. It first warns about a job name that is taken,
 * because Ferry searches for jobs by name. Throws if the store does.
 */
export async function submit(
  context: SubmitContext,
  submission: Submission,
): Promise<SubmitResult> {
  const result = await addOrEdit(context, submission);
  // If a form stored nothing, a later replay must not store anything either.
  if (result.kind !== 'stored' && result.kind !== 'stored_before') {
    await context.store.remember(submission.delivery, context.clock.now());
  }
  return result;
}

async function addOrEdit(context: SubmitContext, submission: Submission): Promise<SubmitResult> {
  const { delivery, edits, userId } = submission;
  const person = await context.directory.person(userId);
  if (edits === undefined) {
    const requester = { userId, name: person.name };
    const from = await channelOf(context, submission);
    if (!from.ok) return { kind: 'refused', refusal: from.refusal };
    const { askedIn } = from;
    const asking = { requester, askedIn, origin: originOf(submission) };
    const ruled = await ruleOf(context, submission, asking, person.standing);
    if (!ruled.ok) return { kind: 'refused', refusal: ruled.refusal };
    const refusal =
      refusalOfStanding(person.standing, namesPersonally(context.policy(), userId)) ??
      refusalOfAsking(ruled.rule, ruled.asks);
    if (refusal !== undefined) return { kind: 'refused', refusal };
    const revised = await revise(context, submission, asking, ruled.rule);
    if (revised.kind !== 'revised') return revised;
    // For a stored form, the origin makes copies harmless. A form that stored nothing is
    // remembered.
    return (await context.store.isHandled(delivery))
      ? { kind: 'refused', refusal: { code: 'handled_already' } }
      : add(context, submission, { ...revised.revision, requester, askedIn });
  }
  const { requestId } = edits;
  const admission = await admit(context, userId);
  const shown = { key: edits.key, message: undefined };
  const found = admission.ok
    ? await findShown(context, admission.viewer, requestId, shown)
    : admission;
  if (!found.ok) return { kind: 'refused', refusal: found.refusal };
  const { request } = found;
  if (request.revisedBy === originOf(submission)) return storedBefore(request, submission);
  const { standing } = await context.directory.person(request.requester.userId);
  // Others can still change the job of a requester who has left.
  const isJobOfLeaver = edits.purpose === 'modify_job' && standing === 'deactivated';
  const ruled = await ruleOf(context, submission, request, isJobOfLeaver ? 'member' : standing);
  if (!ruled.ok) return { kind: 'refused', refusal: ruled.refusal };
  const asking = { ...request, jobId: jobIdIn(request.state) };
  const revised = await revise(context, submission, asking, ruled.rule);
  if (revised.kind !== 'revised') return revised;
  const { revision: to } = revised;
  const common = { revision: edits.revision, to, asks: ruled.asks };
  const { directory } = context;
  const intent =
    edits.purpose === 'modify_job'
      ? ({ type: 'modify_job', ...common } as const)
      : ({
          type: 'edit',
          ...common,
          retries: await directory.isAmong(userId, to.rule.retriers, request.requester.userId),
        } as const);
  const result = await act(context, { delivery, requestId, userId, intent });
  return result.ok
    ? { kind: 'stored', request: result.request }
    : { kind: 'refused', refusal: result.refusal };
}

/**
 * The channel of a new request: Slack named it, or the person chose it in the form and is a member,
 * so `/migrate` would work there.
 */
async function channelOf(
  { directory }: SubmitContext,
  { askedIn, draft, userId }: Submission,
): Promise<{ ok: true; askedIn: string | undefined } | { ok: false; refusal: Refusal }> {
  const chosen = draft.channel;
  if (askedIn !== undefined || chosen === undefined) return { ok: true, askedIn };
  const members = [{ kind: 'channel', channelId: chosen }] as const;
  const membership = await directory.isAmong(userId, members, userId);
  if (membership === 'yes') return { ok: true, askedIn: chosen };
  return {
    ok: false,
    refusal: { code: membership === 'no' ? 'not_in_channel' : 'channel_members_unknown' },
  };
}

/** The rule that applies to a request, and whether the requester may make it. */
interface Ruled {
  rule: Rule;
  asks: MayRequest;
}

async function ruleOf(
  context: SubmitContext,
  { draft: { parameters } }: Submission,
  { askedIn, requester: { userId: requester } }: Asking,
  standing: Standing,
): Promise<({ ok: true } & Ruled) | { ok: false; refusal: Refusal }> {
  const ruling = await resolveRule(context, { parameters, requester, askedIn });
  if (ruling.kind === 'unknown') return { ok: false, refusal: refusalWithout(ruling.missing) };
  const { rule } = ruling;
  return { ok: true, rule, asks: await mayRequest(context.directory, rule, requester, standing) };
}

/** A request that an earlier submission of the same showing stored. */
function storedBefore(request: MigrationRequest, submission: Submission): SubmitResult {
  const { parameters, reason } = submission.draft;
  const content = { parameters, reason, secrets: sourcesOf(submission.draft), sealed: {} };
  // If the request was edited since, what this form stored is no longer known.
  const isOther =
    request.revisedBy === originOf(submission) && differencesOf(request, content).length > 0;
  return { kind: isOther ? 'stored_before' : 'stored', request };
}

async function add(
  context: SubmitContext,
  submission: Submission,
  revision: Omit<NewRequest, 'at'>,
): Promise<SubmitResult> {
  const { clock, mostOpen, store, wakeAnnouncer, wakeLauncher } = context;
  const newRequest = { ...revision, at: clock.now() };
  // The response to a commit can be lost. Adding the request again is harmless.
  const result = await store.add(newRequest, mostOpen).catch(() => store.add(newRequest, mostOpen));
  if (result.kind === 'too_many') {
    const { open } = result;
    return { kind: 'refused', refusal: { code: 'too_many_open', open, limit: mostOpen } };
  }
  const { request, added } = result;
  if (added) noteRequest(context, request);
  // The policy may let the job be created at once.
  wakeLauncher();
  wakeAnnouncer();
  return added ? { kind: 'stored', request } : storedBefore(request, submission);
}

/** The requester and the context of the secrets. */
type Asking = Pick<MigrationRequest, 'askedIn' | 'origin' | 'requester'> & {
  /** The channel of the request's card, which stays there if the rule moves to another channel. */
  channel?: string;
  /** The request's own job, whose name isn't taken. */
  jobId?: string | undefined;
};

/** A new revision under a rule, or the concerns to show first. */
async function revise(
  context: SubmitContext,
  submission: Submission,
  asking: Asking,
  rule: Rule,
): Promise<
  | { kind: 'revised'; revision: Revision }
  | Extract<SubmitResult, { kind: 'secret_refused' | 'concerns' }>
> {
  const { draft, userId } = submission;
  const { channel = rule.channel } = asking;
  // Both must be allowed to use the secret, so that neither can use a secret of the other.
  for (const user of new Set([asking.requester.userId, userId])) {
    const forbidden = await forbiddenSecret(context, submission, user, channel);
    if (forbidden !== undefined) return forbidden;
  }
  const { parameters, reason } = draft;
  const secrets = sourcesOf(draft);
  const [namesake, seen] = await Promise.all([
    namesakeOf(context, submission, asking),
    observe(context, parameters),
  ]);
  const taken: Concern[] = namesake === undefined ? [] : [{ kind: 'name_taken', by: namesake }];
  const found = [...taken, ...concernsIn(draft, context.clock.now())];
  const concerns = unaccepted(found, draft, submission.seen);
  if (concerns.length > 0) return { kind: 'concerns', concerns };
  const observed = { ...seen, ...takenBy(namesake, channel) };
  const origin = originOf(submission);
  const owner = { origin: asking.origin, revisedBy: origin, parameters };
  const sealed = await sealTyped(context.vault, draft, owner);
  return {
    kind: 'revised',
    revision: { origin, parameters, reason, secrets, observed, sealed, rule },
  };
}

/** Equal for a redelivered form, so that it adds nothing. */
function originOf({ form, showing }: Pick<Submission, 'form' | 'showing'>): string {
  return `${form}/${showing}`;
}

/** The concerns that need no lookup and that the person hasn't accepted. */
export const concernsOfDraft = (draft: Draft, seen: readonly string[], at: Date): Concern[] =>
  unaccepted(concernsIn(draft, at), draft, seen);

const unaccepted = (concerns: readonly Concern[], draft: Draft, seen: readonly string[]) =>
  concerns.filter((concern) => !seen.includes(concernKey(concern, draft)));

/** The card in `channel` names no request of another channel, which its readers may not see. */
function takenBy(namesake: Namesake | undefined, channel: string): Pick<Observation, 'nameTaken'> {
  if (namesake === undefined) return {};
  if (namesake.kind === 'job') return { nameTaken: { kind: 'job', jobId: namesake.jobId } };
  return namesake.channel === channel ? { nameTaken: { kind: 'request', id: namesake.id } } : {};
}

/** Observes both instances. The request doesn't depend on the result. */
async function observe(
  { catalogue }: SubmitContext,
  { DstDatabaseType, DstInfo, SrcDatabaseType, SrcInfo }: MigrationRequest['parameters'],
): Promise<Observation> {
  const abandon = AbortSignal.timeout(lookUpMs);
  const { InstanceId: sourceId, Region: sourceRegion = DstInfo.Region } = SrcInfo;
  const from = { region: sourceRegion, engine: SrcDatabaseType, role: 'src' } as const;
  const to = { region: DstInfo.Region, engine: DstDatabaseType, role: 'dst' } as const;
  const [source, target] = await Promise.all([
    sourceId === undefined ? undefined : catalogue.instance({ ...from, id: sourceId }, abandon),
    catalogue.instance({ ...to, id: DstInfo.InstanceId }, abandon),
  ]);
  const absent = [
    ...(source?.kind === 'absent' ? (['source'] as const) : []),
    ...(target.kind === 'absent' ? (['target'] as const) : []),
  ];
  return {
    ...(source?.kind === 'seen' ? { source: source.instance } : {}),
    ...(target.kind === 'seen' ? { target: target.instance } : {}),
    ...(absent.length === 0 ? {} : { absent }),
  };
}

/** The first secret that the policy doesn't allow this person to use here. */
async function forbiddenSecret(
  context: SubmitContext,
  { draft, userId }: Submission,
  requester: string,
  channel: string,
): Promise<Extract<SubmitResult, { kind: 'secret_refused' }> | undefined> {
  for (const path of secretPaths) {
    const source = draft.secrets[path];
    if (source === undefined || source.kind === 'typed') continue;
    const use = { channel, parameters: draft.parameters, path, requester };
    const verdict = await permitSecret(context, source, use);
    if (verdict.ok) continue;
    const user = requester === userId ? 'sender' : 'requester';
    return { kind: 'secret_refused', path, problem: verdict.problem, user };
  }
  return undefined;
}

async function sealTyped(
  vault: Vault,
  { secrets }: Draft,
  owner: SecretOwner,
): Promise<SealedSecrets> {
  const sealed: SealedSecrets = {};
  for (const path of secretPaths) {
    const secret = secrets[path];
    if (secret?.kind !== 'typed') continue;
    sealed[path] = await vault.seal(secret.secret, secretContext(owner, path));
  }
  return sealed;
}

async function namesakeOf(
  context: SubmitContext,
  { form, draft, userId }: Submission,
  { jobId, origin }: Asking,
): Promise<Namesake | undefined> {
  const { log, service, store } = context;
  const {
    JobName,
    DstInfo: { Region: region },
  } = draft.parameters;
  const admission = await admit(context, userId);
  for (const rival of await store.liveNamesakes(JobName, origin)) {
    // A request that the person may not see isn't named, but a job with this name is.
    if (!admission.ok || (await canSee(context, admission.viewer, rival)) !== 'yes') continue;
    const isOfThisForm = rival.origin.startsWith(originOf({ form, showing: '' }));
    return { kind: 'request', id: rival.id, channel: rival.channel, isOfThisForm };
  }
  const abandon = AbortSignal.timeout(lookUpMs);
  const search = await service.findJobsNamed(region, JobName, abandon);
  if (search.kind === 'failed') {
    const problem = withoutWords(search.problem);
    log.warn('the job name could not be looked up', { user: userId, region, problem });
    return undefined;
  }
  const job = search.jobs.find((each) => each.jobId !== jobId);
  return job === undefined ? undefined : { kind: 'job', ...job };
}
