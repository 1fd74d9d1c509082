import { exampleForm } from '../../playground/exampleForm';
import { type Draft, parseForm } from '../../src/domain/form/form';
import { type FieldPath, type FormValues, fieldPaths } from '../../src/domain/migration/fields';

/** Passwords can only be typed. */
export const typedOnly = { typed: true, stored: false } as const;

/** Parses the example with some fields changed. */
export function aDraft(changes: FormValues = {}): Draft {
  const parsed = parseForm({ ...exampleForm, ...changes }, typedOnly);
  if (!parsed.ok) throw new Error(`not a draft: ${JSON.stringify(parsed.problems)}`);
  return parsed.draft;
}

/** The entries of a form. `undefined` leaves a field empty. */
export type FormEntries = Partial<Record<FieldPath, string | undefined>>;

export function inFormOrder(values: FormEntries): FormEntries {
  return Object.fromEntries(fieldPaths.map((path) => [path, values[path]]));
}
