import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, DB_MIGRATIONS } from '../../playground/slack/index';
import {
  type AccessType,
  accessTypes,
  type SourceEngine,
  sourceEngines,
} from '../../src/domain/migration/engines';
import type { FormValues } from '../../src/domain/migration/fields';
import { inFormOrder } from '../support/aForm';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { jobInThread } from '../support/words';

/**
 * Every source engine with every access type: the entries of the form, and exactly what DTS
 * receives. The fields repeat the API's documentation on purpose.
 */

const network = { VpcId: 'vpc-1a2b3c4d', SubnetId: 'subnet-1a2b3c4d', Ip: '10.0.0.5', Port: 6000 };
const near = { Region: 'ap-guangzhou', Supplier: 'others' };

/** The source as DTS receives it, without the account. */
const sources: Readonly<Record<AccessType, Readonly<Record<string, string | number>>>> = {
  extranet: { ...near, Ip: '14.17.22.36', Port: 6000 },
  cdb: { ...near, InstanceId: 'cdb-powiqx8q' },
  cvm: { ...near, CvmInstanceId: 'ins-1a2b3c4d', ...network },
  dcg: { ...near, UniqDcgId: 'dcg-1a2b3c4d', ...network },
  vpncloud: { ...near, UniqVpnGwId: 'vpngw-1a2b3c4d', ...network },
  ccn: { ...near, CcnId: 'ccn-1a2b3c4d', ...network },
  // The page of 2018 has no region and supplier here.
  vpnselfbuild: {
    Region: 'ap-guangzhou',
    CvmInstanceId: 'ins-1a2b3c4d',
    ...network,
  },
};

/** What the engine adds to the form and the call. */
interface Traits {
  fields: FormValues;
  account: Readonly<Record<string, string>>;
  option: Readonly<Record<string, string | number>>;
}

const account = { User: 'root', Password: '123456' };
const sql: Traits = {
  fields: { 'SrcInfo.User': 'root', 'SrcInfo.Password': '123456' },
  account,
  option: {},
};
const mysqlLike: Traits = {
  ...sql,
  fields: { ...sql.fields, 'MigrateOption.IsOverrideRoot': '1' },
  option: { IsOverrideRoot: 1 },
};
const traits: Readonly<Record<SourceEngine, Traits>> = {
  mysql: mysqlLike,
  mariadb: mysqlLike,
  percona: mysqlLike,
  postgresql: sql,
  sqlserver: sql,
  mongodb: {
    fields: {
      ...sql.fields,
      'MigrateOption.ExternParams.SrcAuthDatabase': 'admin',
      'MigrateOption.ExternParams.SrcAuthMechanism': 'SCRAM-SHA-1',
      'DstInfo.User': 'mongouser',
      'DstInfo.Password': 'to-mongodb',
    },
    account,
    option: {
      ExternParams:
        '{"SrcAuthFlag":"1","SrcAuthDatabase":"admin","SrcAuthMechanism":"SCRAM-SHA-1"}',
    },
  },
  redis: {
    fields: {
      'SrcInfo.Password': '123456',
      'MigrateOption.ExternParams.ReplTimeout': '120',
      'MigrateOption.ExternParams.ReplBacklogSize': '512',
      'DstInfo.Password': 'to-redis',
    },
    account: { Password: '123456' },
    option: { ExternParams: '{"ReplBacklogSize":512,"ReplTimeout":120}' },
  },
};

const destinations: Partial<Record<SourceEngine, Readonly<Record<string, string>>>> = {
  mongodb: { User: 'mongouser', Password: 'to-mongodb' },
  redis: { Password: 'to-redis' },
};

/** Another choice first, with its fields filled in, to see that nothing remains of it. */
const detours: readonly FormValues[] = [
  { Advanced: 'on' },
  { SrcDatabaseType: 'mongodb', 'MigrateOption.ExternParams.SrcAuthDatabase': 'left-over' },
  { SrcAccessType: 'dcg', 'SrcInfo.UniqDcgId': 'dcg-leftover', 'SrcInfo.VpcId': 'vpc-leftover' },
  { 'MigrateOption.ConsistencyType': '3', 'MigrateOption.ConsistencyParams.TablesSelectAll': '7' },
];

let test: TestFerry;
beforeAll(async () => {
  test = await startTestFerry();
});
afterAll(() => test.stop());

/**
 * Fills in a form after some detours, lets it be approved, and returns the body that DTS received.
 */
