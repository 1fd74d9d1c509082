import { contentHash, emptyJournal, follows, type Head } from '../domain/record/journal';
import { type RecordedHashes, recordedHashes } from '../domain/record/recordedRow';
import type { Chain } from './chain';
import type { Database } from './database';
import { type EventRow, toEntry } from './journal';

/** An event with its link and the hash of the link before. */
export interface LinkedEvent {
  event: EventRow;
  link: { request_id: number | null; content_hash: string; hash: string };
  /** `null` if there is no link before. */
  hashBefore: string | null;
}

/**
 * What an event recorded about its request's row; `undefined` if the event differs from its link.
 * If there is a key, only its holder can make a link that passes.
 */
export async function provenHashes(
  db: Database,
  chain: Chain,
  { event, hashBefore, link }: LinkedEvent,
): Promise<RecordedHashes | undefined> {
  const entry = toEntry(event);
  const { position } = event;
  const { content_hash: content, hash } = link;
  const requestId = link.request_id ?? undefined;
  const before = { length: position - 1, hash: hashBefore ?? emptyJournal.hash };
  const isLinked =
    (requestId === undefined || requestId === event.request_id) &&
    contentHash(chain.sha256, entry) === content &&
    follows(chain, before, { contentHash: content, requestId, hash });
  const isProven = isLinked && (await isAnchored(db, chain, { length: position, hash }));
  return isProven ? recordedHashes(entry) : undefined;
}

/**
 * True if no later link belongs to the request of a proven event, and all links up to the head are
 * right. Without the key, a person can hide a later event only together with everything after the
 * proven one. This reads all links since then, so it runs before a change is recorded, not at each
 * read.
 */
export async function isNewest(
  db: Database,
  { chain, event }: { chain: Chain; event: { requestId: number; position: number; hash: string } },
): Promise<boolean> {
  if (chain.keyedFrom === undefined) return true;
  const head = await db.selectFrom('journal').selectAll().executeTakeFirstOrThrow();
  const from = { length: event.position, hash: event.hash };
  const isOfOther = (requestId: number | null) => requestId !== event.requestId;
  const end = await followLinks(db, chain, { from, upTo: head.length, isRight: isOfOther });
  return end?.length === head.length && end.hash === head.head;
}

/**
 * True if the first protected link continues the chain before it. Otherwise anyone could write such
 * an earlier link. Before there is a protected link, nothing is anchored.
 */
async function isAnchored(db: Database, chain: Chain, from: Head): Promise<boolean> {
  const { anchored, keyedFrom } = chain;
  if (keyedFrom === undefined || from.length >= keyedFrom) return true;
  const name = `${from.length} ${from.hash}`;
  if (anchored.has(name)) return true;
  const end = await followLinks(db, chain, { from, upTo: keyedFrom, isRight: () => true });
  if (end?.length === keyedFrom) anchored.add(name);
  return end !== undefined && (end.length === keyedFrom || (await isLastLink(db, end)));
}

async function isLastLink(db: Database, { length }: Head): Promise<boolean> {
  const { last } = await db
    .selectFrom('links')
    .select(({ fn }) => fn.max('position').as('last'))
    .executeTakeFirstOrThrow();
  return last === length;
}

const pageSize = 500;

/** Follows the chain to its end. Returns `undefined` at a break or a wrong link. */
async function followLinks(
  db: Database,
  chain: Chain,
  way: { from: Head; upTo: number; isRight(requestId: number | null): boolean },
): Promise<Head | undefined> {
  let before = way.from;
  while (before.length < way.upTo) {
    const page = await db
      .selectFrom('links')
      .selectAll()
      .where('position', '>', before.length)
      .where('position', '<=', way.upTo)
      .orderBy('position')
      .limit(pageSize)
      .execute();
    if (page.length === 0) return before;
    for (const { content_hash: content, hash, position, request_id: id } of page) {
      const link = { contentHash: content, requestId: id ?? undefined, hash };
      const isNext = position === before.length + 1 && follows(chain, before, link);
      if (!isNext || !way.isRight(id)) return undefined;
      before = { length: position, hash };
    }
  }
  return before;
}
