import fc from 'fast-check';
import { exampleForm } from '../../playground/exampleForm';
import { readDatabaseList } from '../../src/domain/databases/databaseInfo';
import { databaseNaming } from '../../src/domain/databases/databaseNaming';
import { type Draft, formOf, parseForm } from '../../src/domain/form/form';
import { accessTypes, destinationEngines, sourceEngines } from '../../src/domain/migration/engines';
import {
  askedFields,
  type FieldPath,
  type FormOffer,
  type FormValues,
  fieldPaths,
  withPresets,
} from '../../src/domain/migration/fields';
import {
  type SecretSources,
  secretPaths,
  secretSources,
} from '../../src/domain/secrets/secretReference';
import { readParameters, writeParameters } from '../../src/store/storedParameters';

const offers: readonly FormOffer[] = [
  { typed: true, stored: false },
  { typed: false, stored: true },
  { typed: true, stored: true },
  { typed: true, stored: true, asksChannel: true },
];

/** A valid value for each field, whatever the other choices are. */
const sound: Readonly<Record<FieldPath, fc.Arbitrary<string>>> = {
  JobName: fc.constantFrom('usertest', '迁移 🚚', '<!channel> & *bold*'),
  SrcDatabaseType: fc.constantFrom(...sourceEngines),
  SrcAccessType: fc.constantFrom(...accessTypes),
  SrcNodeType: fc.constantFrom('simple', 'cluster'),
  'SrcInfo.Supplier': fc.constantFrom('others', 'aliyun'),
  'SrcInfo.Region': fc.constantFrom('ap-guangzhou', 'eu-frankfurt', 'ap-shenzhen-fsi'),
  'SrcInfo.InstanceId': fc.constantFrom('cdb-powiqx8q', 'crs-1a2b3c4d'),
  'SrcInfo.CvmInstanceId': fc.constant('ins-1a2b3c4d'),
  'SrcInfo.UniqDcgId': fc.constant('dcg-1a2b3c4d'),
  'SrcInfo.UniqVpnGwId': fc.constant('vpngw-1a2b3c4d'),
  'SrcInfo.CcnId': fc.constant('ccn-1a2b3c4d'),
  'SrcInfo.VpcId': fc.constant('vpc-1a2b3c4d'),
  'SrcInfo.SubnetId': fc.constant('subnet-1a2b3c4d'),
  'SrcInfo.RdsInstanceId': fc.constant('rm-bp1a2b3c4d5e6f7g8'),
  'SrcInfo.EngineVersion': fc.constantFrom('5.6', '5.7'),
  'SrcInfo.AccessKey': fc.constant('AK123'),
  'SrcInfo.AccessKey.Source': fc.constantFrom('typed', 'env:RDS_KEY'),
  'SrcInfo.Ip': fc.constantFrom('14.17.22.36', '2400:3200::1', 'db.example.com'),
  'SrcInfo.Port': fc.integer({ min: 1, max: 65_535 }).map(String),
  SrcInfoMulti: fc.constantFrom('ins-1a2b3c4d:6379', '14.17.22.36:6379\n[2400:3200::1]:6380'),
  'MigrateOption.ExternParams.SrcAuthFlag': fc.constantFrom('0', '1'),
  'SrcInfo.User': fc.constantFrom('root', '用户'),
  'SrcInfo.Password': fc.constant(' with blanks '),
  'SrcInfo.Password.Source': fc.constantFrom('typed', 'ssm:orders:v1', 'env:ORDERS'),
  'MigrateOption.ExternParams.SrcAuthDatabase': fc.constant('admin'),
  'MigrateOption.ExternParams.SrcAuthMechanism': fc.constant('SCRAM-SHA-1'),
  DstDatabaseType: fc.constantFrom(...destinationEngines),
  'DstInfo.Region': fc.constantFrom('ap-shanghai', 'ap-shanghai-fsi'),
  'DstInfo.InstanceId': fc.constantFrom('cdb-e78e0nnv', 'cynosdbmysql-1a2b3c4d'),
  'DstInfo.User': fc.constant('writer'),
  'DstInfo.Password': fc.constant('p'),
  'DstInfo.Password.Source': fc.constantFrom('typed', 'ssm:dst:SSM_Current'),
  'MigrateOption.MigrateObject': fc.constantFrom('1', '2'),
  DatabaseInfo: fc.constantFrom('0', '0\n7', 'a.b\na.c\n"d.e"', 'a.s.t\nb.s.*'),
  'DatabaseInfo.File': fc.constant(''),
  'MigrateOption.MigrateType': fc.constantFrom('1', '2', '3'),
  'MigrateOption.IsOverrideRoot': fc.constant('0'),
  'DstInfo.ReadOnly': fc.constantFrom('0', '1'),
  'MigrateOption.ConsistencyType': fc.constantFrom('1', '2', '3', '4', '5'),
  'MigrateOption.ConsistencyParams.SelectRowsPerTable': fc
    .integer({ min: 1, max: 100 })
    .map(String),
  'MigrateOption.ConsistencyParams.TablesSelectAll': fc.integer({ min: 1, max: 100 }).map(String),
  'MigrateOption.ConsistencyParams.TablesSelectCount': fc.integer({ min: 1, max: 100 }).map(String),
  'MigrateOption.ExternParams.ClientOutputBufferHardLimit': fc.constantFrom('0', '512'),
  'MigrateOption.ExternParams.ClientOutputBufferSoftLimit': fc.constantFrom('0', '512'),
  'MigrateOption.ExternParams.ClientOutputBufferPersistTime': fc.constantFrom('0', '60'),
  'MigrateOption.ExternParams.ReplBacklogSize': fc.constantFrom('1', '512'),
  'MigrateOption.ExternParams.ReplTimeout': fc.constantFrom('60', '2147483647'),
  Tags: fc.constantFrom('team=orders', 'a=b=c\nurgent', '团队=订单'),
  'MigrateOption.RunMode': fc.constantFrom('1', '2'),
  'MigrateOption.ExpectTime': fc.integer({ min: 1_000_000_000, max: 9_999_999_999 }).map(String),
  Channel: fc.constant('C0DEV'),
  Reason: fc.constantFrom('why', '多行\n原因'),
  Advanced: fc.constantFrom('on', ''),
};

