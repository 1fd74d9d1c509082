import { canonicalJson } from '../text/canonicalJson';
import type { Alteration, RowHashes } from './recordedRow';

/**
 * The audit log is a chain with one link per event. The hash of a link covers its event and the
 * hash before it, so a person who noted a hash can later detect changes to anything before it.
 */

/** The hashed parts of an event, as they are stored. */
export interface Entry {
  /** Counted from 1, without gaps. */
  position: number;
  requestId: number;
  seq: number;
  revision: number;
  at: string;
  /** `null` if Ferry acted. */
  by: { userId: string; name: string | null } | null;
  /** The hash of the request's parameters and reason. */
  parametersHash: string;
  /** Hashes of the rest of the request's row, for `recordedHashes`. Old events have none. */
  hashes?: unknown;
  happening: unknown;
}

export interface Link {
  position: number;
  /** The event's request. Old links don't record it. */
  requestId: number | undefined;
  contentHash: string;
  hash: string;
  /** `undefined` after the retention time. */
  entry: Entry | undefined;
  /** The hashes of the request's row, if this is its newest event. */
  row: RowHashes | undefined;
}

/** The length of the chain, and the hash of its last link. */
export interface Head {
  length: number;
  hash: string;
}

export const emptyJournal: Head = { length: 0, hash: '0'.repeat(64) };

/** Returns the SHA-256 of a text in UTF-8, as 64 hexadecimal digits. */
export type Sha256 = (text: string) => string;

/** How links are hashed. */
export interface Hashing {
  sha256: Sha256;
  /**
   * Hashes a link's text with HMAC-SHA-256 if a key protects its position, otherwise with SHA-256.
   */
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

/** The parts of a link that its hash covers, apart from the link before. */
type Hashed = Pick<Link, 'contentHash' | 'requestId'>;

/** Returns the hash of the link that follows `before`. */
export const linkHash = (
  { ofLink }: Hashing,
  before: Head,
  { contentHash: content, requestId }: Hashed,
): string => ofLink(before.length + 1, `${before.hash}${content}${requestId ?? ''}`);

/**
 * True if the link's hash follows from the link before. Its parts must have their form, because
 * other ways to divide the hashed text would hide which request the link belongs to.
 */
export const follows = (
  hashing: Hashing,
  before: Head,
  link: Hashed & Pick<Link, 'hash'>,
): boolean =>
  /^[0-9a-f]{64}$/.test(link.contentHash) &&
  (link.requestId === undefined || Number.isSafeInteger(link.requestId)) &&
  linkHash(hashing, before, link) === link.hash;

/** A place where the audit log was changed, and how. */
export type Break =
  | { kind: 'missing' | 'added' | 'changed'; position: number }
  /** The link that belongs here is at position `foundAt`. */
  | { kind: 'out_of_order'; position: number; foundAt: number }
  /** Its hash doesn't follow from the one before. One of the two was rewritten. */
  | { kind: 'unlinked'; position: number }
  /** Earlier events of this request are missing, and no link says which. */
  | { kind: 'gap'; position: number; requestId: number }
  /**
   * A request was deleted with its events, of which this was the first, although retention didn't
   * allow that: after less than `retentionDays`, or without retention. Old links don't say which request.
   */
  | {
      kind: 'deleted';
      position: number;
      requestId: number | undefined;
      retentionDays: number | undefined;
    }
  /** These parts of the request's row differ from what its newest event recorded. */
  | { kind: 'row'; position: number; requestId: number; parts: readonly Alteration[] }
  /** These parts of the request changed at an event that doesn't change them. */
  | { kind: 'changed_silently'; position: number; requestId: number; parts: readonly Alteration[] }
  /** The job was launched without the required approvals or an emergency approval. */
  | { kind: 'unapproved'; position: number; requestId: number }
  /** The last link differs from the journal's head. */
  | { kind: 'head'; position: number }
  /** Its hash differs from the one that was noted. */
  | { kind: 'not_as_kept'; position: number }
  /** The log is shorter than when its head was noted. */
  | { kind: 'cut_off'; position: number };

export function checkLink(hashing: Hashing, before: Head, link: Link): Break | undefined {
  const { position, entry, requestId } = link;
  const next = before.length + 1;
  if (position > next) return { kind: 'missing', position: next };
  if (position < next) return { kind: 'added', position };
  if (entry !== undefined && contentHash(hashing.sha256, entry) !== link.contentHash) {
    return { kind: 'changed', position };
  }
  const isOfAnother = requestId !== undefined && (entry?.requestId ?? requestId) !== requestId;
  if (isOfAnother || !follows(hashing, before, link)) {
    return { kind: 'unlinked', position };
  }
  return undefined;
}

/** What the links of a request say. */
interface Count {
  known: number;
  /** The number and position of its newest event that exists. If none exists, 0 and its first link. */
  newest: number;
  position: number;
  /** True if its first event happened when retention already kept everything. */
  isKept: boolean;
}

/** The events of each request, which are numbered from 1. */
export interface Counts {
  /** `isKept`: retention doesn't allow the deletion of a request that begins here. */
  add(link: Link, isKept: boolean): void;
  /** Requests that lack earlier events. */
  gaps(): Break[];
  /** The first link of each request of which no event exists, although retention keeps it. */
  deleted(): { position: number; requestId: number | undefined }[];
}

/** Counts the events of each request to find out whether some are missing. */
export function createCount(): Counts {
  // Old links without an event don't say which request they belong to.
  const counts = new Map<number | undefined, Count>();
  return {
    add({ entry, position, requestId: linked }, isKept) {
      const requestId = entry?.requestId ?? linked;
      const count = counts.get(requestId) ?? { known: 0, newest: 0, position, isKept };
      const known = count.known + 1;
      const isNewer = entry !== undefined && entry.seq > count.newest;
      const newer = isNewer ? { newest: entry.seq, position } : {};
      counts.set(requestId, { ...count, known, ...newer });
    },
    gaps: () =>
      [...counts].flatMap(([requestId, { known, newest, position }]): Break[] =>
        requestId !== undefined && newest > known ? [{ kind: 'gap', position, requestId }] : [],
      ),
    deleted: () =>
      [...counts].flatMap(([requestId, { isKept, newest, position }]) =>
        newest === 0 && isKept ? [{ position, requestId }] : [],
      ),
  };
}
