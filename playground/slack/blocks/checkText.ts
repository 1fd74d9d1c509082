import { isObject, type Json, type JsonObject, textAt } from '../json';
import type { Problems } from '../records/problems';

export interface TextRule {
  readonly max: number;
  readonly type: 'plain_text' | 'any';
  readonly presence: 'required' | 'optional';
}

export const plain = (max: number, presence: TextRule['presence'] = 'required'): TextRule => ({
  max,
  type: 'plain_text',
  presence,
});
export const anyText = (max: number, presence: TextRule['presence'] = 'required'): TextRule => ({
  max,
  type: 'any',
  presence,
});

/** Checks the text object under `key` of `from`. */
export function checkTextAt(
  problems: Problems,
  from: JsonObject,
  key: string,
  pointer: string,
  rule: TextRule,
): void {
  const value = from[key];
  if (value === undefined || value === null) {
    if (rule.presence === 'required') problems.add(pointer, `missing required field: ${key}`);
    return;
  }
  checkText(problems, value, `${pointer}/${key}`, rule);
}

/** Checks a text object: its type and the length of its text in UTF-16 units. */
export function checkText(problems: Problems, value: Json, pointer: string, rule: TextRule): void {
  if (!isObject(value)) {
    problems.add(pointer, 'must provide an object');
    return;
  }
  const type = textAt(value, 'type');
  const allowed = rule.type === 'any' ? ['plain_text', 'mrkdwn'] : ['plain_text'];
  if (type === undefined || !allowed.includes(type)) {
    problems.add(`${pointer}/type`, `must be one of: ${allowed.join(', ')}`);
  }
  const text = textAt(value, 'text');
  if (text === undefined) problems.add(pointer, 'missing required field: text');
  else if (text.length === 0) problems.add(`${pointer}/text`, 'must be more than 0 characters');
  else if (text.length > rule.max) {
    problems.add(`${pointer}/text`, `must be less than ${rule.max + 1} characters`);
  }
}

/** Checks a plain string under `key`: its presence, type and length. */
export function checkStringAt(
  problems: Problems,
  from: JsonObject,
  key: string,
  pointer: string,
  { max, presence }: Pick<TextRule, 'max' | 'presence'>,
): void {
  const value = from[key];
  if (value === undefined || value === null) {
    if (presence === 'required') problems.add(pointer, `missing required field: ${key}`);
  } else if (typeof value !== 'string') problems.add(`${pointer}/${key}`, 'must be a string');
  else if (value === '' && presence === 'required') {
    problems.add(`${pointer}/${key}`, 'must be more than 0 characters');
  } else if (value.length > max) {
    problems.add(`${pointer}/${key}`, `must be less than ${max + 1} characters`);
  }
}
