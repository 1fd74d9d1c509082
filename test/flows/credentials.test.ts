import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOB, type Message } from '../../playground/slack/index';
import {
  ACCOUNT_ID,
  type Call,
  DEFAULT_SECRET_ID,
  DEFAULT_SECRET_KEY,
  type MetadataService,
  ROLE_ARN,
  ROLE_NAME,
  startMetadata,
  TKE_PROVIDER,
  TKE_TOKEN,
} from '../../playground/tencentcloud/index';
import { passTime } from '../support/passTime';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { explained, jobInThread } from '../support/words';

const hourMs = 3_600_000;
/** No key in the environment. */
const without = { TENCENTCLOUD_SECRET_ID: undefined, TENCENTCLOUD_SECRET_KEY: undefined };

let test: TestFerry;
let folder: string;
let metadata: MetadataService;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-keys-'));
  metadata = await startMetadata(ROLE_NAME, (seconds) => test.dts.keys.issue(seconds));
});
afterEach(async () => {
  await test.stop();
  await metadata.close();
  rmSync(folder, { recursive: true });
});

const signer = (call: Call | undefined): string =>
  /Credential=([^/]+)\//.exec(call?.headers.authorization ?? '')?.[1] ?? '';
const creations = (): readonly Call[] => test.dts.callsOf('CreateMigrateJob');
const accepted = (): readonly Call[] =>
  creations().filter(({ verdict }) => verdict.kind === 'accepted');

async function ready(): Promise<{ status: number; text: string }> {
  const response = await fetch(`http://127.0.0.1:${test.ferry.port}/readyz`);
  return { status: response.status, text: await response.text() };
}

async function approved(name: string): Promise<Message> {
  const card = await test.request({ JobName: name });
  await test.slack.as(BOB).click(card, 'approve');
  return card;
}

async function launched(name: string): Promise<string> {
  const before = accepted().length;
  const card = await approved(name);
  await test.reply(card, jobInThread());
  expect(accepted()).toHaveLength(before + 1);
  return signer(accepted().at(-1));
}

/** The key of a profile before it was replaced. */
const replacedKey = 'old-canary-key';

/** No key or token that a call carried appears in what people and Ferry admins read. */
async function expectNoKeys(): Promise<void> {
  const keys = new Set<string>();
  for (const { body, headers } of test.dts.calls) {
    const token = headers['x-tc-token'];
    if (typeof token === 'string') keys.add(token);
    const identity: unknown = Reflect.get(Object(body), 'WebIdentityToken');
    if (typeof identity === 'string') keys.add(identity);
  }
  for (const { secretKey } of test.dts.keys.everIssued) keys.add(secretKey);
  keys.add(DEFAULT_SECRET_KEY);
  keys.add(replacedKey);
  for (const key of keys) {
    expect(test.slack.everything()).not.toContain(key);
    expect(test.logged()).not.toContain(key);
    expect((await test.stored()).includes(key)).toBe(false);
  }
}

type Role = 'the role of a TKE pod' | 'the role of a CVM' | 'a role that a key assumes';
const roles: readonly Role[] = [
  'the role of a TKE pod',
  'the role of a CVM',
  'a role that a key assumes',
];
const actions = {
  'the role of a TKE pod': 'AssumeRoleWithWebIdentity',
  'a role that a key assumes': 'AssumeRole',
} as const;
const lifeMs = {
  'the role of a TKE pod': 2 * hourMs,
  'the role of a CVM': 6 * hourMs,
  'a role that a key assumes': 2 * hourMs,
} satisfies Record<Role, number>;

function environmentOf(role: Role): Readonly<Record<string, string | undefined>> {
  switch (role) {
    case 'the role of a TKE pod': {
      const tokenFile = join(folder, 'token');
      writeFileSync(tokenFile, `${TKE_TOKEN}\n`);
      return {
        TKE_ROLE_ARN: ROLE_ARN,
        TKE_PROVIDER_ID: TKE_PROVIDER,
        TKE_WEB_IDENTITY_TOKEN_FILE: tokenFile,
        TKE_REGION: 'ap-beijing',
      };
    }
    case 'the role of a CVM':
      return { TENCENTCLOUD_CVM_ROLE: 'auto', TENCENTCLOUD_METADATA_URL: metadata.url };
    case 'a role that a key assumes':
      return { TENCENTCLOUD_ASSUME_ROLE_ARN: ROLE_ARN };
    default:
      return role satisfies never;
  }
}

