import fc from 'fast-check';
import { isTableType, nameBeforeNumbers } from '../../src/domain/databases/clientOutput';
import { databaseText, readDatabaseList } from '../../src/domain/databases/databaseInfo';
import { type DatabaseNaming, databaseNaming } from '../../src/domain/databases/databaseNaming';

const { mysql, postgresql, sqlserver, mongodb, redis } = databaseNaming;

function listIn(text: string, naming: DatabaseNaming) {
  const read = readDatabaseList(text, naming);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.list;
}

/** The names in a list in the form's notation, and the noise that was skipped, with its lines. */
function reading(text: string, naming: DatabaseNaming) {
  const { noise, objects } = listIn(text, naming);
  const left = noise.map(({ kind, lines }) => `${kind} ${lines.join(',')}`);
  return { names: databaseText(objects).split('\n'), left };
}

const lines = (...all: readonly string[]): string => all.join('\n');

describe('output of a client is read as the names that it lists, and the rest is skipped and reported', () => {
  it.each<[string, DatabaseNaming, string, string[], string[]]>([
    [
      "tables in mysql's frame",
      mysql,
      lines(
        '+----------------+',
        '| Tables_in_shop |',
        '+----------------+',
        '| orders         |',
        '| my items       |',
        '+----------------+',
        '2 rows in set (0.01 sec)',
      ),
      ['shop.orders', 'shop."my items"'],
      ['frame 1,3,4,5,6', 'header 2', 'footer 7'],
    ],
    [
      'tables in a frame without blanks',
      mysql,
      lines('|Tables_in_shop|Table_type|', '|--|--|', '|orders|BASE TABLE|', '│items│BASE TABLE│'),
      ['shop.orders', 'shop.items'],
      ['header 1', 'frame 2,3,4'],
    ],
    [
      'tables with their types',
      mysql,
      lines(
        '+-------------+------------+',
        '| Tables_in_a | Table_type |',
        '+-------------+------------+',
        '| t1 | BASE TABLE |',
        '+-------------+------------+',
      ),
      ['a.t1'],
      ['frame 1,3,4,5', 'header 2'],
    ],
    [
      'tables of two databases',
      mysql,
      lines(
        'mysql> use a',
        'Database changed',
        'mysql> show tables;',
        '+-------------+',
        '| Tables_in_a |',
        '+-------------+',
        '| t1 |',
        '+-------------+',
        '1 row in set (0.00 sec)',
        '',
        'mysql> show tables from b;',
        '| Tables_in_b (t%) |',
        '| t2 |',
      ),
      ['a.t1', 'b.t2'],
      ['command 1,3,11', 'footer 2,9', 'frame 4,6,7,8,13', 'header 5,12'],
    ],
    [
      "databases in mysql's frame",
      mysql,
      lines(
        '+----------+',
        '| Database |',
        '+----------+',
        '| shop     |',
        '+----------+',
        '1 row in set, 1 warning (0.00 sec)',
      ),
      ['shop'],
      ['frame 1,3,4,5', 'header 2', 'footer 6'],
    ],
    ['the end of a session', mysql, '[root@db ~]# exit \nshop', ['shop'], ['command 1']],
    ['a byte order mark', mysql, '\ufeffshop\ncrm', ['shop', 'crm'], []],
    ['a byte order mark before JSON', mysql, '\ufeff[{"Database":"shop"}]', ['shop'], []],
    [
      'a frame around a name alone',
      mysql,
      lines('| shop |', '│ crm', '++', 'hr'),
      ['shop', 'crm', 'hr'],
      ['frame 1,2,3'],
    ],
    [
      'a header without a frame',
      mysql,
      'Tables_in_shop\norders\nitems',
      ['shop.orders', 'shop.items'],
      ['header 1'],
    ],
    ['the header of databases', mysql, 'Database\nshop\ncrm', ['shop', 'crm'], ['header 1']],
    [
      'names that another column shows to be tables',
      mysql,
      lines('mysql> use shop', '| Name | Engine |', '| orders | InnoDB |'),
      ['shop.orders'],
      ['command 1', 'header 2', 'frame 3'],
    ],
    [
      'names that another column shows to be databases',
      postgresql,
      lines('  Name  | Owner | Encoding', '--------+-------+----------', ' shop | pg | UTF8'),
      ['shop'],
      ['header 1', 'frame 2,3'],
    ],
    [
      'names that only have owners, and so are schemas',
      postgresql,
      lines('shop=# ', '  Name  | Owner', '--------+-------', ' public | pg'),
      ['shop.public.*'],
      ['command 1', 'header 2', 'frame 3,4'],
    ],
    [
      'a header above whole names',
      mysql,
      'table_name\nshop.orders\ncrm.people',
      ['shop.orders', 'crm.people'],
      ['header 1'],
    ],
    [
      'columns with a tab',
      mysql,
      'TABLE_SCHEMA\tTABLE_NAME\nshop\torders\ncrm\tpeople',
      ['shop.orders', 'crm.people'],
      ['header 1'],
    ],
    [
      'columns of CSV',
      mysql,
      '"table_schema","table_name"\n"shop","orders"\n"crm","a b"',
      ['shop.orders', 'crm."a b"'],
      ['header 1'],
    ],
    [
      'every column of information_schema',
      mysql,
      lines(
        '| TABLE_CATALOG | TABLE_SCHEMA | TABLE_NAME | TABLE_TYPE |',
        '| def | shop | orders | BASE TABLE |',
      ),
      ['shop.orders'],
      ['header 1', 'frame 2'],
    ],
    [
      'a table of Markdown',
      mysql,
      lines('| Database | Table |', '| --- | :---: |', '| shop | orders |'),
      ['shop.orders'],
      ['header 1', 'frame 2,3'],
    ],
    [
      "MySQL Shell's and MariaDB's prompts",
      mysql,
      lines(
        'MariaDB [shop]> show tables;',
        'orders',
        ' MySQL  localhost:33060+ ssl  crm  SQL > show tables;',
        'people',
      ),
      ['shop.orders', 'crm.people'],
      ['command 1,3'],
    ],
    [
      "psql's \\dt with its prompt",
      postgresql,
      lines(
        'shop=# \\dt',
        '          List of relations',
        ' Schema |  Name  | Type  | Owner',
        '--------+--------+-------+-------',
        ' public | orders | table | alice',
        ' sales  | items  | table | alice',
        '(2 rows)',
        '',
        'shop=#',
      ),
      ['shop.public.orders', 'shop.sales.items'],
      ['command 1,9', 'title 2', 'header 3', 'frame 4,5,6', 'footer 7'],
    ],
    [
      "psql's \\l",
      postgresql,
      lines(
        '                List of databases',
        '  Name  | Owner | Encoding | Collate | Ctype | Access privileges',
        '--------+-------+----------+---------+-------+-------------------',
        ' shop   | alice | UTF8     | C       | C     | ',
        ' crm    | alice | UTF8     | C       | C     | ',
        '(2 rows)',
      ),
      ['shop', 'crm'],
      ['title 1', 'header 2', 'frame 3,4,5', 'footer 6'],
    ],
    [
      'psql in Chinese',
      postgresql,
      lines(
        '您现在已经连接到数据库 "shop",用户 "alice".',
        '                关联列表',
        ' 架构模式 |  名称  |  类型  | 拥有者',
        '----------+--------+--------+--------',
        ' public   | orders | 数据表 | alice',
        '(1 行记录)',
      ),
      ['shop.public.orders'],
      ['command 1', 'title 2', 'header 3', 'frame 4,5', 'footer 6'],
    ],
    [
      "sqlcmd's columns",
      sqlserver,
      lines(
        'TABLE_CATALOG  TABLE_SCHEMA  TABLE_NAME',
        '-------------  ------------  ----------',
        'shop           dbo           Orders',
        '',
        '(1 rows affected)',
      ),
      ['shop.dbo.Orders'],
      ['header 1', 'frame 2', 'footer 5'],
    ],
    [
      "sqlcmd's only column",
      sqlserver,
      lines(
        '1> select name from sys.databases',
        '2> go',
        'name            ',
        '----------------',
        'shop            ',
        '',
        '(1 row affected)',
      ),
      ['shop'],
      ['command 1,2', 'header 3', 'frame 4', 'footer 7'],
    ],
    [
      "the sizes of MongoDB's databases",
      mongodb,
      lines('test> show dbs', 'shop    40.00 KiB', 'crm      0.12 GiB', 'old  0.000GB'),
      ['shop', 'crm', 'old'],
      ['command 1', 'numbers 2,3,4'],
    ],
    [
      "MongoDB's collections",
      mongodb,
      lines('switched to db shop', 'shop> show collections', 'fs.files', 'orders'),
      ['shop."fs.files"', 'shop.orders'],
      ['command 1,2'],
    ],
    [
      "Redis's keyspace",
      redis,
      lines(
        '127.0.0.1:6379> info keyspace',
        '# Keyspace',
        'db0:keys=3,expires=0,avg_ttl=0',
        'db7:keys=1,expires=1',
      ),
      ['0', '7'],
      ['command 1', 'comment 2', 'numbers 3,4'],
    ],
    [
      "psql's \\l with privileges on several lines",
      postgresql,
      lines(
        '                List of databases',
        '  Name  | Owner | Encoding | Access privileges  | Description',
        '--------+-------+----------+--------------------+-------------',
        ' shop   | alice | UTF8     | =Tc/alice         +| orders      +',
        '        |       |          | alice=CTc/alice    | and items',
        ' crm    | alice | UTF8     | =Tc/alice         +| ',
        '        |       |          | alice=CTc/alice    | ',
        '(2 rows)',
      ),
      ['shop', 'crm'],
      ['title 1', 'header 2', 'frame 3,4,5,6,7', 'footer 8'],
    ],
    [
      'the same in a frame',
      postgresql,
      lines(
        '| Schema | Name | Type | Access privileges |',
        '+--------+------+------+-------------------+',
        '| public | a    | table | =Tc/alice        +|',
        '|        |      |       | alice=CTc/alice   |',
      ).replace(/^/, 'shop=# \\dp+\n'),
      ['shop.public.a'],
      ['command 1', 'header 2', 'frame 3,4,5'],
    ],
    [
      'some databases of mysql',
      mysql,
      lines('+-------------------+', '| Database (shop%)  |', '+---+', '| shop1 |', '+---+'),
      ['shop1'],
      ['frame 1,3,4,5', 'header 2'],
    ],
    ['the same without a frame', mysql, 'Database (shop%)\nshop1', ['shop1'], ['header 1']],
    [
      "mysqlshow's tables",
      mysql,
      lines('Database: shop', '+--------+', '| Tables |', '+--------+', '| orders |', '+--------+'),
      ['shop.orders'],
      ['notice 1', 'frame 2,4,5,6', 'header 3'],
    ],
    [
      'tables below a warning',
      mysql,
      lines(
        "[root@db ~]# mysql -pX -N -e 'show tables' shop",
        'mysql: [Warning] Using a password on the command line interface can be insecure.',
        'orders',
        '[root@db ~]#',
      ),
      ['shop.orders'],
      ['command 1,4', 'notice 2'],
    ],
    [
      'the welcome of mysql',
      mysql,
      lines(
        'root@db:~# mysql -uroot -p',
        'Enter password: ',
        'Welcome to the MySQL monitor.  Commands end with ; or \\g.',
        'Your MySQL connection id is 8',
        'Server version: 8.0.36 MySQL Community Server - GPL',
        '',
        'Copyright (c) 2000, 2024, Oracle and/or its affiliates.',
        '',
        'Oracle is a registered trademark of Oracle Corporation and/or its',
        'affiliates. Other names may be trademarks of their respective',
        'owners.',
        '',
        "Type 'help;' or '\\h' for help. Type '\\c' to clear the current input statement.",
        '',
        'mysql> show databases;',
        'shop',
      ),
      ['shop'],
      ['command 1,15', 'notice 2,3,4,5,7,9,10,13', 'footer 11'],
    ],
    [
      'a session of mongosh, with its prompt at the end',
      mongodb,
      lines(
        '[direct: mongos] test> use shop',
        'switched to db shop',
        '[direct: mongos] shop> show collections',
        'orders',
        '[direct: mongos] shop>',
      ),
      ['shop.orders'],
      ['command 1,2,3,5'],
    ],
    [
      'the same in the shell before it',
      mongodb,
      lines('> use shop', 'switched to db shop', '> show collections', 'orders', '>'),
      ['shop.orders'],
      ['command 1,2,3,5'],
    ],
    [
      "mysql's records",
      mysql,
      lines(
        'mysql> show full tables from crm\\G',
        '*************************** 1. row ***************************',
        'Tables_in_crm: people',
        '   Table_type: BASE TABLE',
        '*************************** 2. row ***************************',
        'Tables_in_crm: my: visits',
        '   Table_type: BASE TABLE',
        '2 rows in set (0.00 sec)',
        '',
        'mysql>',
      ),
      ['crm.people', 'crm."my: visits"'],
      ['command 1,10', 'frame 2,5', 'footer 8'],
    ],
    [
      "the same of a table's status",
      mysql,
      lines(
        "$ mysql -e 'show table status\\G' shop",
        '*************************** 1. row ***************************',
        '           Name: orders',
        '         Engine: InnoDB',
        '        Comment: ',
        'root@db:~$',
      ),
      ['shop.orders'],
      ['command 1,6', 'frame 2'],
    ],
    [
      "psql's records",
      postgresql,
      lines(
        'shop=# \\dt+',
        'List of relations',
        '-[ RECORD 1 ]-+------------',
        'Schema        | public',
        'Name          | orders',
        'Type          | table',
        'Description   | ',
        '-[ RECORD 2 ]-+------------',
        'Schema        | sales',
        'Name          | items',
        'Type          | table',
        'Description   | ',
        '',
        'shop=#',
      ),
      ['shop.public.orders', 'shop.sales.items'],
      ['command 1,14', 'title 2', 'frame 3,8'],
    ],
    [
      'the same in a frame and in Chinese',
      postgresql,
      lines('+-[ 记录 1 ]-+------+', '| 名称 | shop |', '| 字元编码 | UTF8 |', '+---+---+'),
      ['shop'],
      ['frame 1,4'],
    ],
    ['a block of code', mysql, '```sql\nshop.orders\n```', ['shop.orders'], ['fence 1,3']],
    [
      'JSON in a block of code',
      mysql,
      '```json\n[{"Database":"shop"}]\n```',
      ['shop'],
      ['fence 1,3'],
    ],
    [
      'comments of several languages',
      mysql,
      '// old\n/* older */\n-- oldest\nshop -- this one',
      ['shop'],
      ['comment 1,2,3,4'],
    ],
  ])('%s', (_, naming, text, names, left) => {
    expect(reading(text, naming)).toEqual({ names, left });
  });

  it.each<[string, DatabaseNaming, string, number, string]>([
    [
      "psql's \\dt without its database",
      postgresql,
      lines(
        ' Schema | Name | Type | Owner',
        '--------+------+------+------',
        ' public | orders | table | alice',
      ),
      3,
      'database_not_shown',
    ],
    [
      'tables below a header without their database',
      mysql,
      'table_name\norders\nitems',
      2,
      'database_not_shown',
    ],
    [
      'tables below a command without their database',
      mysql,
      'mysql> show tables;\norders',
      2,
      'database_not_shown',
    ],
    [
      'collections without their database',
      mongodb,
      'show collections\norders',
      2,
      'database_not_shown',
    ],
    [
      'tables that another column shows to be tables without their database',
      mysql,
      lines('| Name | Engine |', '| orders | InnoDB |'),
      2,
      'database_not_shown',
    ],
    [
      'schemas with their owners without their database',
      postgresql,
      lines('  Name  | Owner', '--------+-------', ' public | pg'),
      3,
      'database_not_shown',
    ],
    [
      'a table whose schema is not shown',
      postgresql,
      'shop=> select tablename from pg_tables;\ntablename\norders',
      3,
      'database_not_shown',
    ],
    ['columns without a header', mysql, '| shop | orders |', 1, 'columns_unnamed'],
    ['a tab without a header', mysql, 'shop\torders', 1, 'columns_unnamed'],
    ['rows without a name', mysql, 'Database | Table | Type\n| a |', 2, 'empty_name'],
    [
      'rows that differ from their header',
      mysql,
      '| Database | Table |\n| shop |',
      2,
      'row_unlike_header',
    ],
    ['a statement over several lines', mysql, 'shop\nWHERE a = 1', 2, 'after_name'],
    ['tables of an engine without tables', redis, 'table_name\nshop', 2, 'key_not_offered'],
    ['the same with a database', redis, 'Tables_in_0\nshop', 2, 'key_not_offered'],
    [
      'schemas of an engine without schemas',
      mysql,
      'List of schemas\n Name | Owner\n a | b',
      3,
      'key_not_offered',
    ],
    [
      'a record of other columns',
      mysql,
      'shop\n*** 1. row ***\nId: 7\nUser: me\nHost: x\ndb: shop',
      2,
      'columns_unnamed',
    ],
    [
      'a record without its database',
      mysql,
      '*** 1. row ***\nTABLE_NAME: orders\n',
      1,
      'database_not_shown',
    ],
    ['a record without columns', mysql, 'shop\n*** 1. row ***\ncrm', 2, 'columns_unnamed'],
    ['stars with other text', mysql, 'shop\n*** 1. rows ***\nDatabase: crm', 2, 'star_misplaced'],
    ['only a frame', mysql, '+---+\n+---+', 1, 'nothing_named'],
  ])('refuses %s with the line', (_, naming, text, line, code) => {
    expect(readDatabaseList(text, naming)).toMatchObject({ ok: false, problem: { line, code } });
  });

  it('keeps a quoted name that looks like a header or a title', () => {
    for (const name of [
      'Database',
      'Tables_in_shop',
      '关联列表',
      '2024',
      '- a',
      '1. a',
      '(3 rows)',
    ]) {
      const text = databaseText([{ database: name }, { database: 'shop' }]);
      expect(listIn(text, mysql).objects).toEqual([{ database: name }, { database: 'shop' }]);
    }
  });
});

