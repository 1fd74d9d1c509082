import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { resourceQuery } from '../../src/domain/form/resource';
import {
  type AskedField,
  askedFields,
  type FieldPath,
  type FormOffer,
  type FormValues,
  fieldPaths,
  kindOf,
  switchedOn,
  withPresets,
} from '../../src/domain/migration/fields';
import type { Field } from '../../src/domain/migration/fieldTable/field';
import { fieldTable } from '../../src/domain/migration/fieldTable/table';
import { secretPaths } from '../../src/domain/secrets/secretReference';

const fields: Readonly<Record<FieldPath, Field>> = fieldTable;

const offers: readonly FormOffer[] = [
  { typed: true, stored: false },
  { typed: false, stored: true },
  { typed: true, stored: true, asksChannel: true },
];

/** The possible values of a field: its options, or one of two texts. */
function valuesOf(path: FieldPath): readonly string[] {
  const field = fields[path];
  if (field.kind === 'choice') return field.options;
  if (field.kind === 'switch') return [switchedOn, ''];
  return field.kind === 'secret_origin' ? ['typed', 'env:ORDERS'] : ['ap-one', 'ap-two'];
}

/**
 * Fields without a value have their preset, so fields that depend on several choices are also
 * shown.
 */
const anyValues: fc.Arbitrary<FormValues> = fc.record(
  Object.fromEntries(fieldPaths.map((path) => [path, fc.constantFrom(...valuesOf(path))])),
  { requiredKeys: [] },
);

/** An RDS instance needs four rare choices, so some forms begin with them. */
const anRdsInstance: FormValues = {
  SrcDatabaseType: 'mysql',
  SrcAccessType: 'extranet',
  'SrcInfo.Supplier': 'aliyun',
  'SrcInfo.EngineVersion': '5.6',
};
const values = fc
  .tuple(anyValues, fc.nat(7))
  .map(([all, which]): FormValues => (which === 0 ? { ...all, ...anRdsInstance } : all));

/** The form with these values as a person sees it, except for the value of `changed`. */
function drawn(held: FormValues, offer: FormOffer, changed: FieldPath): string {
  const shown = withPresets(held, offer);
  const isOpen = changed !== 'Advanced' || held.Advanced === switchedOn;
  const visible = askedFields(held, offer).filter(({ isAdvanced }) => isOpen || !isAdvanced);
  const parts = visible.map(({ path, need, begins, input }) => {
    const options = input.kind === 'choice' ? [input.options, path === changed || shown[path]] : [];
    return [path, need, begins, options, queryOf(input, shown)];
  });
  return JSON.stringify(parts);
}

function queryOf(input: AskedField['input'], shown: FormValues): unknown {
  if (input.kind !== 'lookup' || input.resource.kind === 'secret') return undefined;
  return resourceQuery(input.resource, shown, 'ap-home');
}

it('redraws the form after exactly those changes that affect other fields', () => {
  const marked = new Set<FieldPath>();
  const seen = new Set<FieldPath>();
  fc.assert(
    fc.property(values, fc.constantFrom(...offers), (all, offer) => {
      const asked = askedFields(all, offer);
      // Slack only has the values of visible fields.
      const held: FormValues = Object.fromEntries(asked.map(({ path }) => [path, all[path]]));
      for (const { path, reshapes } of asked) {
        const looks = valuesOf(path).map((value) => drawn({ ...held, [path]: value }, offer, path));
        const isDifferent = new Set(looks).size > 1;
        if (reshapes) marked.add(path);
        if (isDifferent) seen.add(path);
        if (isDifferent) expect([path, reshapes]).toEqual([path, true]);
      }
    }),
    { numRuns: 100 },
  );
  expect(seen).toEqual(marked);
  expect(marked.size).toBeGreaterThan(10);
});

it('offers the values that the API documents, and begins with the usual one', () => {
  const choices = fieldPaths.flatMap((path) => {
    const field = fields[path];
    if (field.kind !== 'choice') return [];
    const { options, preset } = field;
    const isFixed = preset?.reads.length === 0;
    const given = { offer: { typed: true, stored: true }, chosen: new Map() };
    return [[path, options, isFixed ? preset.at(given) : 'depends']];
  });
  const engines = ['mysql', 'mariadb', 'percona', 'postgresql', 'sqlserver', 'mongodb', 'redis'];
  const access = ['extranet', 'cdb', 'cvm', 'dcg', 'vpncloud', 'ccn', 'vpnselfbuild'];
  expect(choices).toEqual([
    ['SrcDatabaseType', engines, 'mysql'],
    ['SrcAccessType', access, 'extranet'],
    ['SrcNodeType', ['simple', 'cluster'], 'simple'],
    ['SrcInfo.Supplier', ['others', 'aliyun'], 'others'],
    ['SrcInfo.EngineVersion', ['5.6', '5.7'], '5.6'],
    ['MigrateOption.ExternParams.SrcAuthFlag', ['1', '0'], '1'],
    [
      'MigrateOption.ExternParams.SrcAuthMechanism',
      ['SCRAM-SHA-1', 'SCRAM-SHA-256', 'MONGODB-CR'],
      'depends',
    ],
    ['DstDatabaseType', [...engines, 'cynosdbmysql'], 'depends'],
    ['MigrateOption.MigrateObject', ['1', '2'], '1'],
    ['MigrateOption.MigrateType', ['1', '2', '3'], '3'],
    ['MigrateOption.IsOverrideRoot', ['0', '1'], '0'],
    ['DstInfo.ReadOnly', ['0', '1'], 'depends'],
    ['MigrateOption.ConsistencyType', ['1', '2', '3', '4', '5'], '1'],
    ['MigrateOption.RunMode', ['1', '2'], '1'],
  ]);
});

