/**
 * The record as a chain: every event is one link, whose hash is made of the hash before it and of the
 * event. Whoever keeps one hash can tell later whether anything up to it was changed.
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
  happening: unknown;
}

export interface Link {
  position: number;
  contentHash: string;
  hash: string;
  /** `undefined` once it is past retention. */
  entry: Entry | undefined;
  /** Of the parameters that the request has, where this is its newest event. */
  parametersHash: string | undefined;
}

/** How long the chain is, and the hash of its last link. */
export interface Head {
  length: number;
  hash: string;
}

export const emptyJournal: Head = { length: 0, hash: '0'.repeat(64) };

/** The SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits. */
export type Sha256 = (text: string) => string;

/**
 * JSON without spaces and with the keys of every object in order: equal values, equal texts. A member
 * that is undefined is none, as in JSON.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

export function parametersHash(
  sha256: Sha256,
  asked: { parameters: unknown; reason: string },
): string {
  const { parameters, reason } = asked;
  return sha256(canonicalJson({ parameters, reason }));
}

export const contentHash = (sha256: Sha256, entry: Entry): string => sha256(canonicalJson(entry));

export const linkHash = (sha256: Sha256, before: string, content: string): string =>
  sha256(before + content);

/** The first place where a record is not what it was, and what is wrong there. */
export type Break =
  | { kind: 'missing' | 'added' | 'changed'; position: number }
  /** What belongs there stands elsewhere. */
  | { kind: 'out_of_order'; position: number; standsAt: number }
  /** Its hash is not made of the one before it: one of the two was written anew. */
  | { kind: 'unlinked'; position: number }
  /** The request has other parameters than its newest event says. */
  | { kind: 'parameters'; position: number; requestId: number }
  /** The last link is not the one that the journal says. */
  | { kind: 'head'; position: number }
  /** It has another hash than the one that was kept. */
  | { kind: 'not_as_kept'; position: number }
  /** The record was longer when it was kept. */
  | { kind: 'cut_off'; position: number };

/** What is wrong with `link` as the next one after `before`. */
export function checkLink(sha256: Sha256, before: Head, link: Link): Break | undefined {
  const { position, entry } = link;
  const next = before.length + 1;
  if (position > next) return { kind: 'missing', position: next };
  if (position < next) return { kind: 'added', position };
  if (entry !== undefined && contentHash(sha256, entry) !== link.contentHash) {
    return { kind: 'changed', position };
  }
  if (linkHash(sha256, before.hash, link.contentHash) !== link.hash) {
    return { kind: 'unlinked', position };
  }
  const { parametersHash } = link;
  if (entry !== undefined && (parametersHash ?? entry.parametersHash) !== entry.parametersHash) {
    return { kind: 'parameters', position, requestId: entry.requestId };
  }
  return undefined;
}
