/** Any JSON value. `undefined` members disappear when written. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** The string under `key`; `undefined` if it is missing or not a string. */
export function textAt(from: JsonObject, key: string): string | undefined {
  const value = from[key];
  return typeof value === 'string' ? value : undefined;
}

export function numberAt(from: JsonObject, key: string): number | undefined {
  const value = from[key];
  return typeof value === 'number' ? value : undefined;
}

export function objectAt(from: JsonObject, key: string): JsonObject | undefined {
  const value = from[key];
  return isObject(value) ? value : undefined;
}

/** The objects in the list under `key`. Other items are skipped. */
export function objectsAt(from: JsonObject, key: string): readonly JsonObject[] {
  return listAt(from, key).filter(isObject);
}

export function listAt(from: JsonObject, key: string): readonly Json[] {
  const value = from[key];
  return isList(value) ? value : [];
}

/** The text inside a text object (`{type, text}`) under `key`. */
export function innerTextAt(from: JsonObject, key: string): string | undefined {
  const inner = objectAt(from, key);
  return inner === undefined ? undefined : textAt(inner, 'text');
}

export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** All strings in `value`, including keys, one per line, to search them for a text. */
export function stringsIn(value: Json | undefined): string {
  if (typeof value === 'string') {
    const nested = /^\s*[[{]/.test(value) ? parseJson(value) : undefined;
    return nested === undefined ? value : `${value}\n${stringsIn(nested)}`;
  }
  if (isList(value)) return value.map(stringsIn).join('\n');
  if (isObject(value)) {
    return Object.entries(value)
      .map(([key, inner]) => `${key}\n${stringsIn(inner)}`)
      .join('\n');
  }
  return String(value ?? '');
}
