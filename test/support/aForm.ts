import { exampleForm } from '../../playground/exampleForm';
import { type Draft, parseForm } from '../../src/domain/form/form';
import { type FieldPath, type FormValues, fieldPaths } from '../../src/domain/migration/fields';

/** Passwords are typed, and nothing else. */
export const typedOnly = { typed: true, stored: false } as const;

/** The example with some fields changed, parsed. */
export function aDraft(changes: FormValues = {}): Draft {
  const parsed = parseForm({ ...exampleForm, ...changes }, typedOnly);
  if (!parsed.ok) throw new Error(`not a draft: ${JSON.stringify(parsed.problems)}`);
  return parsed.draft;
}

/** What somebody enters in which field; nothing in those that are `undefined`. */
export type FormEntries = Partial<Record<FieldPath, string | undefined>>;

/** Entries in the order in which the form asks for them. */
export function inFormOrder(values: FormEntries): FormEntries {
  return Object.fromEntries(fieldPaths.map((path) => [path, values[path]]));
}