async function bodyOf(values: FormValues): Promise<unknown> {
  const { slack, dts } = test;
  const alice = slack.as(ALICE);
  await alice.shortcut('request_migration');
  await slack.until(() => alice.view(), { what: 'the form' });
  for (const detour of detours) await fillForm(slack, alice, detour);
  const { 'MigrateOption.ConsistencyType': check = '1' } = values;
  await fillForm(slack, alice, {
    ...inFormOrder(values),
    'MigrateOption.ConsistencyType': check,
  });
  // The second-last choice removes the fields for samples.
  const isSampled = values['MigrateOption.ConsistencyType'] === '3';
  const hasSample = () => JSON.stringify(alice.view()?.blocks).includes('TablesSelectAll');
  await slack.until(() => hasSample() === isSampled, { what: 'the last fields' });
  const { view: _, ...sent } = { view: undefined, ...(await alice.submit()) };
  expect(sent).toEqual({ result: 'updated' });
  const card = await slack.until(
    () =>
      slack
        .messages(DB_MIGRATIONS)
        .find((each) => !each.threadTs && slack.render(each).includes(`: ${values.JobName} · `)),
    { what: `the card of ${values.JobName}` },
  );
  await slack.until(() => !slack.render(alice.view() ?? card).includes('Sending'), {
    what: 'thanks',
  });
  await alice.dismiss();
  await slack.as(BOB).click(card, 'approve');
  await test.reply(card, jobInThread());
  const calls = dts.callsOf('CreateMigrateJob');
  return calls.find(({ body }) => JSON.stringify(body).includes(`"${values.JobName}"`))?.body;
}

describe.each(sourceEngines)('%s', (engine) => {
  it.each(accessTypes)(
    'by %s: sends exactly its fields, with numbers as numbers',
    async (access) => {
      const JobName = `${engine}-${access}`;
      const { fields, account, option } = traits[engine];
      const source = Object.fromEntries(
        Object.entries(sources[access])
          .filter(([name]) => name !== 'Supplier')
          .map(([name, value]) => [`SrcInfo.${name}`, String(value)]),
      );
      const values: FormValues = {
        JobName,
        SrcDatabaseType: engine,
        SrcAccessType: access,
        ...source,
        ...fields,
        'DstInfo.Region': 'ap-shanghai',
        'DstInfo.InstanceId': 'cdb-e78e0nnv',
        'MigrateOption.MigrateObject': '1',
        'MigrateOption.MigrateType': '3',
        'MigrateOption.ConsistencyType': '1',
        'MigrateOption.RunMode': '1',
        Reason: 'why',
      };
      expect(await bodyOf(values)).toEqual({
        JobName,
        MigrateOption: {
          RunMode: 1,
          MigrateType: 3,
          MigrateObject: 1,
          ConsistencyType: 1,
          ...option,
        },
        SrcDatabaseType: engine,
        SrcAccessType: access,
        SrcInfo: { ...sources[access], ...account },
        DstDatabaseType: engine,
        DstAccessType: 'cdb',
        DstInfo: { Region: 'ap-shanghai', InstanceId: 'cdb-e78e0nnv', ...destinations[engine] },
      });
    },
  );
});

