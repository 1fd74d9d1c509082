import {
  type Column,
  clientLine as clientLineOf,
  headerOf,
  isClientHeader,
  isHeaderName,
  isPlainName,
  rowOf,
} from '../../src/domain/databases/clientOutput';
import { databaseNaming } from '../../src/domain/databases/databaseNaming';

const { mysql, postgresql } = databaseNaming;

const command = { kind: 'command' } as const;
const uses = (database: string) => ({ ...command, database });
const lists = (level: string) => ({ ...command, lists: level });
/** A command whose output is about this database, or about one that Ferry can't read. */
const about = (database?: string) => ({ ...command, scope: { database } });

/** What a line says, without what was typed for the next line. */
function clientLine(text: string, before?: string) {
  const line = clientLineOf(text, mysql, before);
  if (line === undefined) return undefined;
  const { typed: _, ...says } = line;
  return says;
}

/** Commands that list names, as they are typed at a prompt. */
const listing: readonly (readonly [string, object])[] = [
  ['show tables;', lists('table')],
  ['SHOW FULL  TABLES from shop', { ...about('shop'), lists: 'table' }],
  ['show extended full tables', lists('table')],
  ['show collections', lists('table')],
  ['show databases;', lists('database')],
  ['show  schemas', lists('database')],
  ['Show dbs', lists('database')],
  ['show table status', lists('table')],
  ['show  table  status from shop', { ...about('shop'), lists: 'table' }],
  ['show index from orders', about()],
  ['select name from t', about()],
  ['SELECT a, b FROM information_schema.tables', about()],
  ['with t as (select 1) select a from t', about()],
  ['info keyspace', lists('database')],
  ['CONFIG GET databases', lists('database')],
  ['\\d', command],
  ['\\dt+', command],
  ['\\dt public.*', command],
  ['\\l', lists('database')],
  ['\\l+', lists('database')],
  ['\\l shop*', lists('database')],
  ...['\\pset pager off', '\\timing', '\\x', '\\t on', '\\a', '\\q'].map(
    (text) => [text, command] as const,
  ),
  ['mysql -e "show tables"', lists('table')],
  ["mysql -N -e 'show tables' shop", { ...uses('shop'), lists: 'table' }],
  ["mysql -e 'use shop; show tables;'", { ...uses('shop'), lists: 'table' }],
  ["mysql -e 'USE `shop`;show tables' other", { ...uses('shop'), lists: 'table' }],
  ['mysql -e "select 1; show databases"', lists('database')],
  ["psql -d shop -c '\\dt'", uses('shop')],
  ['sqlcmd -Q "select name from sys.databases"', about()],
  ['select name from sys.tables', { ...about(), lists: 'table' }],
  ['SELECT table_name FROM information_schema.tables WHERE x', { ...about(), lists: 'table' }],
  ['select distinct c.relname from pg_catalog.pg_class c', { ...about(), lists: 'table' }],
  ['select table_schema from information_schema.tables', about()],
  ['mysqlshow -h 10.0.0.1', command],
  ['mysqldump  --no-data', command],
  ['use shop', uses('shop')],
  ['use s', uses('s')],
  ['USE  `shop` ;', uses('shop')],
  ['use "shop";', uses('shop')],
  ['use [shop]', uses('shop')],
  ['use `my shop`', uses('my shop')],
  ['\\u shop', uses('shop')],
  ['use shop; show tables;', { ...uses('shop'), lists: 'table' }],
  ['\\c shop', uses('shop')],
  ['\\connect  "shop" alice', uses('shop')],
];

