import type { z } from 'zod';
import { type Refusal, refusal } from './refusal';

/** Valid parameters, or the error that Tencent Cloud would return. */
export type Parsed<T> = { readonly kind: 'parsed'; readonly value: T } | Refusal;

type Issue = z.core.$ZodIssue;

/**
 * Checks `input` against `schema` and reports the most serious error: an unknown parameter
 * (UnknownParameter), then a missing one (MissingParameter), then a wrong type (InvalidParameter),
 * then a value out of range (`valueCode`, by default the code of DTS 2018-03-30). The message names
 * the parameter's path, such as `SrcInfo.Port`.
 */
export function parseParameters<T>(
  schema: z.ZodType<T>,
  input: unknown,
  valueCode = 'InvalidParameterValue.InvalidParameterValueError',
): Parsed<T> {
  const result = schema.safeParse(input);
  if (result.success) return { kind: 'parsed', value: result.data };
  const faults = result.error.issues.map((issue) => judge(issue, input, valueCode));
  const gravest = faults.sort((a, b) => a.rank - b.rank)[0];
  return gravest?.refusal ?? refusal('InvalidParameter', 'The parameters are not valid.');
}

function judge(
  issue: Issue,
  input: unknown,
  valueCode: string,
): { readonly rank: number; readonly refusal: Refusal } {
  const name = nameOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const unknown = nameOf([...issue.path, issue.keys[0] ?? '']);
    return {
      rank: 0,
      refusal: refusal('UnknownParameter', `The parameter \`${unknown}\` is not recognized.`),
    };
  }
  const value = valueAt(input, issue.path);
  if (value === undefined) return { rank: 1, refusal: missing(name) };
  if (isTypeFault(issue, value)) {
    return {
      rank: 2,
      refusal: refusal(
        'InvalidParameter',
        `The type of the parameter \`${name}\` is not valid: ${issue.message}.`,
      ),
    };
  }
  return {
    rank: 3,
    refusal: refusal(
      valueCode,
      `The value of the parameter \`${name}\` is not valid: ${issue.message}.`,
    ),
  };
}

/** The error for a missing required parameter. */
export function missing(name: string): Refusal {
  return refusal('MissingParameter', `The request is missing the parameter \`${name}\`.`);
}

function isTypeFault(issue: Issue, value: unknown): boolean {
  if (issue.code === 'invalid_type') return true;
  return issue.code === 'invalid_value' && typeof value !== typeof issue.values[0];
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'body' : path.map(String).join('.');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
