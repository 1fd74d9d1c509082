import type { compareSettings } from '../../migration/jobSettings';
import type { Transition } from '../change';
import { operationIn } from '../operationIn';
import type { MigrationRequest } from '../request';
import { changeJobRules, type JobLook, type OperatedJob } from './changeJob';
import type { OperationNamed } from './operation';
import type { OperationRules } from './rules';

/** What DTS said about the job after such a call, and which parameters it shows. */
export type ModificationLook =
  | Exclude<JobLook, { kind: 'seen' }>
  | (Extract<JobLook, { kind: 'seen' }> & { shows: ReturnType<typeof compareSettings> });

/**
 * How the outcome of a change of the job's parameters changes a request. The approvals of the new
 * parameters replace those of the old ones. If no response arrives, the job's parameters or its
 * status show whether DTS changed them. If neither can show it, a person decides.
 */
export function modifyJobRules(
  operation: OperationNamed['modify_job'],
): OperationRules<OperatedJob, ModificationLook> {
  const rules = changeJobRules(operation);
  return {
    ...rules,
    done(attempts, result, how, moment) {
      const transition = rules.done(attempts, result, how, moment);
      const { state } = transition;
      return state.status === 'created'
        ? { ...transition, state: { ...state, approvals: attempts.approvals } }
        : transition;
    },
    judge(look, call) {
      if (look.kind === 'failed') return rules.judge(look, call);
      const { job, shows } = look;
      if (shows === 'after') return { kind: 'done', result: { job } };
      // A job that wasn't checked yet keeps its status.
      const keepsStatus = operation.before === 'creating' || operation.before === 'created';
      if (!keepsStatus) return rules.judge(look, call);
      const hadNone = shows === 'before' || job.status === 'deleted';
      return hadNone ? { kind: 'no_effect' } : { kind: 'nothing' };
    },
  };
}

/**
 * Gives a request the parameters of its job again, if a change of them ends without the call's
 * effect: it was denied, withdrawn or refused, or it expired. That makes another revision, so that
 * no approval of the denied one counts. All other transitions stay the same.
 */
export function withoutModification(
  { altered, editors, revision, state }: MigrationRequest,
  transition: Transition,
): Transition {
  const operation = operationIn(state);
  const hasEnded = transition.state.status === 'created' && transition.event.type !== 'operated';
  if (operation.name !== 'modify_job' || !hasEnded || altered.length > 0) return transition;
  const { revisedBy: origin, ...previous } = operation.previous;
  const revised = { ...previous, origin, sealed: {}, revision: revision + 1, editors };
  return { ...transition, revised };
}
