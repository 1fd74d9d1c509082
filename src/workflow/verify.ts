import {
  type Break,
  checkLink,
  contentHash,
  createCount,
  type Entry,
  emptyJournal,
  follows,
  type Hashing,
  type Head,
  type Link,
} from '../domain/record/journal';
import { alteredParts, recordedHashes } from '../domain/record/recordedRow';
import { createReplay } from '../domain/record/replay';
import { before as earlier } from '../domain/time/offset';
import type { Journal } from '../ports/journal';

/** A summary of an intact audit log, or everything that is wrong with it. */
export type Verification =
  | {
      ok: true;
      head: Head;
      /** How many events are past retention. Only their hashes remain. */
      erased: number;
      /** The times of the first and last events that still exist. */
      first: string | undefined;
      last: string | undefined;
    }
  | { ok: false; broken: readonly [Break, ...Break[]] };

type Readable = Pick<Journal, 'head' | 'links' | 'strays'>;

interface Check {
  journal: Readable;
  hashing: Hashing;
  /** A head that someone noted elsewhere. The chain must still contain it. */
  kept: Head | undefined;
  /** After how many days Ferry deletes requests; never if it is undefined. */
  retentionDays: number | undefined;
  now: Date;
}

const dayMs = 86_400_000;

/**
 * Follows the whole chain and replays the events of each request. Events that are added during the
 * run are left for the next one. The check stops at the first break of the chain.
 */
export async function verify(check: Check): Promise<Verification> {
  const { journal, hashing, kept, now, retentionDays } = check;
  const keptSince =
    retentionDays === undefined ? '' : earlier(now, retentionDays * dayMs).toISOString();
  const { length, hash, added } = await journal.head();
  const replay = createReplay();
  const count = createCount();
  const found: Break[] = [];
  const broken = (end: Break): Verification => {
    const [one, ...others] = found;
    return { ok: false, broken: one === undefined ? [end] : [one, ...others, end] };
  };
  let before = emptyJournal;
  let erased = 0;
  let first: string | undefined;
  let last: string | undefined;
  if (kept?.length === 0 && kept.hash !== before.hash) {
    return broken({ kind: 'not_as_kept', position: 0 });
  }
  for await (const link of everyLink(journal, length)) {
    const flaw = checkLink(hashing, before, link);
    if (flaw !== undefined) {
      const links = everyLink(journal, length);
      return broken(await explain(links, hashing, { before, link, found: flaw }));
    }
    if (link.position === kept?.length && link.hash !== kept.hash) {
      return broken({ kind: 'not_as_kept', position: link.position });
    }
    before = { length: link.position, hash: link.hash };
    // Only the event before says how old a deleted one is at most. Later events of a request may be
    // younger than its end, its first one is not.
    count.add(link, (last ?? '') >= keptSince);
    if (link.entry === undefined) {
      erased += 1;
      continue;
    }
    found.push(...replay(link.entry), ...checkRow(link, link.entry));
    first ??= link.entry.at;
    last = link.entry.at;
  }
  if (before.length < length) return broken({ kind: 'missing', position: before.length + 1 });
  if (added !== undefined) return broken({ kind: 'added', position: added });
  if (before.hash !== hash) return broken({ kind: 'head', position: length });
  if (kept !== undefined && kept.length > length) {
    return broken({ kind: 'cut_off', position: length + 1 });
  }
  const strays = await journal.strays();
  const isStray = (id: number | undefined) =>
    strays.some((stray) => stray.kind === 'row' && stray.requestId === id);
  const deleted = count
    .deleted()
    .filter(({ requestId }) => !isStray(requestId))
    .map((each): Break => ({ kind: 'deleted', ...each, retentionDays }));
  found.push(...count.gaps(), ...strays, ...deleted);
  const [one, ...others] = found;
  return one === undefined
    ? { ok: true, head: before, erased, first, last }
    : { ok: false, broken: [one, ...others] };
}

/** The parts of a request's row that differ from this event, its newest one. */
function checkRow({ row, position }: Link, entry: Entry): Break[] {
  const parts = row === undefined ? [] : alteredParts(row, recordedHashes(entry));
  return parts.length === 0 ? [] : [{ kind: 'row', position, requestId: entry.requestId, parts }];
}

const pageSize = 500;

async function* everyLink(journal: Readable, upTo: number): AsyncGenerator<Link> {
  let after = 0;
  while (after < upTo) {
    const page = await journal.links(after, upTo, pageSize);
    yield* page;
    const end = page.at(-1);
    if (end === undefined) return;
    after = end.position;
  }
}

/** Finds out whether a broken link was moved or added. */
async function explain(
  links: AsyncIterable<Link>,
  hashing: Hashing,
  { before, link, found }: { before: Head; link: Link; found: Break },
): Promise<Break> {
  if (found.kind !== 'changed' && found.kind !== 'unlinked') return found;
  const { position } = found;
  let foundAt: number | undefined;
  let hasPlace = follows(hashing, emptyJournal, link);
  for await (const other of links) {
    hasPlace ||= follows(hashing, { length: other.position, hash: other.hash }, link);
    if (other.position === position) continue;
    const { entry } = other;
    const isItsEvent =
      entry !== undefined &&
      contentHash(hashing.sha256, { ...entry, position }) === link.contentHash;
    if (isItsEvent || follows(hashing, before, other)) foundAt ??= other.position;
  }
  if (foundAt === undefined) return found;
  return hasPlace ? { kind: 'out_of_order', position, foundAt } : { kind: 'added', position };
}
