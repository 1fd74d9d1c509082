import type { Concern } from '../../src/domain/form/concerns';
import { concernKey } from '../../src/workflow/concernKey';
import { aDraft } from '../support/aForm';

const draft = aDraft({ JobName: 'orders' });
const doubt = (about: string, code: 'schema_as_database' | 'schema_or_table'): Concern => ({
  kind: 'list',
  doubt: { code, line: 1, read: { database: 'shop' }, more: 0, about },
});
const taken: Concern = {
  kind: 'name_taken',
  by: { kind: 'request', id: 1, channel: 'C1', isOfThisForm: false },
};

it('names the job, the field or the doubt, so that nothing else is confirmed with it', () => {
  const key = (concern: Concern) => concernKey(concern, draft);
  expect(key(taken)).toBe('name_taken orders');
  expect(key({ kind: 'odd', oddity: { code: 'time_has_passed' } })).toBe('time_has_passed');
  expect(key({ kind: 'odd', oddity: { code: 'field_left_out', path: 'SrcInfo.Ip' } })).toBe(
    'field_left_out SrcInfo.Ip',
  );
});

it('keeps a long list short, and distinguishes lists and doubts', () => {
  const long = 'shop '.repeat(1_000);
  const keys = [
    doubt('shop', 'schema_or_table'),
    doubt('shop', 'schema_as_database'),
    doubt('crm', 'schema_or_table'),
    doubt(long, 'schema_or_table'),
  ].map((concern) => concernKey(concern, draft));
  for (const key of keys) expect(key).toMatch(/^list schema_(or_table|as_database) [\w-]{12}$/);
  expect(new Set(keys).size).toBe(keys.length);
  expect(concernKey(doubt(long, 'schema_or_table'), draft)).toBe(keys[3]);
});