/** How often Ferry fetched keys. */
const fetches = (role: Role): number =>
  role === 'the role of a CVM'
    ? metadata.paths.filter((path) => path.endsWith(`/${ROLE_NAME}`)).length
    : test.dts.callsOf(actions[role]).length;

function breakSource(role: Role): void {
  if (role === 'the role of a CVM') metadata.fault = { kind: 'status', status: 500 };
  else test.dts.next({ kind: 'code', code: 'InternalError' }, { action: actions[role], times: 99 });
}

function repairSource(): void {
  metadata.fault = undefined;
  test.dts.clearFaults();
}

describe.each(roles)('with %s', (role) => {
  it('signs calls with temporary keys, which it fetches once', async () => {
    test = await startTestFerry(environmentOf(role));
    const first = await launched('one');
    expect(first).toMatch(/^AKIDtemporary/);
    expect(await launched('two')).toBe(first);
    expect(creations()[0]?.headers['x-tc-token']).toMatch(/^[\w-]{64}$/);
    expect(fetches(role)).toBe(1);
    expect(await ready()).toEqual({
      status: 200,
      text: expect.stringMatching(/^ready\n.*valid until/),
    });
    await expectNoKeys();
  });

  it('replaces the keys ahead of their expiry, and launches with the old ones if that fails', async () => {
    test = await startTestFerry(environmentOf(role));
    const first = await launched('one');
    test.clock.advance(lifeMs[role] - 9 * 60_000);
    breakSource(role);
    expect(await launched('two')).toBe(first);
    await passTime(test, () => test.logged().includes('could not be refreshed; retrying'), {
      what: 'the failed refresh',
    });
    const state = await ready();
    expect(state).toEqual({
      status: 200,
      text: expect.stringContaining('the last refresh failed'),
    });
    repairSource();
    test.clock.advance(60_000);
    await ready();
    await passTime(test, () => test.logged().includes('were refreshed again'), {
      what: 'the refresh',
    });
    expect(await launched('three')).not.toBe(first);
    expect(creations().map(({ verdict }) => verdict.kind)).toEqual(Array(3).fill('accepted'));
    await expectNoKeys();
  });

  it('makes no call without valid keys, and launches after the source recovers', async () => {
    test = await startTestFerry(environmentOf(role));
    await launched('one');
    test.clock.advance(lifeMs[role] + hourMs);
    breakSource(role);
    const card = await approved('two');
    await passTime(test, () => test.logged().includes('could not be refreshed; retrying'), {
      what: 'the failed refresh',
    });
    expect(await ready()).toEqual({
      status: 503,
      text: expect.stringMatching(/^there are no valid keys for Tencent Cloud\n.*: none; the last/),
    });
    expect(creations()).toHaveLength(1);
    repairSource();
    await passTime(test, () => test.replies(card).some((reply) => jobInThread().test(reply)), {
      what: 'the job',
      stepMs: 500,
    });
    expect(creations()).toHaveLength(2);
    expect((await ready()).status).toBe(200);
    await expectNoKeys();
  });

  it('fetches new keys when Tencent Cloud rejects the ones it has', async () => {
    test = await startTestFerry(environmentOf(role));
    const first = await launched('one');
    test.dts.keys.revokeAll();
    test.clock.advance(60_000);
    expect(await launched('two')).not.toBe(first);
    const refused = test.dts.calls.filter(({ verdict }) => verdict.kind === 'refused');
    expect(new Set(refused.map(signer))).toEqual(new Set([first]));
    expect(refused.length).toBeGreaterThan(0);
    await expectNoKeys();
  });

  it('repeats a creation whose keys were rejected, once, with new keys', async () => {
    test = await startTestFerry(environmentOf(role));
    const first = await launched('one');
    test.clock.advance(60_000);
    test.dts.next({ kind: 'code', code: 'AuthFailure.TokenFailure' });
    expect(await launched('two')).not.toBe(first);
    expect(creations()).toHaveLength(3);
    expect(test.dts.jobs.size).toBe(2);

    test.clock.advance(60_000);
    test.dts.next({ kind: 'code', code: 'AuthFailure.TokenFailure' }, { times: 2 });
    await test.reply(await approved('three'), 'AuthFailure.TokenFailure');
    expect(creations()).toHaveLength(5);
    expect(test.dts.jobs.size).toBe(2);
  });

  it('explains that there are no keys if the source never responds', async () => {
    test = await startTestFerry(environmentOf(role));
    breakSource(role);
    const card = await approved('one');
    const { headline } = explained('no_keys');
    await passTime(test, () => test.replies(card).some((reply) => reply.includes(headline)), {
      what: 'the explanation',
    });
    expect(creations()).toEqual([]);
    await expectNoKeys();
  });
});

