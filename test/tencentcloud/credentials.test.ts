import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../../src/domain/secrets/secret';
import { createCredentials } from '../../src/tencentcloud/credentials/credentials';
import type { Fetched, KeySource } from '../../src/tencentcloud/credentials/keys';
import type { CredentialSettings } from '../../src/tencentcloud/credentials/settings';
import { keySourceOf } from '../../src/tencentcloud/credentials/sources';
import type { CloudRoute } from '../../src/tencentcloud/sendCall';
import { type CloudServer, startCloudServer } from '../support/cloudServer';
import { listenLocally } from '../support/listenLocally';
import { manualClock } from '../support/manualClock';

const never = new AbortController().signal;
const minute = 60_000;

/** Keys as the test compares them. */
function shown(fetched: Fetched) {
  if (!fetched.ok) return fetched.detail;
  const { secretId, secretKey, token } = fetched.keys;
  return [secretId, secretKey.reveal(), token?.reveal(), fetched.expiresAt?.getTime()];
}

const route = (host: string): CloudRoute => ({
  ...{ endpoint: { protocol: 'http:', host }, language: 'en-US', proxy: undefined, secrets: [] },
});

describe('keys', () => {
  let cloud: CloudServer;
  let folder: string;
  let metadata: Server;
  let metadataUrl: string;
  const pages = new Map<string, string>();
  const asked: string[] = [];
  beforeEach(async () => {
    cloud = await startCloudServer();
    folder = mkdtempSync(join(tmpdir(), 'ferry-credentials-'));
    pages.clear();
    asked.length = 0;
    metadata = createServer((request, response) => {
      const path = (request.url ?? '').replace('/latest/meta-data/cam/security-credentials/', '');
      asked.push(path);
      const page = pages.get(path);
      response.writeHead(page === undefined ? 404 : 200).end(page);
    });
    const port = await listenLocally(metadata);
    metadataUrl = `http://127.0.0.1:${port}/`;
  });
  afterEach(() => {
    cloud.stop();
    metadata.closeAllConnections();
    metadata.close();
    rmSync(folder, { recursive: true });
  });

  const fetched = async (settings: CredentialSettings, host = cloud.host) => {
    return shown(await keySourceOf(settings, route(host), 'ap-shanghai').fetch(never));
  };
  const file = (text: string) => {
    const path = join(folder, 'file');
    writeFileSync(path, text);
    return path;
  };
  const keys = { TmpSecretId: 'id', TmpSecretKey: 'key', Token: 'token' };
  const answer = { Credentials: keys, ExpiredTime: 1_800_000_000 };
  const temporary = ['id', 'key', 'token', 1_800_000_000_000];
  const sessionName = `ferry-${hostname().replace(/[^\w.-]/g, '-')}`.slice(0, 32);
  const base = {
    kind: 'keys',
    secretId: 'AKID',
    secretKey: new Secret('base'),
    token: undefined,
  } as const;
  const role = { kind: 'role', roleArn: 'qcs::cam::uin/1:role/r', base } as const;

  it('in the settings are used as they are', async () => {
    expect(await fetched(base)).toStrictEqual(['AKID', 'base', undefined, undefined]);
    const withToken = { ...base, token: new Secret('mine') };
    expect(await fetched(withToken)).toStrictEqual(['AKID', 'base', 'mine', undefined]);
  });

  it.each<[string, string, unknown]>([
    ['both keys', '[default]\nsecret_id = a\nsecret_key = b\n', ['a', 'b', undefined, undefined]],
    ['a token', '[default]\nsecret_id=a\nsecret_key=b\ntoken=c', ['a', 'b', 'c', undefined]],
    [
      'an empty token',
      '[default]\nsecret_id=a\nsecret_key=b\ntoken=',
      ['a', 'b', undefined, undefined],
    ],
    [
      'spaces',
      ' [ default ] \n  secret_id  =  a  \r\n\tsecret_key = b=c \r\n',
      ['a', 'b=c', undefined, undefined],
    ],
    [
      'other sections',
      '[other]\nsecret_id=x\n[default]\nsecret_id=a\nsecret_key=b\n[last]\nsecret_key=y',
      ['a', 'b', undefined, undefined],
    ],
    ['no section', 'secret_id=a\nsecret_key=b', undefined],
    ['no ID', '[default]\nsecret_key=b', undefined],
    ['no key', '[default]\nsecret_id=a\nsecret_key=', undefined],
    ['nothing', '', undefined],
  ])('in a profile with %s are read', async (_, text, expected) => {
    const path = file(text);
    expect(await fetched({ kind: 'profile', file: path })).toEqual(
      expected ?? `${path} has no secret_id and secret_key under [default]`,
    );
  });

  it('in a profile that cannot be read are missing', async () => {
    const path = join(folder, 'absent');
    expect(await fetched({ kind: 'profile', file: path })).toBe(`${path} cannot be read (ENOENT)`);
  });

  it('of a role that other keys may assume are fetched with these', async () => {
    cloud.answer('AssumeRole', answer);
    expect(await fetched(role)).toEqual(temporary);
    expect(cloud.calls).toEqual([
      { action: 'AssumeRole', body: { RoleArn: role.roleArn, RoleSessionName: sessionName } },
    ]);
    expect(cloud.authorizations).toEqual([expect.stringMatching(/^TC3-HMAC-SHA256 Credential=/)]);
    const path = join(folder, 'absent');
    const unreadable = { ...role, base: { kind: 'profile', file: path } } as const;
    expect(await fetched(unreadable)).toBe(`${path} cannot be read (ENOENT)`);
  });

  it("of a pod's role are fetched with the token in its file", async () => {
    cloud.answer('AssumeRoleWithWebIdentity', answer);
    const tke = { kind: 'tke', roleArn: 'arn', providerId: 'oidc', region: 'ap-beijing' } as const;
    expect(await fetched({ ...tke, tokenFile: file(' the token\n') })).toEqual(temporary);
    expect(cloud.calls).toEqual([
      {
        action: 'AssumeRoleWithWebIdentity',
        body: {
          ...{ ProviderId: 'oidc', WebIdentityToken: 'the token', RoleArn: 'arn' },
          RoleSessionName: sessionName,
        },
      },
    ]);
    // The token takes the place of a signature.
    expect(cloud.authorizations).toEqual(['SKIP']);
    const tokenFile = join(folder, 'absent');
    expect(await fetched({ ...tke, tokenFile })).toBe(`${tokenFile} cannot be read (ENOENT)`);
  });

  it('of a pod are refused without the token that a response quotes', async () => {
    const quoting = { RequestId: 'canary-of-a-pod', Error: { Code: 'No', Message: 'no' } };
    cloud.answer('AssumeRoleWithWebIdentity', quoting);
    const tke = { kind: 'tke', roleArn: 'arn', providerId: 'oidc', region: 'ap-beijing' } as const;
    const reason = await fetched({ ...tke, tokenFile: file('canary-of-a-pod') });
    expect(reason).toMatch(/^AssumeRoleWithWebIdentity: No/);
    expect(reason).not.toContain('canary');
  });

  it.each([
    [{ Error: { Code: 'AuthFailure', Message: 'no' } }, 'AssumeRole: AuthFailure, RequestId r1'],
    [{}, 'AssumeRole: the response has no keys'],
    [{ ...answer, ExpiredTime: null }, 'AssumeRole: the response has no keys'],
    [{ ...answer, Credentials: { ...keys, Token: '' } }, 'AssumeRole: the response has no keys'],
    [
      { ...answer, Credentials: { ...keys, TmpSecretId: '' } },
      'AssumeRole: the response has no keys',
    ],
    [
      { ...answer, Credentials: { ...keys, TmpSecretKey: '' } },
      'AssumeRole: the response has no keys',
    ],
  ])('of a role are missing after the response %j', async (response, detail) => {
    cloud.answer('AssumeRole', response);
    expect(await fetched(role)).toBe(detail);
  });

  it('of a role are missing if the response cannot be read, which may contain them', async () => {
    const sts = createServer((_, response) => {
      response
        .setHeader('content-type', 'text/html')
        .end(`<p>canary ${JSON.stringify(answer)}</p>`);
    });
    const port = await listenLocally(sts);
    expect(await fetched(role, `127.0.0.1:${port}`)).toBe('AssumeRole: no readable response');
    sts.closeAllConnections();
    sts.close();
  });

  it('of a role are missing if STS is not reached', async () => {
    cloud.stop();
    expect(await fetched(role)).toMatch(/^AssumeRole: .*ECONNREFUSED/);
  });

  const machine = (name: string | undefined) => fetched({ kind: 'cvm', role: name, metadataUrl });
  const ofMachine = { Code: 'Success', ...keys, ExpiredTime: 1_800_000_000 };

  it("of a machine's role are read from its metadata service", async () => {
    pages.set('', ' the-role\n').set('the-role', JSON.stringify(ofMachine));
    expect(await machine(undefined)).toEqual(temporary);
    expect(asked).toEqual(['', 'the-role']);
    expect(await machine('the-role')).toEqual(temporary);
    expect(asked).toEqual(['', 'the-role', 'the-role']);
  });

  it.each(['', '../secret', '<html>', 'x'.repeat(129)])(
    'of a machine whose role is %j are missing',
    async (name) => {
      pages.set('', name);
      expect(await machine(undefined)).toBe('the CVM has no role');
    },
  );

  it.each([
    JSON.stringify({ ...ofMachine, Code: 'Failed' }),
    JSON.stringify({ ...ofMachine, TmpSecretId: '' }),
    JSON.stringify({ ...ofMachine, TmpSecretKey: '' }),
    JSON.stringify({ ...ofMachine, Token: '' }),
    JSON.stringify({ ...ofMachine, ExpiredTime: '1' }),
    'no JSON',
  ])('of a machine are missing after the response %s', async (page) => {
    pages.set('r', page);
    expect(await machine('r')).toBe('the metadata service has no keys for the role r');
  });

  it('of a machine are missing if its metadata service does not have them', async () => {
    expect(await machine('r')).toBe('the metadata service did not respond (HTTP 404)');
    metadata.close();
    metadata.closeAllConnections();
    expect(await machine('r')).toMatch(/did not respond \(connect ECONNREFUSED/);
  });

  it('may have one character', async () => {
    const short = { TmpSecretId: 'i', TmpSecretKey: 'k', Token: 't' };
    cloud.answer('AssumeRole', { ...answer, Credentials: short });
    pages.set('r', JSON.stringify({ ...ofMachine, ...short }));
    const expected = ['i', 'k', 't', 1_800_000_000_000];
    expect([await fetched(role), await machine('r')]).toEqual([expected, expected]);
  });

  it.each([
    ['', new Error('the wait ended')],
    [', whose cause has no words', new Error('the wait ended', { cause: new Error('') })],
  ])('of a machine are no longer awaited once the wait ends%s', async (_, why) => {
    pages.set('r', JSON.stringify(ofMachine));
    const settings = { kind: 'cvm', metadataUrl, role: 'r' } as const;
    const ended = AbortSignal.abort(why);
    expect(shown(await keySourceOf(settings, route(cloud.host), 'ap-shanghai').fetch(ended))).toBe(
      'the metadata service did not respond (the wait ended)',
    );
    expect(asked).toEqual([]);
  });

  it('are renewed if their source may have others later', () => {
    const file = '/absent';
    const renewing = [
      { kind: 'tke', roleArn: 'arn', providerId: 'oidc', region: 'r', tokenFile: file },
      { kind: 'cvm', metadataUrl, role: undefined },
      role,
      { kind: 'profile', file },
      role.base,
    ] as const;
    const sources = renewing.map((each) => keySourceOf(each, route(cloud.host), 'ap-shanghai'));
    expect(sources.map(({ name, renews }) => [name, renews])).toEqual([
      ...(['tke', 'cvm', 'role', 'profile'] as const).map((name) => [name, true]),
      [role.base.kind, false],
    ]);
  });
});

describe('the keys of a source', () => {
  type Clock = ReturnType<typeof manualClock>;
  let clock: Clock;
  let fetches: number;
  let logged: [string, string, unknown][];
  let next: () => Promise<Fetched>;
  beforeEach(() => {
    clock = manualClock();
    fetches = 0;
    logged = [];
  });

  const lasting = (ms: number): Fetched => ({
    ok: true,
    keys: { secretId: `id ${fetches}`, secretKey: new Secret('key'), token: undefined },
    expiresAt: new Date(clock.now().getTime() + ms),
  });
  const none: Fetched = { ok: false, detail: 'no role' };
  function credentials(first: () => Fetched, renews = true) {
    next = async () => first();
    const source: KeySource = {
      ...{ name: 'cvm', renews },
      fetch() {
        fetches += 1;
        return next();
      },
    };
    const note = (level: string) => (words: string, about?: unknown) =>
      void logged.push([level, words, about]);
    const log = { info: note('info'), warn: note('warn'), error: note('error') };
    return createCredentials(source, { clock, log, random: () => 0 });
  }
  const idOf = async (made: ReturnType<typeof credentials>) => {
    const current = await made.current();
    return current.ok ? current.keys.secretId : current.detail;
  };

  it('are fetched once, by the first call', async () => {
    const made = credentials(() => lasting(60 * minute));
    expect(fetches).toBe(0);
    expect(await Promise.all([idOf(made), idOf(made), idOf(made)])).toEqual(Array(3).fill('id 1'));
    await clock.advance(50 * minute - 1);
    expect(await idOf(made)).toBe('id 1');
    expect(fetches).toBe(1);
    expect(made.state()).toEqual({
      ...{ source: 'cvm', isUsable: true, problem: undefined },
      expiresAt: new Date(clock.now().getTime() + 10 * minute + 1),
    });
  });

  it('are replaced ten minutes before they expire, while the old ones are used', async () => {
    const made = credentials(() => lasting(60 * minute));
    await idOf(made);
    await clock.advance(50 * minute);
    expect(await idOf(made)).toBe('id 1');
    await clock.advance(0);
    expect(await idOf(made)).toBe('id 2');
    expect(fetches).toBe(2);
  });

  it('are replaced after two thirds of a short life', async () => {
    const made = credentials(() => lasting(15 * minute));
    await idOf(made);
    await clock.advance(10 * minute - 1_000);
    await idOf(made);
    expect(fetches).toBe(1);
    await clock.advance(1_000);
    await idOf(made);
    expect(fetches).toBe(2);
  });

  it('are not used in their last minute', async () => {
    const made = credentials(() => lasting(60 * minute));
    await idOf(made);
    next = async () => none;
    await clock.advance(59 * minute);
    expect(await idOf(made)).toBe('id 1');
    expect(made.state().isUsable).toBe(true);
    await clock.advance(1);
    expect(made.state().isUsable).toBe(false);
    expect(await idOf(made)).toBe('no role');
  });

  it('are missing after a failed fetch, which is repeated after a growing delay', async () => {
    const made = credentials(() => none);
    expect(made.state()).toEqual({
      ...{ source: 'cvm', isUsable: false, problem: undefined, expiresAt: undefined },
    });
    // The random factor halves each delay: 0.5 s, 1 s, 2 s, and so on, at most 30 s.
    for (const seconds of [0.5, 1, 2, 4, 8, 16, 30, 30]) {
      const before = fetches;
      expect(await idOf(made)).toBe('no role');
      expect(fetches).toBe(before + 1);
      await clock.advance(seconds * 1_000 - 1);
      expect(await idOf(made)).toBe('no role');
      expect(fetches).toBe(before + 1);
      await clock.advance(1);
    }
    expect(made.state().problem).toBe('no role');
    next = async () => lasting(60 * minute);
    expect(await idOf(made)).toBe('id 9');
    expect(made.state().problem).toBeUndefined();
    next = async () => none;
    await clock.advance(60 * minute);
    expect(await idOf(made)).toBe('no role');
    await clock.advance(500);
    const before = fetches;
    await idOf(made);
    expect(fetches).toBe(before + 1);
  });

  it('are logged once when they are missing, for each reason, and when they are back', async () => {
    const made = credentials(() => none);
    await idOf(made);
    await clock.advance(minute);
    await idOf(made);
    const failed = 'the keys for Tencent Cloud could not be refreshed; retrying';
    const missing = ['error', failed, { source: 'cvm', reason: 'no role' }];
    expect(logged).toEqual([missing]);
    next = async () => lasting(0);
    await clock.advance(minute);
    expect(await idOf(made)).toBe('the keys had already expired');
    const expired = ['error', failed, { source: 'cvm', reason: 'the keys had already expired' }];
    expect(logged).toEqual([missing, expired]);
    next = async () => lasting(60 * minute);
    await clock.advance(minute);
    await idOf(made);
    const back = ['info', 'the keys for Tencent Cloud were refreshed again', undefined];
    expect(logged).toEqual([missing, expired, back]);
  });

  it('are dropped if Tencent Cloud rejects them, unless they are the newest and fresh', async () => {
    const made = credentials(() => lasting(60 * minute));
    const keys = async () => {
      const current = await made.current();
      if (!current.ok) throw new Error(current.detail);
      return current.keys;
    };
    const first = await keys();
    await clock.advance(4_999);
    expect(made.reject(first)).toBe(false);
    expect(await idOf(made)).toBe('id 1');
    await clock.advance(1);
    expect(made.reject(first)).toBe(true);
    expect(await idOf(made)).toBe('id 2');
    expect(made.reject(first)).toBe(true);
    expect(await idOf(made)).toBe('id 2');
  });

  it('are kept if the source always has the same', async () => {
    const keys = { secretId: 'id 1', secretKey: new Secret('key'), token: undefined };
    const made = credentials(() => ({ ok: true, keys, expiresAt: undefined }), false);
    const current = await made.current();
    if (!current.ok) throw new Error(current.detail);
    await clock.advance(1_000 * 60 * minute);
    expect(made.reject(current.keys)).toBe(false);
    expect(await idOf(made)).toBe('id 1');
    expect(made.state().expiresAt).toBeUndefined();
  });
});
