import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = readFileSync('docs/coverage.md', 'utf8');
const sdk = 'node_modules/tencentcloud-sdk-nodejs/tencentcloud/services/dts';
const read = (path: string): string => readFileSync(join(sdk, path), 'utf8');

/** The rows of a section: the names in the first cell, and the second cell. */
function rowsOf(heading: string) {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| (`.*?`) \| (.*) \|$/gm)].map(([, names = '', says = '']) => ({
    names: [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
    says,
  }));
}

const code = readdirSync('src/tencentcloud', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join('src/tencentcloud', path), 'utf8'))
  .join('\n');

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
  const fieldsOf = (name: string, path = ''): string[] => {
    const [, body = ''] =
      new RegExp(`export interface ${name} \\{(.*?)^\\}`, 'ms').exec(models) ?? [];
    return [...body.matchAll(/^ {4}([A-Z]\w+)\??:/gm)].map(([, field = '']) => `${path}${field}`);
  };
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
