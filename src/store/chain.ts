import { createHash, createHmac } from 'node:crypto';
import type { Hashing } from '../domain/record/journal';
import type { Secret } from '../domain/secrets/secret';

/** Protects the links from a position on. */
export interface AuditKey {
  from: number;
  /** 32 bytes in base64. */
  key: Secret;
}

export interface Chain extends Hashing {
  /** The first position that a key protects, if there is a key. */
  keyedFrom: number | undefined;
  /** The first position that each key protects, in order. */
  keyStarts: readonly number[];
  /** Hashes of links before the key that lead to a protected link. */
  anchored: Set<string>;
}

export const sha256 = (text: string): string =>
  createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * Only the settings decide which key protects a position, so that nobody with database access can
 * choose it. `keys` are in the order of their positions.
 */
export function createChain(keys: readonly AuditKey[]): Chain {
  const known = keys.map(({ from, key }) => ({ from, key: Buffer.from(key.reveal(), 'base64') }));
  return {
    sha256,
    ofLink(position, text) {
      const key = known.findLast(({ from }) => from <= position)?.key;
      return key === undefined
        ? sha256(text)
        : createHmac('sha256', key).update(text, 'utf8').digest('hex');
    },
    keyedFrom: known[0]?.from,
    keyStarts: known.map(({ from }) => from),
    anchored: new Set(),
  };
}