it('follows no redirect of the metadata service', async () => {
  test = await startTestFerry(environmentOf('the role of a CVM'));
  metadata.fault = { kind: 'redirect', to: `${test.dts.url}/` };
  const before = test.dts.calls.length;
  expect((await ready()).status).toBe(503);
  expect(test.dts.calls).toHaveLength(before);
});

it('reads the profile of the SDK again when its key was replaced', async () => {
  mkdirSync(join(folder, '.tencentcloud'));
  const write = (id: string, key: string) =>
    writeFileSync(
      join(folder, '.tencentcloud/credentials'),
      `[other]\nsecret_id = AKIDother\nsecret_key = other\n[default]\nsecret_id = ${id}\nsecret_key=${key}\n`,
    );
  write('AKIDold', replacedKey);
  test = await startTestFerry({ ...without, HOME: folder });
  write(DEFAULT_SECRET_ID, DEFAULT_SECRET_KEY);
  expect(await launched('one')).toBe(DEFAULT_SECRET_ID);
  write('AKIDold', replacedKey);
  expect(await launched('two')).toBe(DEFAULT_SECRET_ID);
  expect((await ready()).text).toContain('(profile): valid');
  await expectNoKeys();
});

describe('with ALLOWED_ACCOUNT_IDS, a key that replaces the one in the profile', () => {
  const write = (id: string, key: string) => {
    mkdirSync(join(folder, '.tencentcloud'), { recursive: true });
    writeFileSync(
      join(folder, '.tencentcloud/credentials'),
      `[default]\nsecret_id = ${id}\nsecret_key = ${key}\n`,
    );
  };
  const replaced = async () => {
    write(DEFAULT_SECRET_ID, DEFAULT_SECRET_KEY);
    test = await startTestFerry({ ...without, HOME: folder, ALLOWED_ACCOUNT_IDS: ACCOUNT_ID });
    const { secretId, secretKey, token } = test.dts.keys.issue(24 * 3_600);
    write(secretId, `${secretKey}\ntoken = ${token}`);
    // Tencent Cloud no longer knows the old key.
    const fits = (call: Call) => signer(call) === DEFAULT_SECRET_ID;
    test.dts.next(
      { kind: 'code', code: 'AuthFailure.SecretIdNotFound' },
      { action: 'CreateMigrateJob', fits },
    );
    test.clock.advance(60_000);
    return secretId;
  };

  it('is used if it belongs to an allowed account', async () => {
    expect(await replaced()).toBe(await launched('one'));
    expect(test.dts.callsOf('GetCallerIdentity')).toHaveLength(2);
  });

  it('is not used if it belongs to another account', async () => {
    const secretId = await replaced();
    const fields = { AccountId: '100099999999' };
    test.dts.next({ kind: 'answer', fields }, { action: 'GetCallerIdentity', times: 99 });
    const card = await approved('one');
    await test.reply(card, explained('no_keys').headline);
    expect(
      test.dts.calls.filter((call) => signer(call) === secretId).map(({ action }) => action),
    ).toEqual(['GetCallerIdentity']);
    expect(test.logged()).toContain('100099999999');
    await expectNoKeys();
  });

  it('is not used if its account is unknown', async () => {
    const secretId = await replaced();
    test.dts.next(
      { kind: 'code', code: 'InternalError' },
      { action: 'GetCallerIdentity', times: 99 },
    );
    const card = await approved('one');
    await test.reply(card, explained('no_keys').headline);
    expect(test.dts.callsOf('CreateMigrateJob').map(signer)).not.toContain(secretId);
  });
});

it('reads the token of a temporary key from the variable of the SDK, too', async () => {
  test = await startTestFerry({ TENCENTCLOUD_SESSION_TOKEN: 'session-canary' });
  const card = await approved('one');
  await test.reply(card, 'AuthFailure.TokenFailure');
  expect(creations()[0]?.headers['x-tc-token']).toBe('session-canary');
});

it('prefers the role of a pod over that of the machine, an assumed role and a key', async () => {
  const all = Object.assign({}, ...roles.map(environmentOf));
  test = await startTestFerry(all);
  await launched('one');
  expect(roles.map(fetches)).toEqual([1, 0, 0]);
});
