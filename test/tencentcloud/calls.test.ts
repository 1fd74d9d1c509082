import type { JobApi, JobOperation } from '../../src/domain/job/job';
import { Secret } from '../../src/domain/secrets/secret';
import type { JobChange } from '../../src/ports/migrationService';
import { type CloudAccount, callCloud } from '../../src/tencentcloud/callCloud';
import { changeJob } from '../../src/tencentcloud/changeJob';
import { checkAccess } from '../../src/tencentcloud/checkAccess';
import { createMigrateJob } from '../../src/tencentcloud/createMigrateJob';
import { checkAccount } from '../../src/tencentcloud/identifyAccount';
import { isOfProduct } from '../../src/tencentcloud/listSecrets';
import { modifyJob } from '../../src/tencentcloud/modifyJob';
import * as services from '../../src/tencentcloud/services';
import { accountAt } from '../support/accountAt';
import { aDraft } from '../support/aForm';
import { type CloudServer, startCloudServer } from '../support/cloudServer';
import { sendsNow } from '../support/sendsNow';

const never = new AbortController().signal;
const region = 'ap-shanghai';
const jobId = 'dts-1';
let cloud: CloudServer;
let account: CloudAccount;
beforeEach(async () => {
  cloud = await startCloudServer();
  account = accountAt(cloud.host);
});
afterEach(() => cloud.stop());

const old: JobApi = '2018-03-30';
const current: JobApi = '2021-12-06';
const done = { kind: 'done', result: undefined };
const refused = { kind: 'failed', problem: { kind: 'refused', code: 'InternalError' } };

describe('an operation on a job', () => {
  const change = (
    api: JobApi | undefined,
    operation: JobChange,
    billing?: 'billed' | 'isolated',
  ) => {
    const job = billing === undefined ? {} : { billing };
    return changeJob(account, { api, jobId, region }, operation, job, never, sendsNow);
  };

  it.each<
    [Exclude<JobOperation, 'modify_job' | 'resume_job' | 'skip_check' | 'delete_job'>, string]
  >([
    ['check_job', 'CreateMigrateCheckJob'],
    ['start_job', 'StartMigrateJob'],
    ['pause_job', 'PauseMigrateJob'],
    ['continue_job', 'ContinueMigrateJob'],
    ['complete_job', 'CompleteMigrateJob'],
    ['stop_job', 'StopMigrateJob'],
  ])('%s calls its action once, in the version that knows the job', async (name, action) => {
    cloud.answer(action, {});
    for (const api of [old, current]) expect(await change(api, { name })).toEqual(done);
    expect(await change(undefined, { name })).toEqual(done);
    const call = { action, body: { JobId: jobId } };
    expect(cloud.calls).toEqual([call, call, call]);
    expect(cloud.places).toEqual(
      [old, current, old].map((version) => ({ version, region, language: 'en-US' })),
    );
  });

  it('says how a job is resumed', async () => {
    cloud.answer('ResumeMigrateJob', {});
    expect(await change(current, { name: 'resume_job', option: 'clearData' })).toEqual(done);
    const body = { JobId: jobId, ResumeOption: 'clearData' };
    expect(cloud.calls).toEqual([{ action: 'ResumeMigrateJob', body }]);
  });

  it('says which items of a check are skipped, and what happens to foreign keys', async () => {
    cloud.answer('SkipCheckItem', {});
    const items = [
      { id: 'A', name: 'a' },
      { id: 'B', name: 'b' },
    ];
    await change(current, { name: 'skip_check', skips: { items } });
    await change(current, { name: 'skip_check', skips: { items, foreignKeys: 'shield' } });
    const body = { JobId: jobId, StepIds: ['A', 'B'] };
    expect(cloud.calls).toEqual([
      { action: 'SkipCheckItem', body },
      { action: 'SkipCheckItem', body: { ...body, ForeignKeyFlag: 'shield' } },
    ]);
  });

  it.each([
    [old, undefined, 'DeleteMigrateJob'],
    [old, 'isolated', 'DeleteMigrateJob'],
    [current, undefined, 'IsolateMigrateJob'],
    [current, 'billed', 'IsolateMigrateJob'],
    [current, 'isolated', 'DestroyMigrateJob'],
  ] as const)('deletes a job of %s that is %s with %s', async (api, billing, action) => {
    cloud.answer(action, {});
    expect(await change(api, { name: 'delete_job' }, billing)).toEqual(done);
    expect(cloud.calls).toEqual([{ action, body: { JobId: jobId } }]);
  });

  it('returns the refusal, and is not made if it may not be', async () => {
    expect(await change(current, { name: 'stop_job' })).toMatchObject(refused);
    const sent = cloud.calls.length;
    const paced = {
      ...account,
      pace: async (_: string, __: AbortSignal, mayBegin: () => Promise<boolean>) => {
        if (!(await mayBegin())) throw new Error('too late');
        return () => {};
      },
    };
    const place = { api: current, jobId, region };
    const sending = { mayBegin: async () => false, hasBegun() {} };
    const late = await changeJob(paced, place, { name: 'stop_job' }, {}, never, sending);
    expect(late).toMatchObject({
      kind: 'failed',
      problem: { kind: 'not_sent', detail: expect.stringContaining('too late') },
    });
    expect(cloud.calls).toHaveLength(sent);
  });
});

