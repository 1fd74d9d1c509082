import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const english = readFileSync('docs/coverage.md', 'utf8');
const chinese = readFileSync('docs/coverage.zh-CN.md', 'utf8');
const sdk = 'node_modules/tencentcloud-sdk-nodejs/tencentcloud/services/dts';
const read = (path: string): string => readFileSync(join(sdk, path), 'utf8');

const namesIn = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

/** The rows of a section: the names in the first cell, and the other cells. */
function rowsOf(heading: string) {
  const [, section = ''] = english.split(`## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| ((?:`|\().*?) \| (.*) \|$/gm)].map(
    ([, names = '', says = '']) => ({
      names: namesIn(names),
      says,
    }),
  );
}

const code = readdirSync('src/tencentcloud', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join('src/tencentcloud', path), 'utf8'))
  .join('\n');

/** The parameters of a request have the names of `CreateMigrateJob`, and are sent as they are. */
const parameters = readFileSync('src/domain/migration/migration.ts', 'utf8');

it('says the same of each action and parameter in both languages', () => {
  /** The names and links of each cell. */
  const cells = (page: string) =>
    [...page.matchAll(/^\| (.*) \|$/gm)].map(([, row = '']) =>
      row.split(' | ').map((cell) => [namesIn(cell), cell.match(/\]\(.*?\)/g)]),
    );
  expect(cells(chinese)).toHaveLength(cells(english).length);
  expect(cells(chinese)).toEqual(cells(english));
});

describe.each([
  { api: '2018-03-30', folder: 'v20180330' },
  { api: '2021-12-06', folder: 'v20211206' },
])('the actions of $api', ({ api, folder }) => {
  const rows = rowsOf(`Actions of ${api}`);

  it('are all listed once', () => {
    const client = read(`${folder}/dts_client.d.ts`);
    const actions = [...client.matchAll(/^ {4}([A-Z]\w+)\(req/gm)].map(([, name = '']) => name);
    expect(actions.length).toBeGreaterThan(20);
    expect(rows.flatMap(({ names }) => names).sort()).toEqual([...new Set(actions)].sort());
  });

  it('are called where the page says so', () => {
    const called = rows.filter(({ says }) => says.includes('](../'));
    expect(called.length).toBeGreaterThan(7);
    for (const { names, says } of called) {
      const [, file = ''] = /\]\(\.\.\/([^)]+)\)/.exec(says) ?? [];
      expect(readFileSync(file, 'utf8')).toContain(`'${names[0]}'`);
    }
  });
});

/** The fields of an interface in the SDK's models. */
function fieldsIn(models: string, name: string): string[] {
  const [, body = ''] =
    new RegExp(`export interface ${name} \\{(.*?)^\\}`, 'ms').exec(models) ?? [];
  return [...body.matchAll(/^ {4}([A-Z]\w+)\??:/gm)].map(([, field = '']) => field);
}

/** What Ferry sends of the parameters in a row, and all of them. */
const parametersOf = ({ says }: { says: string }) => {
  const [sent = '', others = ''] = says
    .split(' | ')
    .map((cell) => cell.replace(/ in `\w+`|: as in .*/, ''));
  return {
    sent: namesIn(sent),
    all: namesIn(sent).concat(namesIn(others.replace(/with `\w+`/, ''))),
  };
};

it.each([
  { api: '2018-03-30', folder: 'v20180330' },
  { api: '2021-12-06', folder: 'v20211206' },
])('lists every parameter of the other actions of $api that Ferry calls', ({ api, folder }) => {
  const models = read(`${folder}/dts_models.d.ts`);
  const called = rowsOf(`Actions of ${api}`)
    .filter(({ says }) => says.includes('](../'))
    .flatMap(({ names }) => names)
    .filter((name) => name !== 'CreateMigrateJob' && name !== 'ModifyMigrationJob');
  const rows = rowsOf(`Parameters of other actions of ${api}`);
  expect(rows.flatMap(({ names }) => names).sort()).toEqual(called.sort());
  for (const row of rows) {
    const { all, sent } = parametersOf(row);
    expect([row.names, all.sort()]).toEqual([
      row.names,
      fieldsIn(models, `${row.names[0]}Request`).sort(),
    ]);
    const named = `${code}\n${parameters}`;
    expect(sent.filter((name) => !new RegExp(`\\b${name}\\b`).test(named))).toEqual([]);
  }
});

