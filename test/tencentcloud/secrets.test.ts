import { inspect } from 'node:util';
import { type DtsEndpoint, type PlainFault, startDts } from '../../playground/tencentcloud/index';
import type { SecretReading } from '../../src/domain/secrets/storedSecret';
import { listSecrets } from '../../src/tencentcloud/listSecrets';
import { readSecret } from '../../src/tencentcloud/readSecret';
import { secretVersions } from '../../src/tencentcloud/secretVersions';
import { accountAt } from '../support/accountAt';
import { lostCalls } from '../support/lostCalls';

const never = new AbortController().signal;
const region = 'ap-guangzhou';
const canary = 'canary-Pa55word';
let dts: DtsEndpoint;

beforeEach(async () => {
  dts = await startDts();
});
afterEach(() => dts.close());

const list = (where = region) => listSecrets(accountAt(dts.host), where, never);
const versions = (name: string, where = region) =>
  secretVersions(accountAt(dts.host), where, name, never);
const read = (name: string, version: string, abandon = never, where = region) =>
  readSecret(accountAt(dts.host), where, name, version, abandon);

/** Reads a secret with this value from the account. */
const readBack = (
  value: { text: string } | { binary: string },
  name = 'mine',
): Promise<SecretReading> => {
  dts.add({ secrets: [{ region, name, versions: [{ id: 'v1', ...value }] }] });
  return read(name, 'v1');
};

const revealed = (reading: SecretReading): string | undefined =>
  reading.ok ? reading.secret.reveal() : undefined;

describe('the list of secrets', () => {
  it('has user-defined secrets and database accounts, and why some cannot be read', async () => {
    const usable = { state: 'Enabled', unusable: undefined, detail: undefined };
    expect(await list()).toEqual({
      kind: 'found',
      secrets: [
        {
          name: 'leaving-root',
          state: 'PendingDelete',
          unusable: 'PendingDelete',
          detail: undefined,
        },
        { name: 'retired-root', state: 'Disabled', unusable: 'Disabled', detail: undefined },
        { ...usable, name: 'shop_migration' },
        { ...usable, name: 'orders-root' },
        { ...usable, name: 'orders-rotated', detail: 'Mysql cdb-powiqx8q' },
      ],
    });
  });

  it('makes no call for a single secret, however many there are', async () => {
    const many = Array.from({ length: 500 }, (_, n) => ({
      region: 'ap-beijing',
      name: `secret-${n}`,
      versions: [{ id: 'v1', text: canary }] as const,
    }));
    dts.add({ secrets: many });
    const listed = await list('ap-beijing');
    expect(listed.kind === 'found' && listed.secrets).toHaveLength(500);
    expect(dts.calls.map(({ action }) => action)).toEqual(Array(6).fill('ListSecrets'));
    expect(inspect(listed, { depth: null })).not.toContain(canary);
  });

  it('leaves out an unreadable entry', async () => {
    const Status = 'Enabled';
    const bad = [7, {}, { SecretName: 'a' }, { SecretName: '', Status }];
    const SecretMetadatas = [
      ...bad,
      { SecretName: 'b', Status },
      { SecretName: 'c', Status, ProductName: null, ResourceID: null },
      { SecretName: 'd', Status, ProductName: 'Mysql' },
      { SecretName: 'e', Status, ResourceID: 'cdb-1' },
    ];
    const fields = { TotalCount: SecretMetadatas.length, SecretMetadatas };
    dts.next({ kind: 'answer', fields }, { action: 'ListSecrets', times: 2 });
    const usable = { state: Status, unusable: undefined, detail: undefined };
    const secrets = [
      { ...usable, name: 'b' },
      { ...usable, name: 'c' },
      { ...usable, name: 'd', detail: 'Mysql' },
      { ...usable, name: 'e', detail: 'cdb-1' },
    ];
    expect(await list()).toEqual({ kind: 'found', secrets });
  });

  it.each([0, 1])('fails if one of its two halves fails: type %i', async (type) => {
    const fits = ({ body }: { body: unknown }) => Reflect.get(Object(body), 'SecretType') === type;
    dts.next({ kind: 'code', code: 'UnauthorizedOperation' }, { action: 'ListSecrets', fits });
    expect(await list()).toMatchObject({
      kind: 'failed',
      problem: { kind: 'refused', code: 'UnauthorizedOperation' },
    });
  });

  it.each(lostCalls)('fails after %s', async (_, fault, detail) => {
    dts.next(fault, { action: 'ListSecrets' });
    expect(await list()).toEqual({
      kind: 'failed',
      problem: { kind: 'not_sent', detail: expect.stringMatching(detail) },
    });
  });
});