describe('a change of parameters', () => {
  const secrets = {
    'SrcInfo.Password': new Secret('source-password'),
    'DstInfo.Password': new Secret('target-password'),
  };
  const { parameters: usual } = aDraft();
  const bodyOf = async (parameters: typeof usual, given: typeof secrets | object = {}) => {
    cloud.answer('ModifyMigrationJob', {});
    cloud.answer('ModifyMigrateJob', {});
    expect(
      await modifyJob(account, { api: current, jobId, region }, parameters, given, never, sendsNow),
    ).toEqual(done);
    return cloud.calls.at(-1)?.body;
  };
  const option = (changes: object) => ({
    ...usual,
    MigrateOption: { ...usual.MigrateOption, ...changes },
  });

  it('names the version of a source on RDS', async () => {
    const SrcInfo = { ...usual.SrcInfo, EngineVersion: '5.7' } as const;
    const body = await bodyOf({ ...usual, SrcInfo }, secrets);
    expect(body).toMatchObject({ SrcInfo: { Info: [{ EngineVersion: '5.7' }] } });
  });

  it('replaces everything in 2021-12-06', async () => {
    const { DstInfo, SrcInfo } = usual;
    const source = {
      ...{ Host: SrcInfo.Ip, Port: SrcInfo.Port, User: SrcInfo.User },
      ...{ CvmInstanceId: SrcInfo.CvmInstanceId, InstanceId: SrcInfo.InstanceId },
      ...{ VpcId: SrcInfo.VpcId, SubnetId: SrcInfo.SubnetId, UniqDcgId: SrcInfo.UniqDcgId },
      ...{ UniqVpnGwId: SrcInfo.UniqVpnGwId, EngineVersion: SrcInfo.EngineVersion },
      Password: 'source-password',
    };
    const target = {
      InstanceId: DstInfo.InstanceId,
      User: DstInfo.User,
      Password: 'target-password',
    };
    expect(await bodyOf(usual, secrets)).toMatchObject({
      ...{ JobId: jobId, JobName: usual.JobName, RunMode: 'immediate' },
      SrcInfo: {
        ...{ Region: SrcInfo.Region, AccessType: usual.SrcAccessType },
        ...{ DatabaseType: usual.SrcDatabaseType, NodeType: 'simple' },
        Info: [JSON.parse(JSON.stringify(source))],
      },
      DstInfo: {
        ...{ Region: DstInfo.Region, AccessType: usual.DstAccessType },
        ...{ DatabaseType: usual.DstDatabaseType, NodeType: 'simple' },
        Info: [JSON.parse(JSON.stringify(target))],
      },
    });
    expect(cloud.places.at(-1)).toMatchObject({ version: current, region });
    const ofOthers = { ...usual, SrcInfo: { ...SrcInfo, Supplier: 'others' as const } };
    expect(await bodyOf(ofOthers)).toMatchObject({ SrcInfo: { Supplier: 'others' } });
    const withUser = { ...usual, DstInfo: { ...DstInfo, User: 'writer' } };
    expect(await bodyOf(withUser)).toMatchObject({
      DstInfo: { Info: [{ InstanceId: DstInfo.InstanceId, User: 'writer' }] },
    });
    expect(JSON.stringify(cloud.calls.at(-1))).not.toContain('Password');
  });

  it.each([
    [
      { RunMode: 2, ExpectTime: new Date('2031-01-01T20:30:00Z') },
      { RunMode: 'timed', ExpectRunTime: '2031-01-02 04:30:00' },
    ],
    [{ MigrateType: 1 }, { MigrateOption: { MigrateType: 'structure' } }],
    [{ MigrateType: 2 }, { MigrateOption: { MigrateType: 'full' } }],
    [{ MigrateType: 3 }, { MigrateOption: { MigrateType: 'fullAndIncrement' } }],
    [{ ConsistencyType: 1 }, { MigrateOption: { Consistency: { Mode: 'notConfigured' } } }],
    [{ ConsistencyType: 2 }, { MigrateOption: { Consistency: { Mode: 'full' } } }],
    [{ ConsistencyType: 5 }, { MigrateOption: { Consistency: { Mode: 'noCheck' } } }],
    [{ IsOverrideRoot: 1 }, { MigrateOption: { IsOverrideRoot: true } }],
    [{ IsOverrideRoot: 0 }, { MigrateOption: { IsOverrideRoot: false } }],
  ])('with %j is written as %j', async (changes, expected) => {
    expect(await bodyOf(option(changes))).toMatchObject(expected);
  });

  it('leaves out what nobody set', async () => {
    const { IsOverrideRoot: _, ExpectTime: __, ...bare } = usual.MigrateOption;
    const { ReadOnly: ___, ...target } = usual.DstInfo;
    const { Supplier: ____, ...source } = usual.SrcInfo;
    const parameters = { ...usual, MigrateOption: bare, DstInfo: target, SrcInfo: source };
    const body = JSON.stringify(await bodyOf(parameters));
    for (const name of ['IsOverrideRoot', 'ExpectRunTime', 'IsDstReadOnly', 'Supplier'])
      expect(body).not.toContain(name);
  });

  it.each([
    [1, true],
    [0, false],
  ] as const)('with ReadOnly %s of the target says so', async (ReadOnly, IsDstReadOnly) => {
    const parameters = { ...usual, DstInfo: { ...usual.DstInfo, ReadOnly } };
    expect(await bodyOf(parameters)).toMatchObject({ MigrateOption: { IsDstReadOnly } });
  });

  it('names the objects, or that all of them are migrated', async () => {
    const { DatabaseInfo: _, ...all } = usual;
    expect(await bodyOf(all)).toMatchObject({
      MigrateOption: { DatabaseTable: { ObjectMode: 'all' } },
    });
    const DatabaseInfo = [
      { database: 'a' },
      { database: 'b', tables: ['t', 'u'] },
      { database: 'c', schema: 's' },
      { database: 'd', schema: 's', tables: ['t'] },
    ];
    const body = await bodyOf({ ...usual, DatabaseInfo });
    expect(
      Reflect.get(Object(Reflect.get(Object(body), 'MigrateOption')), 'DatabaseTable'),
    ).toEqual({
      ObjectMode: 'partial',
      Databases: [
        { DbName: 'a', DBMode: 'all' },
        {
          ...{ DbName: 'b', DBMode: 'partial', TableMode: 'partial' },
          Tables: [{ TableName: 't' }, { TableName: 'u' }],
        },
        {
          ...{ DbName: 'c', DBMode: 'partial', SchemaName: 's', SchemaMode: 'all' },
          TableMode: 'all',
        },
        {
          ...{ DbName: 'd', DBMode: 'partial', SchemaName: 's', SchemaMode: 'partial' },
          ...{ TableMode: 'partial', Tables: [{ TableName: 't' }] },
        },
      ],
    });
  });

  it('takes neither engines nor tags in 2018-03-30', async () => {
    cloud.answer('ModifyMigrateJob', {});
    const parameters = { ...usual, Tags: [{ TagKey: 'k', TagValue: 'v' }] };
    await modifyJob(account, { api: old, jobId, region }, parameters, secrets, never, sendsNow);
    const [call] = cloud.calls;
    expect(call?.action).toBe('ModifyMigrateJob');
    expect(call?.body).toMatchObject({ JobId: jobId, JobName: usual.JobName });
    for (const name of ['SrcDatabaseType', 'DstDatabaseType', 'Tags'])
      expect(call?.body).not.toHaveProperty(name);
    expect(cloud.places[0]).toMatchObject({ version: old, region });
    expect(
      await modifyJob(
        account,
        { api: old, jobId: 'x', region },
        parameters,
        secrets,
        never,
        sendsNow,
      ),
    ).toEqual(done);
  });

  it('returns the refusal without the passwords', async () => {
    const Message = 'source-password and target-password are weak';
    cloud.answer('ModifyMigrationJob', { Error: { Code: 'InvalidParameter', Message } });
    const result = await modifyJob(
      account,
      { api: current, jobId, region },
      usual,
      secrets,
      never,
      sendsNow,
    );
    expect(result).toMatchObject({ kind: 'failed', problem: { code: 'InvalidParameter' } });
    expect(JSON.stringify(result)).not.toMatch(/source-password|target-password/);
  });
});

