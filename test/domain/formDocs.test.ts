import { readFileSync } from 'node:fs';
import { readDatabaseList } from '../../src/domain/databases/databaseInfo';
import { databaseNaming } from '../../src/domain/databases/databaseNaming';
import { sourceEngines } from '../../src/domain/migration/engines';
import { databaseInfoProblem } from '../../src/i18n/en/databaseInfoProblem';
import { list } from '../../src/i18n/en/databaseList';

/** The examples of docs/form.md, run as they are written there. */
const docs = readFileSync('docs/form.md', 'utf8');
const start = docs.indexOf('## Databases and tables');
const section = docs.slice(start, docs.indexOf('\n## ', start + 1));

const engineNamed = (name: string) => {
  const engine = sourceEngines.find((each) => each === name);
  if (engine === undefined) throw new Error(`no engine: ${name}`);
  return databaseNaming[engine];
};

function readingOf(engine: string, text: string) {
  const read = readDatabaseList(text, engineNamed(engine));
  if (!read.ok) return { says: databaseInfoProblem(read.problem), rejected: true, reads: '' };
  const { doubts, objects } = read.list;
  const reads = objects.flatMap(({ database, schema, tables }) => {
    const within = schema === undefined ? '' : `the schema ${schema} of `;
    if (tables === undefined) return [`${within}the database ${database}`];
    return tables.map((table) => `the table ${table} in ${within}the database ${database}`);
  });
  return { says: doubts.map(list.doubt).join(' '), rejected: false, reads: reads.join('; ') };
}

/** The rows of the table below this heading of its last column. */
function rowsOf(heading: string): [string, string, string][] {
  const table = section.slice(section.indexOf(`| ${heading} |`)).split('\n\n')[0] ?? '';
  return [...table.matchAll(/^\| (\w+) \| `(.*?)` \| (.*) \|$/gm)].map(
    ([, engine = '', written = '', says = '']) => [engine, written, says],
  );
}

it.each(rowsOf('Ferry reads'))('of %s, %s is read as %s', (engine, written, reads) => {
  expect(readingOf(engine, written)).toEqual({ says: '', rejected: false, reads });
});

it.each(rowsOf('Ferry asks'))('of %s, %s is pointed out: %s', (engine, written, says) => {
  expect(readingOf(engine, written)).toMatchObject({ says, rejected: false });
});

it.each(rowsOf('Ferry rejects it'))('of %s, %s is rejected: %s', (engine, written, says) => {
  expect(readingOf(engine, written)).toMatchObject({ says, rejected: true });
});

const blocks = [...section.matchAll(/```text (\w+)\n([\s\S]*?)```\n\n> (.*)/g)].map(
  ([, engine = '', output = '', reads = '']): [string, string, string] => [engine, output, reads],
);

it.each(blocks)('output of %s is read: %s', (engine, output, reads) => {
  expect(readingOf(engine, output)).toEqual({ says: '', rejected: false, reads });
});

it('has examples of each kind', () => {
  const counts = [rowsOf('Ferry reads'), rowsOf('Ferry asks'), rowsOf('Ferry rejects it'), blocks];
  expect(counts.map(({ length }) => length)).toEqual([13, 3, 2, 2]);
});