it.each(['+--+', '--', '---- --', '|-|', '||', '++', '+ +', '==', '═══', '── ──', ':--:', '|:-'])(
  'the line %j only draws a frame',
  (frame) => {
    expect(reading(`shop\n${frame}\ncrm`, mysql)).toEqual({
      names: ['shop', 'crm'],
      left: ['frame 2'],
    });
  },
);

it.each(['- -', '= =', '::', ': :', '─ ─', '|', '+', '=', '─', '+-a-+', '--=a'])(
  'the line %j is no frame',
  (text) => {
    const read = readDatabaseList(`shop\n${text}`, mysql);
    expect(read.ok && read.list.noise.some(({ kind }) => kind === 'frame')).toBe(false);
  },
);

it('a record has a doubt if it is a view, and at most 100 columns', () => {
  const record = (count: number) => {
    const others = Array.from({ length: count }, (_, index) => `c${index}: x`);
    const named = ['Tables_in_shop: v', 'Table_type: VIEW', ...others];
    return lines('*** 1. row ***', ...named, '*** 2. row ***', 'Tables_in_shop: t');
  };
  expect(listIn(record(98), mysql)).toMatchObject({
    objects: [{ database: 'shop', tables: ['v', 't'] }],
    doubts: [{ code: 'not_a_table', line: 1, type: 'VIEW' }],
  });
  expect(readDatabaseList(record(99), mysql)).toMatchObject({ problem: { line: 102 } });
});

