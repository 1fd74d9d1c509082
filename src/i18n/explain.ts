import { explanationOf, helperFor } from '../domain/errorCodes';
import type { LaunchProblem } from '../domain/launchOutcome';
import { writeReference } from '../domain/secretReference';
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
    case 'secret_unavailable': {
      const { cause } = problem;
      const { happened, next } = explanations.storedSecret[cause.kind];
      const name = code(writeReference(problem.reference));
      return {
        happened,
        next,
        who: helpers[secretHelpers[cause.kind]],
        reference:
          cause.kind === 'refused'
            ? say`${name}, ${messages.reference(code(cause.code), code(cause.requestId))}`
            : [name],
        quote:
          cause.kind === 'refused'
            ? cause.message
            : cause.kind === 'not_reached'
              ? cause.detail
              : undefined,
      };
    }
    default:
      return problem satisfies never;
  }
}

const secretHelpers = {
  refused: 'account_admin',
  not_reached: 'operator',
  unusable: 'account_admin',
  not_set: 'operator',
  not_allowed: 'operator',
  unknown_person: 'requester',
} as const;