/** Forms in which any field may be filled in or empty. */
const forms: fc.Arbitrary<FormValues> = fc.record(sound, { requiredKeys: [] });

/** A form in which all visible fields are filled in. */
const soundForms = fc
  .tuple(fc.record(sound), fc.constantFrom(...offers))
  .map(([all, offer]) => ({ values: withoutOptional(all, offer), offer }));

function withoutOptional(all: FormValues, offer: FormOffer): FormValues {
  const asked = new Set(askedFields(all, offer).map(({ path }) => path));
  return Object.fromEntries(
    Object.entries(all).filter(([path]) =>
      fieldPaths.some((each) => each === path && asked.has(each)),
    ),
  );
}

function sourcesIn({ secrets }: Draft): SecretSources {
  const sources: SecretSources = {};
  for (const path of secretPaths) {
    const secret = secrets[path];
    if (secret !== undefined) sources[path] = secret.kind === 'typed' ? { kind: 'typed' } : secret;
  }
  return sources;
}

/** Typed secrets, which a person types again in a clone. */
function typedAgain({ secrets }: Draft): FormValues {
  const typed: FormValues = {};
  for (const path of secretPaths) {
    const secret = secrets[path];
    if (secret?.kind === 'typed') typed[path] = secret.secret.reveal();
  }
  return typed;
}

it('valid values survive the way from the form to the database and back', () => {
  let passed = 0;
  fc.assert(
    fc.property(soundForms, ({ values, offer }) => {
      const parsed = parseForm(values, offer);
      if (!parsed.ok) return;
      passed += 1;
      const { parameters } = parsed.draft;
      const sources = sourcesIn(parsed.draft);
      const kept = readParameters(writeParameters(parameters));
      expect(kept).toEqual(parameters);
      expect(secretSources.parse(JSON.parse(JSON.stringify(sources)))).toEqual(sources);
      const again = parseForm(
        { ...formOf(kept, sources), ...typedAgain(parsed.draft), Reason: values.Reason ?? '' },
        // The form doesn't ask for the channel again.
        { ...offer, asksChannel: false },
      );
      if (!again.ok) throw new Error(JSON.stringify([again.problems, values]));
      expect(again.draft.parameters).toEqual(parameters);
      expect(sourcesIn(again.draft)).toEqual(sources);
    }),
    { numRuns: 200 },
  );
  expect(passed).toBeGreaterThan(100);
});

/** Fields that are stored elsewhere, or become the text of another field. */
const notInParameters: ReadonlySet<string> = new Set([
  ...secretPaths,
  'DatabaseInfo.File',
  'Channel',
  'Reason',
  'Advanced',
]);