describe('a column “name” holds what the other columns are about', () => {
  const table = (...columns: readonly string[]) =>
    lines(`|name|${columns.join('|')}|`, '|--|--|', `|shop|${columns.map(() => 'x').join('|')}|`);
  const withoutDatabase = { ok: false, problem: { code: 'database_not_shown', name: 'shop' } };

  it.each(['encoding', 'collate', '字元编码', 'database_id', 'state_desc'])(
    'databases, next to %s, even if they have owners',
    (column) => {
      expect(reading(table('owner', column), sqlserver).names).toEqual(['shop']);
    },
  );

  it.each(['engine', 'table_rows', 'data_length', 'object_id'])('tables, next to %s', (column) => {
    expect(readDatabaseList(table(column), sqlserver)).toMatchObject(withoutDatabase);
  });

  it.each(['owner', '拥有者'])('schemas, next to %s, in engines that have schemas', (column) => {
    expect(readDatabaseList(table(column), sqlserver)).toMatchObject(withoutDatabase);
    expect(reading(table(column), mysql).names).toEqual(['shop']);
  });
});

it.each([
  ...['base table', 'BASE TABLE', 'table', 'partitioned table', 'foreign table', '表', '数据表'],
  ...['分区表', ''],
])('a row of the type %j is a table', (type) => {
  expect(isTableType(type)).toBe(true);
});

it.each(['view', 'system view', 'sequence', 'tables', 'base table 2', 'old table', '视图'])(
  'a row of the type %j is no table',
  (type) => {
    expect(isTableType(type)).toBe(false);
  },
);

it.each([
  ['admin 40.00 KiB', 'admin'],
  ['admin  40 B', 'admin'],
  ['admin 1.5MB', 'admin'],
  ['admin 3 GiB', 'admin'],
  ['admin 3 TB', 'admin'],
  ['admin 40.00 KiB used', undefined],
  ['my admin 40.00 KiB', undefined],
  ['admin 40. KiB', undefined],
  ['admin KiB', undefined],
  ['admin 40', undefined],
])("the name before the size in MongoDB's %j is %s", (text, name) => {
  expect(nameBeforeNumbers(text, mongodb)).toBe(name);
});

it.each([
  ['db0:keys=3,expires=0', '0'],
  ['db12: keys=3', '12'],
  ['db0:keys=', undefined],
  ['my db0:keys=3', undefined],
  ['db:keys=3', undefined],
])('the number in the line %j of Redis is %s', (text, number) => {
  expect(nameBeforeNumbers(text, redis)).toBe(number);
});

it('a line of more than 2,000 characters is not searched for a size', () => {
  const name = 'a'.repeat(1_996);
  expect(nameBeforeNumbers(`${name} 1 B`, mongodb)).toBe(name);
  expect(nameBeforeNumbers(`${name}a 1 B`, mongodb)).toBeUndefined();
});

describe('a line about the output', () => {
  const footers = [
    '(3 rows)',
    '(1 row)',
    '(3 rows affected)',
    '(3 row(s) affected)',
    '(3 行)',
    '(3 行记录)',
    '(3 行受影响)',
    '3 rows in set (0.01 sec)',
    '1 row selected',
    '12 rows affected',
    'Empty set (0.00 sec)',
    'Query OK, 0 rows affected',
    'no rows selected',
    'Database changed',
    'Time: 0.123 ms',
    '时间: 0.123 毫秒',
    'Completion time: 2026-01-01',
    'Records: 3',
    'Affected rows: 0',
  ];

  it.each(footers)('is skipped: %s', (footer) => {
    expect(reading(lines('shop', footer), mysql)).toEqual({ names: ['shop'], left: ['footer 2'] });
  });

  it.each([
    ...['( rows)', '(3 rows', '(x rows affected)', '( 行)', 'rows in set', 'x rows selected'],
    ...['Empty sets', 'Query OK', 'Database changed x', 'Time: ', 'Records: x', 'Affected rows: '],
  ])('is not mistaken for one: %s', (text) => {
    const read = readDatabaseList(lines('shop', text), mysql);
    const skipped = read.ok ? read.list.noise.map(({ kind }) => kind) : [];
    expect(skipped).not.toContain('footer');
  });

  it.each(footers)('is not skipped after other text: %s', (footer) => {
    for (const before of ['x ', 'x']) {
      const read = readDatabaseList(lines('shop', `${before}${footer}`), mysql);
      const skipped = read.ok ? read.list.noise.map(({ kind }) => kind) : [];
      expect(skipped).not.toContain('footer');
    }
  });

  it.each(['(3 rows)', '(3 rows affected)', '(3 行)', 'Database changed'])(
    'is not skipped before other text: %s',
    (footer) => {
      const read = readDatabaseList(lines('shop', `${footer}x`), mysql);
      const skipped = read.ok ? read.list.noise.map(({ kind }) => kind) : [];
      expect(skipped).not.toContain('footer');
    },
  );
});