it('lists every parameter of ModifyMigrationJob', () => {
  const models = read('v20211206/dts_models.d.ts');
  const types = [
    ...['ModifyMigrationJobRequest', 'MigrateOption', 'DatabaseTableObject', 'DBItem', 'TableItem'],
    ...['ConsistencyOption', 'DBEndpointInfo', 'DBInfo'],
  ];
  const rows = rowsOf('Parameters of ModifyMigrationJob');
  expect(rows).toHaveLength(types.length);
  const body = readFileSync('src/tencentcloud/modifyJob.ts', 'utf8');
  for (const [index, type] of types.entries()) {
    const { all, sent } = parametersOf(rows[index] ?? { says: '' });
    expect([type, all.sort()]).toEqual([type, fieldsIn(models, type).sort()]);
    const others = all.filter((name) => !sent.includes(name));
    const isSent = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(body);
    expect(sent.filter((name) => !isSent(name))).toEqual([]);
    // Other types have parameters with the same names.
    const elsewhere = ['Tags', 'Objects', 'ObjectMode'];
    expect(others.filter((name) => isSent(name) && !elsewhere.includes(name))).toEqual([]);
  }
});

it('describes each action that Ferry calls as called', () => {
  const all = ['2018-03-30', '2021-12-06'].flatMap((api) => rowsOf(`Actions of ${api}`));
  const called = new Set(
    all.filter(({ says }) => says.includes('](../')).flatMap(({ names }) => names),
  );
  const others = all.flatMap(({ names }) => names).filter((name) => !called.has(name));
  expect(others.filter((name) => code.includes(`'${name}'`))).toEqual([]);
});

it('lists every parameter of CreateMigrateJob, which the body writes or leaves out as it says', () => {
  const models = read('v20180330/dts_models.d.ts');
  const fieldsOf = (name: string, path = ''): string[] =>
    fieldsIn(models, name).map((field) => `${path}${field}`);
  const wanted = [
    ...fieldsOf('CreateMigrateJobRequest'),
    ...fieldsOf('MigrateOption', 'MigrateOption.'),
    ...fieldsOf('ConsistencyParams', 'MigrateOption.ConsistencyParams.'),
    ...fieldsOf('SrcInfo', 'SrcInfo.'),
    ...fieldsOf('DstInfo', 'DstInfo.'),
    ...fieldsOf('TagItem', 'Tags.'),
  ];
  expect(wanted.length).toBeGreaterThan(40);
  const rows = rowsOf('Parameters of CreateMigrateJob');
  expect(rows.flatMap(({ names }) => names)).toEqual(wanted);

  const parameters = readFileSync('src/domain/migration/migration.ts', 'utf8');
  const secrets = readFileSync('src/tencentcloud/createMigrateJob.ts', 'utf8');
  const [, target = ''] = /DstInfo: z\.strictObject\(\{(.*?)\}\)/s.exec(parameters) ?? [];
  expect(target).toContain('InstanceId');
  for (const { names, says } of rows) {
    const [name = ''] = names[0]?.split('.').slice(-1) ?? [];
    const sent = new RegExp(`\\b${name}\\b`).test(parameters + secrets);
    // A field of the source has the same name as the deprecated one of the target.
    if (says.startsWith('not sent')) expect(target).not.toMatch(new RegExp(`\\b${name}\\b`));
    else expect({ name, sent }).toEqual({ name, sent: true });
  }
});