const others: readonly (readonly [string, object])[] = [
  ['You are now connected to database "shop" as user "alice".', uses('shop')],
  ['您现在已经连接到数据库 "shop",用户 "alice".', uses('shop')],
  ['您现在已经连接到数据库"shop"', uses('shop')],
  ['switched to db shop', uses('shop')],
  ["Changed database context to 'my shop'.", { kind: 'notice', database: 'my shop' }],
  ["Changed database context to 'shop'", { kind: 'notice', database: 'shop' }],
  ...['```', '```sql', '``` sql', '~~~'].map((text) => [text, { kind: 'fence' }] as const),
  ...['--', '+--+', '| --- | :---: |', '││', '═══', '----  ----', '=='].map(
    (text) => [text, { kind: 'frame' }] as const,
  ),
  ['List of relations', { kind: 'title', lists: 'table' }],
  ['list of tables', { kind: 'title', lists: 'table' }],
  ['List of databases', { kind: 'title', lists: 'database' }],
  ['List of schemas', { kind: 'title', lists: 'schema' }],
  ['关联列表', { kind: 'title', lists: 'table' }],
  ['资料表列表', { kind: 'title', lists: 'table' }],
  ['数据库列表', { kind: 'title', lists: 'database' }],
  ['架构模式列表', { kind: 'title', lists: 'schema' }],
  ...[
    ...['(3 rows)', '(12 row)', '(1 row affected)', '(12 row(s) affected)', '(3 行)'],
    ...['(12 行记录)', '(3 行受影响)', '3 rows in set (0.01 sec)', '12 rows selected'],
    ...['1 row affected', '2 rows returned', 'Empty set (0.00 sec)', 'no rows selected'],
    ...['Did not find any relations.', 'Query OK, 0 rows affected', 'Database changed'],
    ...['Time: 1 ms', 'Completion time: 2026', 'Elapsed: 1', '时间: 1'],
    ...['Reading table information for completion of table and column names'],
    ...['You can turn off this feature to get a quicker startup with -A'],
    ...['Affected rows: 3', 'Records: 12  Duplicates: 0', '2 row(s) returned', '(END)', '(nil)'],
    ...['(empty array)', '(integer) 5', 'Connection closed.', 'Connection to 10.0.0.1 closed.'],
    ...['No relations found.'],
  ].map((text) => [text, { kind: 'footer' }] as const),
];

const notices: readonly string[] = [
  'mysql: [Warning] Using a password on the command line interface can be insecure.',
  'mysqlshow: [Warning] Using a password on the command line interface can be insecure.',
  "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.",
  'WARNING:  database "shop" has a collation version mismatch',
  'HINT:  Rebuild all objects in this database that use the default collation.',
  ...['Enter password:', 'Enter password: ****', 'Password:', 'Password for user postgres:'],
  ...[
    '用户 postgres 的口令：',
    'psql (16.2)',
    'psql (16.2, server 14.1)',
    '输入 "help" 来获取帮助信息.',
  ],
  ...[
    'SSL connection (protocol: TLSv1.3)',
    'Type "help" for help.',
    "Type 'help;' or '\\h' for help.",
  ],
  ...['Welcome to the MySQL monitor.  Commands end with ; or \\g.', 'Server version: 8.0.36 MySQL'],
  ...['Welcome to the MariaDB monitor.', 'Your MariaDB connection id is 31', 'Copyright (c) 2000'],
  ...['Oracle is a registered trademark of Oracle', 'affiliates. Other names may be trademarks'],
  ...['Current Mongosh Log ID: 65f0', 'Connecting to: mongodb://10.0.0.1', 'Using MongoDB: 6.0'],
  ...['Using Mongosh: 2.1', 'For mongosh info see: https://example.com'],
  ...['Timing is on.', 'Pager usage is off.', 'Expanded display is used automatically.'],
];

/** What people type at the prompts of shells to start a client. */
const shells: readonly string[] = [
  ...['[root@db ~]#', '[me@db-1 data]$', 'root@db:~#', 'me@db:/var/lib$', 'me@mac ~ %', 'me@db:~$'],
  ...['bash-5.1$', 'sh-4.2#', 'C:\\>', 'PS C:\\Users\\me>'],
];

