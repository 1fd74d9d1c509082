import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import Sign from 'tencentcloud-sdk-nodejs/tencentcloud/common/sign';
import { v20180330 } from 'tencentcloud-sdk-nodejs/tencentcloud/services/dts/v20180330';
import {
  DEFAULT_SECRET_ID,
  DEFAULT_SECRET_KEY,
  type DtsEndpoint,
  type DtsOptions,
  type Fault,
  type PlainFault,
  pageExample,
  STATUS_CREATED,
  STATUS_CREATING,
  startDts,
} from '../../playground/tencentcloud';
import { listenLocally } from '../support/listenLocally';

type Client = InstanceType<typeof v20180330.Client>;

interface ClientOptions {
  readonly secretId?: string;
  readonly secretKey?: string;
  readonly token?: string;
  readonly region?: string;
  readonly reqMethod?: 'GET' | 'POST';
  readonly reqTimeout?: number;
}

const endpoints: DtsEndpoint[] = [];

async function start(options: DtsOptions = {}): Promise<DtsEndpoint> {
  const dts = await startDts(options);
  endpoints.push(dts);
  return dts;
}

afterEach(async () => {
  await Promise.all(endpoints.splice(0).map((dts) => dts.close()));
});

function clientOf(dts: DtsEndpoint, options: ClientOptions = {}): Client {
  return new v20180330.Client({
    credential: {
      secretId: options.secretId ?? DEFAULT_SECRET_ID,
      secretKey: options.secretKey ?? DEFAULT_SECRET_KEY,
      ...(options.token === undefined ? {} : { token: options.token }),
    },
    region: options.region ?? 'ap-shanghai',
    profile: {
      httpProfile: {
        protocol: 'http://',
        endpoint: dts.host,
        reqMethod: options.reqMethod ?? 'POST',
        reqTimeout: options.reqTimeout ?? 10,
      },
    },
  });
}

