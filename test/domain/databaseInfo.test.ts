import fc from 'fast-check';
import { databaseText, readDatabaseList, summarise } from '../../src/domain/databases/databaseInfo';
import type { DatabaseInfoProblem } from '../../src/domain/databases/databaseInfoProblem';
import { type DatabaseNaming, databaseNaming } from '../../src/domain/databases/databaseNaming';
import type { DatabaseObject } from '../../src/domain/databases/databaseObject';
import type { SourceEngine } from '../../src/domain/migration/engines';
import type { CharacterKind } from '../../src/domain/text/typedText';

const { mysql, postgresql, sqlserver, mongodb, redis } = databaseNaming;

function objectsIn(text: string, naming: DatabaseNaming = mysql): readonly DatabaseObject[] {
  const read = readDatabaseList(text, naming);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.list.objects;
}
function problemIn(text: string, naming: DatabaseNaming = mysql): DatabaseInfoProblem | undefined {
  const read = readDatabaseList(text, naming);
  return read.ok ? undefined : read.problem;
}

const forbidden = (kind: CharacterKind, codePoint: string) =>
  ({ code: 'forbidden_character', kind, codePoint }) as const;

describe('a typed list, one name per line', () => {
  it.each<[string, string, DatabaseNaming, DatabaseObject[]]>([
    ['a database', 'db1', mysql, [{ database: 'db1' }]],
    ['a table', 'db1.t1', mysql, [{ database: 'db1', tables: ['t1'] }]],
    ['every table of a database', 'db1.*', mysql, [{ database: 'db1' }]],
    ['a schema', 'db1.s1', postgresql, [{ database: 'db1', schema: 's1' }]],
    ['every table of a schema', 'db1.s1.*', postgresql, [{ database: 'db1', schema: 's1' }]],
    ['every schema', 'db1.*', postgresql, [{ database: 'db1' }]],
    ['every table of every schema', 'db1.*.*', postgresql, [{ database: 'db1' }]],
    [
      'a table in a schema',
      'db1.s1.t1',
      postgresql,
      [{ database: 'db1', schema: 's1', tables: ['t1'] }],
    ],
    [
      "SQL Server's brackets",
      '[my db].[dbo].[a]]b]',
      sqlserver,
      [{ database: 'my db', schema: 'dbo', tables: ['a]b'] }],
    ],
    [
      'a collection with dots',
      'shop.fs.files\nshop."fs.chunks"',
      mongodb,
      [{ database: 'shop', tables: ['fs.files', 'fs.chunks'] }],
    ],
    ['a database of Redis', '0\n15', redis, [{ database: '0' }, { database: '15' }]],
    [
      'quotes',
      '`my db`."a.b"\n"say ""hi"""',
      mysql,
      [{ database: 'my db', tables: ['a.b'] }, { database: 'say "hi"' }],
    ],
    [
      'letters of any script',
      '订单库.客户_表\nпродажи',
      mysql,
      [{ database: '订单库', tables: ['客户_表'] }, { database: 'продажи' }],
    ],
    ['spaces around dots', '  db1 . t1  ', mysql, [{ database: 'db1', tables: ['t1'] }]],
    ['commas at line ends', 'db1,\ndb2 ,', mysql, [{ database: 'db1' }, { database: 'db2' }]],
    [
      'comments and blank lines',
      '# orders\r\n\r\ndb1 # the old one\n-- db2\ndb3 -- too',
      mysql,
      [{ database: 'db1' }, { database: 'db3' }],
    ],
    [
      'comments after a separator',
      'db1, # the old one\ndb2,# too\ndb3,-- too',
      mysql,
      [{ database: 'db1' }, { database: 'db2' }, { database: 'db3' }],
    ],
    [
      'names with the signs of a comment inside',
      'db#1, db--2',
      mysql,
      [{ database: 'db#1' }, { database: 'db--2' }],
    ],
    [
      'a full stop at the end',
      'db1。\ndb2,db3。 # too',
      mysql,
      [...'123'].map((at) => ({ database: `db${at}` })),
    ],
    ['a byte order mark', '\ufeffdb1', mysql, [{ database: 'db1' }]],
  ])('%s: %j', (_, text, naming, objects) => {
    expect(objectsIn(text, naming)).toEqual(objects);
  });

  it('groups objects in the order of first appearance, each table once', () => {
    expect(objectsIn('b.t2\na.t1\nb.t1\nb.t2\na.t1')).toEqual([
      { database: 'b', tables: ['t2', 't1'] },
      { database: 'a', tables: ['t1'] },
    ]);
    expect(objectsIn('a\na.*\na')).toEqual([{ database: 'a' }]);
    expect(objectsIn('a.s1.t\nb.s1\na.s2\na.s1.u', postgresql)).toEqual([
      { database: 'a', schema: 's1', tables: ['t', 'u'] },
      { database: 'b', schema: 's1' },
      { database: 'a', schema: 's2' },
    ]);
  });

  it('distinguishes names by case, as most servers do', () => {
    expect(objectsIn('db\nDB.t')).toHaveLength(2);
  });
});