/** Prompts, and the database that each one shows. */
const prompts: readonly (readonly [string, string?])[] = [
  ...['mysql>', 'MySQL>', 'sqlite>', 'redis>', 'SQL>', 'MongoDB>'].map((text) => [text] as const),
  ['MariaDB [(none)]>'],
  ['MariaDB [shop]>', 'shop'],
  ['MySQL  [shop]>', 'shop'],
  ['Percona [shop]>', 'shop'],
  ['mysql [shop]>', 'shop'],
  ['root@localhost [shop]>', 'shop'],
  ['(root@10.0.0.1) [shop]>', 'shop'],
  ['(root@localhost) [(none)]>'],
  ['MySQL root@localhost:shop>', 'shop'],
  ['MySQL root@localhost:(none)>'],
  ['MySQL  localhost:33060+ ssl  SQL >'],
  ['MySQL  localhost:33060+ ssl  shop  SQL >', 'shop'],
  ['MySQL localhost:3306 SQL>'],
  ['shop=#', 'shop'],
  ['shop=>', 'shop'],
  ['s=#', 's'],
  ['my-shop$1=#', 'my-shop$1'],
  ['->'],
  ['shop->'],
  ['127.0.0.1:6379>'],
  ['10.20.30.123:6379[12]>'],
  ['rs0:PRIMARY>'],
  ['rs-1:SECONDARY>'],
];

/** Prompts that need a space and a command. */
const spaced: readonly (readonly [string, string?])[] = [
  ['shop>', 'shop'],
  ['s>', 's'],
  ['my-shop>', 'my-shop'],
  ['Enterprise shop>', 'shop'],
  ['Atlas shop>', 'shop'],
  ['rs0 [direct: primary] shop>', 'shop'],
  ['rs0 [] shop>', 'shop'],
  ['[direct: mongos] shop>', 'shop'],
  ['Enterprise [direct: mongos] shop>', 'shop'],
  ['Enterprise rs0 [direct: primary] shop>', 'shop'],
  ['Atlas atlas-abc123-shard-0 [primary] shop>', 'shop'],
  ['>'],
  ['1>'],
  ['12>'],
];

/** Those that also end a session, without a command. */
const alone = spaced.filter(([prompt]) => prompt !== '12>');

