import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { Secret } from '../domain/secret';

export interface SealKey {
  id: string;
  /** 32 bytes. */
  key: Uint8Array;
}

export type OpenedSecret =
  | { ok: true; secret: Secret }
  | { ok: false; reason: 'no_key' | 'damaged' };

/**
 * Seals a secret as JWE (RFC 7516, `dir` with A256GCM) under the first of `keys`. `context` is
 * authenticated with it: sealed text that is moved to another request does not open there.
 */
export async function seal(
  [newest]: readonly [SealKey, ...SealKey[]],
  secret: Secret,
  context: string,
): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(secret.reveal()))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: newest.id, context })
    .encrypt(newest.key);
}

/** Opens what `seal` made under any of `keys`. `damaged`: changed, or sealed for another context. */
export async function open(
  keys: readonly SealKey[],
  sealed: string,
  context: string,
): Promise<OpenedSecret> {
  try {
    const header = decodeProtectedHeader(sealed);
    const known = keys.find(({ id }) => id === header.kid);
    if (known === undefined) return { ok: false, reason: 'no_key' };
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, known.key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    if (protectedHeader['context'] !== context) return { ok: false, reason: 'damaged' };
    return { ok: true, secret: new Secret(new TextDecoder().decode(plaintext)) };
  } catch {
    // Whatever jose says of text that does not open comes to the same for a person.
    return { ok: false, reason: 'damaged' };
  }
}