/** The properties of a caught error that distinguish failures. */
async function failureOf(promise: Promise<unknown>) {
  const outcome = await promise.then(
    (value) => ({ ok: value }),
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new Error(`no failure: ${JSON.stringify(outcome)}`);
  const field = (name: string): unknown => Reflect.get(outcome, name);
  return {
    message: outcome.message,
    code: field('code'),
    httpCode: field('httpCode'),
    type: field('type'),
    requestId: field('requestId'),
    isTypeError: outcome.constructor.name === 'TypeError',
  };
}

function lastCall(dts: DtsEndpoint) {
  const call = dts.calls.at(-1);
  if (call === undefined) throw new Error('no call was recorded');
  return call;
}

interface RawRequest {
  readonly body?: string;
  readonly signedBody?: string;
  readonly method?: string;
  readonly secretId?: string;
  /** Unix seconds. */
  readonly timestamp?: number;
  readonly service?: string;
  readonly contentType?: string;
  /** Headers to replace, or to omit if `undefined`. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly rewrite?: (authorization: string) => string;
}

/** Sends a request signed with the SDK's signer. Returns the parsed `Response`. */
async function sendRaw(dts: DtsEndpoint, raw: RawRequest = {}) {
  const body = raw.body ?? JSON.stringify(pageExample);
  const method = raw.method ?? 'POST';
  const timestamp = raw.timestamp ?? Math.floor(Date.now() / 1000);
  const contentType = raw.contentType ?? 'application/json';
  const authorization = Sign.sign3({
    method,
    url: `${dts.url}/`,
    payload: Buffer.from(raw.signedBody ?? body),
    timestamp,
    service: raw.service ?? '127',
    secretId: raw.secretId ?? DEFAULT_SECRET_ID,
    secretKey: DEFAULT_SECRET_KEY,
    multipart: false,
    boundary: '',
    headers: { 'Content-Type': contentType },
  });
  const headers: Record<string, string | undefined> = {
    Authorization: raw.rewrite?.(authorization) ?? authorization,
    'Content-Type': contentType,
    'X-TC-Action': 'CreateMigrateJob',
    'X-TC-Version': '2018-03-30',
    'X-TC-Region': 'ap-shanghai',
    'X-TC-Timestamp': String(timestamp),
    ...raw.headers,
  };
  const sent = Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const request = httpRequest(dts.url, { method, headers: sent, agent: false });
  request.end(body);
  const [response] = await once(request, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const parsed: unknown = JSON.parse(text);
  return { status: response.statusCode, response: Reflect.get(Object(parsed), 'Response') };
}

function codeOf(answer: { response: unknown }): unknown {
  return Reflect.get(Object(Reflect.get(Object(answer.response), 'Error')), 'Code');
}

/** `pageExample` with values at dotted paths replaced, or removed if `undefined`. */
function exampleWith(changes: Readonly<Record<string, unknown>>) {
  const copy = structuredClone(pageExample);
  for (const [path, value] of Object.entries(changes)) {
    const parts = path.split('.');
    const leaf = parts.pop() ?? '';
    const parent = parts.reduce<object>((at, part) => Reflect.get(at, part), copy);
    if (value === undefined) Reflect.deleteProperty(parent, leaf);
    else Reflect.set(parent, leaf, value);
  }
  return copy;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('creating a job', () => {
  test("the API page's example creates a job and is recorded as sent", async () => {
    const nowMs = Date.now();
    const dts = await start({ now: () => nowMs });
    const answer = await clientOf(dts).CreateMigrateJob(pageExample);
    expect(answer.JobId).toMatch(/^dts-[0-9a-z]{8}$/);
    expect(answer.RequestId).toMatch(UUID);
    expect(dts.calls).toHaveLength(1);
    const call = lastCall(dts);
    expect(call).toMatchObject({
      index: 0,
      at: nowMs,
      method: 'POST',
      path: '/',
      action: 'CreateMigrateJob',
      version: '2018-03-30',
      region: 'ap-shanghai',
      verdict: { kind: 'accepted' },
      jobId: answer.JobId,
      exchange: 'answered',
    });
    expect(call.body).toEqual(pageExample);
    expect(JSON.parse(call.rawBody)).toEqual(pageExample);
    expect(call.headers['content-type']).toBe('application/json');
    const job = dts.jobs.get(answer.JobId ?? '');
    expect(job).toMatchObject({ region: 'ap-shanghai', request: pageExample, callIndex: 0 });
  });

  test('the same example works as a GET, whose query has numbers as text', async () => {
    const dts = await start();
    const tagged = { ...pageExample, Tags: [{ TagKey: 'team', TagValue: 'a' }] };
    await clientOf(dts, { reqMethod: 'GET' }).CreateMigrateJob(tagged);
    expect(lastCall(dts).body).toEqual(tagged);
    expect(dts.jobs.size).toBe(1);
  });

  test('a job is being created, then created', async () => {
    let nowMs = Date.now();
    const dts = await start({ now: () => nowMs, creatingMs: 500 });
    const client = clientOf(dts);
    await client.CreateMigrateJob(pageExample);
    const status = async () => (await client.DescribeMigrateJobs({})).JobList?.[0]?.Status;
    nowMs += 499;
    expect(await status()).toBe(STATUS_CREATING);
    nowMs += 1;
    expect(await status()).toBe(STATUS_CREATED);
  });

  test('two clients of two regions share the endpoint but not their jobs', async () => {
    const dts = await start();
    const shanghai = clientOf(dts, { region: 'ap-shanghai' });
    const finance = clientOf(dts, { region: 'ap-shenzhen-fsi' });
    await shanghai.CreateMigrateJob({ ...pageExample, JobName: 'one' });
    await finance.CreateMigrateJob({ ...pageExample, JobName: 'two' });
    const namesSeenBy = async (client: Client) =>
      (await client.DescribeMigrateJobs({})).JobList?.map((job) => job.JobName);
    expect(await namesSeenBy(shanghai)).toEqual(['one']);
    expect(await namesSeenBy(finance)).toEqual(['two']);
  });
});

const SQL_ACCOUNT = { User: 'root', Password: 'p' };
const PLACE = { Region: 'ap-guangzhou', Supplier: 'others' };
const NETWORK = { ...PLACE, VpcId: 'vpc-1a', SubnetId: 'subnet-1a', Ip: '10.0.0.2', Port: 3306 };
const AUTH = (flag: '0' | '1') => JSON.stringify({ SrcAuthFlag: flag, SrcAuthDatabase: 'admin' });

describe('valid requests', () => {
  test.each<[string, Record<string, unknown>]>([
    ['cvm', { CvmInstanceId: 'ins-1a2b3c4d', Port: 3306, ...PLACE, ...SQL_ACCOUNT }],
    ['dcg', { UniqDcgId: 'dcg-1a', ...NETWORK, ...SQL_ACCOUNT }],
    ['vpncloud', { UniqVpnGwId: 'vpngw-1a', ...NETWORK, ...SQL_ACCOUNT }],
    ['vpnselfbuild', { CvmInstanceId: 'ins-1a', ...SQL_ACCOUNT }],
    ['ccn', { CcnId: 'ccn-1a', ...NETWORK, ...SQL_ACCOUNT }],
    ['cdb', { InstanceId: 'cdb-powiqx8q', Supplier: 'others', ...SQL_ACCOUNT }],
  ])('access %s; each of its fields is required', async (access, source) => {
    const dts = await start({ callsPerSecond: 100 });
    const client = clientOf(dts);
    const send = (SrcInfo: object) =>
      client.CreateMigrateJob({ ...pageExample, SrcAccessType: access, SrcInfo });
    await send(source);
    for (const field of Object.keys(source)) {
      const { [field]: _, ...rest } = source;
      expect(await failureOf(send(rest))).toMatchObject({
        code: 'MissingParameter',
        message: expect.stringContaining(`SrcInfo.${field}`),
      });
    }
    expect(dts.jobs.size).toBe(1);
  });

  test.each<[string, Record<string, unknown>]>([
    [
      'redis without a password',
      {
        SrcDatabaseType: 'redis',
        DstDatabaseType: 'redis',
        'MigrateOption.MigrateType': 3,
        'MigrateOption.ExternParams': '{"ReplTimeout":60,"ReplBacklogSize":"1000"}',
        'SrcInfo.User': undefined,
        'SrcInfo.Password': undefined,
      },
    ],
    [
      'mongodb without authentication',
      {
        SrcDatabaseType: 'mongodb',
        DstDatabaseType: 'mongodb',
        'MigrateOption.ExternParams': AUTH('0'),
        'SrcInfo.User': undefined,
        'SrcInfo.Password': undefined,
      },
    ],
    [
      'named tables, sampled check',
      {
        'MigrateOption.MigrateObject': 2,
        DatabaseInfo: '[{"Database":"db1","Schema":"s","Table":["t1"]},{"Database":"db2"}]',
        'MigrateOption.ConsistencyType': 3,
        'MigrateOption.ConsistencyParams': {
          SelectRowsPerTable: 1,
          TablesSelectAll: 100,
          TablesSelectCount: 50,
        },
      },
    ],
    [
      'scheduled, Beijing time',
      { 'MigrateOption.RunMode': 2, 'MigrateOption.ExpectTime': '2099-01-01 00:00:00' },
    ],
    [
      'Alibaba RDS 5.6',
      {
        'SrcInfo.Supplier': 'aliyun',
        'SrcInfo.RdsInstanceId': 'rm-1',
        'SrcInfo.AccessKey': 'k',
        'SrcInfo.EngineVersion': '5.6',
      },
    ],
    [
      'cluster of several nodes',
      {
        SrcNodeType: 'cluster',
        SrcInfo: {},
        SrcInfoMulti: [pageExample.SrcInfo, pageExample.SrcInfo],
      },
    ],
    ['TDSQL-C as the target', { DstDatabaseType: 'cynosdbmysql' }],
    ['read-only target', { 'DstInfo.ReadOnly': 1 }],
    ['blank optional texts', { DatabaseInfo: '', 'SrcInfo.CcnId': '', SrcNodeType: '' }],
  ])('%s', async (_, changes) => {
    const dts = await start();
    const request = exampleWith(changes);
    await clientOf(dts).CreateMigrateJob(request);
    expect([...dts.jobs.values()].map((job) => job.request)).toEqual([request]);
  });
});

describe('malformed requests', () => {
  const VALUE = 'InvalidParameterValue.InvalidParameterValueError';
  const BIZ = 'InvalidParameterValue.BizInvalidParameterValueError';
  const JSON_TEXT = 'InvalidParameterValue.DataConvertError';

  test.each<[string, string, Record<string, unknown>]>([
    ['UnknownParameter', 'ClientToken', { ClientToken: 'x' }],
    ['UnknownParameter', 'SrcInfo.Host', { 'SrcInfo.Host': 'x' }],
    ['UnknownParameter', 'DryRun', { DryRun: true, JobName: undefined }],
    ['MissingParameter', 'JobName', { JobName: undefined }],
    ['MissingParameter', 'MigrateOption', { MigrateOption: undefined }],
    ['MissingParameter', 'MigrateOption.RunMode', { 'MigrateOption.RunMode': undefined }],
    ['MissingParameter', 'SrcDatabaseType', { SrcDatabaseType: undefined }],
    ['MissingParameter', 'SrcInfo', { SrcInfo: undefined }],
    ['MissingParameter', 'SrcInfo.Ip', { 'SrcInfo.Ip': undefined }],
    ['MissingParameter', 'SrcInfo.User', { 'SrcInfo.User': '' }],
    ['MissingParameter', 'DstInfo.Region', { 'DstInfo.Region': undefined }],
    ['MissingParameter', 'DstInfo.InstanceId', { 'DstInfo.InstanceId': undefined }],
    ['MissingParameter', 'MigrateOption.ExpectTime', { 'MigrateOption.RunMode': 2 }],
    ['MissingParameter', 'DatabaseInfo', { 'MigrateOption.MigrateObject': 2 }],
    ['MissingParameter', 'ConsistencyParams', { 'MigrateOption.ConsistencyType': 3 }],
    [
      'MissingParameter',
      'ConsistencyParams.TablesSelectAll',
      {
        'MigrateOption.ConsistencyType': 3,
        'MigrateOption.ConsistencyParams': { SelectRowsPerTable: 1, TablesSelectCount: 1 },
      },
    ],
    ['MissingParameter', 'SrcInfoMulti', { SrcNodeType: 'cluster' }],
    ['MissingParameter', 'Tags.0.TagKey', { Tags: [{ TagValue: 'x' }] }],
    ['MissingParameter', 'RdsInstanceId', { 'SrcInfo.Supplier': 'aliyun' }],
    [
      'MissingParameter',
      'SrcInfo.AccessKey',
      { 'SrcInfo.Supplier': 'aliyun', 'SrcInfo.RdsInstanceId': 'rm-1' },
    ],
    [
      'MissingParameter',
      'SrcInfo.Password',
      {
        SrcDatabaseType: 'mongodb',
        'MigrateOption.ExternParams': AUTH('1'),
        'SrcInfo.Password': '',
      },
    ],
    ['InvalidParameter', 'JobName', { JobName: 7 }],
    ['InvalidParameter', 'SrcInfo.Port', { 'SrcInfo.Port': '10301' }],
    ['InvalidParameter', 'SrcInfo.Port', { 'SrcInfo.Port': 1.5 }],
    ['InvalidParameter', 'MigrateOption.RunMode', { 'MigrateOption.RunMode': '1' }],
    ['InvalidParameter', 'SrcDatabaseType', { SrcDatabaseType: 3 }],
    ['InvalidParameter', 'DatabaseInfo', { DatabaseInfo: [{ Database: 'db1' }] }],
    ['InvalidParameter', 'Tags', { Tags: {} }],
    [VALUE, 'JobName', { JobName: '' }],
    [VALUE, 'JobName', { JobName: 'x'.repeat(129) }],
    [VALUE, 'MigrateOption.MigrateType', { 'MigrateOption.MigrateType': 4 }],
    [VALUE, 'SrcDatabaseType', { SrcDatabaseType: 'oracle' }],
    [VALUE, 'SrcDatabaseType', { SrcDatabaseType: 'cynosdbmysql' }],
    [VALUE, 'SrcAccessType', { SrcAccessType: 'internet' }],
    [VALUE, 'DstAccessType', { DstAccessType: 'extranet' }],
    [VALUE, 'SrcInfo.Port', { 'SrcInfo.Port': 0 }],
    [VALUE, 'SrcInfo.Port', { 'SrcInfo.Port': 65536 }],
    [VALUE, 'SrcInfo.VpcId', { 'SrcInfo.VpcId': 'subnet-1' }],
    [VALUE, 'SrcInfo.Supplier', { 'SrcInfo.Supplier': 'amazon' }],
    [VALUE, 'DstInfo.Region', { 'DstInfo.Region': 'Shanghai' }],
    [BIZ, 'IsOverrideRoot', { 'MigrateOption.IsOverrideRoot': 1 }],
    [BIZ, 'ConsistencyParams', { 'MigrateOption.ConsistencyParams': sampled() }],
    [BIZ, 'ExternParams', { 'MigrateOption.ExternParams': '{"ReplTimeout":1}' }],
    [BIZ, 'SrcInfo.AccessKey', { 'SrcInfo.AccessKey': 'k' }],
    [BIZ, 'MigrateType', { SrcDatabaseType: 'redis' }],
    [BIZ, 'DstInfo.ReadOnly', { 'DstInfo.ReadOnly': 1, DstDatabaseType: 'mariadb' }],
    [BIZ, 'DatabaseInfo', { DatabaseInfo: '[{"Database":"db1"}]' }],
    [BIZ, 'DatabaseInfo', { DatabaseInfo: '[]', 'MigrateOption.MigrateObject': 2 }],
    [BIZ, 'DatabaseInfo', { DatabaseInfo: '[{"Table":["t"]}]', 'MigrateOption.MigrateObject': 2 }],
    [
      BIZ,
      'ExpectTime',
      { 'MigrateOption.RunMode': 2, 'MigrateOption.ExpectTime': '2099-02-30 00:00:00' },
    ],
    [
      JSON_TEXT,
      'DatabaseInfo',
      { 'MigrateOption.MigrateObject': 2, DatabaseInfo: '[{Database:db1,Table:[table1]}]' },
    ],
    [
      JSON_TEXT,
      'ExternParams',
      { SrcDatabaseType: 'redis', 'MigrateOption.ExternParams': 'ReplTimeout=1' },
    ],
  ])('%s for %s: %j', async (code, named, changes) => {
    const dts = await start();
    const failure = await failureOf(clientOf(dts).CreateMigrateJob(exampleWith(changes)));
    expect(failure).toMatchObject({ code, requestId: expect.stringMatching(UUID) });
    expect(failure.message).toContain(named);
    expect(lastCall(dts).verdict).toMatchObject({ kind: 'refused', code });
    expect(dts.jobs.size).toBe(0);
  });

  test('ExpectTime is Beijing time and must be in the future', async () => {
    const nowMs = Math.floor(Date.now() / 1000) * 1000;
    const dts = await start({ now: () => nowMs });
    const at = (ms: number) =>
      exampleWith({
        'MigrateOption.RunMode': 2,
        'MigrateOption.ExpectTime': new Date(ms + 8 * 3_600_000)
          .toISOString()
          .slice(0, 19)
          .replace('T', ' '),
      });
    await clientOf(dts).CreateMigrateJob(at(nowMs + 1000));
    const failure = await failureOf(clientOf(dts).CreateMigrateJob(at(nowMs)));
    expect(failure.code).toBe(BIZ);
  });

  test("the target must be in the request's region if configured", async () => {
    const dts = await start({ dstRegion: 'sameAsRequest' });
    await clientOf(dts).CreateMigrateJob(pageExample);
    const elsewhere = clientOf(dts, { region: 'ap-guangzhou' }).CreateMigrateJob(pageExample);
    expect(await failureOf(elsewhere)).toMatchObject({ code: BIZ });
  });

  test('a body that is not a JSON object is refused', async () => {
    const dts = await start();
    expect(codeOf(await sendRaw(dts, { body: '{"JobName":' }))).toBe('InvalidParameter');
    expect(codeOf(await sendRaw(dts, { body: '[]' }))).toBe('InvalidParameter');
    expect(codeOf(await sendRaw(dts, { body: 'null' }))).toBe('InvalidParameter');
    expect(codeOf(await sendRaw(dts, { body: '{"JobName":null}' }))).toBe('MissingParameter');
  });
});

function sampled() {
  return { SelectRowsPerTable: 1, TablesSelectAll: 1, TablesSelectCount: 1 };
}

describe('authentication', () => {
  test('accepts the unmodified raw requests of these tests', async () => {
    const dts = await start();
    const answer = await sendRaw(dts);
    expect(answer.status).toBe(200);
    expect(Reflect.get(answer.response, 'JobId')).toBe([...dts.jobs.keys()][0]);
  });

  const seconds = () => Math.floor(Date.now() / 1000);

  test.each<[string, string, RawRequest]>([
    ['AuthFailure.SignatureFailure', 'a changed body', { signedBody: '{}' }],
    [
      'AuthFailure.SignatureFailure',
      'one digit changed',
      { rewrite: (text) => text.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) },
    ],
    [
      'AuthFailure.SignatureFailure',
      'another content type',
      { headers: { 'Content-Type': 'application/json; charset=utf-8' } },
    ],
    ['AuthFailure.SignatureFailure', 'another service', { service: 'cvm' }],
    [
      'AuthFailure.SignatureFailure',
      'another date in the scope',
      { rewrite: (text) => text.replace(/\d{4}-\d\d-\d\d/, '2020-01-01') },
    ],
    [
      'AuthFailure.SignatureFailure',
      'a timestamp other than the signed one',
      { headers: { 'X-TC-Timestamp': String(seconds() - 60) } },
    ],
    ['AuthFailure.SignatureExpire', 'an old timestamp', { timestamp: seconds() - 302 }],
    ['AuthFailure.SignatureExpire', 'a timestamp ahead', { timestamp: seconds() + 330 }],
    ['AuthFailure.SecretIdNotFound', 'an unknown id', { secretId: 'AKIDnobody' }],
    ['AuthFailure.TokenFailure', 'a stray token', { headers: { 'X-TC-Token': 't' } }],
    ['AuthFailure.InvalidAuthorization', 'SKIP', { rewrite: () => 'SKIP' }],
    [
      'AuthFailure.InvalidAuthorization',
      'no authorization',
      { headers: { Authorization: undefined } },
    ],
    [
      'AuthFailure.InvalidAuthorization',
      'host not signed',
      { rewrite: (text) => text.replace('content-type;host', 'content-type') },
    ],
    ['InvalidParameter', 'a timestamp of words', { headers: { 'X-TC-Timestamp': 'now' } }],
    ['MissingParameter', 'no action', { headers: { 'X-TC-Action': undefined } }],
    ['MissingParameter', 'no version', { headers: { 'X-TC-Version': undefined } }],
    ['MissingParameter', 'no timestamp', { headers: { 'X-TC-Timestamp': undefined } }],
    ['MissingParameter', 'no region', { headers: { 'X-TC-Region': undefined } }],
    ['InvalidAction', 'an unknown action', { headers: { 'X-TC-Action': 'Fly' } }],
    ['NoSuchVersion', 'an unknown version', { headers: { 'X-TC-Version': '2016-01-01' } }],
    ['InvalidAction', 'another version', { headers: { 'X-TC-Version': '2021-12-06' } }],
    ['UnsupportedRegion', 'no such region', { headers: { 'X-TC-Region': 'atlantis' } }],
    ['UnsupportedOperation', 'a known action', { headers: { 'X-TC-Action': 'CreateSubscribe' } }],
    ['UnsupportedProtocol', 'PUT', { method: 'PUT' }],
    ['UnsupportedProtocol', 'a form', { contentType: 'application/x-www-form-urlencoded' }],
    ['RequestSizeLimitExceeded', 'over 10 MB', { body: `"${'x'.repeat(10 * 1024 * 1024)}"` }],
  ])('%s: %s', async (code, _, raw) => {
    const dts = await start();
    const answer = await sendRaw(dts, raw);
    expect(answer.status).toBe(200);
    expect(codeOf(answer)).toBe(code);
    expect(Reflect.get(answer.response, 'RequestId')).toMatch(UUID);
    expect(lastCall(dts).verdict).toMatchObject({ kind: 'refused', code });
    expect(dts.jobs.size).toBe(0);
  });

  test('accepts up to five minutes of difference, by the injected clock', async () => {
    const timestamp = seconds();
    let nowMs = 0;
    const dts = await start({ now: () => nowMs });
    const codeAt = async (ms: number) => {
      nowMs = ms;
      return codeOf(await sendRaw(dts, { timestamp }));
    };
    expect(await codeAt(timestamp * 1000 + 300_000)).toBeUndefined();
    expect(await codeAt(timestamp * 1000 - 300_000)).toBeUndefined();
    expect(await codeAt(timestamp * 1000 + 300_001)).toBe('AuthFailure.SignatureExpire');
    expect(await codeAt(timestamp * 1000 - 300_001)).toBe('AuthFailure.SignatureExpire');
  });

  test('reports a wrong key, a wrong ID and tokens, as the SDK sees them', async () => {
    const dts = await start({ secretId: 'AKIDa', secretKey: 'k', token: 't' });
    const code = async (options: ClientOptions) =>
      (await failureOf(clientOf(dts, options).CreateMigrateJob(pageExample))).code;
    const right = { secretId: 'AKIDa', secretKey: 'k', token: 't' };
    await clientOf(dts, right).CreateMigrateJob(pageExample);
    expect(await code({ ...right, secretKey: 'K' })).toBe('AuthFailure.SignatureFailure');
    expect(await code({ ...right, secretId: 'AKIDb' })).toBe('AuthFailure.SecretIdNotFound');
    expect(await code({ ...right, token: 'u' })).toBe('AuthFailure.TokenFailure');
    expect(await code({ secretId: 'AKIDa', secretKey: 'k' })).toBe('AuthFailure.TokenFailure');
    expect(dts.jobs.size).toBe(1);
  });

  test('refuses an action that the account may not call', async () => {
    const dts = await start({ allowedActions: ['DescribeMigrateJobs'] });
    const client = clientOf(dts);
    expect(await client.DescribeMigrateJobs({})).toMatchObject({ TotalCount: 0, JobList: [] });
    const failure = await failureOf(client.CreateMigrateJob(pageExample));
    expect(failure.code).toBe('UnauthorizedOperation.NotEnoughPrivileges');
    expect(failure.message).toContain('dts:CreateMigrateJob');
  });
});

test('the rate limit is per action, counts a sliding second and follows the clock', async () => {
  const startMs = Date.now();
  let nowMs = startMs;
  const dts = await start({ now: () => nowMs, callsPerSecond: 2 });
  const client = clientOf(dts);
  const code = async () => (await failureOf(client.CreateMigrateJob(pageExample))).code;
  await client.CreateMigrateJob(pageExample);
  nowMs = startMs + 600;
  await client.CreateMigrateJob(pageExample);
  expect(await code()).toBe('RequestLimitExceeded');
  await client.DescribeMigrateJobs({});
  nowMs = startMs + 999;
  expect(await code()).toBe('RequestLimitExceeded');
  nowMs = startMs + 1000;
  await client.CreateMigrateJob(pageExample);
  expect(await code()).toBe('RequestLimitExceeded');
  expect(dts.jobs.size).toBe(3);
});

test('twenty calls per second are accepted by default', async () => {
  const nowMs = Date.now();
  const dts = await start({ now: () => nowMs });
  const client = clientOf(dts);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 21 }, () => client.CreateMigrateJob(pageExample)),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  expect(dts.jobs.size).toBe(20);
});

describe('listing jobs', () => {
  async function withJobs(options: DtsOptions = {}) {
    let nowMs = Date.now();
    const dts = await start({ now: () => nowMs, ...options });
    const client = clientOf(dts);
    const ids = new Map<string, string>();
    for (const [JobName, MigrateType, team] of [
      ['bravo', 3, 'x'],
      ['alpha', 1, 'y'],
      ['alpha-2', 2, 'x'],
    ] as const) {
      nowMs += 1000;
      const { JobId = '' } = await client.CreateMigrateJob({
        ...pageExample,
        JobName,
        MigrateOption: { ...pageExample.MigrateOption, MigrateType },
        Tags: [{ TagKey: 'team', TagValue: team }],
      });
      ids.set(JobName, JobId);
    }
    const names = async (request: Parameters<Client['DescribeMigrateJobs']>[0]) =>
      (await client.DescribeMigrateJobs(request)).JobList?.map((job) => job.JobName);
    return { dts, client, ids, names };
  }

  test('filters by ID, name and tag', async () => {
    const { names, ids } = await withJobs();
    expect(await names({ JobId: ids.get('alpha') ?? '?' })).toEqual(['alpha']);
    expect(await names({ JobId: 'dts-00000000' })).toEqual([]);
    expect(await names({ JobName: 'alpha' })).toEqual(['alpha-2', 'alpha']);
    expect(await names({ TagFilters: [{ TagKey: 'team', TagValue: ['x'] }] })).toEqual([
      'alpha-2',
      'bravo',
    ]);
    expect(await names({ TagFilters: [{ TagKey: 'owner' }] })).toEqual([]);
    expect(await names({ JobName: '', JobId: '' })).toHaveLength(3);
  });

  test('compares names exactly if configured', async () => {
    const { names } = await withJobs({ nameMatch: 'exact' });
    expect(await names({ JobName: 'alpha' })).toEqual(['alpha']);
  });

  test('sorts and pages', async () => {
    const { names, client } = await withJobs();
    expect(await names({})).toEqual(['alpha-2', 'alpha', 'bravo']);
    expect(await names({ Order: 'CreateTime' })).toEqual(['bravo', 'alpha', 'alpha-2']);
    expect(await names({ Order: 'JobName' })).toEqual(['alpha', 'alpha-2', 'bravo']);
    expect(await names({ Order: 'JobName', OrderSeq: 'DESC' })).toEqual([
      'bravo',
      'alpha-2',
      'alpha',
    ]);
    expect(await names({ Order: 'MigrateType' })).toEqual(['alpha', 'alpha-2', 'bravo']);
    const page = await client.DescribeMigrateJobs({ Order: 'JobName', Offset: 1, Limit: 1 });
    expect(page.TotalCount).toBe(3);
    expect(page.JobList?.map((job) => job.JobName)).toEqual(['alpha-2']);
    expect(await names({ Offset: 3 })).toEqual([]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['InvalidParameterValue.InvalidParameterValueError', { Limit: 0 }],
    ['InvalidParameterValue.InvalidParameterValueError', { Limit: 101 }],
    ['InvalidParameterValue.InvalidParameterValueError', { Offset: -1 }],
    ['InvalidParameterValue.InvalidParameterValueError', { Order: 'Size' }],
    ['InvalidParameterValue.InvalidParameterValueError', { OrderSeq: 'asc' }],
    ['InvalidParameter', { Limit: '20' }],
    ['UnknownParameter', { JobIds: [] }],
    ['MissingParameter', { TagFilters: [{}] }],
  ])('%s for %j', async (code, request) => {
    const dts = await start();
    const failure = await failureOf(clientOf(dts).request('DescribeMigrateJobs', request));
    expect(failure.code).toBe(code);
  });

  test('shows every field and no secret', async () => {
    const nowMs = Date.now();
    const dts = await start({ now: () => nowMs });
    const client = clientOf(dts);
    const request = exampleWith({
      'SrcInfo.Supplier': 'aliyun',
      'SrcInfo.RdsInstanceId': 'rm-1',
      'SrcInfo.AccessKey': 'secret-key',
      'DstInfo.Password': 'secret-too',
    });
    const { JobId } = await client.CreateMigrateJob(request);
    const { JobList } = await client.DescribeMigrateJobs({});
    expect(JobList).toEqual([
      {
        ...request,
        JobId,
        SrcInfo: { ...request.SrcInfo, Password: '', AccessKey: '' },
        DstInfo: { ...request.DstInfo, Password: '' },
        DatabaseInfo: '',
        CreateTime: new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
        StartTime: '0000-00-00 00:00:00',
        EndTime: '0000-00-00 00:00:00',
        Status: STATUS_CREATING,
        Detail: {
          StepAll: 0,
          StepNow: 0,
          Progress: '0',
          CurrentStepProgress: '0',
          MasterSlaveDistance: -1,
          SecondsBehindMaster: -1,
          StepInfo: [],
        },
        ErrorInfo: [],
        Tags: [],
        SrcInfoMulti: null,
      },
    ]);
    expect(JSON.stringify(JobList)).not.toMatch(/123456|secret/);
  });
});

describe('faults as the SDK sees them', () => {
  type Seen = Partial<Awaited<ReturnType<typeof failureOf>>>;

  const says = (text: string): string => expect.stringContaining(text);

  const whenever = (['before', 'after'] as const).flatMap((when): [PlainFault, Seen][] => [
    [{ kind: 'code', code: 'InternalError', when }, { code: 'InternalError' }],
    [
      { kind: 'noAnswer', when },
      { code: undefined, message: says('network timeout') },
    ],
    [
      { kind: 'reset', when },
      { code: undefined, message: says('socket hang up') },
    ],
    [{ kind: 'stalledBody', when }, { type: 'body-timeout' }],
    [
      { kind: 'status', status: 502, when },
      { code: undefined, httpCode: 502, message: 'Bad Gateway' },
    ],
    [{ kind: 'status', status: 503, when, body: '{}' }, { httpCode: 503 }],
    [{ kind: 'html', when }, { type: 'invalid-json' }],
    [{ kind: 'empty', when }, { type: 'invalid-json' }],
    [{ kind: 'noResponse', when }, { isTypeError: true }],
  ]);

  test.each(whenever)('%j', async (fault, seen) => {
    const dts = await start();
    const isSilent = fault.kind === 'noAnswer' || fault.kind === 'stalledBody';
    const client = clientOf(dts, isSilent ? { reqTimeout: 0.5 } : {});
    dts.next(fault);
    expect(await failureOf(client.CreateMigrateJob(pageExample))).toMatchObject(seen);
    const call = lastCall(dts);
    expect(call.verdict).toEqual({ kind: 'faulted', fault });
    expect(call.body).toEqual(pageExample);
    const created = 'when' in fault && fault.when === 'after';
    expect(dts.jobs.size).toBe(created ? 1 : 0);
    expect(call.jobId).toBe([...dts.jobs.keys()][0]);

    // The fault is used up.
    await clientOf(dts).CreateMigrateJob(pageExample);
    expect(lastCall(dts).verdict).toEqual({ kind: 'accepted' });
  });

  test('an error code has its message, or a given one, and comes before anything else', async () => {
    const dts = await start();
    dts.next({ kind: 'code', code: 'LimitExceeded.MaxUnusedJobs', message: 'too many' });
    expect(await failureOf(clientOf(dts).CreateMigrateJob(pageExample))).toMatchObject({
      code: 'LimitExceeded.MaxUnusedJobs',
      message: 'too many',
      requestId: expect.stringMatching(UUID),
    });
    expect(dts.jobs.size).toBe(0);
  });

  test('a fault after the effect does not create an invalid job', async () => {
    const dts = await start();
    dts.next({ kind: 'empty', when: 'after' });
    await failureOf(clientOf(dts).CreateMigrateJob(exampleWith({ JobName: '' })));
    expect(dts.jobs.size).toBe(0);
    expect(lastCall(dts).jobId).toBeUndefined();
  });

  test.each([307, 308] as const)('a %i makes the SDK send the job elsewhere', async (status) => {
    const dts = await start();
    const other = await start();
    dts.next({ kind: 'redirect', status, location: `${other.url}/` });
    await clientOf(dts).CreateMigrateJob(pageExample);
    expect(dts.jobs.size).toBe(0);
    expect(lastCall(dts).verdict.kind).toBe('faulted');
    expect(lastCall(other).body).toEqual(pageExample);
    expect(other.jobs.size).toBe(1);
  });

  test.each([301, 302] as const)('a %i makes it a GET without the job', async (status) => {
    const dts = await start();
    const other = await start();
    dts.next({ kind: 'redirect', status, location: `${other.url}/` });
    const failure = await failureOf(clientOf(dts).CreateMigrateJob(pageExample));
    expect(failure.code).toBe('AuthFailure.SignatureFailure');
    expect(lastCall(other).method).toBe('GET');
  });

  test('slow: the client gives up and the job is created anyway', async () => {
    const dts = await start();
    dts.next({ kind: 'slow', ms: 400 });
    const failure = await failureOf(
      clientOf(dts, { reqTimeout: 0.1 }).CreateMigrateJob(pageExample),
    );
    expect(failure.message).toContain('network timeout');
    expect(dts.jobs.size).toBe(0);
    const job = await dts.until(() => [...dts.jobs.values()][0], { what: 'the late job' });
    expect(job.request).toEqual(pageExample);
    expect(lastCall(dts)).toMatchObject({ verdict: { kind: 'accepted' }, exchange: 'clientGone' });
  });

  test('slow: a patient client gets its response', async () => {
    const dts = await start();
    dts.next({ kind: 'slow', ms: 50 });
    const answer = await clientOf(dts).CreateMigrateJob(pageExample);
    expect(dts.jobs.has(answer.JobId ?? '')).toBe(true);
    const call = lastCall(dts);
    expect(Number(process.hrtime.bigint()) / 1e6 - call.atMonotonicMs).toBeGreaterThanOrEqual(45);
  });

  test('hold: nothing is processed until the release', async () => {
    const dts = await start();
    const hold = dts.next({ kind: 'hold' });
    const answering = clientOf(dts).CreateMigrateJob(pageExample);
    const call = await hold.arrived;
    expect(call.body).toEqual(pageExample);
    expect(call.verdict).toEqual({ kind: 'pending' });
    // Another call isn't held and overtakes the first.
    const { JobId: second } = await clientOf(dts).CreateMigrateJob(pageExample);
    expect([...dts.jobs.keys()]).toEqual([second]);
    hold.release();
    const { JobId: first } = await answering;
    expect([...dts.jobs.keys()]).toEqual([second, first]);
    expect(call.verdict).toEqual({ kind: 'accepted' });
    expect(call.fault).toEqual({ kind: 'hold' });
  });

  test('hold: a client that aborts may still get its job', async () => {
    const dts = await start();
    const hold = dts.next({ kind: 'hold' });
    const aborter = new AbortController();
    const failing = failureOf(
      clientOf(dts).request('CreateMigrateJob', pageExample, { signal: aborter.signal }),
    );
    const call = await hold.arrived;
    aborter.abort();
    expect((await failing).message).toContain('aborted');
    await dts.until(() => call.exchange === 'clientGone', { what: 'the client to leave' });
    hold.release();
    await dts.until(() => call.jobId, { what: 'the job of a client that has left' });
    expect(dts.jobs.size).toBe(1);
  });

  test('faults apply to their action, in order, as often as planned', async () => {
    const dts = await start();
    const client = clientOf(dts);
    dts.next({ kind: 'code', code: 'InternalError.DatabaseError' }, { times: 2 });
    dts.next({ kind: 'code', code: 'InternalError.DuplicateJob' });
    dts.next({ kind: 'code', code: 'ServiceUnavailable' }, { action: 'DescribeMigrateJobs' });
    const codes: unknown[] = [];
    for (let call = 0; call < 3; call += 1) {
      codes.push((await failureOf(client.CreateMigrateJob(pageExample))).code);
    }
    expect(codes).toEqual([
      'InternalError.DatabaseError',
      'InternalError.DatabaseError',
      'InternalError.DuplicateJob',
    ]);
    await client.CreateMigrateJob(pageExample);
    expect((await failureOf(client.DescribeMigrateJobs({}))).code).toBe('ServiceUnavailable');
    expect(dts.callsOf('CreateMigrateJob').map((call) => call.index)).toEqual([0, 1, 2, 3]);
    expect(dts.callsOf('DescribeMigrateJobs')).toHaveLength(1);
  });

  test('planned faults can be removed; impossible ones are refused', async () => {
    const dts = await start();
    const fault: PlainFault = { kind: 'empty', when: 'before' };
    dts.next(fault, { times: Number.POSITIVE_INFINITY });
    dts.clearFaults();
    await clientOf(dts).CreateMigrateJob(pageExample);
    expect(() => dts.next(fault, { times: 0 })).toThrow('times must be at least 1');
  });
});

describe('waiting and closing', () => {
  test('until names what it waited for', async () => {
    const dts = await start();
    await clientOf(dts).DescribeMigrateJobs({});
    await expect(
      dts.until(() => dts.callsOf('CreateMigrateJob')[0], { timeoutMs: 20, what: 'a job' }),
    ).rejects.toThrow(
      '20 ms passed while waiting for a job; 1 calls so far, the last: DescribeMigrateJobs accepted',
    );
  });

  test("until passes on the probe's errors and results, including 0", async () => {
    const dts = await start();
    const broken = dts.until(
      () => {
        throw new Error('broken probe');
      },
      { what: 'nothing' },
    );
    await expect(broken).rejects.toThrow('broken probe');
    expect(await dts.until(() => 0, { what: 'a number' })).toBe(0);
  });

  test.each<Fault>([
    { kind: 'hold' },
    { kind: 'slow', ms: 3_600_000 },
    { kind: 'noAnswer', when: 'before' },
    { kind: 'stalledBody', when: 'before' },
  ])('close disconnects the client of %j and creates nothing', async (fault) => {
    const dts = await start();
    const release = fault.kind === 'hold' ? dts.next(fault).release : dts.next(fault);
    const failing = failureOf(clientOf(dts).CreateMigrateJob(pageExample));
    const call = await dts.until(() => dts.calls.find((one) => one.fault), { what: 'the call' });
    const waiting = expect(dts.until(() => false, { what: 'the end' })).rejects.toThrow(
      'the endpoint closed while waiting for the end',
    );
    await dts.close();
    await dts.close();
    await waiting;
    expect((await failing).code).not.toBe('InternalError');
    release?.();
    expect(call.exchange).toBe('cut');
    expect(dts.jobs.size).toBe(0);
    const refused = await failureOf(clientOf(dts).DescribeMigrateJobs({}));
    expect(refused.message).toContain('ECONNREFUSED');
  });

  test('a port may be chosen, and one in use rejects', async () => {
    const blocker = createServer();
    const port = await listenLocally(blocker);
    await expect(startDts({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    blocker.close();
    await once(blocker, 'close');
    const dts = await start({ port });
    expect(dts.url).toBe(`http://127.0.0.1:${port}`);
    await clientOf(dts).CreateMigrateJob(pageExample);
  });
});