describe('the end of a session', () => {
  const framed = lines('| Tables_in_shop |', '| --- |', '| orders |');
  const listed = lines("$ mysql -N -e 'show tables' shop", 'orders');

  it.each(['mysql> exit\nBye', 'mysql> \\q\nBye', 'mysql> Bye', 'mysql> ^DBye', 'Bye', '$', '$ '])(
    'is skipped: %j',
    (end) => {
      for (const text of [framed, listed, 'Tables_in_shop\norders']) {
        const { names } = reading(lines(text, end), mysql);
        expect(names).toEqual(['shop.orders']);
        expect(listIn(lines(text, end, 'crm.people'), mysql).doubts).toEqual([]);
      }
    },
  );

  it('ends what the command lists', () => {
    for (const end of ['Bye', '$']) {
      expect(reading(lines(listed, end, 'crm'), mysql).names).toEqual(['shop.orders', 'crm']);
    }
  });

  it('of Redis may be OK', () => {
    const text = '127.0.0.1:6379> select 1\nOK\n127.0.0.1:6379[1]> info keyspace\ndb1:keys=1';
    expect(reading(text, redis).names).toEqual(['1']);
    expect(readDatabaseList('1\nOK', redis)).toMatchObject({ problem: { code: 'not_a_number' } });
  });

  it.each(['Bye', '$', 'logout', 'OK', 'go'])('is a name without output above it: %s', (name) => {
    expect(listIn(lines('shop', name), mysql)).toMatchObject({
      objects: [{ database: 'shop' }, { database: name }],
      doubts: [],
      noise: [],
    });
  });

  it.each(['Aborted', 'logout', 'exit', 'NULL', 'null', 'OK', 'Disconnected', 'quit', 'go', 'EOF'])(
    'causes a warning below output: %s',
    (word) => {
      for (const text of [framed, listed, 'Tables_in_shop\norders', 'Database\nshop']) {
        const { doubts } = listIn(lines(text, word, 'x.y', `"${word}"`), mysql);
        const expected = { code: 'output_perhaps', word, more: 0 };
        expect(doubts.filter(({ code }) => code === 'output_perhaps')).toMatchObject([expected]);
      }
    },
  );

  it('is not in a frame or in a longer line', () => {
    expect(listIn(lines(framed, '| exit |', '| Bye |', 'x.exit'), mysql)).toMatchObject({
      objects: [
        { database: 'shop', tables: ['orders', 'exit', 'Bye'] },
        { database: 'x', tables: ['exit'] },
      ],
      doubts: [],
    });
  });

  it.each(['go', 'GO'])('of a batch is skipped below a command: %s', (go) => {
    const batch = lines(
      'use shop',
      go,
      'select name from sys.databases',
      go,
      'name',
      '----',
      'crm',
    );
    const { left, names } = reading(batch, sqlserver);
    expect(names).toEqual(['crm']);
    expect(left).toEqual(['command 1,2,3,4', 'header 5', 'frame 6']);
  });
});

describe('the rows of a header', () => {
  const long = 'x'.repeat(50);

  it.each<[string, string, string[]]>([
    ['end at an empty line', 'Tables_in_shop\norders\n\ncrm', ['shop.orders', 'crm']],
    [
      'end there below other names',
      'hr.a\nTables_in_shop\norders\n\ncrm',
      ['hr.a', 'shop.orders', 'crm'],
    ],
    [
      'end there below a command, too',
      'show tables\nTables_in_shop\norders\n\ncrm',
      ['shop.orders', 'crm'],
    ],
    ['may begin below an empty line', 'Tables_in_shop\n\norders', ['shop.orders']],
    [
      'may begin there below other names',
      'hr.a\nTables_in_shop\n\norders',
      ['hr.a', 'shop.orders'],
    ],
    [
      'continue below an empty line in a frame',
      '| Tables_in_shop |\n| orders |\n\nitems',
      ['shop.orders', 'shop.items'],
    ],
    [
      'continue there below a line of dashes',
      'Tables_in_shop\n---\norders\n\nitems',
      ['shop.orders', 'shop.items'],
    ],
    [
      'end at the second line of a frame',
      '| Tables_in_shop |\n|---|\n| orders |\n|---|\ncrm',
      ['shop.orders', 'crm'],
    ],
    [
      'end at the second line below a command',
      'show tables\n| Tables_in_shop |\n|---|\n| orders |\n|---|\ncrm',
      ['shop.orders', 'crm'],
    ],
    [
      'may be whole names without columns',
      '| Database | Table |\n| shop | orders |\ncrm.people',
      ['shop.orders', 'crm.people'],
    ],
    ['continue in a block of code', 'Tables_in_shop\n```\norders\n```', ['shop.orders']],
    ['of a command, too', 'use shop; show tables\n```\norders\n```', ['shop.orders']],
  ])('%s', (_, text, names) => {
    expect(reading(text, mysql).names).toEqual(names);
  });

  it.each<[string, string, string[], string[]]>([
    ['below an empty line', 'shop\n\nDatabase\ncrm', ['shop', 'crm'], ['header 3']],
    [
      'below an empty line with columns',
      'shop.a\n\nDatabase,Table\ncrm,b',
      ['shop.a', 'crm.b'],
      ['header 3'],
    ],
    ['but not below a name', 'shop\nDatabase\ncrm', ['shop', '"Database"', 'crm'], []],
    ['in any case above a frame', 'database\n ---\nshop', ['shop'], ['header 1', 'frame 2']],
    ['but not above a name', 'database\nshop', ['"database"', 'shop'], []],
    [
      'above empty lines and a frame',
      `database\n${' \n'.repeat(48)}\n---\nshop`,
      ['shop'],
      ['header 1', 'frame 51'],
    ],
    [
      'but not above 50 of them',
      `database\n${' \n'.repeat(49)}\n---\nshop`,
      ['"database"', 'shop'],
      ['frame 52'],
    ],
  ])('come after a line that is a header %s', (_, text, names, left) => {
    expect(reading(text, mysql)).toEqual({ names, left });
  });

  it.each([
    ['|Tables_in_shop|Table_type|\n|orders|BASE TABLE|', 'Tables_in_shop Table_type'],
    ['│ Database │ Table  ║\n| shop | orders |', 'Database Table'],
  ])('and the header is reported without its frame: %j', (text, header) => {
    expect(listIn(text, mysql).noise).toContainEqual(expect.objectContaining({ found: [header] }));
  });

  it('are refused without a header, with the beginning of each cell', () => {
    const cells = [`${'x'.repeat(39)}…`, 'a'];
    const problem = { code: 'columns_unnamed', cells };
    expect(readDatabaseList(`| ${long} | a |`, mysql)).toMatchObject({ problem });
    const record = `*** 1. row ***\n${long}: 1\na: 1`;
    expect(readDatabaseList(record, mysql)).toMatchObject({ problem });
  });

  it('follow no header of more than 2,000 characters', () => {
    const name = `Tables_in_${'x'.repeat(1_991)}`;
    expect(readDatabaseList(`${name}\norders`, mysql)).toMatchObject({
      problem: { line: 1, code: 'too_long' },
    });
  });

  it.each<[string, string, readonly object[]]>([
    [
      'the database in use',
      'use shop\nshow tables from crm\n|Tables_in_crm|\n|--|\n|a|\n|--|\nhr',
      [{ code: 'table_perhaps', line: 7, within: 'shop' }],
    ],
    ['no client, in a block of code', '```\nshop\nlogout\n```', []],
    ['no typed command, at a prompt', 'shop\nmysql> use crm', []],
    ['no skipped command, above names', 'use shop\nshop', []],
    [
      'the skipped command above a table of no rows',
      'shop\nuse crm\n| Table | Comment |\n| | x |',
      [{ code: 'skipped_line', line: 2, text: 'use crm', more: 0 }],
    ],
    [
      'the first of several skipped lines',
      'shop\n1> crm\n1> hr',
      [{ code: 'skipped_line', line: 2, text: '1> crm', more: 1 }],
    ],
  ])('and lines around them cause a warning about %s', (_, text, doubts) => {
    expect(listIn(text, mysql).doubts).toMatchObject(doubts);
  });
});

