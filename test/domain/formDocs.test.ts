import { readFileSync } from 'node:fs';
import { readDatabaseList } from '../../src/domain/databases/databaseInfo';
import type { DatabaseInfoProblem } from '../../src/domain/databases/databaseInfoProblem';
import { databaseNaming } from '../../src/domain/databases/databaseNaming';
import type { ListDoubt } from '../../src/domain/databases/listDoubts';
import { sourceEngines } from '../../src/domain/migration/engines';
import { databaseInfoProblem as englishProblem } from '../../src/i18n/en/databaseInfoProblem';
import { list as englishList } from '../../src/i18n/en/databaseList';

const warnings: Readonly<Partial<Record<ListDoubt['code'], string>>> = {
  schema_as_database: '可能把 Schema 写成了库',
  number: '可能是列表序号',
};

const rejections: Readonly<Partial<Record<DatabaseInfoProblem['code'], string>>> = {
  system_name: '系统库',
  after_name: '一行有多个名称',
};

/** A document whose examples the test runs, and its words for Ferry's results. */
const documents = [
  {
    path: 'docs/form.md',
    section: '## Databases and tables',
    headings: { reads: 'Ferry reads', asks: 'Ferry asks', rejects: 'Ferry rejects it' },
    warning: (doubts: readonly ListDoubt[]) => doubts.map(englishList.doubt).join(' '),
    rejection: englishProblem,
    between: '; ',
    object: (database: string, schema?: string, table?: string): string => {
      const within = schema === undefined ? '' : `the schema ${schema} of `;
      const path = `${within}the database ${database}`;
      return table === undefined ? path : `the table ${table} in ${path}`;
    },
  },
  {
    path: 'docs/form.zh-CN.md',
    section: '## 库表',
    headings: { reads: 'Ferry 读作', asks: 'Ferry 提示', rejects: 'Ferry 拒绝' },
    /** This document describes warnings without quoting them. */
    warning: (doubts: readonly ListDoubt[]) => doubts.map(({ code }) => warnings[code]).join('；'),
    rejection: ({ code }: DatabaseInfoProblem) => rejections[code],
    between: '；',
    object: (database: string, schema?: string, table?: string): string => {
      const path = `库 ${database}${schema === undefined ? '' : ` 的 Schema ${schema}`}`;
      return table === undefined ? path : `${path} 中的表 ${table}`;
    },
  },
] as const;

const engineNamed = (name: string) => {
  const engine = sourceEngines.find((each) => each === name);
  if (engine === undefined) throw new Error(`no engine: ${name}`);
  return databaseNaming[engine];
};

describe.each(documents)('$path', (document) => {
  const docs = readFileSync(document.path, 'utf8');
  const start = docs.indexOf(`${document.section}\n`);
  const section = docs.slice(start, docs.indexOf('\n## ', start + 1));
  const { headings } = document;

  function readingOf(engine: string, text: string) {
    const read = readDatabaseList(text, engineNamed(engine));
    if (!read.ok) return { says: document.rejection(read.problem), rejected: true, reads: '' };
    const { doubts, objects } = read.list;
    const reads = objects.flatMap(({ database, schema, tables }) =>
      tables === undefined
        ? [document.object(database, schema)]
        : tables.map((table) => document.object(database, schema, table)),
    );
    const says = document.warning(doubts);
    return { says, rejected: false, reads: reads.join(document.between) };
  }

  /** The rows of the table whose last column has this heading. */
  function rowsOf(heading: string): [string, string, string][] {
    const table = section.slice(section.indexOf(`| ${heading} |`)).split('\n\n')[0] ?? '';
    return [...table.matchAll(/^\| (\w+) \| `(.*?)` \| (.*) \|$/gm)].map(
      ([, engine = '', written = '', says = '']) => [engine, written, says],
    );
  }

  it.each(rowsOf(headings.reads))('of %s, %s is read as %s', (engine, written, reads) => {
    expect(readingOf(engine, written)).toEqual({ says: '', rejected: false, reads });
  });

  it.each(rowsOf(headings.asks))('of %s, %s causes a warning: %s', (engine, written, says) => {
    expect(readingOf(engine, written)).toMatchObject({ says, rejected: false });
  });

  it.each(rowsOf(headings.rejects))('of %s, %s is rejected: %s', (engine, written, says) => {
    expect(readingOf(engine, written)).toMatchObject({ says, rejected: true });
  });

  const blocks = [...section.matchAll(/```text (\w+)\n([\s\S]*?)```\n\n> (.*)/g)].map(
    ([, engine = '', output = '', reads = '']): [string, string, string] => [engine, output, reads],
  );

  it.each(blocks)('output of %s is read: %s', (engine, output, reads) => {
    expect(readingOf(engine, output)).toEqual({ says: '', rejected: false, reads });
  });

  it('has examples of each kind', () => {
    const counts = [
      rowsOf(headings.reads),
      rowsOf(headings.asks),
      rowsOf(headings.rejects),
      blocks,
    ].map(({ length }) => length);
    expect(counts).toEqual([13, 3, 2, 2]);
  });
});