describe('a line of a client', () => {
  it.each([...listing, ...others])('is recognized: %s', (text, line) => {
    expect(clientLine(text)).toEqual(line);
  });

  it.each(prompts.map(([prompt, database]) => ({ prompt, database })))(
    'is recognized with the prompt $prompt',
    ({ prompt, database }) => {
      const shown = database === undefined ? command : uses(database);
      expect(clientLine(prompt)).toEqual(shown);
      for (const space of ['', ' ', '  ']) {
        expect(clientLine(`${prompt}${space}show tables;`)).toEqual({ ...shown, lists: 'table' });
      }
      expect(clientLine(`${prompt} use crm`)).toEqual(uses('crm'));
      expect(clientLine(`${prompt} what ever`)).toEqual({ ...shown, ...about() });
      expect(clientLine(`${prompt} exit`)).toEqual(shown);
      for (const nameAfterPrompt of ['orders', '`or-ders`;', '"orders",', '订单']) {
        expect(clientLine(`${prompt} ${nameAfterPrompt}`)).toEqual({ ...shown, nameAfterPrompt });
      }
    },
  );

  it.each(spaced.map(([prompt, database]) => ({ prompt, database })))(
    'is recognized with the prompt $prompt and a command',
    ({ prompt, database }) => {
      const shown = database === undefined ? command : uses(database);
      expect(clientLine(`${prompt}  show dbs`)).toEqual({ ...shown, lists: 'database' });
      expect(clientLine(`${prompt} use crm`)).toEqual(uses('crm'));
      expect(clientLine(`${prompt} db.orders.find()`)).toEqual({ ...shown, ...about() });
      expect(clientLine(`${prompt}show dbs`)).toBeUndefined();
    },
  );

  it.each(alone.map(([prompt, database]) => ({ prompt, database })))(
    'is recognized with the prompt $prompt alone',
    ({ prompt, database }) => {
      const shown = database === undefined ? command : uses(database);
      expect(clientLine(prompt)).toEqual(shown);
      expect(clientLine(`${prompt} exit`)).toEqual(shown);
      expect(clientLine(`${prompt}exit`)).toBeUndefined();
    },
  );

  it.each(shells)("is recognized at a shell's prompt %s", (prompt) => {
    for (const typed of ['', ' ', ' exit', 'logout', ' mysql', ' mysqlshow shop', ' sudo psql']) {
      expect(clientLine(`${prompt}${typed}`)).toMatchObject(command);
    }
    for (const sudo of ['', 'sudo ']) {
      expect(clientLine(`${prompt} ${sudo}mysql -N -e 'show tables' shop`)).toEqual({
        ...uses('shop'),
        lists: 'table',
      });
    }
    for (const typed of [' ls', ' mysqlx', ' exit now', ' docker exec db mysql']) {
      expect(clientLine(`${prompt}${typed}`)).toBeUndefined();
    }
  });

  it.each(notices)('is a notice: %s', (text) => {
    expect(clientLine(text)).toEqual({ kind: 'notice' });
    expect(clientLine(`ö ${text}`)).toBeUndefined();
  });

  it("is mysqlshow's title", () => {
    expect(clientLine('Database: shop')).toEqual({ kind: 'notice', database: 'shop' });
    expect(clientLine('Database: shop  Wildcard: o%')).toMatchObject({ database: 'shop' });
    expect(clientLine('Database: shop  Table: orders')).toBeUndefined();
  });

  it.each([
    'mysql -h 10.0.0.1',
    'mariadb',
    'psql shop',
    'sqlcmd',
    'mongo',
    'mongosh shop',
    'redis-cli',
  ])('is recognized at the prompt of a shell: %s', (typed) => {
    expect(clientLine(`$ ${typed}`)).toMatchObject(command);
    expect(clientLine(`$  ${typed}`)).toMatchObject(command);
    expect(clientLine(`$${typed} -x`)).toBeUndefined();
    expect(clientLine(`x $ ${typed}`)).toBeUndefined();
  });

  it.each(['shop-#', 'shop(#', "shop'#", "shop'>", 'shop(>'])(
    "is recognized at psql's prompt %s within a statement",
    (prompt) => {
      expect(clientLine(prompt)).toEqual(uses('shop'));
      expect(clientLine(`${prompt} from pg_tables;`)).toEqual({ ...uses('shop'), ...about() });
      expect(clientLine(`${prompt}x`)).toBeUndefined();
    },
  );

  it('is recognized at a prompt with a number', () => {
    expect(clientLine('1> select name from t')).toEqual(about());
    expect(clientLine('12> go')).toEqual(command);
  });

  it.each([
    ...[...listing, ...others].map(([text]) => text),
    ...prompts.map(([prompt]) => `${prompt} show tables;`),
    ...spaced.map(([prompt]) => `${prompt} show tables;`),
  ])('is not recognized after other text: %s', (text) => {
    expect(clientLine(`ö ${text}`)).toBeUndefined();
    expect(clientLine(`ö${text}`)).toBeUndefined();
  });

  it.each([
    ...['showtables;', 'show tablesx;', 'show fulltables;', 'show full;', 'showcollections;'],
    ...['show collection;', 'showdatabases;', 'show databasesx;', 'show dbsx;'],
    ...['show tablestatus;', 'showtable status;', 'show table statusx', 'select;', 'select 1;'],
    ...['select  from t', 'selecta from t', 'select afrom t', 'info keyspace x'],
    ...['config get databases x', '\\dt1', '\\l1', '\\xy', '\\p', '\\q1', 'mysqldump', 'mysql x'],
    ...['mysqldump-x', 'useshop;', 'use shop now', 'use;', 'use ``;', '\\cshop', '\\c "a"b', '\\c'],
    ...['You are now connected to database ""', '您现在已经连接到数据库""'],
    ...['switched to db', 'switched to db a b', "Changed database context to ''"],
    ...["Changed database context to 'shop'. Now", '```a b', '`', '-', '|', '- -', ':::', '   '],
    ...[
      'List of relations:',
      'List of databases:',
      'List of schemas:',
      '关联列表：',
      '数据库列表：',
    ],
    ...['架构模式列表：', '( rows)', '(3 rows', '(3 rows) x', '(x row affected)', '( 行)'],
    ...['(3 行) x', '(3 rows affected) x', '3 rows in sets', 'rows in set', 'Empty sets'],
    ...['Query OK', 'Database changed x', 'Time:', 'Time: ', 'Affected rows: x', 'Records: '],
    ...['MariaDB [shop>', 'MariaDB[shop]> x', 'MySQLlocalhost SQL > x', 'MySQL  SQL > x'],
    ...['1=# x', '=# x', 'a b-> x', '127.0.0:6379> x', '127.0.0.1:> x', '1270.0.0.1:1> x'],
    ...['127.0.0.1:6379[]> x', ':PRIMARY> x', 'rs0:ARBITER> x', 'shop> x', 'shop> show'],
    ...['1shop> show dbs', '> go', '2>', '$ ls', '$ mysqlx', '$'],
  ])('is not recognized: %s', (text) => {
    expect(clientLine(text)).toBeUndefined();
  });

  it('has at most 2,000 characters', () => {
    const line = (length: number) => 'Time: '.padEnd(length, '1');
    expect(clientLine(line(2_000))).toEqual({ kind: 'footer' });
    expect(clientLine(line(2_001))).toBeUndefined();
  });
});

