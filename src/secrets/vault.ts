import { createHash } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { Secret } from '../domain/secrets/secret';
import type { OpenedSecret, Vault } from '../ports/vault';

export interface SealKey {
  id: string;
  /** 32 bytes. */
  key: Uint8Array;
}

/**
 * Seals a secret as JWE (RFC 7516, `dir` with A256GCM) under the first of `keys`, and opens text
 * sealed under any of them. The protected header contains the hash of the context, and JWE
 * authenticates it, so the text opens only in that context.
 */
export function createVault(keys: readonly SealKey[]): Vault {
  const [newest] = keys;
  return {
    async seal(secret, context) {
      if (newest === undefined) throw new Error('no key to seal with');
      return new CompactEncrypt(new TextEncoder().encode(secret.reveal()))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: newest.id, bound: hashOf(context) })
        .encrypt(newest.key);
    },
    open: (sealed, context) => openWhere(keys, sealed, ({ bound }) => bound === hashOf(context)),
    // Earlier versions stored the context itself in the header.
    openEarlier: (sealed, context) =>
      openWhere(keys, sealed, (header) => header['context'] === context),
  };
}

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
    // For a person, all of jose's errors for text that doesn't open mean the same.
    return { ok: false, reason: 'damaged' };
  }
}

const hashOf = (context: string): string =>
  createHash('sha256').update(context, 'utf8').digest('base64url');