describe('a list marker is skipped', () => {
  const markers = [
    ...['1. ', '12. ', '1) ', '1)', '(1) ', '1） ', '1、', '1．', '１．', '1: ', '- ', '* ', '+ '],
    ...[
      '（1）',
      '(1)',
      '（1) ',
      '（一）',
      '(十二) ',
      '一、',
      '二） ',
      '①',
      '⑳ ',
      '②、',
      '⑴',
      '⒛',
      '⒈ ',
    ],
    ...['❶', '➓ ', '㈠', '㈩、', '③．'],
    ...['• ', '•', '◦ ', '▪ ', '● ', '· ', '– ', '— ', '[ ] ', '[x] ', '- [ ] ', '1. [X] ', '> - '],
  ];
  it.each(markers)('%j', (marker) => {
    for (const naming of [mysql, postgresql, sqlserver, mongodb]) {
      expect(reading(`${marker}orders\n  ${marker}items`, naming)).toEqual({
        names: ['orders', 'items'],
        left: ['marker 1,2'],
      });
    }
    expect(reading(`${marker}7`, redis)).toEqual({ names: ['7'], left: ['marker 1'] });
  });

  it.each(['一', '①', '一月', '⑳'])('unless it is the name: %s', (name) => {
    expect(reading(name, mysql)).toEqual({ names: [databaseText([{ database: name }])], left: [] });
    expect(listIn(name, mysql).objects).toEqual([{ database: name }]);
  });

  it('and a name that begins like one is quoted', () => {
    expect(databaseText([{ database: '①orders' }, { database: '1orders' }])).toBe(
      '"①orders"\n1orders',
    );
  });

  it.each(['-orders', '--orders\n-items', '- -orders'])('%j is refused', (text) => {
    expect(readDatabaseList(text, mysql)).toMatchObject({ problem: { code: 'dash_before_name' } });
  });

  it('1.orders causes a warning, because it may be a table', () => {
    expect(listIn('1.orders\n2.items', mysql)).toMatchObject({
      objects: [{ database: '1', tables: ['orders'] }, { database: '2' }],
      doubts: [{ code: 'number', line: 1, read: { database: '1', table: 'orders' }, more: 1 }],
    });
  });
});

describe('several names on a line', () => {
  it.each([',', ', ', '，', '、', '; ', '；', '､', '﹐', '،', ' , '])(
    'are separated by %j',
    (sign) => {
      expect(reading(`orders${sign}items${sign}"a, b"`, mysql)).toEqual({
        names: ['orders', 'items', '"a, b"'],
        left: ['split 1'],
      });
      expect(reading(`shop.orders${sign}shop.items`, mysql).names).toEqual([
        'shop.orders',
        'shop.items',
      ]);
      expect(readDatabaseList(`shop.orders${sign}items`, mysql)).toMatchObject({
        problem: { line: 1, code: 'uneven_names', names: ['shop.orders', 'items'] },
      });
      expect(readDatabaseList(`orders${sign}${sign}items`, mysql)).toMatchObject({
        problem: { line: 1, code: 'empty_name' },
      });
    },
  );

  it.each([
    'orders,',
    'orders ;',
    'orders，',
    '，orders',
    'orders；',
    'orders、',
    'orders。',
    '`orders`,',
  ])('%j is one name, without its separator', (text) => {
    expect(reading(text, mysql)).toEqual({ names: ['orders'], left: ['separator 1'] });
  });

  it.each(['/', ':', '&', '=', '．', '＆', '→', '+', '\\', "'", '“', '(', '<', '?'])(
    'with %j are refused, with different messages for two names and one',
    (sign) => {
      expect(readDatabaseList(`orders${sign}items`, mysql)).toMatchObject({
        problem: { line: 1, code: 'odd_character', character: sign },
      });
    },
  );

  it('keep a quoted separator and a quoted comment', () => {
    expect(reading('[a],[b;c]]d] # e, f', sqlserver).names).toEqual(['a', '"b;c]d"']);
    expect(reading('`a # b`, "c -- d""; e"', mysql).names).toEqual(['"a # b"', '"c -- d""; e"']);
  });
});

describe('an invisible character', () => {
  const named: [string, string][] = [
    ['\u200b', 'U+200B'],
    ['\ufeff', 'U+FEFF'],
    ['\u00a0', 'U+00A0'],
    ['\u200e', 'U+200E'],
    ['\u2060', 'U+2060'],
    ['\u00ad', 'U+00AD'],
    ['\u3000', 'U+3000'],
    ['\u2028', 'U+2028'],
    ['\u3164', 'U+3164'],
    ['\u{e0020}', 'U+E0020'],
  ];
  it.each(named)('%j is dropped at both ends of a line, and reported as %s', (sign, codePoint) => {
    const { noise, objects } = listIn(`crm\nshop.orders${sign}\r\n${sign} shop.items`, mysql);
    expect(databaseText(objects)).toBe('crm\nshop.orders\nshop.items');
    expect(noise).toEqual([{ kind: 'invisible', lines: [2, 3], found: [codePoint] }]);
  });

  it.each(named)('%j inside a line is refused as %s, and not printed', (sign, codePoint) => {
    expect(readDatabaseList(`crm\nor${sign}ders`, mysql)).toMatchObject({
      problem: { line: 2, code: 'forbidden_character', codePoint },
    });
  });

  it('stays if it selects the variant of an ideograph, which is a part of the name', () => {
    expect(listIn('葛\ufe00', mysql)).toMatchObject({
      objects: [{ database: '葛\ufe00' }],
      noise: [],
    });
  });
});

describe('tables without their database are refused', () => {
  it.each<[string, DatabaseNaming, string]>([
    [
      'by sqlcmd',
      sqlserver,
      lines(
        '1> select name from sys.tables',
        '2> go',
        'name',
        '------',
        'orders',
        '(1 rows affected)',
      ),
    ],
    ['after a query', mysql, 'select table_name from information_schema.tables;\norders'],
    ['at the prompt of a shell', mysql, "$ mysql -N -e 'show tables'\norders"],
    ['at the prompt of root', mysql, "# mysql -N -e 'show tables'\norders"],
  ])('%s', (_, naming, text) => {
    expect(readDatabaseList(text, naming)).toMatchObject({
      problem: { code: 'database_not_shown', name: 'orders' },
    });
  });

  it.each([
    "$ mysql -N -e 'show tables' shop",
    "$ mysql -N -e 'use shop; show tables'",
    '# mysql -h 10.0.0.1 -N -e "use shop; show tables;"',
  ])('unless the command names it: %s', (command) => {
    const text = `${command}\norders\nitems`;
    expect(reading(text, mysql).names).toEqual(['shop.orders', 'shop.items']);
  });
});