it.each([
  ...['shop', 'Shop_1', '_a', '$a', '1', 'a.b', 'a$', 'a.b.c'].map((name) => [name, true]),
  ...['.a', 'a b', 'a-b', 'a;', ' a', '店', ''].map((name) => [name, false]),
])('%j has only letters, digits and dots: %s', (name, isPlain) => {
  expect(isPlainName(String(name))).toBe(isPlain);
});

/** The names of columns by what they contain. */
const columns: Readonly<Record<Column, readonly string[]>> = {
  database: [
    ...['database', 'databases', 'database_name', 'datname', 'dbname', 'db_name', '数据库'],
    ...['table_catalog', 'catalog_name', 'table_cat', 'table_qualifier'],
  ],
  schema: [
    ...['schema', 'schemas', 'schemaname', 'table_schema', 'schema_name', 'nspname'],
    ...['table_owner', 'table_schem', '架构模式'],
  ],
  table: [
    ...['table', 'tables', 'table_name', 'tablename', 'relname', 'collection', 'collections'],
    ...['表', '表名'],
  ],
  name: ['name', '名称'],
  type: ['type', 'table_type', '类型'],
  other: [
    ...['owner', 'encoding', 'collate', 'ctype', 'size', 'engine', 'version', 'access privileges'],
    ...['icu locale', 'icu rules', 'locale provider', 'locale', 'persistence', 'access method'],
    ...['description', 'comment', 'table_comment', 'rows', 'table_rows', 'row_format'],
    ...['data_length', 'create_time', 'remarks', 'database_id', 'create_date', 'object_id'],
    ...['state_desc', 'tablespace', '拥有者', '字元编码', '校对规则', '存取权限', '大小', '描述'],
  ],
};

describe.each(Object.entries(columns))('the columns that hold a %s', (column, names) => {
  it.each(names)('include “%s”, in any case', (name) => {
    for (const each of [name, name.toUpperCase()]) {
      expect(isHeaderName(each)).toBe(true);
      const row = { cells: ['schema', each], by: 'comma' } as const;
      // Next to a schema, a name is that of a table.
      const expected = column === 'name' ? 'table' : column;
      expect(headerOf(row, undefined, postgresql)?.columns).toEqual(['schema', expected]);
    }
    expect(isHeaderName(`${name}x y`)).toBe(false);
    expect(isHeaderName(`x${name}`)).toBe(false);
  });
});

