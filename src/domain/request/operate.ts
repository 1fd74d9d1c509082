import {
  allowedOn,
  asksForeignKeys,
  isIdle,
  type JobOperation,
  type ObservedJob,
  type ResumeOption,
  type SkippedChecks,
  skippable,
} from '../job/job';
import { approve } from './approve';
import { type Decision, refusalOfBusy, refuse, refuseBusy, refuseOtherRevision } from './decision';
import type { Actor } from './eligibility';
import type { DecidedByButton, IntentOf } from './intent';
import type { Operation, OperationOnJob } from './operations/operation';
import type { Refusal } from './refusal';
import type { MigrationRequest } from './request';
import { accepts } from './states';
import { waitFrom } from './waiting';

/** Why an operation on the job isn't possible now. */
export function refusalOfJob(
  { job, state }: MigrationRequest,
  operation: JobOperation,
): Refusal | undefined {
  if (job === undefined || !accepts(state, operation)) return refusalOfBusy(state);
  const { said, status } = job;
  return allowedOn(job).includes(operation)
    ? undefined
    : { code: 'job_not_ready', operation, status, said };
}

/**
 * Decides for an operation on the job. If the quorum needs more people, the operation waits for
 * them: each decides by the same button.
 */
export function operate(
  request: MigrationRequest,
  by: Actor,
  intent: IntentOf<DecidedByButton>,
  at: Date,
): Decision {
  const { job, state } = request;
  const other = refuseOtherRevision(request, intent);
  if (other !== undefined) return other;
  if (job === undefined || !accepts(state, intent.type)) return refuseBusy(state);
  const notReady = refusalOfJob(request, intent.type);
  if (notReady !== undefined) return refuse(notReady);
  const chosen = choose(job, intent);
  if (!chosen.ok) return chosen;
  const { choice } = chosen;
  if (state.status === 'pending') {
    return isSameChoice(state.operation, choice)
      ? approve(request, state, by, typedWith(intent), at)
      : refuseBusy(state);
  }
  const operation: OperationOnJob = { ...choice, from: state, before: job.status };
  const waiting = waitFrom(request.rule, at, operation, state.attempts);
  return approve({ ...request, state: waiting }, waiting, by, typedWith(intent), at);
}

/** An operation without the state of the request and of the job. */
type Choice =
  | { name: Exclude<DecidedByButton, 'resume_job' | 'skip_check' | 'delete_job'> }
  | { name: 'delete_job'; onlyIdle?: true }
  | { name: 'resume_job'; option: ResumeOption }
  | { name: 'skip_check'; skips: SkippedChecks };

function choose(
  job: ObservedJob,
  intent: IntentOf<DecidedByButton>,
): { ok: true; choice: Choice } | { ok: false; refusal: Refusal } {
  switch (intent.type) {
    case 'resume_job':
      return { ok: true, choice: { name: intent.type, option: intent.option } };
    case 'skip_check': {
      if (intent.reason.trim() === '') return { ok: false, refusal: { code: 'reason_missing' } };
      const skips = skipsIn(job, intent);
      return skips === undefined
        ? { ok: false, refusal: { code: 'cannot_skip', items: intent.items } }
        : { ok: true, choice: { name: intent.type, skips } };
    }
    case 'delete_job': {
      if (intent.onlyIdle !== true) return { ok: true, choice: { name: intent.type } };
      const { said, status } = job;
      return isIdle(job)
        ? { ok: true, choice: { name: intent.type, onlyIdle: true } }
        : { ok: false, refusal: { code: 'not_idle', status, said } };
    }
    default:
      return { ok: true, choice: { name: intent.type } };
  }
}

/** What DTS should skip; `undefined` if it doesn't let people skip one of the items. */
function skipsIn(
  job: Pick<ObservedJob, 'checks'>,
  { foreignKeys, items: chosen }: IntentOf<'skip_check'>,
): SkippedChecks | undefined {
  const found = skippable(job).filter(({ id }) => chosen.includes(id));
  if (found.length === 0 || !chosen.every((id) => found.some((item) => item.id === id))) {
    return undefined;
  }
  const items = found.map(({ id, name }) => ({ id, name }));
  if (!asksForeignKeys(items)) return { items };
  return foreignKeys === undefined ? undefined : { items, foreignKeys };
}

/** What a person entered in the form of an operation. */
function typedWith(intent: IntentOf<DecidedByButton>): { comment?: string; destination?: string } {
  switch (intent.type) {
    case 'resume_job':
      return intent.destination === undefined ? {} : { destination: intent.destination };
    case 'skip_check':
      return { comment: intent.reason };
    default:
      return {};
  }
}

function isSameChoice(operation: Operation, choice: Choice): boolean {
  if (operation.name === 'resume_job' && choice.name === 'resume_job') {
    return operation.option === choice.option;
  }
  if (operation.name === 'skip_check' && choice.name === 'skip_check') {
    return isSameSkip(operation.skips, choice.skips);
  }
  if (operation.name === 'delete_job' && choice.name === 'delete_job') {
    // A person who only wants to delete an idle job doesn't approve more.
    return choice.onlyIdle !== true || operation.onlyIdle === true;
  }
  return operation.name === choice.name;
}

const isSameSkip = (one: SkippedChecks, other: SkippedChecks): boolean =>
  one.foreignKeys === other.foreignKeys &&
  one.items.length === other.items.length &&
  other.items.every(({ id }) => one.items.some((item) => item.id === id));
