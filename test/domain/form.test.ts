import fc from 'fast-check';
import { exampleForm } from '../../playground/exampleForm';
import { pageExample } from '../../playground/tencentcloud/index';
import {
  type Draft,
  type FieldProblem,
  parseForm as parse,
  targetsSoFar,
} from '../../src/domain/form/form';
import type { FieldPath, FormOffer, FormValues } from '../../src/domain/migration/fields';
import { typedOnly } from '../support/aForm';

const parseForm = (values: FormValues) => parse(values, typedOnly);

const problemOf = (path: FieldPath, value: string): FieldProblem | undefined => {
  const parsed = parseForm({ ...exampleForm, [path]: value });
  return parsed.ok ? undefined : parsed.problems[path];
};

const passwordOf = ({ secrets }: Draft): string | undefined => {
  const source = secrets['SrcInfo.Password'];
  return source?.kind === 'typed' ? source.secret.reveal() : undefined;
};

describe("the API page's example", () => {
  it("becomes the page's parameters, without the password", () => {
    const parsed = parseForm(exampleForm);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const { Password, ...SrcInfo } = pageExample.SrcInfo;
    expect(parsed.draft.parameters).toEqual({ ...pageExample, SrcInfo });
    expect(passwordOf(parsed.draft)).toBe(Password);
    expect(parsed.draft.reason).toBe(exampleForm.Reason);
  });

  it('prints the password nowhere', () => {
    const parsed = parseForm({ ...exampleForm, 'SrcInfo.Password': 'canary-1' });
    const { inspect } = jest.requireActual<typeof import('node:util')>('node:util');
    for (const printed of [
      JSON.stringify(parsed),
      inspect(parsed, { depth: 9, showHidden: true }),
      parsed.ok ? `${Object.values(parsed.draft.secrets).map(String)}` : '',
      parsed.ok ? Object.values(parsed.draft).join() : '',
    ]) {
      expect(printed).not.toContain('canary-1');
    }
  });
});

describe('an invalid value is reported at its field', () => {
  const cases: readonly [FieldPath, string, FieldProblem['code']][] = [
    ['JobName', '', 'required'],
    ['JobName', '   ', 'required'],
    ['JobName', 'x'.repeat(129), 'too_long'],
    ['JobName', 'a\u0000b', 'forbidden_character'],
    ['JobName', 'two\nlines', 'forbidden_character'],
    ['SrcDatabaseType', 'oracle', 'not_offered'],
    ['SrcAccessType', '', 'required'],
    ['SrcInfo.Ip', '', 'required'],
    ['SrcInfo.Ip', '14.17.22', 'not_an_address'],
    ['SrcInfo.Ip', '14.17.22.360', 'not_an_address'],
    ['SrcInfo.Ip', 'db', 'not_an_address'],
    ['SrcInfo.Ip', 'http://db.example.com', 'more_than_a_host'],
    ['SrcInfo.Ip', '14.17.22.36:3306', 'more_than_a_host'],
    ['SrcInfo.Ip', '14.17.22.36:99999', 'not_an_address'],
    ['SrcInfo.Region', 'ap-shanghai-2', 'zone_for_region'],
    ['DstInfo.Region', 'na-siliconvalley-1', 'zone_for_region'],
    ['DstInfo.Region', 'ap-shanghai-fsi-3', 'zone_for_region'],
    ['SrcInfo.Ip', '127.0.0.1', 'not_public'],
    ['SrcInfo.Ip', '10.0.0.8', 'not_public'],
    ['SrcInfo.Ip', '172.16.0.1', 'not_public'],
    ['SrcInfo.Ip', '192.168.1.4', 'not_public'],
    ['SrcInfo.Ip', '169.254.169.254', 'not_public'],
    ['SrcInfo.Ip', '100.64.0.1', 'not_public'],
    ['SrcInfo.Ip', '::1', 'not_public'],
    ['SrcInfo.Ip', 'fd00::1', 'not_public'],
    ['SrcInfo.Ip', 'localhost', 'not_public'],
    ['SrcInfo.Port', '', 'required'],
    ['SrcInfo.Port', '0', 'not_a_number'],
    ['SrcInfo.Port', '65536', 'not_a_number'],
    ['SrcInfo.Port', '-1', 'not_a_number'],
    ['SrcInfo.Port', '1e5', 'not_a_number'],
    ['SrcInfo.Port', '0x50', 'not_a_number'],
    ['SrcInfo.Port', '33.06', 'not_a_number'],
    ['SrcInfo.Port', '٣٣٠٦', 'not_a_number'],
    ['SrcInfo.User', '', 'required'],
    ['SrcInfo.Password', '', 'required'],
    ['SrcInfo.Password', 'a\nb', 'control_characters'],
    ['SrcInfo.Password', 'x'.repeat(257), 'too_long'],
    ['SrcInfo.Region', 'Guangzhou', 'not_a_region'],
    ['DstInfo.Region', 'ap_shanghai', 'not_a_region'],
    ['DstInfo.InstanceId', 'e78e0nnv', 'not_an_id'],
    ['DstInfo.InstanceId', 'cdb-E78E0NNV', 'not_an_id'],
    ['DstInfo.InstanceId', 'cdb-e78e0nnv; drop', 'not_an_id'],
    ['MigrateOption.MigrateType', '4', 'not_offered'],
    ['MigrateOption.MigrateType', '', 'required'],
    ['MigrateOption.ConsistencyType', '6', 'not_offered'],
    ['Reason', '', 'required'],
    ['Reason', 'x'.repeat(3001), 'too_long'],
    ['Reason', 'bell \u0007', 'forbidden_character'],
  ];
  it.each(cases)('%s %j: %s', (path, value, code) => {
    expect(problemOf(path, value)?.code).toBe(code);
  });

  it('reports all invalid fields at once', () => {
    const parsed = parseForm({ ...exampleForm, JobName: '', 'SrcInfo.Port': 'x', Reason: '' });
    expect(parsed.ok ? [] : Object.keys(parsed.problems)).toEqual(
      expect.arrayContaining(['JobName', 'SrcInfo.Port', 'Reason']),
    );
  });

  it('asks to keep the root account if only the structure is migrated', () => {
    expect(problemOf('MigrateOption.IsOverrideRoot', '1')?.code).toBe('root_without_all_data');
    const full = { 'MigrateOption.MigrateType': '2', 'MigrateOption.IsOverrideRoot': '1' };
    expect(parseForm({ ...exampleForm, ...full }).ok).toBe(true);
  });
});

