import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import { Secret } from '../../domain/secrets/secret';
import { type CloudAnswer, type CloudRoute, sendCall } from '../sendCall';
import { sts } from '../services';
import type { Fetched, KeySource, Keys } from './keys';
import type { BaseSettings, CredentialSettings } from './settings';

/** The source of the settings. Its calls use `route`, and `region` for a role that is assumed. */
export function keySourceOf(
  settings: CredentialSettings,
  route: CloudRoute,
  region: string,
): KeySource {
  switch (settings.kind) {
    case 'tke':
      return { name: 'tke', renews: true, fetch: (abandon) => fromTke(settings, route, abandon) };
    case 'cvm':
      return { name: 'cvm', renews: true, fetch: (abandon) => fromMachine(settings, abandon) };
    case 'role':
      return {
        name: 'role',
        renews: true,
        fetch: (abandon) => fromRole(settings, route, region, abandon),
      };
    default:
      return {
        name: settings.kind,
        renews: settings.kind === 'profile',
        fetch: () => baseKeys(settings),
      };
  }
}

const failed = (detail: string): Fetched => ({ ok: false, detail });

/** https://cloud.tencent.com/document/api/1312/48197 */
const assumed = z.object({
  Credentials: z.object({
    TmpSecretId: z.string().min(1),
    TmpSecretKey: z.string().min(1),
    Token: z.string().min(1),
  }),
  ExpiredTime: z.number(),
});

function readAssumed(action: string, called: CloudAnswer): Fetched {
  if (!called.ok) {
    const problem = called.outcome.kind === 'failed' ? called.outcome.problem : undefined;
    if (problem?.kind === 'refused') {
      return failed(`${action}: ${problem.code}, RequestId ${problem.requestId}`);
    }
    if (problem?.kind === 'not_sent') return failed(`${action}: ${problem.detail}`);
    // The detail of an unreadable response may quote the keys in it.
    return failed(`${action}: no readable response`);
  }
  const read = assumed.safeParse(called.answer);
  if (!read.success) return failed(`${action}: the response has no keys`);
  const { Credentials: keys, ExpiredTime } = read.data;
  return temporary({ ...keys, ExpiredTime });
}

const temporary = ({
  ExpiredTime,
  TmpSecretId,
  TmpSecretKey,
  Token,
}: {
  ExpiredTime: number;
  TmpSecretId: string;
  TmpSecretKey: string;
  Token: string;
}): Fetched => ({
  ok: true,
  keys: { secretId: TmpSecretId, secretKey: new Secret(TmpSecretKey), token: new Secret(Token) },
  expiresAt: new Date(ExpiredTime * 1_000),
});

/** Names Ferry's sessions in CloudAudit. */
const sessionName = `ferry-${hostname().replace(/[^\w.-]/g, '-')}`.slice(0, 32);

const now = async (): Promise<undefined> => undefined;

/** https://cloud.tencent.com/document/api/1312/73070 */
async function fromTke(
  { providerId, region, roleArn, tokenFile }: Extract<CredentialSettings, { kind: 'tke' }>,
  route: CloudRoute,
  abandon: AbortSignal,
): Promise<Fetched> {
  let token: Secret;
  try {
    // Kubernetes replaces the file, so it is read each time.
    token = new Secret((await readFile(tokenFile, 'utf8')).trim());
  } catch (error) {
    return failed(`${tokenFile} cannot be read (${codeOf(error)})`);
  }
  const action = 'AssumeRoleWithWebIdentity';
  const body = {
    ProviderId: providerId,
    WebIdentityToken: token.reveal(),
    RoleArn: roleArn,
    RoleSessionName: sessionName,
  };
  const call = { service: sts, action, region, body };
  const options = { keys: undefined, secrets: [token], abandon, release: now };
  return readAssumed(action, await sendCall(route, call, options));
}

async function fromRole(
  { base, roleArn }: Extract<CredentialSettings, { kind: 'role' }>,
  route: CloudRoute,
  region: string,
  abandon: AbortSignal,
): Promise<Fetched> {
  const signing = await baseKeys(base);
  if (!signing.ok) return signing;
  const action = 'AssumeRole';
  const body = { RoleArn: roleArn, RoleSessionName: sessionName };
  const call = { service: sts, action, region, body };
  const options = { keys: signing.keys, secrets: [], abandon, release: now };
  return readAssumed(action, await sendCall(route, call, options));
}

/** https://cloud.tencent.com/document/product/213/4934 */
const machineKeys = z.object({
  Code: z.literal('Success'),
  TmpSecretId: z.string().min(1),
  TmpSecretKey: z.string().min(1),
  Token: z.string().min(1),
  ExpiredTime: z.number(),
});

const credentialsPath = 'latest/meta-data/cam/security-credentials/';

async function fromMachine(
  { metadataUrl, role }: Extract<CredentialSettings, { kind: 'cvm' }>,
  abandon: AbortSignal,
): Promise<Fetched> {
  const read = async (path: string): Promise<string> => {
    const response = await fetch(`${metadataUrl}${credentialsPath}${path}`, {
      signal: abandon,
      redirect: 'error',
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response.text();
  };
  try {
    const name = role ?? (await read('')).trim();
    if (!/^[\w+=,.@-]{1,128}$/.test(name)) return failed('the CVM has no role');
    const keys = machineKeys.safeParse(parseJson(await read(name)));
    return keys.success
      ? temporary(keys.data)
      : failed(`the metadata service has no keys for the role ${name}`);
  } catch (error) {
    return failed(`the metadata service did not respond (${messageOf(error)})`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function baseKeys(base: BaseSettings): Promise<Fetched> {
  if (base.kind === 'keys') return { ok: true, keys: base, expiresAt: undefined };
  try {
    const keys = readProfile(await readFile(base.file, 'utf8'));
    return keys === undefined
      ? failed(`${base.file} has no secret_id and secret_key under [default]`)
      : { ok: true, keys, expiresAt: undefined };
  } catch (error) {
    return failed(`${base.file} cannot be read (${codeOf(error)})`);
  }
}

/** The keys under `[default]`, as the SDK reads them. */
function readProfile(text: string): Keys | undefined {
  const values = new Map<string, string>();
  let section = '';
  for (const line of text.split('\n')) {
    section = /^\s*\[(.+)\]\s*$/.exec(line)?.[1]?.trim() ?? section;
    const [, name, value] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (section === 'default' && name !== undefined && value !== undefined) values.set(name, value);
  }
  const [secretId, secretKey, token] = ['secret_id', 'secret_key', 'token'].map((name) =>
    values.get(name),
  );
  if (!secretId || !secretKey) return undefined;
  return {
    secretId,
    secretKey: new Secret(secretKey),
    token: token ? new Secret(token) : undefined,
  };
}

const codeOf = (error: unknown): string => {
  const code: unknown = Reflect.get(Object(error), 'code');
  return typeof code === 'string' ? code : 'unreadable';
};

/** `fetch` hides the reason in the cause. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