it('the parameters contain the value of every visible field', () => {
  const arrived = new Set<string>();
  fc.assert(
    fc.property(soundForms, ({ values, offer }) => {
      const parsed = parseForm(values, offer);
      if (!parsed.ok) return;
      const again = formOf(parsed.draft.parameters, sourcesIn(parsed.draft));
      for (const path of fieldPaths) {
        const value = values[path];
        if (value === undefined || notInParameters.has(path)) continue;
        // Names are parsed by the engine's rules and stored in one format.
        const expected: unknown = path === 'DatabaseInfo' ? expect.any(String) : value;
        expect([path, again[path]]).toEqual([path, expected]);
        arrived.add(path);
      }
    }),
    { numRuns: 200 },
  );
  // Some fields depend on several rare choices, so a run may miss a few.
  expect(arrived.size).toBeGreaterThan(30);
});

it('the parameters contain no field that the choices hide, and no empty one', () => {
  fc.assert(
    fc.property(fc.record(sound), fc.constantFrom(...offers), (all, offer) => {
      const parsed = parseForm({ ...all, 'MigrateOption.MigrateObject': '1' }, offer);
      if (!parsed.ok) return;
      const asked = new Set(
        askedFields({ ...all, 'MigrateOption.MigrateObject': '1' }, offer).map(({ path }) => path),
      );
      for (const path of Object.keys(formOf(parsed.draft.parameters, {}))) {
        // All suppliers except Alibaba Cloud are `others`, even if the field is hidden.
        if (path === 'SrcInfo.Supplier') continue;
        expect([...asked]).toContain(path);
      }
      expect(JSON.stringify(parsed.draft.parameters)).not.toMatch(/:(""|null|\[\]|\{\})/);
    }),
    { numRuns: 100 },
  );
});

it('typed texts in hidden fields do not change which fields are visible', () => {
  fc.assert(
    fc.property(forms, fc.constantFrom(...offers), (values, offer) => {
      const asked = askedFields(values, offer).map(({ path }) => path);
      const only = Object.fromEntries(asked.map((path) => [path, values[path]]));
      expect(askedFields(only, offer).map(({ path }) => path)).toEqual(asked);
      expect(askedFields(withPresets(values, offer), offer).map(({ path }) => path)).toEqual(asked);
    }),
    { numRuns: 100 },
  );
});

/** Texts that people, keyboards and scripts put into fields. */
const malformed: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', ' ', '1e5', '0x50', '65536', '-1', '+1', '1.5', '٣٣٠٦', '𝟛', '00', '007'),
  fc.constantFrom('\u0000', 'a\u202eb', '\ud800', '💥', '數據庫', '::1', '[::1]:80', '127.0.0.1'),
  fc.constantFrom('10.0.0.5', 'localhost', 'x'.repeat(4_000), '{"a":1}', '[', '`', '"', '<@U1>'),
  fc.constantFrom('ssm:', 'ssm:a', 'env:', 'env:a b', 'typed', '__proto__', 'constructor', '-'),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.ipV4(),
  fc.ipV6(),
  fc.domain(),
);

it('anything in any field is accepted or reported at a visible field, and never throws', () => {
  fc.assert(
    fc.property(
      fc.record(sound),
      fc.array(fc.tuple(fc.constantFrom(...fieldPaths), malformed), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(...offers),
      (all, wrong, offer) => {
        const values: FormValues = { ...all, ...Object.fromEntries(wrong) };
        const parsed = parseForm(values, offer);
        if (parsed.ok) {
          expect(() => writeParameters(parsed.draft.parameters)).not.toThrow();
          return;
        }
        const asked = askedFields(values, offer).map(({ path }) => path);
        for (const path of Object.keys(parsed.problems)) expect(asked).toContain(path);
      },
    ),
    { numRuns: 200 },
  );
});

it('a list of databases stays the same after writing and reading', () => {
  const text = parseForm(
    { ...exampleForm, 'MigrateOption.MigrateObject': '2', DatabaseInfo: 'a.b\na.c\n`d.e`' },
    { typed: true, stored: false },
  );
  if (!text.ok) throw new Error(JSON.stringify(text.problems));
  const typed = formOf(text.draft.parameters, {}).DatabaseInfo ?? '';
  expect(typed).toBe('a.b\na.c\n"d.e"');
  const read = readDatabaseList(typed, databaseNaming.mysql);
  expect(read.ok && read.list.objects).toEqual(text.draft.parameters.DatabaseInfo);
});