describe('a command at several prompts', () => {
  it.each(['-> from crm;', 'shop-> from crm;', 'shop-# from crm;', '2> from crm', '12> from crm'])(
    'is read as a whole: %s',
    (text) => {
      const scope = { database: 'crm' };
      expect(clientLine(text, 'show tables')).toMatchObject({ lists: 'table', scope });
      expect(clientLineOf(text, mysql, 'show\ntables')?.typed).toMatch(
        /^show\ntables\nfrom crm;?$/,
      );
    },
  );

  it.each(['1> from crm', 'mysql> from crm;', 'shop=# from crm;'])(
    'ends where the next one begins: %s',
    (text) => {
      expect(clientLine(text, 'show tables')).not.toHaveProperty('lists');
      expect(clientLine('-> from crm', 'show tables;')).not.toHaveProperty('lists');
    },
  );

  it('may have several statements, with or without semicolons', () => {
    for (const before of ['use shop', 'use shop;\nselect 1']) {
      expect(clientLine('2> show tables', before)).toEqual({ ...uses('shop'), lists: 'table' });
    }
  });

  it('has no name on its other lines', () => {
    expect(clientLine('-> orders', 'drop table')).toEqual(about());
    expect(clientLine('-> orders')).toEqual({ ...command, nameAfterPrompt: 'orders' });
  });

  it('has at most 2,000 characters', () => {
    const before = "select table_name from information_schema.tables where table_schema = 'shop'";
    const line = (text: string, length: number) => clientLine('->', text.padEnd(length - 1, ' '));
    expect(line(before, 2_000)).toEqual({ ...about('shop'), lists: 'table' });
    expect(line(before, 2_001)).toEqual(about());
  });
});

describe('a header', () => {
  const cells = (...all: readonly string[]) => ({ cells: all, by: 'comma' }) as const;

  it('of MySQL has databases instead of schemas, and catalogs that nobody names', () => {
    for (const catalog of ['table_catalog', 'CATALOG_NAME', 'table_cat', 'table_qualifier']) {
      expect(headerOf(cells(catalog, 'table_schema'), undefined, mysql)?.columns).toEqual([
        ...['other', 'database'],
      ]);
      expect(headerOf(cells(catalog, 'table_name'), undefined, mysql)?.columns).toEqual([
        ...['database', 'table'],
      ]);
    }
    expect(headerOf(cells('database', 'table_schema'), undefined, mysql)?.columns).toEqual([
      ...['database', 'database'],
    ]);
  });

  it('names the database of its tables', () => {
    const header = (name: string) => headerOf(cells(name), undefined, mysql)?.database;
    expect(header('Tables_in_shop')).toBe('shop');
    expect(header('Tables_in_my shop  (a b%)')).toBe('my shop');
    expect(header('Tables')).toBeUndefined();
    for (const name of ['tables_in_shop', 'TABLES_IN_SHOP (a%)']) {
      expect(isHeaderName(name)).toBe(true);
      expect(headerOf(cells(name), undefined, mysql)?.columns).toEqual(['table']);
    }
    for (const name of ['Tables_in_', 'x Tables_in_shop']) expect(isHeaderName(name)).toBe(false);
    expect(headerOf(cells('table_type', 'Tables_in_shop'), undefined, mysql)).not.toHaveProperty(
      'database',
    );
  });

  it('needs a name of a database, schema or table', () => {
    expect(headerOf(cells('owner', 'type'), undefined, postgresql)).toBeUndefined();
    expect(headerOf(cells(), undefined, postgresql)).toBeUndefined();
  });

  it('of some databases has a pattern', () => {
    expect(headerOf(cells('Database (shop%)'), undefined, mysql)?.columns).toEqual(['database']);
    expect(isHeaderName('Database (shop%)')).toBe(true);
    for (const name of ['x Database (a)', 'Database ()', 'Database (a) x', 'Database(a)']) {
      expect(isHeaderName(name)).toBe(false);
    }
  });

  it('may have unknown columns only inside a frame', () => {
    const columns = ['unknown', 'Database'];
    expect(headerOf({ cells: columns, by: 'line' }, undefined, mysql)?.columns).toEqual([
      ...['other', 'database'],
    ]);
    expect(headerOf({ cells: columns, by: 'comma' }, undefined, mysql)).toBeUndefined();
  });

  it('has the names that the command before it lists', () => {
    const header = headerOf(cells('name', 'owner'), 'database', postgresql);
    expect(header?.columns).toEqual(['database', 'other']);
  });

  it('has at most 2,000 characters', () => {
    expect(isHeaderName('Tables_in_'.padEnd(2_000, 'a'))).toBe(true);
    expect(isHeaderName('Tables_in_'.padEnd(2_001, 'a'))).toBe(false);
  });
});

