import type { SourceEngine } from '../../src/domain/migration/engines';
import type { MigrationParameters } from '../../src/domain/migration/migration';
import type { Rule } from '../../src/domain/policy/policy';
import { moment, plain, say } from '../../src/i18n/text';
import { describeMigration, objectName } from '../../views/describeMigration';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { en } from '../support/words';

const { levels } = en.card;
const x = (count: number): string => 'x'.repeat(count);
const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `n${index + 1}`);

const { parameters } = aRequest();
/** The line with this label in the description of a migration. */
function lineOf(label: string, changes: Partial<MigrationParameters>, rule = aRule()): string {
  const request = aRequest({ rule, parameters: { ...parameters, ...changes } });
  const lines = describeMigration(en, request).map(plain);
  return lines.find((line) => line.startsWith(`${label} `)) ?? '';
}

describe('the description of a migration', () => {
  it.each([1, 3])('names all nodes of %i', (count) => {
    const nodes = numbered(count).map((Ip) => ({ Ip, Port: 6379 }));
    const all = nodes.map(({ Ip }) => say`${Ip}:6379`);
    expect(lineOf(en.card.from, { SrcInfoMulti: nodes })).toContain(
      plain(en.card.nodes(count, all)),
    );
  });

  it('names the first three of more nodes', () => {
    const nodes = numbered(4).map((Ip) => ({ Ip, Port: 6379 }));
    const first = nodes.slice(0, 3).map(({ Ip }) => say`${Ip}:6379`);
    const line = lineOf(en.card.from, { SrcInfoMulti: nodes });
    expect(line).toContain(plain(en.card.nodes(4, first)));
    expect(line).not.toContain('n4');
  });

  it('shows a host name of 253 characters with its port', () => {
    const address = `${x(253)}:65535`;
    expect(lineOf(en.card.from, { SrcInfo: { Ip: x(253), Port: 65_535 } })).toContain(address);
  });

  it('cuts a place after 260 characters', () => {
    const line = (length: number) =>
      lineOf(en.card.from, { SrcInfo: { CvmInstanceId: x(length), Ip: 'ip' } });
    expect(line(260)).toContain(`${x(260)} ip`);
    expect(line(261)).toContain(` ${x(259)}… ip`);
  });

  it('names five objects, and counts the rest', () => {
    const line = (count: number) =>
      lineOf(en.card.objects, { DatabaseInfo: numbered(count).map((database) => ({ database })) });
    const five = numbered(5).join(en.listSeparator);
    expect(line(5)).toBe(`${en.card.objects} ${en.card.counts(5, 0)} ${five}`);
    expect(line(6)).toBe(`${en.card.objects} ${en.card.counts(6, 0)} ${five}${en.card.more(1)}`);
  });

  it('names ten tags, and indicates more', () => {
    const line = (count: number) =>
      lineOf(en.card.tags, { Tags: numbered(count).map((TagKey) => ({ TagKey, TagValue: '1' })) });
    const ten = numbered(10).map((key) => `${key}=1`);
    expect(line(10)).toBe(`${en.card.tags} ${ten.join(en.listSeparator)}`);
    expect(line(11)).toBe(`${en.card.tags} ${[...ten, '…'].join(en.listSeparator)}`);
  });

  it('cuts a tag after 120 characters', () => {
    const line = (length: number) => lineOf(en.card.tags, { Tags: [{ TagKey: x(length) }] });
    expect(line(120)).toBe(`${en.card.tags} ${x(120)}`);
    expect(line(121)).toBe(`${en.card.tags} ${x(119)}…`);
  });

  it('names every gateway and network that leads to the source', () => {
    const { SrcInfo } = parameters;
    const ways = { UniqDcgId: 'dcg-1', UniqVpnGwId: 'vpngw-1', CcnId: 'ccn-1' };
    const networks = { VpcId: 'vpc-1', SubnetId: 'subnet-1' };
    const without = lineOf(en.card.from, { SrcInfo });
    const line = lineOf(en.card.from, { SrcInfo: { ...SrcInfo, ...ways, ...networks } });
    for (const id of Object.values({ ...ways, ...networks })) {
      expect(line).toContain(id);
      expect(without).not.toContain(id);
    }
  });

  it.each([
    [undefined, []],
    [0, [en.card.rootKept]],
    [1, [en.card.rootOverwritten]],
  ] as const)('says what happens to the root account: %s', (IsOverrideRoot, said) => {
    const { IsOverrideRoot: _, ...others } = parameters.MigrateOption;
    const MigrateOption = IsOverrideRoot === undefined ? others : { ...others, IsOverrideRoot };
    const line = lineOf(en.card.options, { MigrateOption });
    const { rootKept, rootOverwritten } = en.card;
    expect([rootKept, rootOverwritten].filter((words) => line.includes(words))).toEqual(said);
  });

  it('names the shares of the data that a check compares', () => {
    const ConsistencyParams = {
      SelectRowsPerTable: 10,
      TablesSelectAll: 20,
      TablesSelectCount: 30,
    };
    const MigrateOption = { ...parameters.MigrateOption, ConsistencyParams };
    const line = lineOf(en.card.options, { MigrateOption });
    for (const [name, value] of Object.entries(ConsistencyParams))
      expect(line).toContain(`${name} ${value} %`);
  });

  it('names the settings of the engine', () => {
    const MigrateOption = { ...parameters.MigrateOption, ExternParams: { ReplTimeout: 60 } };
    expect(lineOf(en.card.options, { MigrateOption })).toContain('ReplTimeout 60');
  });

  const at = new Date('2026-05-04T10:00:00Z');
  const utc8 = '2026-05-04 18:00:00';
  const { card, job } = en;
  it.each<[string, Partial<Rule>, Pick<typeof card, 'whenScheduled' | 'whenStarted'>]>([
    ['when someone starts the job after its approval', {}, card],
    ['the same if the policy only checks the job', { automatic: ['check_job'] }, card],
    ['that the policy starts the job', { automatic: ['start_job'] }, card.startedByPolicy],
    ['that approval starts the job', { approve: 'before_start' }, job.prepared],
    [
      'the same if the policy may start the job',
      { approve: 'before_start', automatic: ['start_job'] },
      job.prepared,
    ],
  ])('says %s', (_, rule, words) => {
    const { MigrateOption } = parameters;
    const when = (option: typeof MigrateOption) =>
      lineOf(card.when, { MigrateOption: option }, aRule(rule));
    expect(when(MigrateOption)).toBe(`${card.when} ${words.whenStarted}`);
    expect(when({ ...MigrateOption, ExpectTime: at })).toBe(
      `${card.when} ${plain(words.whenScheduled(moment(at), utc8))}`,
    );
  });
});

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
