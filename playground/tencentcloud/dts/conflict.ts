import { type Refusal, refusal } from '../endpoint/refusal';

/** The error for values that contradict each other. */
export function conflict(name: string, why: string): Refusal {
  return refusal(
    'InvalidParameterValue.BizInvalidParameterValueError',
    `The parameter \`${name}\` is not valid here: ${why}.`,
  );
}