it('accepts texts and numbers up to the limits of the API, of Slack and of card sections', () => {
  const limits = fieldPaths.flatMap((path) => {
    const field = fields[path];
    if ('longest' in field) return [[path, field.longest]];
    return 'min' in field ? [[path, field.min, field.max]] : [];
  });
  const [percentage, whole] = [
    [1, 100],
    [0, 2_147_483_647],
  ];
  expect(limits).toEqual([
    ['JobName', 128],
    ['Reason', 3_000],
    ['SrcInfo.RdsInstanceId', 64],
    ['SrcInfo.AccessKey', 256],
    ['SrcInfo.Ip', 253],
    ['SrcInfo.Port', 1, 65_535],
    ['SrcInfoMulti', 3_000],
    ['SrcInfo.User', 128],
    ['SrcInfo.Password', 256],
    ['MigrateOption.ExternParams.SrcAuthDatabase', 64],
    ['DstInfo.User', 128],
    ['DstInfo.Password', 256],
    ['MigrateOption.ConsistencyParams.SelectRowsPerTable', ...percentage],
    ['MigrateOption.ConsistencyParams.TablesSelectAll', ...percentage],
    ['MigrateOption.ConsistencyParams.TablesSelectCount', ...percentage],
    ['MigrateOption.ExternParams.ClientOutputBufferHardLimit', ...whole],
    ['MigrateOption.ExternParams.ClientOutputBufferSoftLimit', ...whole],
    ['MigrateOption.ExternParams.ClientOutputBufferPersistTime', ...whole],
    ['MigrateOption.ExternParams.ReplBacklogSize', ...whole],
    ['MigrateOption.ExternParams.ReplTimeout', ...whole],
    ['Tags', 3_000],
  ]);
});

/** The fields of a source by access type, with `?` for optional and `~` for expected ones. */
const place = ['VpcId', 'SubnetId'];
const address = ['Ip', 'Port'];
it.each<[string, readonly string[], readonly string[]]>([
  ['extranet', [], address],
  ['cdb', ['InstanceId'], []],
  ['cvm', ['CvmInstanceId', 'VpcId?', 'SubnetId?'], ['Ip?', 'Port']],
  ['dcg', ['UniqDcgId', ...place], address],
  ['vpncloud', ['UniqVpnGwId~', 'VpcId~', 'SubnetId~'], ['Ip~', 'Port~']],
  ['ccn', ['CcnId~', ...place], address],
  ['vpnselfbuild', ['CvmInstanceId', 'VpcId~', 'SubnetId~'], ['Ip~', 'Port~']],
])('asks for what DTS needs to reach a source through %s', (way, network, ofHost) => {
  const marks = { required: '', optional: '?', expected: '~' } as const;
  const shown = (changes: FormValues) =>
    askedFields({ SrcAccessType: way, ...changes }, { typed: true, stored: false }).flatMap(
      ({ isAdvanced, need, path }) =>
        !path.startsWith('SrcInfo') || isAdvanced
          ? []
          : [`${path.replace('SrcInfo.', '')}${marks[need]}`],
    );
  const region = ['cdb', 'vpnselfbuild'].includes(way) ? 'Region?' : 'Region';
  const account = way === 'vpnselfbuild' ? ['User~', 'Password~'] : ['User', 'Password'];
  expect(shown({})).toEqual([region, ...network, ...ofHost, ...account]);
  // A cluster has its hosts or its servers in another field.
  const nodes = way === 'cdb' ? [] : ['SrcInfoMulti'];
  const others = way === 'cvm' ? network.slice(1) : network;
  const ofCluster = { SrcNodeType: 'cluster', SrcDatabaseType: 'mongodb' };
  expect(shown(ofCluster)).toEqual([region, ...others, ...nodes, 'User', 'Password']);
});

it('has a separate entry for each field, and an entry for each field that others refer to', () => {
  const entries = new Set<unknown>(fieldPaths.map((path) => fields[path]));
  expect(entries.size).toBe(fieldPaths.length);
  for (const path of fieldPaths) {
    for (const named of fields[path].need.reads)
      expect([path, entries.has(named)]).toEqual([path, true]);
  }
});

/** Questions before the advanced ones, and all; a stored password, a source in the public network. */
it.each([
  ['mysql', 13, 22],
  ['mariadb', 13, 20],
  ['percona', 13, 20],
  ['postgresql', 13, 19],
  ['sqlserver', 13, 19],
  ['mongodb', 16, 23],
  ['redis', 14, 23],
])('asks %s for %i fields, and for %i with the advanced ones', (engine, usual, all) => {
  const asked = askedFields({ SrcDatabaseType: engine }, { typed: true, stored: true });
  const questions = asked.filter(({ path }) => path !== 'Advanced');
  const counts = [questions.filter(({ isAdvanced }) => !isAdvanced), questions];
  expect(counts.map(({ length }) => length)).toEqual([usual, all]);
  const guide = readFileSync(join(__dirname, '../../docs/form.md'), 'utf8');
  expect(guide).toMatch(
    new RegExp(`^\\|[^|]*\\b${engine}\\b[^|]*\\| ${usual} \\| ${all} \\|$`, 'm'),
  );
});

it('has the fields of each secret, and no others', () => {
  const typed = fieldPaths.filter((path) => kindOf(path) === 'secret');
  expect(new Set(typed)).toEqual(new Set(secretPaths));
  for (const path of secretPaths) {
    expect(kindOf(`${path}.Source`)).toBe('secret_origin');
  }
});
