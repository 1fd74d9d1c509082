import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { BOB, type Message, type Person } from '../../playground/slack/index';
import type { DatabaseInfoProblem } from '../../src/domain/databases/databaseInfoProblem';
import type { SourceEngine } from '../../src/domain/migration/engines';
import { acceptBlock } from '../../views/requestForm';
import { inFormOrder } from '../support/aForm';
import { acceptWarnings, openForm, sendForm } from '../support/modal';
import { untilQuiet } from '../support/quiet';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anyNumber, anyPart, anyText, en, jobInThread, saying } from '../support/words';

let test: TestFerry;
beforeAll(async () => {
  test = await startTestFerry();
});
afterAll(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
});

const lines = (...all: readonly string[]): string => all.join('\n');
const canary = 'canary-of-lists';
let asked = 0;

/** An instance of each engine in the account. */
const targets: Partial<Record<SourceEngine, string>> = {
  postgresql: 'postgres-sh8geo02',
  sqlserver: 'mssql-sh1erp02',
  mongodb: 'cmgo-sh6cart2',
};

/** A form for selected databases of an engine, filled in except for them. */
async function formFor(engine: SourceEngine): Promise<Person> {
  asked += 1;
  const person = await openForm(test.slack);
  const isMysql = engine === 'mysql';
  await fillForm(
    test.slack,
    person,
    inFormOrder({
      ...exampleForm,
      JobName: `list-${asked}`,
      SrcDatabaseType: engine,
      DstDatabaseType: engine,
      'SrcInfo.Supplier': isMysql ? 'others' : undefined,
      'SrcInfo.Password': canary,
      'DstInfo.InstanceId': targets[engine] ?? exampleForm['DstInfo.InstanceId'],
      'MigrateOption.MigrateObject': '2',
      'MigrateOption.IsOverrideRoot': isMysql ? '0' : undefined,
      ...(engine === 'mongodb' ? { 'DstInfo.User': 'writer', 'DstInfo.Password': canary } : {}),
    }),
  );
  return person;
}

/** Submits a typed list. Returns the text of the modal, or the problems by field. */
async function sendList(engine: SourceEngine, DatabaseInfo: string) {
  const person = await formFor(engine);
  await fillForm(test.slack, person, { DatabaseInfo });
  return { person, answer: await sendForm(test.slack, person) };
}

/** Accepts the warnings and submits the unchanged form, whose passwords are still there. */
async function sendAnyway(person: Person): Promise<string> {
  await acceptWarnings(person);
  return String(await sendForm(test.slack, person));
}

const cardShown = async (name: string): Promise<{ card: Message; text: string }> => {
  const card = await test.slack.until(
    () => {
      const newest = test.card();
      return newest !== undefined && test.slack.render(newest).includes(name) && newest;
    },
    { what: `the card of ${name}` },
  );
  return { card, text: test.slack.render(card).replaceAll('`', '') };
};

async function sentInfo(card: Message): Promise<unknown> {
  await test.slack.as(BOB).click(card, 'approve');
  await test.reply(card, jobInThread());
  const body = test.dts.callsOf('CreateMigrateJob').at(-1)?.body;
  const text = typeof body === 'object' && body !== null && Reflect.get(body, 'DatabaseInfo');
  return JSON.parse(String(text));
}

const framed = lines(
  '+----------------+',
  '| Tables_in_shop |',
  '+----------------+',
  '| orders         |',
  '| items          |',
  '+----------------+',
  '2 rows in set (0.01 sec)',
);