describe('tables that a command lists from a database that is not in use', () => {
  const tables = (name: string) => lines(`| ${name} |`, '| --- |', '| people |');
  const objects = (where: string) =>
    lines(`1> ${where}`, '2> go', 'table_schema  table_name', '---  ---', 'dbo  people');

  it.each<[string, string]>([
    ['show tables from crm;', tables('Tables')],
    ['show full tables in `crm` like "p%";', tables('Tables')],
    ['show table status from crm', tables('Name')],
    ["select table_name from information_schema.tables where table_schema='crm';", ''],
    ["select TABLE_NAME from tables t where t.table_schema in ('crm') and x = 1", ''],
    ['select table_name from tables where (`table_schema` = "crm") order by table_schema', ''],
    ["select table_name from tables where a not in (1) and table_schema = 'crm' limit 1", ''],
    [lines('select table_name', '-> from tables', "-> where table_schema='crm';"), ''],
  ])('are in that database: %s', (command, rows) => {
    const output = rows === '' ? tables('TABLE_NAME') : rows;
    for (const before of ['mysql> use shop\nmysql>', 'MariaDB [shop]>']) {
      expect(reading(lines(`${before} ${command}`, output), mysql).names).toEqual(['crm.people']);
    }
  });

  it.each([
    'select table_schema, table_name from crm.information_schema.tables',
    'select s.name table_schema, t.name table_name from [crm].sys.tables t join "crm".sys.schemas s',
    'select * from crm . sys . tables;',
  ])('are in that database of SQL Server: %s', (command) => {
    const text = lines('1> use shop', '2> go', objects(command));
    expect(reading(text, sqlserver).names).toEqual(['crm.dbo.people']);
    const batch = lines(
      '1> use shop',
      `2> ${command}`,
      '3> go',
      "Changed database context to 'shop'.",
    );
    const rows = lines('table_schema  table_name', '---  ---', 'dbo  people');
    expect(reading(lines(batch, rows), sqlserver).names).toEqual(['crm.dbo.people']);
  });

  it.each([
    "where table_schema in ('crm', 'hr')",
    "where table_schema = 'crm' or table_schema = 'hr'",
    "where table_schema = 'crm' or true",
    "where not (table_schema = 'crm')",
    "where table_schema <> 'crm'",
    "where table_schema not in ('crm')",
    "where lower(table_schema) = 'crm'",
    "where table_schema = concat('c', 'rm')",
    "where table_schema = 'crm' xor a",
    "where table_schema = 'crm' || a",
    "where !(table_schema = 'crm')",
    "where a in (select a from b where table_schema = 'crm')",
    "where table_name like 'p%'",
    '',
  ])('are refused if Ferry cannot read which: %s', (where) => {
    const command = `select table_name from information_schema.tables ${where};`;
    const text = lines('mysql> use shop', `mysql> ${command}`, tables('TABLE_NAME'));
    expect(readDatabaseList(text, mysql)).toMatchObject({
      problem: { line: 5, code: 'database_not_shown', name: 'people' },
    });
  });

  it.each([
    'select table_schema, table_name from srv.crm.information_schema.tables',
    "select table_schema, table_name from openquery(srv, 'x')",
    'select * from crm.sys.tables t join sys.schemas s',
    'select * from crm.sys.tables union select * from hr.sys.tables',
    'exec crm.dbo.list',
  ])('are refused in SQL Server if Ferry cannot read which: %s', (command) => {
    const text = lines('1> use shop', '2> go', objects(command));
    expect(readDatabaseList(text, sqlserver)).toMatchObject({
      problem: { code: 'database_not_shown', name: 'dbo.people' },
    });
  });

  it.each<[string, string]>([
    ['mysql> call list_tables();', tables('TABLE_NAME')],
    ['mysql> show index from orders in crm', tables('Table')],
    ['mysql> show tables from crm; show tables from hr;', 'people'],
    ['mysql> show tables; show tables from crm;', 'people'],
    ["$ mysql -N -e 'show tables; use crm; show tables' shop", 'people'],
    ["$ mysql -N -e 'show databases; show tables' shop", 'people'],
  ])('are refused after a command that may list several: %#', (command, rows) => {
    expect(readDatabaseList(lines('mysql> use shop', command, rows), mysql)).toMatchObject({
      problem: { code: 'database_not_shown', name: 'people' },
    });
  });

  it.each<[string, string]>([
    ['mysql> show tables where Tables_in_shop in ("a", "b")', 'people'],
    ['select table_name from tables where table_schema = database()', 'people'],
    ["$ mysql -N -e 'show tables; show tables from shop' shop", 'people'],
    ['mysql> show tables from crm;\n| Tables_in_crm |\n| x |\n1 row in set', tables('Table')],
  ])('are not confused with those of the database in use: %#', (command, rows) => {
    expect(reading(lines('mysql> use shop', command, rows), mysql).names).toContain('shop.people');
  });

  it('of psql are in the database in use, whatever the condition is', () => {
    const command =
      "select schemaname, tablename from pg_tables\nshop-# where schemaname = 'public';";
    const rows = lines(' schemaname | tablename', '------------+-----------', ' public | people');
    expect(reading(lines(`shop=# ${command}`, rows), postgresql).names).toEqual([
      'shop.public.people',
    ]);
  });

  it.each(["$ mysql -N -e 'show tables from crm' shop", 'mysql> use shop;show tables in crm;'])(
    'are in that database without a header, too: %s',
    (command) => {
      expect(reading(lines(command, 'people', 'visits'), mysql).names).toEqual([
        'crm.people',
        'crm.visits',
      ]);
    },
  );

  it('leave the database in use as it was', () => {
    const text = lines('mysql> use shop', 'mysql> show tables from crm;', 'people');
    const after = lines('1 row in set', 'mysql> show tables;', 'orders');
    expect(reading(lines(text, after), mysql).names).toEqual(['crm.people', 'shop.orders']);
  });
});

