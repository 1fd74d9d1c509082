import { Secret } from '../../src/domain/secrets/secret';
import { callCloud } from '../../src/tencentcloud/callCloud';
import { ofAllowedAccounts } from '../../src/tencentcloud/credentials/allowedKeys';
import type { Fetched, KeySource, Keys } from '../../src/tencentcloud/credentials/keys';
import { type CloudRoute, sendCall } from '../../src/tencentcloud/sendCall';
import { dts } from '../../src/tencentcloud/services';
import { accountAt } from '../support/accountAt';
import { type CloudServer, startCloudServer } from '../support/cloudServer';
import { eventually } from '../support/eventually';

const never = new AbortController().signal;
const region = 'ap-shanghai';
const call = { service: dts, action: 'StopMigrateJob', region, body: { JobId: 'dts-1' } };
let cloud: CloudServer;
beforeEach(async () => {
  cloud = await startCloudServer();
});
afterEach(() => cloud.stop());

const keysOf = (secretId: string, token?: string): Keys => ({
  ...{ secretId, secretKey: new Secret('mango-7712-kE') },
  token: token === undefined ? undefined : new Secret(token),
});
const route = (changes: Partial<CloudRoute> = {}): CloudRoute => ({
  endpoint: { protocol: 'http:', host: cloud.host },
  ...{ proxy: undefined, language: 'en-US', secrets: [], ...changes },
});
const send = (changes?: Partial<CloudRoute>, keys: Keys | undefined = keysOf('id')) =>
  sendCall(route(changes), call, {
    ...{ keys, abandon: never, release: async () => {} },
    secrets: [new Secret('zebra-9081-pA')],
  });

it('sends the token of temporary keys, and of no others', async () => {
  cloud.answer(call.action, {});
  await send({}, keysOf('id', 'violet-6623-tO'));
  await send();
  expect(cloud.tokens).toEqual(['violet-6623-tO', undefined]);
});

it.each([
  ['a password of the call', 'zebra-9081-pA'],
  ['the key', 'mango-7712-kE'],
  ['the token', 'violet-6623-tO'],
  ['a secret of the settings', 'copper-5534-sE'],
])('removes what Tencent Cloud says if it contains %s', async (_, secret) => {
  const Message = `${secret} is wrong`;
  cloud.answer(call.action, { Error: { Code: 'InvalidParameter', Message } });
  const settings = { secrets: [new Secret('copper-5534-sE')] };
  expect(await send(settings, keysOf('id', 'violet-6623-tO'))).toMatchObject({
    outcome: {
      problem: { kind: 'refused', code: 'InvalidParameter', message: '[secret]' },
    },
  });
});

it('uses no proxy for an endpoint without TLS, which is on this machine', async () => {
  cloud.answer(call.action, {});
  const proxy = { url: new Secret('http://127.0.0.1:9'), except: '' };
  expect(await send({ proxy })).toMatchObject({ ok: true });
});

it('leaves it to the caller how long to wait for the response', async () => {
  cloud.answer(call.action, {});
  const timers = jest.spyOn(globalThis, 'setTimeout');
  try {
    expect(await send()).toMatchObject({ ok: true });
    expect(timers.mock.calls).toEqual([]);
  } finally {
    timers.mockRestore();
  }
});

it('says that a call has begun, once it was sent', async () => {
  cloud.answer(call.action, {});
  let begun = 0;
  const sending = {
    mayBegin: async () => true,
    hasBegun() {
      begun += 1;
    },
  };
  await callCloud(accountAt(cloud.host), call, { secrets: [], abandon: never, sending });
  await eventually('the beginning', () => begun > 0);
  expect(begun).toBe(1);
});

describe('keys of a profile that changes', () => {
  const source = (name: KeySource['name'], ...ids: string[]): KeySource => ({
    ...{ name, renews: true },
    fetch: async (): Promise<Fetched> => {
      const secretId = ids.shift();
      return secretId === undefined
        ? { ok: false, detail: 'no keys' }
        : { ok: true, keys: keysOf(secretId), expiresAt: undefined };
    },
  });
  const identified = (AccountId: string) => cloud.answer('GetCallerIdentity', { AccountId });
  const fetched = async (from: KeySource) => {
    const keys = await from.fetch(never);
    return keys.ok ? keys.keys.secretId : keys.detail;
  };

  it('are used while they belong to an allowed account', async () => {
    const from = ofAllowedAccounts(source('profile', 'a', 'a', 'b', 'b'), ['100'], route(), region);
    identified('100');
    const ids = [
      await fetched(from),
      await fetched(from),
      await fetched(from),
      await fetched(from),
    ];
    expect(ids).toEqual(['a', 'a', 'b', 'b']);
    // Only the changed keys are checked, once.
    expect(cloud.calls.map(({ action }) => action)).toEqual(['GetCallerIdentity']);
    expect(await fetched(from)).toBe('no keys');
  });

  it('are refused if they belong to another account, or to an unknown one', async () => {
    const from = ofAllowedAccounts(source('profile', 'a', 'b', 'b'), ['100'], route(), region);
    await fetched(from);
    identified('200');
    expect(await fetched(from)).toBe(
      'the new keys belong to the account 200, which is not in ALLOWED_ACCOUNT_IDS',
    );
    cloud.answer('GetCallerIdentity', { Error: { Code: 'InternalError', Message: 'no' } });
    expect(await fetched(from)).toBe(
      'the account of the new keys is unknown (GetCallerIdentity: InternalError, RequestId r1)',
    );
  });

  it.each<[string, KeySource['name'], string[]]>([
    ['every account is allowed', 'profile', []],
    ['they come from another source', 'cvm', ['100']],
  ])('are not checked if %s', async (_, name, allowed) => {
    const from = ofAllowedAccounts(source(name, 'a', 'b'), allowed, route(), region);
    expect([await fetched(from), await fetched(from)]).toEqual(['a', 'b']);
    expect(cloud.calls).toEqual([]);
  });
});
