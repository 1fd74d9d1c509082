import { exampleForm } from '../../playground/exampleForm';
import { type Draft, parseForm } from '../../src/domain/form/form';
import {
  askedFields,
  type FieldPath,
  type FormValues,
  fieldPaths,
} from '../../src/domain/migration/fields';

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

/** Entries in the order in which a person makes them: advanced ones last, and only if they change something. */
export function inFormOrder(values: FormEntries): FormEntries {
  const held: FormValues = {};
  for (const path of fieldPaths) {
    const value = values[path];
    if (value !== undefined) held[path] = value;
  }
  const asked = [typedOnly, { typed: true, stored: true }].flatMap((offer) =>
    askedFields(held, offer),
  );
  const advanced = new Map(
    asked.filter(({ isAdvanced }) => isAdvanced).map(({ path, preset }) => [path, preset]),
  );
  const main = fieldPaths.filter((path) => path !== 'Advanced' && !advanced.has(path));
  const last = fieldPaths.filter((path) => {
    const value = values[path];
    return advanced.has(path) && value !== undefined && value !== advanced.get(path);
  });
  return Object.fromEntries([
    ...main.map((path) => [path, values[path]]),
    ...(last.length === 0 ? [] : [['Advanced', 'on']]),
    ...last.map((path) => [path, values[path]]),
  ]);
}