describe('output of a client is sent as the tables that it lists', () => {
  const shopTables = [{ Database: 'shop', Table: ['orders', 'items'] }];
  it('from the field, and the confirmation says what was skipped', async () => {
    const { answer } = await sendList('mysql', framed);
    expect(answer).toContain(
      en.list.reading(1, 2, [
        { kind: 'frame', lines: [1, 3, 4, 5, 6], found: [] },
        { kind: 'header', lines: [2], found: ['Tables_in_shop'] },
        { kind: 'footer', lines: [7], found: [] },
      ]),
    );
    const { card } = await cardShown(`list-${asked}`);
    expect(await sentInfo(card)).toEqual(shopTables);
  });

  it('from a file', async () => {
    const person = await formFor('mysql');
    const content = `\ufeff${framed.replaceAll('\n', '\r\n')}`;
    await fillForm(test.slack, person, {
      'DatabaseInfo.File': person.upload({ name: 'tables.txt', content }),
    });
    expect(await sendForm(test.slack, person)).toContain('Read 2 tables in 1 database, skipped');
    const { card } = await cardShown(`list-${asked}`);
    expect(await sentInfo(card)).toEqual(shopTables);
  });

  it('from a file, whose reading waits until nothing is wrong in the field for a typed list', async () => {
    const person = await formFor('mysql');
    const file = person.upload({ name: 'tables.txt', content: framed });
    const reads = () => test.slack.callsOf('files.info').length;
    const before = reads();
    await fillForm(test.slack, person, { 'DatabaseInfo.File': file, DatabaseInfo: 'shop.%' });
    const answer = await sendForm(test.slack, person);
    expect([Object.keys(answer), reads()]).toEqual([['DatabaseInfo'], before]);
  });

  it('from a file, whose reading waits until the other fields are right', async () => {
    const person = await formFor('mysql');
    const file = person.upload({ name: 'tables.txt', content: framed });
    const calls = () =>
      ['files.info', 'views.update'].map((method) => test.slack.callsOf(method).length);
    await fillForm(test.slack, person, { 'DatabaseInfo.File': file, 'SrcInfo.Port': '70000' });
    await untilQuiet(test);
    const before = calls();
    const answer = await sendForm(test.slack, person);
    expect(Object.keys(answer)).toEqual(['SrcInfo.Port']);
    await untilQuiet(test);
    expect(calls()).toEqual(before);
  });

  it.each<[SourceEngine, string, string, unknown]>([
    ['mysql', '1. shop.orders\n2. shop.items', 'skipped the list markers (lines 1, 2)', shopTables],
    [
      'mysql',
      'shop.orders，shop.items；\u200b',
      'Split several names on one line (line 1)',
      shopTables,
    ],
    [
      'mysql',
      '• shop.orders\ufeff\n• shop.items\u00a0',
      'the invisible characters (lines 1, 2: U+FEFF, U+00A0)',
      shopTables,
    ],
    [
      'postgresql',
      lines(
        'shop=> \\dt',
        '         List of relations',
        ' Schema |  Name  | Type  | Owner',
        '--------+--------+-------+-------',
        ' public | orders | table | alice',
        '(1 row)',
      ),
      'Read 1 table in 1 database, skipped the command (line 1), the title (line 2)',
      [{ Database: 'shop', Schema: 'public', Table: ['orders'] }],
    ],
    [
      'mongodb',
      'test> show dbs\nshop   40.00 KiB\ncrm   8.00 KiB',
      'the numbers after the names (lines 2, 3)',
      [{ Database: 'shop' }, { Database: 'crm' }],
    ],
  ])('of %s: %j', async (engine, text, says, info) => {
    const { answer } = await sendList(engine, text);
    expect(answer).toContain(says);
    const { card } = await cardShown(`list-${asked}`);
    expect(await sentInfo(card)).toEqual(info);
  });
});

describe('a possible mistake causes one warning, and the card shows how it is read', () => {
  it.each<[SourceEngine, string, string, string, string | undefined, unknown]>([
    [
      'postgresql',
      'public.orders',
      'Line 1 would be database “public”, schema “orders”, with all its tables. Did you mean YOURDB.public.orders?',
      'requested: 1 database: database public, schema orders; schema only',
      '⚠️ The database “public” has the name of a schema that every database has.',
      [{ Database: 'public', Schema: 'orders' }],
    ],
    [
      'sqlserver',
      '\ncrm.dbo.People\ndbo.Orders',
      'Line 3 would be database “dbo”, schema “Orders”, with all its tables. Did you mean YOURDB.dbo.Orders?',
      'requested: 2 databases, 1 table: crm.dbo.People; database dbo, schema Orders; schema only',
      '⚠️ The database “dbo” has the name of a schema that every database has.',
      [
        { Database: 'crm', Schema: 'dbo', Table: ['People'] },
        { Database: 'dbo', Schema: 'Orders' },
      ],
    ],
    [
      'postgresql',
      'shop.orders',
      'Line 1 would be database “shop”, schema “orders”, with all its tables. If “orders” is a table',
      'requested: 1 database: database shop, schema orders; schema only',
      undefined,
      [{ Database: 'shop', Schema: 'orders' }],
    ],
    [
      'mysql',
      'shop.orders\nShop',
      'Line 2 names “Shop”, and line 1 names “shop”. They differ only in case',
      'requested: 2 databases, 1 table: shop.orders; database Shop; schema only',
      '⚠️ “shop” and “Shop” differ only in case.',
      [{ Database: 'shop', Table: ['orders'] }, { Database: 'Shop' }],
    ],
    [
      'mongodb',
      'admin',
      'uses the database “admin” itself.',
      'requested: 1 database: admin; schema only',
      '⚠️ The server or its provider uses the database “admin” itself.',
      [{ Database: 'admin' }],
    ],
    [
      'mysql',
      '1.orders',
      'Line 1 would be database “1”, table “orders”. “1” is a number.',
      'requested: 1 database, 1 table: 1.orders; schema only',
      undefined,
      [{ Database: '1', Table: ['orders'] }],
    ],
    [
      'mysql',
      'shop,orders\nshop,items',
      'Lines 1 and 2 name “shop”, and each name on them would be a database, with all its tables. If the lines have columns, such as a database and its table, write a dot between them, as in shop.items.',
      'requested: 3 databases: shop, orders, items; schema only',
      undefined,
      [{ Database: 'shop' }, { Database: 'orders' }, { Database: 'items' }],
    ],
  ])('for %s: %j', async (engine, text, says, objects, warning, info) => {
    const { answer, person } = await sendList(engine, text);
    expect(answer).toContain(en.form.look);
    expect(await sendForm(test.slack, person)).toEqual({ [acceptBlock]: en.form.tick });
    expect(answer).toContain(says);
    const before = test.card()?.ts;
    expect(await sendAnyway(person)).toMatch(saying(en.sent.done(anyNumber, anyPart, anyText)));
    const { card, text: shown } = await cardShown(`list-${asked}`);
    expect(card.ts).not.toBe(before);
    expect(shown).toContain(objects);
    const warnings = shown.split('\n').flatMap((line) => line.match(/⚠️.*/) ?? []);
    expect(warnings).toEqual(warning === undefined ? [] : [warning]);
    expect(await sentInfo(card)).toEqual(info);
  });

  it('and another warning after the list was changed', async () => {
    const { person } = await sendList('postgresql', 'public.orders');
    await fillForm(test.slack, person, { DatabaseInfo: 'public.items' });
    expect(await sendForm(test.slack, person)).toContain('YOURDB.public.items?');
    await fillForm(test.slack, person, { DatabaseInfo: 'shop.public.items' });
    expect(await sendForm(test.slack, person)).toMatch(
      saying(en.sent.done(anyNumber, anyPart, anyText)),
    );
  });

  it('also in a file, which has to be attached again', async () => {
    const person = await formFor('postgresql');
    const attach = () =>
      fillForm(test.slack, person, {
        'DatabaseInfo.File': person.upload({ name: 'tables.txt', content: 'public.orders' }),
      });
    await attach();
    const answer = await sendForm(test.slack, person);
    expect(answer).toContain(en.form.enterAgain({ file: true, secrets: ['SrcInfo.Password'] }));
    expect(answer).toContain('Did you mean YOURDB.public.orders?');
    await attach();
    await fillForm(test.slack, person, { 'SrcInfo.Password': canary });
    expect(await sendAnyway(person)).toMatch(saying(en.sent.done(anyNumber, anyPart, anyText)));
  });
});

