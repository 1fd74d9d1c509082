import { createHash } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { Secret } from '../domain/secrets/secret';

export interface SealKey {
  id: string;
  /** 32 bytes. */
  key: Uint8Array;
}

export type OpenedSecret =
  | { ok: true; secret: Secret }
  | { ok: false; reason: 'no_key' | 'damaged' | 'elsewhere' };

/**
 * Seals a secret as JWE (RFC 7516, `dir` with A256GCM) under the first of `keys`. The hash of `context`
 * is in the protected header, which JWE authenticates as additional data: the sealed text opens in that
 * context and in no other.
 */
export async function seal(
  [newest]: readonly [SealKey, ...SealKey[]],
  secret: Secret,
  context: string,
): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(secret.reveal()))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: newest.id, bound: hashOf(context) })
    .encrypt(newest.key);
}

/** Opens what `seal` made under any of `keys`. `elsewhere`: it was sealed in another context. */
export const open = (keys: readonly SealKey[], sealed: string, context: string) =>
  openWhere(keys, sealed, ({ bound }) => bound === hashOf(context));

/** Opens what earlier versions sealed: their header holds the context as it is. */
export const openEarlier = (keys: readonly SealKey[], sealed: string, context: string) =>
  openWhere(keys, sealed, (header) => header['context'] === context);

async function openWhere(
  keys: readonly SealKey[],
  sealed: string,
  isHere: (header: Readonly<Record<string, unknown>>) => boolean,
): Promise<OpenedSecret> {
  try {
    const header = decodeProtectedHeader(sealed);
    const known = keys.find(({ id }) => id === header.kid);
    if (known === undefined) return { ok: false, reason: 'no_key' };
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, known.key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    if (!isHere({ ...protectedHeader })) return { ok: false, reason: 'elsewhere' };
    return { ok: true, secret: new Secret(new TextDecoder().decode(plaintext)) };
  } catch {
    // Whatever jose says of text that does not open comes to the same for a person.
    return { ok: false, reason: 'damaged' };
  }
}

const hashOf = (context: string): string =>
  createHash('sha256').update(context, 'utf8').digest('base64url');
