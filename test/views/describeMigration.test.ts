import type { SourceEngine } from '../../src/domain/migration/engines';
import { plain } from '../../src/i18n/text';
import { objectName } from '../../views/describeMigration';
import { en } from '../support/words';

const { levels } = en.card;
interface Names {
  database: string;
  schema?: string;
  table?: string;
}
const named = (engine: SourceEngine, names: Names, hasTables = false, text = 'as typed') => {
  const { name, hasLevels } = objectName(en, engine, { ...names, text }, hasTables);
  return { name: plain(name), hasLevels };
};
const withLevels = (...parts: string[]) => ({
  name: parts.join(levels.separator),
  hasLevels: true,
});

it.each<[string, SourceEngine, Names, boolean, string[] | undefined]>([
  ['only a database', 'mysql', { database: 'db' }, false, undefined],
  ['a database among tables', 'mysql', { database: 'db' }, true, [`${levels.database} db`]],
  ['a table', 'mysql', { database: 'db', table: 't' }, true, undefined],
  [
    'a table of a schema',
    'postgresql',
    { database: 'db', schema: 's', table: 't' },
    true,
    undefined,
  ],
  [
    'a schema',
    'postgresql',
    { database: 'db', schema: 's' },
    false,
    [`${levels.database} db`, `${levels.schema} s`],
  ],
  [
    'a database of an engine with schemas',
    'postgresql',
    { database: 'db' },
    false,
    [`${levels.database} db`],
  ],
  [
    'a table in a database with the name of a usual schema',
    'postgresql',
    { database: 'Public', schema: 's', table: 't' },
    true,
    [`${levels.database} Public`, `${levels.schema} s`, `${levels.table} t`],
  ],
  [
    'the same in SQL Server',
    'sqlserver',
    { database: 'DBO', schema: 's', table: 't' },
    true,
    [`${levels.database} DBO`, `${levels.schema} s`, `${levels.table} t`],
  ],
])('names the levels of %s only if its name is unclear', (_, engine, names, hasTables, parts) => {
  const expected =
    parts === undefined ? { name: 'as typed', hasLevels: false } : withLevels(...parts);
  expect(named(engine, names, hasTables)).toEqual(expected);
});

it('cuts a name after 80 characters', () => {
  const name = (length: number) =>
    named('mysql', { database: 'db', table: 't' }, true, 'x'.repeat(length)).name;
  expect(name(80)).toBe('x'.repeat(80));
  expect(name(81)).toHaveLength(80);
  expect(name(81)).toMatch(/^x{79}…$/);
});
