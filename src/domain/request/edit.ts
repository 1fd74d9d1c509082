import { fixedInJob } from '../migration/fields';
import type { Rule } from '../policy/policy';
import { type MayRequest, refusalOfAsking } from './asking';
import type { Revision } from './change';
import { type Decision, refuse, refuseBusy } from './decision';
import { changesWhatIsSeen, differencesOf } from './differences';
import type { Actor } from './eligibility';
import type { IntentOf } from './intent';
import { refusalOfJob } from './operate';
import { discard } from './operations/changeJob';
import { creation } from './operations/operation';
import type { Refusal } from './refusal';
import type { InState, MigrationRequest } from './request';
import type { Difference } from './requestEvent';
import { accepts } from './states';
import { beginning, createAtOnce, creatingBy, waitFrom } from './waiting';

/** New parameters make a new revision without approvals. */
export function edit(
  request: MigrationRequest,
  by: Actor,
  { to, asks, retries }: IntentOf<'edit'>,
  now: Date,
): Decision {
  const { state } = request;
  if (!accepts(state, 'edit')) return refuse({ code: 'cannot_edit' });
  const refusal = refusalOfRule(request, to.rule, asks);
  if (refusal !== undefined) return refuse(refusal);
  const differences = differencesOf(request, to);
  if (differences.length === 0) return refuse({ code: 'nothing_changed' });
  if (state.status === 'failed' && isRetryable(request, differences)) {
    if (retries === 'unknown') return refuse({ code: 'list_unknown' });
    if (retries === 'yes') return retryWith(request, state, to, differences);
  }
  const event = {
    type: 'edited',
    differences,
    voided: state.approvals.length,
    ...creatingBy(to.rule),
  } as const;
  const editors = editorsWith(request, by);
  const { attempts = 0 } = state;
  const revised = { ...to, revision: request.revision + 1, editors };
  if (state.status === 'prepared' && request.job?.status !== 'deleted') {
    // Today's rule decides again before the call whether the new job is created before its approval.
    const next = discard(state, createAtOnce(attempts), now);
    const region = request.parameters.DstInfo.Region;
    return { ok: true, state: { ...next, region }, event: { ...event, discards: true }, revised };
  }
  return { ok: true, state: beginning(to.rule, now, attempts), event, revised };
}

/** True if the edit changes nothing that people approved. Altered parts were never approved. */
const isRetryable = ({ altered }: MigrationRequest, differences: readonly Difference[]): boolean =>
  altered.length === 0 && !changesWhatIsSeen(differences);

/** Retries a failed request with a password that was typed again, which makes nobody an editor. */
const retryWith = (
  { editors, revision, rule }: MigrationRequest,
  { approvals, attempts = 0 }: InState<'failed'>,
  to: Revision,
  differences: readonly Difference[],
): Decision => ({
  ok: true,
  state: { status: 'approved', operation: creation, approvals, attempts },
  event: { type: 'edited', differences, voided: 0, isRetry: true },
  // The rule stays, so the check before the call notices if today's rule differs.
  revised: { ...to, rule, revision, editors },
});

/** Why an edited request can't have its new rule. */
function refusalOfRule(
  { channel, rule }: MigrationRequest,
  to: Rule,
  asks: MayRequest,
): Refusal | undefined {
  if (to.channel !== channel && to.channel !== rule.channel) {
    return { code: 'other_channel', rule: to.name, channel: to.channel };
  }
  return refusalOfAsking(to, asks);
}

/** The editors of a request after an edit by this person. */
const editorsWith = ({ editors, requester }: MigrationRequest, { userId }: Actor) =>
  userId === requester.userId ? editors : [...editors.filter((each) => each !== userId), userId];

/**
 * New parameters for the job make a new revision, which needs all approvals. Until then the job
 * keeps its parameters. If the change isn't made in the end, the request gets the job's parameters
 * back.
 */
export function modify(
  request: MigrationRequest,
  by: Actor,
  { to, asks }: IntentOf<'modify_job'>,
  now: Date,
): Decision {
  const { job, state } = request;
  if (job === undefined || !accepts(state, 'modify_job')) return refuseBusy(state);
  const refusal = refusalOfJob(request, 'modify_job') ?? refusalOfRule(request, to.rule, asks);
  if (refusal !== undefined) return refuse(refusal);
  const differences = differencesOf(request, to);
  const fixed = fixedInJob.find((path) => differences.some((each) => each.path === path));
  if (fixed !== undefined) return refuse({ code: 'fixed_in_job', path: fixed });
  if (differences.length === 0) return refuse({ code: 'nothing_changed' });
  const { observed, parameters, reason, revisedBy, rule, secrets } = request;
  const previous = { observed, parameters, reason, revisedBy, rule, secrets };
  const waiting =
    state.status === 'pending'
      ? waitFrom(to.rule, now, state.operation, state.attempts)
      : waitFrom(
          to.rule,
          now,
          { name: 'modify_job', from: state, before: job.status, previous },
          state.attempts,
        );
  const voided = state.status === 'pending' ? state.approvals.length : 0;
  return {
    ok: true,
    state: waiting,
    event: { type: 'edited', operation: 'modify_job', differences, voided },
    revised: { ...to, revision: request.revision + 1, editors: editorsWith(request, by) },
  };
}