describe('the call contains', () => {
  const mysql = exampleForm;
  const { SrcInfo, ...common } = {
    SrcDatabaseType: 'mysql',
    SrcAccessType: 'extranet',
    SrcInfo: {
      Region: 'ap-guangzhou',
      Supplier: 'others',
      Ip: '14.17.22.36',
      Port: 10301,
      User: 'root',
      Password: '123456',
    },
    DstDatabaseType: 'mysql',
    DstAccessType: 'cdb',
    DstInfo: { Region: 'ap-shanghai', InstanceId: 'cdb-e78e0nnv' },
  };
  const option = {
    RunMode: 1,
    MigrateType: 1,
    MigrateObject: 1,
    ConsistencyType: 1,
    IsOverrideRoot: 0,
  };

  it('a time, a sample, an account and a mode of the target, tags', async () => {
    const JobName = 'scheduled';
    const body = await bodyOf({
      ...mysql,
      JobName,
      'DstInfo.User': 'writer',
      'DstInfo.Password': 'to-mysql',
      'DstInfo.ReadOnly': '1',
      'MigrateOption.ConsistencyType': '3',
      'MigrateOption.ConsistencyParams.SelectRowsPerTable': '10',
      'MigrateOption.ConsistencyParams.TablesSelectAll': '20',
      'MigrateOption.ConsistencyParams.TablesSelectCount': '100',
      Tags: 'team=orders\nurgent',
      'MigrateOption.RunMode': '2',
      'MigrateOption.ExpectTime': String(Date.UTC(2031, 0, 1, 20, 30) / 1_000),
    });
    expect(body).toEqual({
      JobName,
      ...common,
      SrcInfo,
      DstInfo: { ...common.DstInfo, User: 'writer', Password: 'to-mysql', ReadOnly: 1 },
      MigrateOption: {
        ...option,
        RunMode: 2,
        ExpectTime: '2031-01-02 04:30:00',
        ConsistencyType: 3,
        ConsistencyParams: { SelectRowsPerTable: 10, TablesSelectAll: 20, TablesSelectCount: 100 },
      },
      Tags: [{ TagKey: 'team', TagValue: 'orders' }, { TagKey: 'urgent' }],
    });
  });

  it('selected databases and tables, to another engine', async () => {
    const JobName = 'named';
    const body = await bodyOf({
      ...mysql,
      JobName,
      DstDatabaseType: 'cynosdbmysql',
      'DstInfo.InstanceId': 'cynosdbmysql-1a2b3c4d',
      'MigrateOption.MigrateObject': '2',
      DatabaseInfo: 'orders.items\norders.`odd.name`\nstock',
    });
    expect(body).toEqual({
      JobName,
      ...common,
      SrcInfo,
      DstDatabaseType: 'cynosdbmysql',
      DstInfo: { Region: 'ap-shanghai', InstanceId: 'cynosdbmysql-1a2b3c4d' },
      MigrateOption: { ...option, MigrateObject: 2 },
      DatabaseInfo: '[{"Database":"orders","Table":["items","odd.name"]},{"Database":"stock"}]',
    });
  });

  it.each([
    ['5.6', { 'SrcInfo.AccessKey': 'AK123' }, { AccessKey: 'AK123' }],
    ['5.7', {}, {}],
  ] as const)('an RDS instance of version %s', async (version, fields, more) => {
    const JobName = `rds-${version}`;
    const body = await bodyOf({
      ...mysql,
      JobName,
      'SrcInfo.Supplier': 'aliyun',
      'SrcInfo.RdsInstanceId': 'rm-bp1a2b3c4d5e6f7g8',
      'SrcInfo.EngineVersion': version,
      ...fields,
    });
    expect(body).toMatchObject({
      SrcInfo: {
        ...SrcInfo,
        Supplier: 'aliyun',
        RdsInstanceId: 'rm-bp1a2b3c4d5e6f7g8',
        EngineVersion: version,
        ...more,
      },
    });
    expect(JSON.stringify(body).includes('AccessKey')).toBe(version === '5.6');
  });

  it('a cluster, node by node, each with the account', async () => {
    const JobName = 'nodes';
    const { 'SrcInfo.Ip': _ip, 'SrcInfo.Port': _port, 'SrcInfo.User': _user, ...rest } = mysql;
    const body = await bodyOf({
      ...rest,
      JobName,
      SrcDatabaseType: 'redis',
      SrcAccessType: 'ccn',
      SrcNodeType: 'cluster',
      'SrcInfo.CcnId': 'ccn-1a2b3c4d',
      'SrcInfo.VpcId': 'vpc-1a2b3c4d',
      'SrcInfo.SubnetId': 'subnet-1a2b3c4d',
      SrcInfoMulti: '10.0.0.1:6379\n10.0.0.2:6380',
      'DstInfo.InstanceId': 'crs-1a2b3c4d',
      'DstInfo.Password': 'to-redis',
      'MigrateOption.MigrateType': '3',
    });
    const whole = {
      Region: 'ap-guangzhou',
      Supplier: 'others',
      CcnId: 'ccn-1a2b3c4d',
      VpcId: 'vpc-1a2b3c4d',
      SubnetId: 'subnet-1a2b3c4d',
      Password: '123456',
    };
    expect(body).toEqual({
      JobName,
      SrcDatabaseType: 'redis',
      SrcAccessType: 'ccn',
      SrcNodeType: 'cluster',
      SrcInfo: whole,
      SrcInfoMulti: [
        { ...whole, Ip: '10.0.0.1', Port: 6379 },
        { ...whole, Ip: '10.0.0.2', Port: 6380 },
      ],
      DstDatabaseType: 'redis',
      DstAccessType: 'cdb',
      DstInfo: { Region: 'ap-shanghai', InstanceId: 'crs-1a2b3c4d', Password: 'to-redis' },
      MigrateOption: { RunMode: 1, MigrateType: 3, MigrateObject: 1, ConsistencyType: 1 },
    });
  });
});
