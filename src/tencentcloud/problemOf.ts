import type { CallProblem } from '../domain/errors/callProblem';
import { detailOf, withoutQuote } from '../domain/request/launchOutcome';
import type { CloudAnswer } from './callCloud';

/**
 * Why a search failed. A search changes nothing, so it doesn't matter whether it arrived. An unreadable
 * response is not quoted.
 */
export function problemOf({ outcome }: Extract<CloudAnswer, { ok: false }>): CallProblem {
  if (outcome.kind === 'failed') return outcome.problem;
  const doubt = withoutQuote(outcome.doubt);
  return { kind: 'not_sent', detail: detailOf(doubt) ?? doubt.kind };
}

/** The response doesn't match the action's documentation. */
export function unreadable(action: string): CallProblem {
  return { kind: 'not_sent', detail: `the answer of ${action} could not be read` };
}
