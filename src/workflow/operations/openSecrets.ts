import type { LaunchProblem } from '../../domain/request/launchOutcome';
import type { MigrationRequest } from '../../domain/request/request';
import { earlierSecretContext, secretContext } from '../../domain/secrets/secretContext';
import {
  type SecretPath,
  type SecretReference,
  secretPaths,
} from '../../domain/secrets/secretReference';
import type { RequestStore } from '../../ports/requestStore';
import type { SecretReader, SecretValues } from '../../ports/secretReader';
import type { Vault } from '../../ports/vault';
import { type PermitContext, permitSecret } from '../permitSecret';

export interface SecretsContext extends PermitContext {
  secretReader: SecretReader;
  store: RequestStore;
  vault: Vault;
}

type Opened<Value> = ({ ok: true } & Value) | { ok: false; problem: LaunchProblem };

/** The longest wait for a secret at launch, in ms. */
const readTimeoutMs = 10_000;

/**
 * Opens typed secrets and reads stored ones, if today's policy allows that. If one of them isn't
 * allowed, it reads none.
 */
export async function openSecrets(
  context: SecretsContext,
  request: MigrationRequest,
): Promise<Opened<{ secrets: SecretValues }>> {
  const { store } = context;
  for (const [path, reference] of references(request)) {
    const forbidden = await judge(context, request, path, reference);
    if (forbidden !== undefined) return { ok: false, problem: forbidden };
  }
  const sealed = await store.sealedSecrets(request.id);
  const secrets: SecretValues = {};
  for (const path of secretPaths) {
    const source = request.secrets[path];
    if (source === undefined) continue;
    const opened =
      source.kind === 'typed'
        ? await openTyped(context, request, path, sealed[path])
        : await readStored(context, request, path, source);
    if (!opened.ok) return opened;
    secrets[path] = opened.secret;
  }
  return { ok: true, secrets };
}

function references({ secrets }: MigrationRequest): [SecretPath, SecretReference][] {
  return secretPaths.flatMap((path): [SecretPath, SecretReference][] => {
    const source = secrets[path];
    return source === undefined || source.kind === 'typed' ? [] : [[path, source]];
  });
}

async function judge(
  context: SecretsContext,
  { channel, parameters, requester }: MigrationRequest,
  path: SecretPath,
  reference: SecretReference,
): Promise<LaunchProblem | undefined> {
  const use = { channel, parameters, path, requester: requester.userId };
  const verdict = await permitSecret(context, reference, use);
  if (verdict.ok) return undefined;
  const { code } = verdict.problem;
  const kind = code === 'secret_requester_unknown' ? 'unknown_person' : 'not_allowed';
  return { kind: 'secret_unavailable', path, reference, cause: { kind } };
}

type OpenedSecret = Opened<{ secret: NonNullable<SecretValues[SecretPath]> }>;

async function openTyped(
  { store, vault }: SecretsContext,
  request: MigrationRequest,
  path: SecretPath,
  sealed: string | undefined,
): Promise<OpenedSecret> {
  if (sealed === undefined) return unreadable('missing');
  const opened = await vault.open(sealed, secretContext(request, path));
  if (opened.ok) return opened;
  if (opened.reason === 'elsewhere' && (await store.isSealedEarlier(request.id))) {
    const earlier = await vault.openEarlier(sealed, earlierSecretContext(request, path));
    return earlier.ok ? earlier : unreadable(earlier.reason);
  }
  return unreadable(opened.reason);
}

const unreadable = (
  reason: Extract<LaunchProblem, { kind: 'secret_unreadable' }>['reason'],
): OpenedSecret => {
  return { ok: false, problem: { kind: 'secret_unreadable', reason } };
};

async function readStored(
  { secretReader }: SecretsContext,
  { parameters }: MigrationRequest,
  path: SecretPath,
  reference: SecretReference,
): Promise<OpenedSecret> {
  const unavailable = (
    cause: Extract<LaunchProblem, { kind: 'secret_unavailable' }>['cause'],
  ): OpenedSecret => ({
    ok: false,
    problem: { kind: 'secret_unavailable', path, reference, cause },
  });
  const read = await secretReader.read(reference, AbortSignal.timeout(readTimeoutMs));
  if (!read.ok) return unavailable(read.cause);
  const user = userOf(parameters, path);
  return read.user === undefined || user === undefined || read.user === user
    ? read
    : unavailable({ kind: 'other_user', user });
}

/** The account whose password a request needs, if the form names one. */
function userOf(
  { DstInfo, SrcInfo }: MigrationRequest['parameters'],
  path: SecretPath,
): string | undefined {
  switch (path) {
    case 'SrcInfo.Password':
      return SrcInfo.User;
    case 'DstInfo.Password':
      return DstInfo.User;
    case 'SrcInfo.AccessKey':
      return undefined;
    default:
      return path satisfies never;
  }
}