describe('a call', () => {
  const call = (service: services.Service, paced: CloudAccount) =>
    callCloud(
      paced,
      { service, action: 'Some', region, body: {} },
      { secrets: [], abandon: never },
    );

  it('waits for its turn if DTS gets it, and is made at once otherwise', async () => {
    cloud.answer('Some', { Fine: true });
    const turns: string[] = [];
    const paced: CloudAccount = {
      ...account,
      async pace(action) {
        const before = cloud.calls.length;
        return () => void turns.push(`${action}: ${cloud.calls.length - before}`);
      },
    };
    for (const service of Object.values(services))
      expect(await call(service, paced)).toMatchObject({ ok: true });
    expect(turns).toEqual(['Some: 1', 'Some: 1']);
    expect(cloud.places.map(({ version }) => version)).toEqual(
      Object.values(services).map(({ version }) => version),
    );
  });

  it.each([
    ['AuthFailure.InvalidSecretId', 2],
    ['AuthFailure.SecretIdNotFound', 2],
    ['AuthFailure.SignatureFailure', 2],
    ['AuthFailure.TokenFailure', 2],
    ['AuthFailure.UnauthorizedOperation', 1],
    ['InternalError', 1],
  ])('that ends with %s is made %s times in all, if there are newer keys', async (Code, times) => {
    const asked: string[] = [];
    cloud.answer('Some', { Error: { Code, Message: 'no' } });
    const key = { secretId: 'a', secretKey: new Secret('b'), token: undefined };
    const credentials = {
      current: async () => ({ ok: true as const, keys: key }),
      reject(keys: typeof key) {
        asked.push(keys.secretId);
        return true;
      },
      state: account.credentials.state,
    };
    const answer = await call(services.dts, { ...account, credentials });
    expect(answer).toMatchObject({ ok: false, outcome: { problem: { code: Code } } });
    expect(cloud.calls).toHaveLength(times);
    expect(asked).toHaveLength(times - 1);
    cloud.calls.length = 0;
    await call(services.dts, { ...account, credentials: { ...credentials, reject: () => false } });
    expect(cloud.calls).toHaveLength(1);
  });

  it('is not made without keys', async () => {
    const credentials = {
      current: async () => ({ ok: false as const, detail: 'no role' }),
      reject: () => false,
      state: account.credentials.state,
    };
    const answer = await call(services.dts, { ...account, credentials });
    const detail = 'there are no valid keys for Tencent Cloud: no role';
    expect(answer).toEqual({
      ok: false,
      outcome: { kind: 'failed', problem: { kind: 'not_sent', detail } },
    });
    expect(cloud.calls).toEqual([]);
  });

  it('that creates a job has an unknown outcome if the response has no ID', async () => {
    for (const answer of [{}, { JobId: '' }]) {
      cloud.answer('CreateMigrateJob', answer);
      expect(
        await createMigrateJob(account, aDraft().parameters, {}, never, sendsNow),
      ).toMatchObject({
        kind: 'unknown',
        doubt: { kind: 'unreadable_answer', detail: 'the answer holds no JobId' },
      });
    }
    cloud.answer('CreateMigrateJob', { JobId: jobId });
    expect(await createMigrateJob(account, aDraft().parameters, {}, never, sendsNow)).toEqual({
      kind: 'done',
      result: { jobId, requestId: 'r1' },
    });
  });

  it.each([undefined, null, 7])('that creates a job is done with the RequestId %p', async (id) => {
    cloud.answer('CreateMigrateJob', { JobId: jobId, RequestId: id });
    expect(await createMigrateJob(account, aDraft().parameters, {}, never, sendsNow)).toEqual({
      kind: 'done',
      result: { jobId },
    });
  });
});