describe('a pasted list', () => {
  it.each<[string, string, DatabaseNaming, DatabaseObject[]]>([
    [
      'JSON',
      '[{"Database":"db1","Table":["t1","t\\u0032"]},{"Database":"db2"}]',
      mysql,
      [{ database: 'db1', tables: ['t1', 't2'] }, { database: 'db2' }],
    ],
    [
      "the API page's two levels",
      '[{Database:db1,Table:[table1,table2]},{Database:db2}]',
      mysql,
      [{ database: 'db1', tables: ['table1', 'table2'] }, { database: 'db2' }],
    ],
    [
      "the API page's three levels, with its line breaks",
      '[{Database:db1,Schema:s1\nTable:[table1,table2]},{Database:db1,Schema:s2\nTable:[table1,table2]},{Database:db2,Schema:s1\nTable:[table1,table2]},{Database:db3},{Database:db4\nSchema:s1}]',
      postgresql,
      [
        { database: 'db1', schema: 's1', tables: ['table1', 'table2'] },
        { database: 'db1', schema: 's2', tables: ['table1', 'table2'] },
        { database: 'db2', schema: 's1', tables: ['table1', 'table2'] },
        { database: 'db3' },
        { database: 'db4', schema: 's1' },
      ],
    ],
    [
      'the same after a client replaced its line breaks by spaces',
      '[{Database:db1,Schema:s1 Table:[t1, t2]} {Database:db4 Schema:s1}]',
      postgresql,
      [
        { database: 'db1', schema: 's1', tables: ['t1', 't2'] },
        { database: 'db4', schema: 's1' },
      ],
    ],
    [
      'single quotes and trailing commas',
      "[{'Database':'my db','Table':['it\\'s',],},]",
      mysql,
      [{ database: 'my db', tables: ["it's"] }],
    ],
    [
      'objects without outer brackets',
      '{"Database":"db1"},\n{"Database":"db2"}',
      mysql,
      [{ database: 'db1' }, { database: 'db2' }],
    ],
    ['a name that is a number', '[{"Database": 2024}]', mysql, [{ database: '2024' }]],
    [
      'JSON in an indented block of code',
      '  ```json\n  [{"Database":"a"}]\n  ``` ',
      mysql,
      [{ database: 'a' }],
    ],
    ['JSON between other fences', '~~~\n[{"Database":"a"}]\n~~~', mysql, [{ database: 'a' }]],
    [
      'JSON for an engine with names in brackets',
      '[{"Database":"a"}]',
      sqlserver,
      [{ database: 'a' }],
    ],
  ])('%s: %s', (_, text, naming, objects) => {
    expect(objectsIn(text, naming)).toEqual(objects);
  });

  it('groups databases as typed lists do', () => {
    const text = '[{Database:b,Table:[t1]},{Database:a},{Database:b,Table:[t2,t1]}]';
    expect(objectsIn(text)).toEqual(objectsIn('b.t1\na\nb.t2'));
  });
});