describe('a list has 20,000 names at most', () => {
  const tables = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`);
  it.each([
    ['lines', (names: readonly string[]) => names.map((name) => `shop.${name}`).join('\n')],
    [
      'JSON',
      (names: readonly string[]) => `[\n${JSON.stringify({ Database: 'shop', Table: names })}]`,
    ],
    [
      'rows of columns',
      (names: readonly string[]) =>
        ['Database,Table', ...names.map((name) => `shop,${name}`)].join('\n'),
    ],
  ])('in %s', (_, write) => {
    expect(readDatabaseList(write(tables(20_000)), mysql)).toMatchObject({ ok: true });
    expect(readDatabaseList(write(tables(20_001)), mysql)).toEqual({
      ok: false,
      problem: { line: expect.any(Number), code: 'too_many_names', most: 20_000 },
    });
  });

  it('and what follows the first name beyond is not read', () => {
    const problem = { line: 1, code: 'too_many_names', most: 20_000 };
    const after = `${'a,'.repeat(20_001)}a b`;
    expect(readDatabaseList(after, mysql)).toEqual({ ok: false, problem });
    // A name that can't be read before it is reported first.
    const before = `a b,${'a,'.repeat(20_001)}a`;
    expect(readDatabaseList(before, mysql)).toMatchObject({ problem: { code: 'after_name' } });
  });

  it.each(['# a', '-- a', 'use shop', ''])('and 100,000 lines at most, such as “%s”', (each) => {
    const lines = (count: number) => `a\n${`${each}\n`.repeat(count - 2)}`;
    expect(readDatabaseList(`${lines(100_000)}b`, mysql)).toMatchObject({ ok: true });
    expect(readDatabaseList(`${lines(100_001)}b`, mysql)).toEqual({
      ok: false,
      problem: { line: 100_001, code: 'too_many_lines', most: 100_000 },
    });
  });

  it('and the first name beyond is reported with its line', () => {
    const text = tables(20_005).join('\n');
    expect(readDatabaseList(text, mysql)).toMatchObject({ problem: { line: 20_001 } });
  });
});

describe('a possible mistake causes a warning', () => {
  it.each<[string, DatabaseNaming, string, number, string[]]>([
    ['a schema instead of a database', postgresql, 'public.orders', 1, ['schema_as_database']],
    ['the same in SQL Server', sqlserver, 'dbo.Orders', 1, ['schema_as_database']],
    ["SQL Server's guest", sqlserver, 'guest.Orders', 1, ['schema_as_database']],
    ['the same in brackets', sqlserver, '[dbo].[Orders]', 1, ['schema_as_database']],
    ['the same in another case', sqlserver, 'DBO.Orders', 1, ['schema_as_database']],
    ['the same in quotes', postgresql, '"public"."orders"', 1, ['schema_as_database']],
    ['a schema alone', postgresql, 'public', 1, ['schema_as_database']],
    ['a schema with a star', postgresql, 'public.orders.*', 1, ['schema_as_database']],
    ['a schema before two names', postgresql, 'public.orders.items', 1, ['schema_as_database']],
    [
      'a schema in JSON',
      postgresql,
      '[{"Database":"public","Schema":"orders"}]',
      1,
      ['schema_as_database'],
    ],
    ['a table instead of a schema', postgresql, 'crm.sales.*\nshop.orders', 2, ['schema_or_table']],
    ['names that differ in case', mysql, 'shop.orders\nshop.Orders', 2, ['differs_in_case']],
    ['databases that differ in case', mysql, 'shop\nx\nSHOP', 3, ['differs_in_case']],
    ['a number alone', mysql, '3306', 1, ['number']],
    ['a table that is a number', mysql, 'shop.12', 1, ['number']],
    ['a header at the end', mysql, 'shop\ndatabase', 2, ['header_perhaps']],
    ['a header alone', mysql, 'Database', 1, ['header_perhaps']],
    ['a view', mysql, '| Tables_in_a | Table_type |\n| v | VIEW |', 2, ['not_a_table']],
    ['sys of MySQL', mysql, 'sys.x', 1, ['system_name_perhaps']],
    ['postgres', postgresql, 'postgres', 1, ['system_name_perhaps']],
    ['template1', postgresql, 'template1', 1, ['system_name_perhaps']],
    ['distribution of SQL Server', sqlserver, 'distribution', 1, ['system_name_perhaps']],
    ['admin of MongoDB', mongodb, 'admin.users', 1, ['system_name_perhaps']],
    ["MongoDB's views", mongodb, 'shop.system.views', 1, ['system_name_perhaps']],
    ['a change of a name', mysql, 'shop\ncrm->crm_new', 2, ['skipped_line']],
    ['the same with another arrow', mysql, 'shop\ncrm=>crm_new', 2, ['skipped_line']],
    ['a number before a name', mysql, 'shop\n1> crm', 2, ['skipped_line']],
    ['a database in use without names below it', mysql, 'shop\nuse crm', 2, ['skipped_line']],
    ['a name below a database in use', mysql, 'use shop;\norders', 2, ['table_perhaps']],
    ['the same in psql', postgresql, '\\c shop\norders', 2, ['table_perhaps']],
    [
      'a name after the rows of a table',
      mysql,
      'Tables_in_shop\norders\n\ncrm',
      4,
      ['table_perhaps'],
    ],
    ['columns without a header', mysql, 'shop,orders\nshop,items', 2, ['columns_perhaps']],
    ['the same in quotes', mysql, '"shop";"orders"\n"shop";"items"', 2, ['columns_perhaps']],
    ['the same with the database at the end', mysql, 'a、shop\nb、shop', 2, ['columns_perhaps']],
    ['the same after another line', mysql, 'crm,people\nx\nshop,a\ncrm,b', 4, ['columns_perhaps']],
    ['the same with schemas', postgresql, 'shop,sales,a\ncrm,sales,b', 2, ['columns_perhaps']],
    ['the same in MongoDB', mongodb, 'shop,orders,1x\nshop,items,2x', 2, ['columns_perhaps']],
  ])('%s', (_, naming, text, line, codes) => {
    const { doubts } = listIn(text, naming);
    expect(doubts.map(({ code }) => code)).toEqual(codes);
    expect(doubts[0]).toMatchObject({ line, more: 0 });
  });

  it.each<[DatabaseNaming, string]>([
    [postgresql, 'shop.public'],
    [postgresql, 'shop.public.orders'],
    [postgresql, 'shop.sales.*'],
    [postgresql, '[{"Database":"shop","Schema":"sales"}]'],
    [postgresql, 'shop.sales.orders'],
    [sqlserver, 'shop.dbo'],
    [mysql, 'a12\n12a\nx.a1'],
    [mysql, 'database.x\nhr.database'],
    [postgresql, 'database.sales.*\ntable.sales.x'],
    [mysql, '| Tables_in_a | Table_type |\n| v | BASE TABLE |'],
    [postgresql, 'shop.public,crm.public\nshop.public,hr.public'],
    [mysql, 'public.orders\ndbo'],
    [mysql, '"3306"\n"Database"'],
    [mysql, 'a.x\nb.X'],
    [redis, '0\n1'],
    [mysql, 'use shop\nshow databases\nshop\ncrm'],
    [mysql, 'use shop\nshop'],
    [mysql, 'crm\nuse shop\nshow tables\norders'],
    [sqlserver, '1> use shop\n2> go\nshop'],
    [mysql, 'shop,orders'],
    [mysql, 'shop,orders\ncrm,people\nshop'],
    [mysql, 'shop.a,shop.b\nshop.c,shop.a'],
    [mysql, 'shop.*,crm.*\nshop.*,hr.*'],
    [postgresql, 'shop.sales.*,shop.a.*\nshop.sales.*,shop.b.*'],
    [mysql, 'mysql> use shop\nmysql> show tables\na,b\nc,a'],
    [mysql, '[{"Database":"shop"},{"Database":"crm"}]'],
    [redis, '0,1\n0,2'],
  ])('but not if there is only one reading', (naming, text) => {
    expect(listIn(text, naming).doubts).toEqual([]);
  });

  it.each<[DatabaseNaming, string, readonly string[]]>([
    [postgresql, 'public.12', ['schema_as_database', 'number']],
    [mongodb, 'admin.12', ['system_name_perhaps', 'number']],
    [mysql, 'use shop\n12', ['number', 'table_perhaps']],
    [mysql, 'use shop\ndatabase', ['header_perhaps', 'table_perhaps']],
    [mysql, 'use shop\nquit', ['table_perhaps', 'output_perhaps']],
    [mysql, '| Tables_in_sys | Table_type |\n| v | VIEW |', ['system_name_perhaps', 'not_a_table']],
    [
      mysql,
      '12\nuse shop\nquit\nQUIT\n13',
      ['number', 'table_perhaps', 'output_perhaps', 'differs_in_case'],
    ],
    [mysql, '12,a\n12,b', ['number', 'columns_perhaps']],
  ])('about each way to misread a name, in this order: %j', (naming, text, codes) => {
    expect(listIn(text, naming).doubts.map(({ code }) => code)).toEqual(codes);
  });

  it('with the lines of its columns and the name that they may be', () => {
    const { doubts } = listIn('hr,a\nshop,x,orders\nshop,x,items\nhr,b', sqlserver);
    const path = ['shop', 'x', 'items'];
    expect(doubts).toMatchObject([
      { code: 'columns_perhaps', other: 2, line: 3, name: 'shop', path, more: 1 },
    ]);
    const { doubts: longer } = listIn('shop,a,b\nshop,c,d', mysql);
    expect(longer).toMatchObject([{ path: ['shop', 'c'] }]);
  });

  it('once, with the number of similar lines', () => {
    const { doubts } = listIn('public.a\npublic.b\n2024\n2025\npublic.c', postgresql);
    expect(doubts).toMatchObject([
      { code: 'schema_as_database', line: 1, more: 2 },
      { code: 'number', line: 3, more: 1 },
    ]);
  });
});

describe('a warning that a person has seen', () => {
  const aboutOf = (text: string) => listIn(text, postgresql).doubts.map(({ about }) => about);

  it.each([
    ['another database', 'a.s.12', 'b.s.12'],
    ['another schema', 'a.s.12', 'a.r.12'],
    ['another table', 'a.s.12', 'a.s.13'],
    ['names that only read the same together', 'ab.c.12', 'a.bc.12'],
    ['more names', '12', '12\n13'],
    ['digits that only read the same together', '12\n3', '1\n23'],
    ['another skipped line', 'x\nuse crm', 'x\nuse hr'],
    ['more skipped lines', 'x\n1> a', 'x\n1> a\n1> b'],
  ])('is new if it is about %s', (_, seen, now) => {
    expect(aboutOf(now)).toHaveLength(aboutOf(seen).length);
    expect(aboutOf(now)).not.toEqual(aboutOf(seen));
  });

  it('stays the same while other lines change', () => {
    expect(aboutOf('shop\n\na.s.12\ncrm')).toEqual(aboutOf('a.s.12'));
    expect(aboutOf('x\n\ny\nuse crm')).toEqual(aboutOf('x\nuse crm'));
  });
});

describe('a name that the server reserves is refused', () => {
  it.each<[DatabaseNaming, readonly string[]]>([
    [mysql, ['mysql', 'mysql.user', 'information_schema', 'INFORMATION_SCHEMA.TABLES']],
    [mysql, ['performance_schema', '`mysql`.`db`']],
    [databaseNaming.mariadb, ['mysql', 'performance_schema.x']],
    [postgresql, ['template0', 'pg_catalog', 'pg_catalog.pg_class', 'information_schema']],
    [
      postgresql,
      [
        'pg_toast',
        'pg_temp',
        'pg_temp_3',
        'pg_toast_temp_12',
        'shop.pg_',
        'shop.pg_toast',
        'shop.pg_catalog.pg_class',
        'shop.information_schema',
      ],
    ],
    [sqlserver, ['master', 'MASTER.dbo.x', 'msdb', 'model', 'tempdb', 'shop.sys.objects']],
    [sqlserver, ['shop.INFORMATION_SCHEMA.TABLES', '[master]']],
    [mongodb, ['local', 'config', 'local.oplog.rs', 'shop.system.profile']],
  ])('%#', (naming, texts) => {
    for (const text of texts) {
      expect({ text, read: readDatabaseList(`crm\n${text}`, naming) }).toMatchObject({
        text,
        read: { ok: false, problem: { code: 'system_name' } },
      });
    }
  });

  it.each<[DatabaseNaming, readonly string[]]>([
    [
      mysql,
      ['mysql2', 'xmysql', 'schema', 'information_schema_old', 'x_performance_schema', 'a.mysql'],
    ],
    [
      postgresql,
      [
        'template0x',
        'xtemplate0',
        'pg_catalogs',
        'xpg_catalog',
        'pg_x',
        'pg_temp_',
        'pg_temp_x',
        'information_schema2',
      ],
    ],
    [
      postgresql,
      ['Template0', 'shop.xpg_', 'shop.information_schemas', 'shop.xinformation_schema'],
    ],
    [sqlserver, ['master2', 'xmaster', 'shop.sys2', 'shop.xsys', 'shop.information_schemas']],
    [mongodb, ['local2', 'xlocal', 'Config', 'shop.system.profile2', 'shop.xsystem.profile']],
    [redis, ['0']],
  ])('but a similar name is not: %#', (naming, texts) => {
    for (const text of texts) {
      expect({ text, read: readDatabaseList(text, naming).ok }).toEqual({ text, read: true });
    }
  });

  it.each<[DatabaseNaming, readonly string[], readonly string[]]>([
    [
      mysql,
      [
        'sys',
        'SYS',
        '__tencentdb__',
        '__cdb_recycle_bin__',
        '__recycle_bin__',
        'innodb',
        'ndbinfo',
      ],
      ['sys2', 'xsys', 'innodb2', 'xndbinfo', 'a.sys'],
    ],
    [
      postgresql,
      ['postgres', 'template1', 'rdsadmin', 'cloudsqladmin', 'azure_maintenance', 'azure_sys'],
      ['postgres2', 'xpostgres', 'Postgres', 'azure_', 'xazure_sys', 'template12'],
    ],
    [
      sqlserver,
      [
        'distribution',
        'rdsadmin',
        'reportserver',
        'ReportServerTempDB',
        'sys',
        'information_schema',
      ],
      ['distribution2', 'xdistribution', 'reportservertemp', 'xsys'],
    ],
    [
      mongodb,
      ['admin', 'a.system.views', 'a.system.x', 'a."system."'],
      ['admin2', 'xadmin', 'a.xsystem.x', 'a.systems'],
    ],
  ])('or needs a confirmation if people may use it too: %#', (naming, doubted, others) => {
    const isDoubted = (text: string) =>
      listIn(text, naming).doubts.some(({ code }) => code === 'system_name_perhaps');
    expect(doubted.filter((text) => !isDoubted(text))).toEqual([]);
    expect(others.filter(isDoubted)).toEqual([]);
  });

  it('in a table of a client too', () => {
    const rows = lines('| Tables_in_mysql |', '|-----------------|', '| user            |');
    expect(readDatabaseList(rows, mysql)).toMatchObject({
      ok: false,
      problem: { code: 'system_name', level: 'database', name: 'mysql' },
    });
  });

  it('in JSON too', () => {
    expect(readDatabaseList('[{"Database":"shop"},\n{"Database":"mysql"}]', mysql)).toEqual({
      ok: false,
      problem: { line: 2, code: 'system_name', level: 'database', name: 'mysql' },
    });
  });

  it('with its line', () => {
    expect(readDatabaseList('shop\n\nmysql.user', mysql)).toEqual({
      ok: false,
      problem: { line: 3, code: 'system_name', level: 'database', name: 'mysql' },
    });
  });
});

it('for any input, Ferry reports a line or sends a list that reads the same once written', () => {
  const pieces = fc.constantFrom(
    ...['shop', 'Orders', 'orders', 'public', 'dbo', '1', '2024', 'Database', 'Tables_in_shop'],
    ...['table_name', 'Schema', 'Name', 'Type', 'show tables;', 'use shop', 'mysql> ', 'shop=# '],
    ...['(3 rows)', '3 rows in set', '+---+', '|', ' | ', '---', '```', '- ', '1. ', '• ', '[ ] '],
    ...['.', '.*', '*', '"', '`', '[', ']', '{', '}', ':', ',', '，', '、', '；', '\t', '  ', ' '],
    ...['#', '--', '//', '\n', '\n', '\r\n', '\u200b', '\ufeff', '\u00a0', '葛\ufe00', '。', "'"],
    ...['①', '㈠', '一、', '（1）', 'Bye', '$', 'go', 'OK', 'mysql> exit', '*** 1. row ***\n'],
    ...['Tables_in_shop: ', '-[ RECORD 1 ]-\n', 'Database (a%)'],
    ...['[direct: mongos] shop>', '>', 'show tables from crm'],
    ...['[{"Database":"', '"}]', '关联列表', '40.00 KiB', 'db0:keys=1', 'system.', 'x'.repeat(64)],
  );
  const typed = fc.array(pieces, { maxLength: 25 }).map((all) => all.join(''));
  const anything = fc.oneof(
    { weight: 4, arbitrary: typed },
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^[-a-c.,;"\s|]{0,40}$/),
  );
  let sent = 0;
  fc.assert(
    fc.property(anything, fc.constantFrom(...Object.values(databaseNaming)), (text, naming) => {
      const read = readDatabaseList(text, naming);
      if (!read.ok) {
        const count = text.split(/\r\n|\r|\n/).length;
        expect(read.problem.line).toBeGreaterThanOrEqual(1);
        expect(read.problem.line).toBeLessThanOrEqual(count);
        return;
      }
      sent += 1;
      for (const { database, schema = '-', tables = ['-'] } of read.list.objects) {
        expect([database, schema, ...tables]).not.toContain('');
      }
      const written = databaseText(read.list.objects);
      const again = listIn(written, naming);
      expect(again.objects).toEqual(read.list.objects);
      expect(again.noise).toEqual([]);
      expect(databaseText(again.objects)).toBe(written);
    }),
    { numRuns: 2_000 },
  );
  expect(sent).toBeGreaterThan(100);
});
