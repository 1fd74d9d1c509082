import { detailOf, type LaunchProblem } from '../domain/request/launchOutcome';
import type { CloudAnswer } from './callCloud';

/** Why a look failed. It changes nothing, so it does not matter whether it arrived. */
export function callProblem({ outcome }: Extract<CloudAnswer, { ok: false }>): LaunchProblem {
  if (outcome.kind === 'failed') return outcome.problem;
  const { doubt } = outcome;
  return { kind: 'not_sent', detail: detailOf(doubt) ?? doubt.kind };
}

/** An answer came, but not what the action is documented to answer. */
export function unreadable(action: string): LaunchProblem {
  return { kind: 'not_sent', detail: `the answer of ${action} could not be read` };
}