it.each([
  ...[
    'Database (shop%)',
    'Database',
    'Databases',
    'Table',
    'Tables',
    'Name',
    'Schema',
    '数据库',
    '表名',
    '名称',
  ],
  ...['table_name', 'TABLE_NAME', 'tablename', 'table_schema', 'TABLE_SCHEMA', 'relname'],
  ...['datname', 'schema_name', 'SCHEMA_NAME', 'schemaname', 'nspname', 'database_name'],
])('“%s” above names is a header', (name) => {
  expect(isClientHeader(name)).toBe(true);
});

it.each(['database', 'NAME', 'tables', 'Tables_in_shop', 'orders'])(
  '“%s” above names may be a name',
  (name) => {
    expect(isClientHeader(name)).toBe(false);
  },
);

describe('a row', () => {
  it.each<[string, readonly string[], string]>([
    ['| a | b |', ['a', 'b'], 'line'],
    ['|a|b|', ['a', 'b'], 'line'],
    ['│ a │ b │', ['a', 'b'], 'line'],
    ['║ a ║ b ║', ['a', 'b'], 'line'],
    ['| a | |', ['a', ''], 'line'],
    [' a | b', ['a', 'b'], 'line'],
    // An empty cell follows the line.
    ['a | b |', ['a', 'b', ''], 'line'],
    ['a|b|', ['a', 'b', ''], 'line'],
    // Lines inside a name don't separate cells.
    ['a|b', ['a|b'], 'nothing'],
    ['"a | b"', ['"a | b"'], 'nothing'],
    ['`a | b`', ['`a | b`'], 'nothing'],
    ['[a | b]', ['[a | b]'], 'nothing'],
    ['a\tb', ['a', 'b'], 'tab'],
    ['"a"\t b ', ['a', 'b'], 'tab'],
    ['a,b', ['a', 'b'], 'comma'],
    ['"a", \'b\',`c`', ['a', 'b', 'c'], 'comma'],
    ['"a\',""', ['"a\'', ''], 'comma'],
    ['x"a",b', ['x"a"', 'b'], 'comma'],
    ['"a"x,b', ['"a"x', 'b'], 'comma'],
    ['a   b  c', ['a', 'b', 'c'], 'blanks'],
    ['a b', ['a b'], 'nothing'],
    ['a', ['a'], 'nothing'],
  ])('%j has the cells %j', (text, cells, by) => {
    expect(rowOf(text)).toEqual({ cells, by });
  });

  it.each<['blanks' | 'comma' | 'line' | 'nothing' | 'tab', string, readonly string[]]>([
    ['blanks', 'a b  c', ['a', 'b', 'c']],
    ['comma', 'a | b', ['a | b']],
    ['tab', 'a,b', ['a,b']],
    ['line', '| a,b |', ['a,b']],
    ['nothing', 'a,b', ['a,b']],
    ['nothing', 'a  b', ['a  b']],
  ])('below a header that is separated by %s, %j has the cells %j', (by, text, cells) => {
    expect(rowOf(text, by)).toEqual({ cells, by });
  });

  it.each<[string, readonly string[]]>([
    ['| | c |', ['', '', 'c', '']],
    ['| b | c | d', ['', 'b', 'c', 'd']],
    ['| a | b | c | d |', ['a', 'b', 'c', 'd']],
  ])('below a header of four columns without lines at its sides: %s', (text, cells) => {
    expect(rowOf(text, 'line', 4)).toEqual({ cells, by: 'line' });
  });

  it('below a header inside a frame has one cell if it has no lines', () => {
    expect(rowOf('a,b', 'line')).toEqual({ cells: ['a,b'], by: 'nothing' });
  });

  it('has at most 2,000 characters', () => {
    const row = (length: number) => rowOf('a,'.padEnd(length, 'b')).cells.length;
    expect([row(2_000), row(2_001)]).toEqual([2, 1]);
  });
});