describe('the versions of a secret', () => {
  it('of a user-defined one are its versions, newest first', async () => {
    expect(await versions('orders-root')).toEqual({ kind: 'found', versions: ['v2', 'v1'] });
    expect(await versions('retired-root')).toEqual({ kind: 'found', versions: ['v1'] });
  });

  it('of a database account begin with the current one, which SSM rotates', async () => {
    expect(await versions('orders-rotated')).toEqual({
      kind: 'found',
      versions: ['SSM_Current', '2', '1'],
    });
  });

  it('include the current one once', async () => {
    expect(await versions('erp-root', 'ap-shanghai')).toEqual({
      kind: 'found',
      versions: ['SSM_Current'],
    });
  });

  it('without a time come last', async () => {
    const Versions = [
      { VersionId: 'old' },
      { VersionId: 'v1', CreateTime: 0.5 },
      { VersionId: 'older' },
      { VersionId: 'v2', CreateTime: 1 },
    ];
    dts.next({ kind: 'answer', fields: { Versions } }, { action: 'ListSecretVersionIds' });
    expect(await versions('orders-root')).toMatchObject({ versions: ['v2', 'v1', 'old', 'older'] });
  });

  it('are not confused with those of a secret whose name contains this one', async () => {
    dts.add({ secrets: [{ region, name: 'orders', versions: [{ id: 'v1', text: canary }] }] });
    expect(await versions('orders')).toEqual({ kind: 'found', versions: ['v1'] });
  });

  it.each([null, []])('are none in the response %j', async (Versions) => {
    dts.next({ kind: 'answer', fields: { Versions } }, { action: 'ListSecretVersionIds' });
    expect(await versions('orders-root')).toEqual({ kind: 'found', versions: [] });
  });

  it('are sorted by age, and unreadable ones are left out', async () => {
    const Versions = [
      { VersionId: 'old', CreateTime: 1 },
      7,
      { VersionId: '' },
      { VersionId: 'new', CreateTime: 3 },
      { VersionId: 'ageless' },
    ];
    dts.next({ kind: 'answer', fields: { Versions } }, { action: 'ListSecretVersionIds' });
    expect(await versions('orders-root')).toEqual({
      kind: 'found',
      versions: ['new', 'old', 'ageless'],
    });
  });

  it.each(['ListSecretVersionIds', 'ListSecrets'])(
    'are unknown if %s is rejected',
    async (action) => {
      dts.next({ kind: 'code', code: 'UnauthorizedOperation' }, { action });
      expect(await versions('orders-root')).toMatchObject({
        kind: 'failed',
        problem: { kind: 'refused', code: 'UnauthorizedOperation' },
      });
    },
  );

  it('of a missing secret are a rejection', async () => {
    expect(await versions('nobody')).toMatchObject({
      kind: 'failed',
      problem: { kind: 'refused', code: 'ResourceNotFound' },
    });
  });

  it.each([{}, { Versions: 'none' }])('fail on a response of %j', async (fields) => {
    dts.next({ kind: 'answer', fields }, { action: 'ListSecretVersionIds' });
    expect(await versions('orders-root')).toEqual({
      kind: 'failed',
      problem: {
        kind: 'not_sent',
        detail: 'the answer of ListSecretVersionIds could not be read',
      },
    });
  });

  it.each(lostCalls)('are unknown after %s', async (_, fault, detail) => {
    dts.next(fault, { action: 'ListSecretVersionIds' });
    expect(await versions('orders-root')).toEqual({
      kind: 'failed',
      problem: { kind: 'not_sent', detail: expect.stringMatching(detail) },
    });
  });
});

