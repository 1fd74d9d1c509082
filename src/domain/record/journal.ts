import { canonicalJson } from '../text/canonicalJson';
import type { Alteration, RowHashes } from './recordedRow';

/**
 * The record as a chain: every event is one link. The hash of a link is made from the hash before it
 * and from its event, so anyone who noted a hash can later tell whether anything up to it changed.
 */

/** What is hashed of an event, as it is stored. */
export interface Entry {
  /** 1 for the first event of all; no number is left out. */
  position: number;
  requestId: number;
  seq: number;
  revision: number;
  at: string;
  /** `null` where Ferry itself acted. */
  by: { userId: string; name: string | null } | null;
  /** Of the parameters and the reason that the request had. */
  parametersHash: string;
  /** Of the rest of the request's row, as `recordedHashes` reads it. Missing from old events. */
  hashes?: unknown;
  happening: unknown;
}

export interface Link {
  position: number;
  /** The request that the event belongs to. `undefined` in links from before it was recorded here. */
  requestId: number | undefined;
  contentHash: string;
  hash: string;
  /** `undefined` once it is past retention. */
  entry: Entry | undefined;
  /** The hashes of the request's row, where this is its newest event. */
  row: RowHashes | undefined;
}

/** How long the chain is, and the hash of its last link. */
export interface Head {
  length: number;
  hash: string;
}

export const emptyJournal: Head = { length: 0, hash: '0'.repeat(64) };

/** The SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits. */
export type Sha256 = (text: string) => string;

/** How a chain is hashed. */
export interface Hashing {
  sha256: Sha256;
  /** The hash of a link's text: HMAC-SHA-256 where a key protects its position, else SHA-256. */
  ofLink(position: number, text: string): string;
}

export function parametersHash(
  sha256: Sha256,
  asked: { parameters: unknown; reason: string },
): string {
  const { parameters, reason } = asked;
  return sha256(canonicalJson({ parameters, reason }));
}

export const contentHash = (sha256: Sha256, entry: Entry): string => sha256(canonicalJson(entry));

/** The hash of the link that follows `before`. */
export const linkHash = (
  { ofLink }: Hashing,
  before: Head,
  { contentHash: content, requestId }: Pick<Link, 'contentHash' | 'requestId'>,
): string => ofLink(before.length + 1, `${before.hash}${content}${requestId ?? ''}`);

/** A place where a record is not what it was, and what is wrong there. */
export type Break =
  | { kind: 'missing' | 'added' | 'changed'; position: number }
  /** What belongs there stands elsewhere. */
  | { kind: 'out_of_order'; position: number; standsAt: number }
  /** Its hash is not made of the one before it: one of the two was written anew. */
  | { kind: 'unlinked'; position: number }
  /** These parts of the request's row are not what its newest event recorded. */
  | { kind: 'row'; position: number; requestId: number; parts: readonly Alteration[] }
  /** These parts of the request changed with an event that does not change them. */
  | { kind: 'changed_silently'; position: number; requestId: number; parts: readonly Alteration[] }
  /** The job was launched without the approvals that the rule required, and without an emergency. */
  | { kind: 'unapproved'; position: number; requestId: number }
  /** The last link is not the one that the journal says. */
  | { kind: 'head'; position: number }
  /** It has another hash than the one that was kept. */
  | { kind: 'not_as_kept'; position: number }
  /** The record was longer when it was kept. */
  | { kind: 'cut_off'; position: number };

/** What is wrong with `link` as the next one after `before`. */
export function checkLink(hashing: Hashing, before: Head, link: Link): Break | undefined {
  const { position, entry, requestId } = link;
  const next = before.length + 1;
  if (position > next) return { kind: 'missing', position: next };
  if (position < next) return { kind: 'added', position };
  if (entry !== undefined && contentHash(hashing.sha256, entry) !== link.contentHash) {
    return { kind: 'changed', position };
  }
  const isOfAnother = requestId !== undefined && (entry?.requestId ?? requestId) !== requestId;
  if (isOfAnother || linkHash(hashing, before, link) !== link.hash) {
    return { kind: 'unlinked', position };
  }
  return undefined;
}