describe('the account', () => {
  it('may search for jobs, or says why not', async () => {
    cloud.answer('DescribeMigrateJobs', { TotalCount: 0, JobList: [] });
    expect(await checkAccess(account, region, never)).toBeUndefined();
    expect(cloud.calls).toEqual([{ action: 'DescribeMigrateJobs', body: { Offset: 0, Limit: 1 } }]);
    cloud.answer('DescribeMigrateJobs', { Error: { Code: 'InternalError', Message: 'no' } });
    expect(await checkAccess(account, region, never)).toMatchObject(refused.problem);
  });

  it('is compared with the allowed ones, if some are named', async () => {
    expect(await checkAccount(account, region, [])).toBeUndefined();
    expect(cloud.calls).toEqual([]);
    cloud.answer('GetCallerIdentity', { AccountId: '100' });
    expect(await checkAccount(account, region, ['99', '100'])).toBeUndefined();
    expect(await checkAccount(account, region, ['99'])).toEqual({
      ...{ kind: 'wrong_account', accountId: '100', allowed: ['99'] },
    });
    cloud.answer('GetCallerIdentity', { AccountId: '' });
    expect(await checkAccount(account, region, ['99'])).toMatchObject({
      kind: 'account_unknown',
      problem: { kind: 'not_sent', detail: expect.stringContaining('GetCallerIdentity') },
    });
    cloud.answer('GetCallerIdentity', { Error: { Code: 'InternalError', Message: 'no' } });
    expect(await checkAccount(account, region, ['99'])).toMatchObject({
      ...{ kind: 'account_unknown', problem: refused.problem },
    });
  });

  it('has secrets of products, which are found by their exact name', async () => {
    const secret = (SecretName: string) => ({ SecretName, Status: 'Enabled' });
    const find = () => isOfProduct(account, region, 'shop', never);
    cloud.answer('ListSecrets', { TotalCount: 1, SecretMetadatas: [secret('shop-2')] });
    expect(await find()).toEqual({ kind: 'found', isOfProduct: false });
    cloud.answer('ListSecrets', {
      TotalCount: 2,
      SecretMetadatas: [secret('shop-2'), secret('shop')],
    });
    expect(await find()).toEqual({ kind: 'found', isOfProduct: true });
    expect(cloud.calls.at(-1)?.body).toEqual({
      ...{ SecretType: 1, SearchSecretName: 'shop', Offset: 0, Limit: 100 },
    });
    cloud.answer('ListSecrets', { Error: { Code: 'InternalError', Message: 'no' } });
    expect(await find()).toMatchObject(refused);
  });
});