describe('the value of a secret', () => {
  it('is requested once, by name and version, in its region', async () => {
    const reading = await read('orders-root', 'v1');
    expect(revealed(reading)).toBe('playground-Orders-1');
    expect(dts.calls).toHaveLength(1);
    expect(dts.calls[0]).toMatchObject({
      action: 'GetSecretValue',
      method: 'POST',
      path: '/',
      region,
      body: { SecretName: 'orders-root', VersionId: 'v1' },
    });
  });

  it.each([
    ['spaces', ' p ss '],
    ['quotes and slashes', '"\\/\''],
    ['other scripts', 'пароль-密码-🔑'],
    ['a number', '1234567890123456789012'],
    ['braces that are not JSON', '{abc}'],
    ['a bracket at the beginning', '[P@ss'],
    ['JSON text', '"p"'],
  ])('is kept exactly: %s', async (_, text) => {
    expect(await readBack({ text })).toMatchObject({ ok: true, user: undefined });
    expect(revealed(await readBack({ text }))).toBe(text);
    const binary = Buffer.from(text).toString('base64');
    expect(revealed(await readBack({ binary }))).toBe(text);
  });

  it('of a database account is its password, and names the account', async () => {
    const inUse = await read('orders-rotated', 'SSM_Current');
    expect(inUse).toMatchObject({ ok: true, user: 'orders_b' });
    expect(revealed(inUse)).toBe('playground-Rotated-2');
    const former = await read('orders-rotated', '1');
    expect(former).toMatchObject({ ok: true, user: 'orders_a' });
    expect(revealed(former)).toBe('playground-Rotated-1');
  });

  it.each<[string, string, string, string | undefined]>([
    ['a line break at the end', 'p ss\n', 'p ss', undefined],
    ['a line break of Windows', 'p ss\r\n', 'p ss', undefined],
    ['a carriage return', 'p ss\r', 'p ss', undefined],
    ['keys in lower case', '{"username":"a","password":"x"}', 'x', 'a'],
    ['keys in upper case', '{"USERNAME":"a","PASSWORD":"x"}', 'x', 'a'],
    ['a key in snake case', '{"db_user":"a","db_password":"x"}', 'x', 'a'],
    ['a key in camel case', '{"userName":"a","masterPassword":"x"}', 'x', 'a'],
    ['short keys', '{"user":"a","pwd":"x"}', 'x', 'a'],
    ['only a password', '{"passwd":"x"}', 'x', undefined],
    ['Chinese keys', '{"用户名":"a","密码":"x"}', 'x', 'a'],
    [
      'a host and a port next to them',
      '{"engine":"mysql","host":"10.0.0.1","port":3306,"dbname":"shop","username":"a","password":"x"}',
      'x',
      'a',
    ],
    ['several lines and a line break at the end', '{\n  "password": "x\\n"\n}\n', 'x', undefined],
    ['colons and quotes in a value', '{"note":"\\"password\\": y","password":"x"}', 'x', undefined],
    ['two users', '{"user":"a","username":"b","password":"x"}', 'x', undefined],
  ])('is the password in it: %s', async (_, text, password, user) => {
    const reading = await readBack({ text });
    expect(reading).toMatchObject({ ok: true, user });
    expect(revealed(reading)).toBe(password);
    const binary = Buffer.from(text).toString('base64');
    expect(revealed(await readBack({ binary }))).toBe(password);
  });

  it.each<[string, string, object]>([
    ['nothing', '', { kind: 'empty' }],
    ['only a line break', '\n', { kind: 'empty' }],
    ['only spaces', '   ', { kind: 'empty' }],
    ['two line breaks at the end', 'canary\n\n', { kind: 'untypable' }],
    ['two lines', 'canary\nsecond', { kind: 'untypable' }],
    ['a tab', 'canary\tx', { kind: 'untypable' }],
    ['NUL', 'canary\0', { kind: 'untypable' }],
    ['a byte order mark', '\ufeffcanary', { kind: 'untypable' }],
    ['an invisible space', 'can\u200bary', { kind: 'untypable' }],
    ['a line separator', 'canary\u2028', { kind: 'untypable' }],
    ['torn JSON', '{"password":"canary"', { kind: 'broken_json' }],
    ['JSON with an extra comma', '{"password":"canary",}', { kind: 'broken_json' }],
    ['a dictionary of Python', "{'password': 'canary'}", { kind: 'broken_json' }],
    ['curly quotes', '{“password”: “canary”}', { kind: 'broken_json' }],
    ['a list', '["canary"]', { kind: 'json_list' }],
    ['a list of accounts', '[{"password":"canary"}]', { kind: 'json_list' }],
    ['a URL', 'mysql://root:canary@10.0.0.1/shop', { kind: 'url' }],
    ['a JDBC URL', 'jdbc:mysql://h/shop?user=root&password=canary', { kind: 'url' }],
    ['no password', '{"UserName":"canary"}', { kind: 'no_password_key', keys: ['UserName'] }],
    ['an empty object', '{}', { kind: 'no_password_key', keys: [] }],
    [
      'a nested account',
      '{"data":{"password":"canary"}}',
      { kind: 'password_not_text', keys: ['data', 'password'] },
    ],
    [
      'two passwords',
      '{"password":"canary","old_password":"canary"}',
      { kind: 'several_password_keys', keys: ['password', 'old_password'] },
    ],
    [
      'a password twice',
      '{"password":"canary","password":"canary-2"}',
      { kind: 'several_password_keys', keys: ['password', 'password'] },
    ],
    [
      'a password key in two cases',
      '{"Password":"canary","password":"canary"}',
      { kind: 'several_password_keys', keys: ['Password', 'password'] },
    ],
    ['a number', '{"password":1234}', { kind: 'password_not_text', keys: ['password'] }],
    ['an empty password', '{"Password":""}', { kind: 'empty' }],
    ['a password with two lines', '{"Password":"canary\\nb"}', { kind: 'untypable' }],
  ])('is refused without quoting it: %s', async (_, text, flaw) => {
    const reading = await readBack({ text });
    expect(reading).toEqual({ ok: false, problem: { kind: 'unusable', flaw } });
    expect(JSON.stringify(reading)).not.toContain('canary');
  });

  it.each([
    ['only text', { SecretString: 'p' }],
    ['text, and null', { SecretString: 'p', SecretBinary: null }],
    ['text, and an empty binary', { SecretString: 'p', SecretBinary: '' }],
    ['a binary alone', { SecretBinary: 'cA==' }],
    ['a binary, and null', { SecretString: null, SecretBinary: 'cA==' }],
    ['a binary, and empty text', { SecretString: '', SecretBinary: 'cA==' }],
  ])('is read from %s', async (_, fields) => {
    dts.next({ kind: 'answer', fields }, { action: 'GetSecretValue' });
    expect(revealed(await read('orders-root', 'v1'))).toBe('p');
  });

  it.each([{}, { SecretString: '' }, { SecretString: null, SecretBinary: null }])(
    'is empty in the response %j',
    async (fields) => {
      dts.next({ kind: 'answer', fields }, { action: 'GetSecretValue' });
      expect(await read('orders-root', 'v1')).toEqual({
        ...{ ok: false, problem: { kind: 'unusable', flaw: { kind: 'empty' } } },
      });
    },
  );

  it('that is not text is a failure', async () => {
    expect(await readBack({ binary: Buffer.from([0xff, 0xfe, 0x00]).toString('base64') })).toEqual({
      ok: false,
      problem: { kind: 'unusable', flaw: { kind: 'not_text' } },
    });
  });

  it.each([
    ['nobody', 'v1', 'ResourceNotFound.SecretNotExist'],
    ['orders-root', 'v9', 'ResourceNotFound'],
    ['retired-root', 'v1', 'ResourceUnavailable.ResourceDisabled'],
    ['leaving-root', 'v1', 'ResourceUnavailable.ResourcePendingDeleted'],
  ])('%s %s is refused with %s', async (name, version, code) => {
    expect(await read(name, version)).toMatchObject({
      ok: false,
      problem: { kind: 'refused', code },
    });
  });

  it('is refused to an account without permission', async () => {
    dts.next({ kind: 'code', code: 'UnauthorizedOperation' }, { action: 'GetSecretValue' });
    expect(await read('orders-root', 'v1')).toMatchObject({
      ok: false,
      problem: { kind: 'refused', code: 'UnauthorizedOperation' },
    });
  });

  it.each(lostCalls)('is unknown after %s, and not requested again', async (_, fault, detail) => {
    dts.next(fault, { action: 'GetSecretValue' });
    expect(await read('orders-root', 'v1')).toEqual({
      ok: false,
      problem: { kind: 'not_sent', detail: expect.stringMatching(detail) },
    });
    expect(dts.calls).toHaveLength(1);
  });

  it.each(['noAnswer', 'stalledBody'] as const)(
    'is not awaited once abandoned: %s',
    async (kind) => {
      dts.next({ kind, when: 'after' }, { action: 'GetSecretValue' });
      const abandon = new AbortController();
      const reading = read('orders-root', 'v1', abandon.signal);
      await dts.until(() => dts.calls[0]?.fault, { what: 'the call' });
      abandon.abort();
      expect(await reading).toEqual({
        ok: false,
        problem: { kind: 'not_sent', detail: 'Ferry gave up waiting' },
      });
    },
  );

  it.each([301, 302, 307, 308] as const)('is sent to no other host on a %i', async (status) => {
    const elsewhere = await startDts();
    const redirect = { kind: 'redirect', status, location: elsewhere.url } as const;
    dts.next(redirect, { action: 'GetSecretValue' });
    expect(await read('orders-root', 'v1')).toMatchObject({ ok: false });
    expect(elsewhere.calls).toEqual([]);
    await elsewhere.close();
  });
});

