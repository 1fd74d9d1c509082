import { z } from 'zod';
import {
  type ExpectedType,
  type FoundType,
  type PolicyFileProblem,
  type PolicyShape,
  policyShapes,
} from '../domain/policy/policyFileProblem';
import { isOffset, isTimeZone } from '../domain/policy/wallClock';
import { nearest } from '../domain/text/nearest';
import type { Places } from './places';
import { isSecret, type Judgement, keysAt } from './policyFileSchema';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Converts the schema's issues to problems. */
export function problemsOfContent(
  issues: readonly Issue[],
  content: unknown,
  places: Places,
): PolicyFileProblem[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownKey(issue.path, key, places));
    }
    if (issue.code === 'invalid_key') {
      // The preset's name is wrong: the key, not its value.
      const [inner] = issue.issues;
      const key = String(issue.path.at(-1));
      return { ...places.ofKey(issue.path.slice(0, -1), key), ...judged(inner ?? issue, key) };
    }
    return valueProblem(issue, content, places);
  });
}

function unknownKey(path: Path, key: string, places: Places): PolicyFileProblem {
  const place = places.ofKey(path, key);
  if (path[0] === 'presets' && isSecret(key)) {
    return { ...place, code: 'password_in_preset', key };
  }
  if (path.includes('operations') && key === 'automatic') {
    return { ...place, code: 'never_automatic' };
  }
  const known = keysAt(path);
  return { ...place, code: 'unknown_key', key, nearest: nearest(key, known), known };
}

function valueProblem(issue: Issue, content: unknown, places: Places): PolicyFileProblem {
  const { path } = issue;
  const value = path.reduce<unknown>(
    (around, segment) =>
      typeof around === 'object' && around !== null ? Reflect.get(around, segment) : undefined,
    content,
  );
  const key = path.at(-1);
  if (value === undefined && typeof key === 'string') {
    return { ...places.ofKey(path.slice(0, -1), key), code: 'missing_key', key };
  }
  return { ...places.ofValue(path), ...judged(issue, value) };
}

/** The problems found by the schema's own checks. */
const found = z.custom<Judgement>((value) => typeof value === 'object');

function judged(issue: Issue, value: unknown): Judgement {
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'number'
        ? { code: 'too_small', min: Number(issue.minimum) }
        : { code: 'empty' };
    case 'too_big':
      return issue.origin === 'string'
        ? { code: 'too_long', max: Number(issue.maximum) }
        : { code: 'too_big', max: Number(issue.maximum) };
    case 'invalid_format': {
      const shape = shapeNamed(issue.message);
      if (shape === undefined) return wrongType('text', value);
      const isRequester = value === 'requester' && shape !== 'channel_shape';
      return { code: isRequester ? 'requester_out_of_place' : shape };
    }
    case 'invalid_value': {
      const known = issue.values.map(String);
      return { code: 'unknown_value', nearest: nearest(String(value), known), known };
    }
    case 'custom': {
      const problem = found.safeParse(issue.params?.['problem']);
      if (problem.success) return problem.data;
      if (isOffset(String(value))) return { code: 'offset_for_time_zone' };
      const known = Intl.supportedValuesOf('timeZone').filter(isTimeZone);
      return { code: 'unknown_time_zone', nearest: nearest(String(value), known) };
    }
    case 'invalid_union': {
      // The value may be text or a number. The schema for text knows what is wrong with a text.
      const ofText = issue.errors
        .flat()
        .find(({ code }) => code === 'too_big' || code === 'custom');
      return ofText === undefined ? wrongType('text_or_number', value) : judged(ofText, value);
    }
    case 'invalid_type':
      return wrongType(expectedTypes[issue.expected] ?? 'text', value);
    default:
      return wrongType('text', value);
  }
}

const expectedTypes: Readonly<Record<string, ExpectedType>> = {
  object: 'map',
  record: 'map',
  array: 'list',
  number: 'whole_number',
  int: 'whole_number',
  boolean: 'true_or_false',
};

function wrongType(expected: ExpectedType, value: unknown): Judgement {
  return { code: 'wrong_type', expected, found: typeFound(value) };
}

function typeFound(value: unknown): FoundType {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'true_or_false';
  return typeof value === 'string' ? 'text' : 'map';
}

const shapeNamed = (text: string): PolicyShape | undefined =>
  policyShapes.find((shape) => shape === text);