describe('a mistake is reported with its line', () => {
  const long = 'x'.repeat(65);
  it.each<[string, DatabaseNaming, DatabaseInfoProblem]>([
    ['', mysql, { line: 1, code: 'nothing_named' }],
    ['# only\n\n-- comments', mysql, { line: 1, code: 'nothing_named' }],
    ['db1\n*', mysql, { line: 2, code: 'everything' }],
    ['*.*', mysql, { line: 1, code: 'everything' }],
    ['a\n\n`b', mysql, { line: 3, code: 'unclosed_quote', quote: '`' }],
    ['"a""', mysql, { line: 1, code: 'unclosed_quote', quote: '"' }],
    ['a.', mysql, { line: 1, code: 'empty_name' }],
    ['.t', mysql, { line: 1, code: 'empty_name' }],
    ['a..t', postgresql, { line: 1, code: 'empty_name' }],
    ['a..t', mongodb, { line: 1, code: 'empty_name' }],
    ['a.t.', mongodb, { line: 1, code: 'empty_name' }],
    [',', mysql, { line: 1, code: 'empty_name' }],
    ['""', mysql, { line: 1, code: 'empty_name' }],
    ['"  "', mysql, { line: 1, code: 'empty_name' }],
    ['a.b.c', mysql, { line: 1, code: 'too_many_parts', most: 2 }],
    ['a.b.c.d', postgresql, { line: 1, code: 'too_many_parts', most: 3 }],
    ['0.a', redis, { line: 1, code: 'too_many_parts', most: 1 }],
    ['orders', redis, { line: 1, code: 'not_a_number', name: 'orders' }],
    ['007', redis, { line: 1, code: 'not_a_number', name: '007' }],
    ['"a\u0000b"', mysql, { line: 1, ...forbidden('control', 'U+0000') }],
    ['"a\u202eb"', mysql, { line: 1, ...forbidden('direction', 'U+202E') }],
    ['"a\u200bb"', mysql, { line: 1, ...forbidden('invisible', 'U+200B') }],
    ['"\ud800"', mysql, { line: 1, ...forbidden('unassigned', 'U+D800') }],
    ['a*', mysql, { line: 1, code: 'star_misplaced' }],
    ['a.t_*', mysql, { line: 1, code: 'star_misplaced' }],
    ['*.t', mysql, { line: 1, code: 'star_misplaced' }],
    ['a.*.t', postgresql, { line: 1, code: 'star_misplaced' }],
    ['a."*"', mysql, { line: 1, code: 'star_misplaced' }],
    ['a b', mysql, { line: 1, code: 'after_name', name: 'a', found: 'b' }],
    ['a.x, b', mysql, { line: 1, code: 'uneven_names', names: ['a.x', 'b'] }],
    ['"a"b', mysql, { line: 1, code: 'after_name', name: '"a"', found: 'b' }],
    ['a.* b', mysql, { line: 1, code: 'after_name', name: 'a.*', found: 'b' }],
    ['“a”', mysql, { line: 1, code: 'odd_character', character: '“' }],
    ['a.[b]', mysql, { line: 1, code: 'odd_character', character: '[' }],
    ['a.b%', mysql, { line: 1, code: 'odd_character', character: '%' }],
    ['a。b', mysql, { line: 1, code: 'odd_character', character: '。' }],
    ['a\tb', mysql, { line: 1, code: 'columns_unnamed', cells: ['a', 'b'] }],
    ['a.x \t b c ', mysql, { line: 1, code: 'columns_unnamed', cells: ['a.x', 'b c'] }],
    ['| a | b |', mysql, { line: 1, code: 'columns_unnamed', cells: ['a', 'b'] }],
    ['a😀', mysql, { line: 1, code: 'odd_character', character: '😀' }],
    ['😀', mysql, { line: 1, code: 'odd_character', character: '😀' }],
    [
      long,
      mysql,
      { line: 1, code: 'too_long', name: `${'x'.repeat(39)}…`, max: 64, unit: 'characters' },
    ],
    [
      `${'客'.repeat(38)}𠮷${'客'.repeat(40)}`,
      mysql,
      { line: 1, code: 'too_long', name: `${'客'.repeat(38)}…`, max: 64, unit: 'characters' },
    ],
    [
      '客'.repeat(22),
      postgresql,
      { line: 1, code: 'too_long', name: '客'.repeat(22), max: 63, unit: 'bytes' },
    ],
    ['a\na.t', mysql, { line: 2, code: 'whole_and_part', name: 'a', other: 1 }],
    ['a.t\nb\na.*', mysql, { line: 3, code: 'whole_and_part', name: 'a', other: 1 }],
    ['a.s.t\na.s', postgresql, { line: 2, code: 'whole_and_part', name: 'a.s', other: 1 }],
    ['a.s\na', postgresql, { line: 2, code: 'whole_and_part', name: 'a', other: 1 }],
    [
      '[{Database:a},\n{Database:a,Table:[t]}]',
      mysql,
      { line: 2, code: 'whole_and_part', name: 'a', other: 1 },
    ],
    ['[]', mysql, { line: 1, code: 'nothing_named' }],
    ['[x]a', mysql, { line: 1, code: 'unexpected', found: 'x', expected: '{' }],
    ['[a, b]', mysql, { line: 1, code: 'unexpected', found: 'a', expected: '{' }],
    ['["a"]', sqlserver, { line: 1, code: 'unexpected', found: 'a', expected: '{' }],
    ['{"Database":"a"', mysql, { line: 1, code: 'unexpected', found: '', expected: ', }' }],
    ['[{Database:a}', mysql, { line: 1, code: 'unexpected', found: '', expected: ', ]' }],
    ['[{Database a}]', mysql, { line: 1, code: 'unexpected', found: 'a', expected: ':' }],
    ['[{Database:}]', mysql, { line: 1, code: 'unexpected', found: '}', expected: 'name' }],
    ['[{,}]', mysql, { line: 1, code: 'unexpected', found: ',', expected: 'key' }],
    ['[{Database:my db}]', mysql, { line: 1, code: 'unexpected', found: 'db', expected: ', }' }],
    [
      '[{Database:a,\nTable:[my table]}]',
      mysql,
      { line: 2, code: 'unexpected', found: 'table', expected: ', ]' },
    ],
    ['[{Database:a}] b', mysql, { line: 1, code: 'unexpected', found: 'b', expected: 'end' }],
    ['[[[[', mysql, { line: 1, code: 'unexpected', found: '[', expected: '{' }],
    ['[{"Database":"a\n"}]', mysql, { line: 1, code: 'unclosed_quote', quote: '"' }],
    ['[{"Database":"\\x"}]', mysql, { line: 1, code: 'bad_escape', found: '\\x' }],
    ['[{"Database":"a\\n"}]', mysql, { line: 1, ...forbidden('line_break', 'U+000A') }],
    ['[{Database:a.b}]', mysql, { line: 1, code: 'odd_character', character: '.' }],
    ['[{DbName:a}]', mysql, { line: 1, code: 'unknown_key', key: 'DbName' }],
    ['[{Database:a\nDatabase:b}]', mysql, { line: 2, code: 'key_twice', key: 'Database' }],
    ['[{Database:a,Schema:s}]', mysql, { line: 1, code: 'key_not_offered', key: 'Schema' }],
    ['[{Database:0,Table:[t]}]', redis, { line: 1, code: 'key_not_offered', key: 'Table' }],
    ['[{Table:[t]}]', mysql, { line: 1, code: 'database_missing' }],
    ['[{}]', mysql, { line: 1, code: 'database_missing' }],
    ['[{Database:a,Table:[t]}]', postgresql, { line: 1, code: 'schema_missing', database: 'a' }],
    [
      '[{Database:a,\nTable:t}]',
      mysql,
      { line: 2, code: 'wrong_type', key: 'Table', expected: 'names' },
    ],
    [
      '[{"Database":["a"]}]',
      mysql,
      { line: 1, code: 'wrong_type', key: 'Database', expected: 'name' },
    ],
    [
      '[{"Database":null}]',
      mysql,
      { line: 1, code: 'wrong_type', key: 'Database', expected: 'name' },
    ],
    [
      '[{Database:a,Table:[{}]}]',
      mysql,
      { line: 1, code: 'wrong_type', key: 'Table', expected: 'names' },
    ],
    ['[{Database:a,Table:[]}]', mysql, { line: 1, code: 'empty_list', key: 'Table' }],
    ['[{Database:*}]', mysql, { line: 1, code: 'everything' }],
    ['[{Database:a,Table:["*"]}]', mysql, { line: 1, code: 'star_misplaced' }],
  ])('%j', (text, naming, problem) => {
    expect(problemIn(text, naming)).toEqual(problem);
  });

  it.each([
    [mysql, 'x'.repeat(64)],
    [sqlserver, 'x'.repeat(128)],
    [postgresql, '客'.repeat(21)],
  ])('but a name may be as long as the engine allows', (naming, name) => {
    expect(objectsIn(name, naming)).toEqual([{ database: name }]);
  });
});

