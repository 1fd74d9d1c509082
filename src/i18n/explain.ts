import { explanationOf, helperFor } from '../domain/errorCodes';
import type { Doubt, LaunchProblem } from '../domain/launchOutcome';
import type { Messages } from './locales';
import { code, say, type Text } from './text';

/** A problem in words: what happened, what to do next, who can do it, and what to quote. */
export interface Explanation {
  happened: string;
  next: string;
  who: string;
  /** Code and RequestId, for a search or a support ticket. */
  reference: Text | undefined;
  /** The server's own words, a quotation. */
  quote: string | undefined;
}

/** Words for a launch that certainly created no job. */
export function explainProblem(problem: LaunchProblem, messages: Messages): Explanation {
  const { explanations, helpers } = messages;
  switch (problem.kind) {
    case 'refused': {
      const key = explanationOf(problem.code);
      const { happened, next } = explanations.codes[key];
      return {
        happened,
        next,
        who: helpers[helperFor(key)],
        reference: messages.reference(code(problem.code), code(problem.requestId)),
        quote: problem.message === '' ? undefined : problem.message,
      };
    }
    case 'not_sent': {
      const { happened, next } = explanations.notSent;
      const quote = problem.detail;
      return { happened, next, who: helpers.operator, reference: undefined, quote };
    }
    case 'secret_unreadable': {
      const { happened, next } = explanations.secret[problem.reason];
      const who = problem.reason === 'no_key' ? helpers.operator : helpers.requester;
      return { happened, next, who, reference: undefined, quote: undefined };
    }
    default:
      return problem satisfies never;
  }
}

/** Words for a launch of which nobody knows whether it created the job. */
export function explainDoubt(doubt: Doubt, jobName: string, messages: Messages): Explanation {
  const { explanations, helpers } = messages;
  return {
    happened: explanations.doubts[doubt.kind],
    next: explanations.inDoubt(jobName),
    who: helpers.dba,
    reference: undefined,
    quote: 'detail' in doubt ? doubt.detail : undefined,
  };
}

/** A line such as `Code: X`, the label in bold. */
export function labelled(label: Text, value: Text): Text {
  return say`${label} ${value}`;
}