describe('an empty secret', () => {
  const password = 'DstInfo.Password';
  const typedBefore = [password] as const;
  const redis = {
    SrcDatabaseType: 'redis',
    SrcNodeType: 'simple',
    'DstInfo.InstanceId': 'crs-1a2b3c4d',
  };
  const bySource = { typed: true, stored: true, typedBefore };
  const typedAlone = { ...typedOnly, typedBefore };

  it.each<[string, FormValues, FormOffer, readonly FieldPath[], readonly FieldPath[]]>([
    ['that was never typed is left empty', {}, typedOnly, [], []],
    ['that was typed before is noticed', {}, typedAlone, [], [password]],
    ['that is typed again is not empty', { [password]: 'p' }, typedAlone, [], []],
    ['that DTS usually requires has its own warning', redis, typedAlone, [], []],
    ['that the form no longer asks for does not matter', {}, { ...bySource, typed: false }, [], []],
    [
      'that the person wants to type is required',
      { [`${password}.Source`]: 'typed' },
      bySource,
      [password],
      [],
    ],
    ['without a source is left empty', {}, bySource, [], []],
  ])('%s', (_, changes, offer, required, emptied) => {
    const source = offer.stored ? { 'SrcInfo.Password.Source': 'env:ORDERS' } : {};
    const parsed = parse({ ...exampleForm, ...source, ...changes }, offer);
    expect(parsed.ok ? [] : Object.keys(parsed.problems)).toEqual(required);
    expect(parsed.ok ? parsed.draft.emptied : []).toEqual(emptied);
  });
});

describe('a valid value', () => {
  it.each([
    ['SrcInfo.Ip', 'db.example.com'],
    ['SrcInfo.Ip', '2400:3200::1'],
    ['SrcInfo.Ip', ' 14.17.22.36 '],
    ['SrcInfo.Port', '1'],
    ['SrcInfo.Port', '65535'],
    ['JobName', '迁移 🚚 <!channel>'],
    ['SrcInfo.Password', '  blanks count  '],
    ['Reason', '多行\n原因 `*_~ & < > <@U1>'],
    ['DstInfo.Region', 'ap-shenzhen-fsi'],
  ] as const)('%s %j is accepted', (path, value) => {
    expect(problemOf(path, value)).toBeUndefined();
  });

  it('is trimmed, except for a password', () => {
    const parsed = parseForm({
      ...exampleForm,
      JobName: '  usertest ',
      'SrcInfo.Password': ' blank ',
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(parsed.draft.parameters.JobName).toBe('usertest');
    expect(passwordOf(parsed.draft)).toBe(' blank ');
  });
});

it('returns parameters or problems for any text in any field, and never throws', () => {
  const paths = Object.keys(exampleForm);
  fc.assert(
    fc.property(
      fc.constantFrom(...paths),
      fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.ipV6(), fc.domain()),
      (path, value) => {
        const parsed = parseForm({ ...exampleForm, [path]: value });
        expect(parsed.ok || Object.keys(parsed.problems).length > 0).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

describe('the receivers of a secret in an unfinished form', () => {
  const host = { 'SrcInfo.Ip': '10.0.0.5' };
  it.each<[string, FormValues, readonly string[]]>([
    ['nothing', {}, []],
    ['a host', host, ['10.0.0.5']],
    ['a server without its host', { SrcAccessType: 'dcg', 'SrcInfo.UniqDcgId': 'dcg-1' }, []],
    ['a host without its gateway', { SrcAccessType: 'dcg', ...host }, []],
    [
      'a host behind a gateway',
      { SrcAccessType: 'dcg', 'SrcInfo.UniqDcgId': 'dcg-1', ...host },
      ['dcg-1/10.0.0.5'],
    ],
    ['nodes', { SrcInfoMulti: '10.0.0.6:6379\n10.0.0.7:6379' }, ['10.0.0.6', '10.0.0.7']],
    ['no nodes yet', { SrcInfoMulti: '' }, []],
    ['nodes that can’t be read, and a host', { SrcInfoMulti: '10.0.0.6', ...host }, ['10.0.0.5']],
    [
      'nodes on servers',
      { SrcAccessType: 'cvm', SrcInfoMulti: 'ins-1a2b3c4d:6379' },
      ['ins-1a2b3c4d'],
    ],
    ['an unknown access type', { SrcAccessType: 'other', ...host }, ['10.0.0.5']],
  ])('of %s', (_, values, targets) => {
    expect(targetsSoFar(values, 'SrcInfo.Password')).toEqual(targets);
  });

  it('is the target instance for its password, as soon as it is known', () => {
    const ofTarget = (values: FormValues) => targetsSoFar(values, 'DstInfo.Password');
    expect(ofTarget(host)).toEqual([]);
    expect(ofTarget({ 'DstInfo.InstanceId': 'cdb-e78e0nnv' })).toEqual(['cdb-e78e0nnv']);
  });
});