const invisible: DatabaseInfoProblem = {
  code: 'forbidden_character',
  line: 1,
  kind: 'invisible',
  codePoint: 'U+200B',
};

describe('an impossible name is refused with its line and what to write', () => {
  it.each<[SourceEngine, string, DatabaseInfoProblem]>([
    ['mysql', '\n\nmysql', { code: 'system_name', line: 3, level: 'database', name: 'mysql' }],
    [
      'mysql',
      'shop\ninformation_schema.TABLES',
      { code: 'system_name', line: 2, level: 'database', name: 'information_schema' },
    ],
    [
      'postgresql',
      'template0',
      { code: 'system_name', line: 1, level: 'database', name: 'template0' },
    ],
    [
      'postgresql',
      'shop.pg_catalog.pg_class',
      { code: 'system_name', line: 1, level: 'schema', name: 'pg_catalog' },
    ],
    [
      'sqlserver',
      'master.dbo.spt_values',
      { code: 'system_name', line: 1, level: 'database', name: 'master' },
    ],
    ['mongodb', 'shop\nlocal', { code: 'system_name', line: 2, level: 'database', name: 'local' }],
    [
      'mysql',
      'shop.orders; items',
      { code: 'uneven_names', line: 1, names: ['shop.orders', 'items'] },
    ],
    ['mysql', 'or\u200bders', invisible],
    ['mysql', '"or\u200bders"', invisible],
    [
      'mysql',
      'shop\nor\u00a0ders',
      { code: 'forbidden_character', line: 2, kind: 'space', codePoint: 'U+00A0' },
    ],
    ['mysql', 'shop/orders', { code: 'odd_character', line: 1, character: '/' }],
    [
      'mysql',
      'TABLE_NAME\norders',
      { code: 'database_not_shown', line: 2, header: 1, name: 'orders' },
    ],
    [
      'postgresql',
      'Schema | Name\npublic | orders',
      { code: 'database_not_shown', line: 2, header: 1, name: 'public.orders' },
    ],
  ])('of %s: %j', async (engine, text, problem) => {
    const { answer, person } = await sendList(engine, text);
    expect(answer).toEqual({ DatabaseInfo: en.fieldProblem({ code: 'objects', problem }) });
    await person.dismiss();
  });
});

it('shows no password in messages about a list', async () => {
  const jobs = [...test.dts.jobs.values()].map(({ request }) => JSON.stringify(request));
  // The password was typed, and reached the jobs.
  expect(jobs.some((request) => request.includes(canary))).toBe(true);
  for (const text of [
    test.slack.everything(),
    test.logged(),
    (await test.stored()).toString('latin1'),
  ]) {
    expect(text).not.toBe('');
    expect(text).not.toContain(canary);
  }
});
