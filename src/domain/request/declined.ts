import { discard } from './operations/changeJob';
import { decisionRulesOf } from './operations/operations';
import type { Ending } from './operations/rules';
import type { InState, MigrationRequest, RequestState } from './request';

/** The state of a request after a decision against it. A job that was created for it is deleted. */
export function declined(
  { job }: Pick<MigrationRequest, 'job'>,
  state: InState<'pending' | 'approved' | 'prepared'>,
  ending: Ending,
): RequestState {
  if (state.status !== 'prepared') {
    return decisionRulesOf(state.operation).declined(ending, state.attempts);
  }
  return job?.status === 'deleted' ? ending : discard(state, ending, ending.at);
}