describe('a list is written', () => {
  it('for people, one object per line, with quotes where needed', () => {
    const objects = objectsIn('db1.t1\n"my db".t\ndb2.*\n`#x`\n"--"."a.b"');
    expect(databaseText(objects)).toBe('db1.t1\n"my db".t\ndb2\n"#x"\n"--"."a.b"');
  });

  it('for a card, as counts and the first names', () => {
    const objects = objectsIn('a.s.t1\na.s.t2\na.r\nb', postgresql);
    expect(summarise(objects, 2)).toEqual({
      databases: 2,
      tables: 2,
      names: [
        { text: 'a.s.t1', database: 'a', schema: 's', table: 't1' },
        { text: 'a.s.t2', database: 'a', schema: 's', table: 't2' },
      ],
      more: 2,
    });
    expect(summarise(objects, 9)).toMatchObject({ more: 0, names: { length: 4 } });
  });
});

describe('for all names', () => {
  const hostile = fc.oneof(
    fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
    fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }),
    fc.constantFrom('a.b', '"', '``', '#x', '--', '[', '{Database:a}', "'", ' a', '__proto__', '“'),
  );
  const isName = (naming: DatabaseNaming) => (name: string) =>
    readDatabaseList(JSON.stringify([{ Database: name }]), naming).ok;
  const listFor = (naming: DatabaseNaming) => {
    const name = hostile.filter(isName(naming));
    const names = fc.uniqueArray(name, { minLength: 1, maxLength: 5 });
    return fc.uniqueArray(
      fc.record(
        {
          database: name,
          ...(naming.levels.length === 3 ? { schema: name } : {}),
          tables: names,
        },
        { requiredKeys: ['database'] },
      ),
      { minLength: 1, maxLength: 6, selector: ({ database }) => database },
    );
  };

  /** The list in the API's format, for people who copy it from there. */
  const asJson = (objects: readonly DatabaseObject[]): string =>
    JSON.stringify(
      objects.map(({ database, schema, tables }) => ({
        Database: database,
        Schema: schema,
        Table: tables,
      })),
    );

  it.each(['mysql', 'postgresql', 'sqlserver', 'mongodb'] as const)(
    'text and JSON mean the same to %s as the original objects',
    (engine) => {
      const naming = databaseNaming[engine];
      fc.assert(
        fc.property(listFor(naming), (list) => {
          const objects = list.filter(
            (each) => naming.levels.length < 3 || !('tables' in each) || 'schema' in each,
          );
          fc.pre(objects.length > 0);
          const parsed = objectsIn(asJson(objects), naming);
          expect(parsed).toEqual(objects);
          expect(objectsIn(databaseText(parsed), naming)).toEqual(parsed);
          expect(databaseText(objectsIn(databaseText(parsed), naming))).toBe(databaseText(parsed));
        }),
      );
    },
  );

  it('no text throws, and each problem is on an existing line', () => {
    const pieces = fc.constantFrom(
      ...['db', '.', '*', '"', '`', '[', ']', '{', '}', ':', ',', '\n', '\r', ' ', '#', '--'],
      ...['Database', 'Schema', 'Table', "'", '\\', '\\u00', '\u2028', 'null', '“'],
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
      fc.array(pieces, { maxLength: 30 }).map((parts) => `[{${parts.join('')}`),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...Object.values(databaseNaming)), (tried, naming) => {
        const read = readDatabaseList(tried, naming);
        if (read.ok) {
          const { objects } = read.list;
          expect(objectsIn(databaseText(objects), naming)).toEqual(objects);
        } else {
          expect(read.problem.line).toBeGreaterThanOrEqual(1);
          expect(read.problem.line).toBeLessThanOrEqual(tried.split(/\r\n|\r|\n/).length);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the time for a list is at most proportional to its length', () => {
  const count = 20_000;
  const repeat = <Piece>(piece: (index: number) => Piece) =>
    Array.from({ length: count }, (_, index) => piece(index));
  it.each([
    ['lines', repeat((index) => `db${index % 50}.table_${index}`).join('\n')],
    ['quoted lines', repeat((index) => `"db ${index}"."t""${index}",`).join('\r\n')],
    ['JSON', JSON.stringify(repeat((index) => ({ Database: `db${index}`, Table: ['a', 'b'] })))],
    ['the notation', `[${repeat((index) => `{Database:db${index}\nTable:[a,b]}`).join(',')}]`],
    ['dots', '.'.repeat(count * 20)],
    ['names and dots', 'a.'.repeat(count * 10)],
    ['quotes', '"'.repeat(count * 20)],
    ['blanks', `a${' '.repeat(count * 20)}b`],
    ['commas', `a${','.repeat(count * 20)}`],
    ['brackets', '['.repeat(count * 20)],
    ['backslashes', `[{"Database":"${'\\'.repeat(count * 20)}`],
    ['one long name', 'x'.repeat(count * 20)],
  ])('%s', (_, text) => {
    // Quadratic code would take minutes and exceed Jest's timeout.
    for (const naming of [mysql, mongodb, sqlserver]) {
      const read = readDatabaseList(text, naming);
      expect(read.ok ? read.list.objects.length : read.problem.code).toBeTruthy();
    }
  });
});

it.each<[SourceEngine, readonly number[], 'bytes' | 'characters']>([
  ['mysql', [64, 64], 'characters'],
  ['mariadb', [64, 64], 'characters'],
  ['percona', [64, 64], 'characters'],
  ['postgresql', [63, 63, 63], 'bytes'],
  ['sqlserver', [128, 128, 128], 'characters'],
  ['mongodb', [63, 255], 'bytes'],
])('a name in %s has at most %j %s, by level', (engine, most, unit) => {
  const naming = databaseNaming[engine];
  for (const [index, max] of most.entries()) {
    const named = (name: string) =>
      readDatabaseList([...most.slice(0, index).map(() => 'a'), name].join('.'), naming);
    expect(named('x'.repeat(max))).toMatchObject({ ok: true });
    expect(named('x'.repeat(max + 1))).toMatchObject({
      ok: false,
      problem: { code: 'too_long', max, unit },
    });
    expect(named('é'.repeat(max)).ok).toBe(unit === 'characters');
  }
});