describe('no result shows a value', () => {
  /** All ways in which careless code could print it. */
  const printed = (value: unknown): string =>
    [inspect(value, { depth: null, showHidden: true }), JSON.stringify(value), String(value)].join(
      '\n',
    );

  it('not after it was read', async () => {
    const reading = await readBack({ text: canary });
    expect(revealed(reading)).toBe(canary);
    expect(printed(reading)).not.toContain(canary);
    const account = JSON.stringify({ UserName: 'root', Password: canary });
    expect(printed(await readBack({ text: account }))).not.toContain(canary);
  });

  const torn = (body: string): PlainFault => ({ kind: 'status', status: 200, when: 'after', body });
  const answer = (fields: Readonly<Record<string, unknown>>): PlainFault => ({
    kind: 'answer',
    fields,
  });
  it.each<[string, PlainFault]>([
    ['torn off', torn(`{"Response":{"SecretString":"${canary}`)],
    ['no JSON', torn(canary)],
    ['JSON of another kind', torn(`"${canary}"`)],
    ['an error page that quotes it', { kind: 'status', status: 502, when: 'after', body: canary }],
    ['a list instead', answer({ SecretString: [canary] })],
    ['no base64', answer({ SecretBinary: `${canary}!` })],
    [
      'no UTF-8',
      answer({ SecretBinary: Buffer.from(`${canary}\xff`, 'latin1').toString('base64') }),
    ],
    ['half a response, abandoned', { kind: 'stalledBody', when: 'after' }],
  ])('not from a response that is %s', async (_, fault) => {
    dts.add({ secrets: [{ region, name: 'mine', versions: [{ id: 'v1', text: canary }] }] });
    dts.next(fault, { action: 'GetSecretValue' });
    const abandon = new AbortController();
    const reading = read('mine', 'v1', abandon.signal);
    await dts.until(() => dts.calls[0]?.fault, { what: 'the call' });
    if (fault.kind === 'stalledBody') abandon.abort();
    const ended = await reading;
    expect(ended.ok).toBe(false);
    expect(printed(ended)).not.toMatch(/canary|Pa55/);
  });
});
