import fc from 'fast-check';
import { resourceQuery } from '../../src/domain/form/resource';
import {
  type AskedField,
  askedFields,
  type FieldPath,
  type FormOffer,
  type FormValues,
  fieldPaths,
  kindOf,
  withPresets,
} from '../../src/domain/migration/fields';
import type { Field } from '../../src/domain/migration/fieldTable/field';
import { fieldTable } from '../../src/domain/migration/fieldTable/table';
import { secretPaths } from '../../src/domain/secrets/secretReference';

const fields: Readonly<Record<FieldPath, Field>> = fieldTable;

const offers: readonly FormOffer[] = [
  { typed: true, stored: false },
  { typed: false, stored: true },
  { typed: true, stored: true, asksChannel: true },
];

/** The possible values of a field: its options, or one of two texts. */
function valuesOf(path: FieldPath): readonly string[] {
  const field = fields[path];
  return field.kind === 'choice' ? field.options : ['ap-one', 'ap-two'];
}

/**
 * Fields without a value have their preset, so fields that depend on several choices are also
 * shown.
 */
const values: fc.Arbitrary<FormValues> = fc.record(
  Object.fromEntries(fieldPaths.map((path) => [path, fc.constantFrom(...valuesOf(path))])),
  { requiredKeys: [] },
);

/** The form with these values as a person sees it, except for the value of `changed`. */
function drawn(held: FormValues, offer: FormOffer, changed: FieldPath): string {
  const shown = withPresets(held, offer);
  const parts = askedFields(held, offer).map(({ path, need, begins, input }) => {
    const options = input.kind === 'choice' ? [input.options, path === changed || shown[path]] : [];
    return [path, need, begins, options, queryOf(input, shown)];
  });
  return JSON.stringify(parts);
}

function queryOf(input: AskedField['input'], shown: FormValues): unknown {
  if (input.kind !== 'lookup' || input.resource.kind === 'secret') return undefined;
  return resourceQuery(input.resource, shown, 'ap-home');
}

it('redraws the form after exactly those changes that affect other fields', () => {
  const marked = new Set<FieldPath>();
  const seen = new Set<FieldPath>();
  fc.assert(
    fc.property(values, fc.constantFrom(...offers), (all, offer) => {
      const asked = askedFields(all, offer);
      // Slack only has the values of visible fields.
      const held: FormValues = Object.fromEntries(asked.map(({ path }) => [path, all[path]]));
      for (const { path, reshapes } of asked) {
        const looks = valuesOf(path).map((value) => drawn({ ...held, [path]: value }, offer, path));
        const isDifferent = new Set(looks).size > 1;
        if (reshapes) marked.add(path);
        if (isDifferent) seen.add(path);
        if (isDifferent) expect([path, reshapes]).toEqual([path, true]);
      }
    }),
    { numRuns: 300 },
  );
  expect(seen).toEqual(marked);
  expect(marked.size).toBeGreaterThan(10);
});

it('has a separate entry for each field, and an entry for each field that others refer to', () => {
  const entries = new Set<unknown>(fieldPaths.map((path) => fields[path]));
  expect(entries.size).toBe(fieldPaths.length);
  for (const path of fieldPaths) {
    for (const named of fields[path].need.reads)
      expect([path, entries.has(named)]).toEqual([path, true]);
  }
});

it('has the fields of each secret, and no others', () => {
  const typed = fieldPaths.filter((path) => kindOf(path) === 'secret');
  expect(new Set(typed)).toEqual(new Set(secretPaths));
  for (const path of secretPaths) {
    expect(kindOf(`${path}.Source`)).toBe('choice');
    expect(fields[`${path}.Reference`]).toMatchObject({ resource: { kind: 'secret' } });
  }
});
