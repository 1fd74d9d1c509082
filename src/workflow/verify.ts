import {
  type Break,
  checkLink,
  contentHash,
  emptyJournal,
  type Head,
  type Link,
  linkHash,
  type Sha256,
} from '../domain/journal';
import type { Journal } from './ports';

/** What a whole record holds, or where it breaks first. */
export type Verdict =
  | {
      ok: true;
      head: Head;
      /** How many events are past retention: of them there are hashes alone. */
      erased: number;
      /** When the first and the last event happened that are still there. */
      first: string | undefined;
      last: string | undefined;
    }
  | { ok: false; broken: Break };

interface Check {
  journal: Journal;
  sha256: Sha256;
  /** A head that somebody kept elsewhere: the record must still go through it. */
  kept: Head | undefined;
}

/** Follows the whole chain. What is added meanwhile is left for the next time. */
export async function verify({ journal, sha256, kept }: Check): Promise<Verdict> {
  const { length, hash, added } = await journal.head();
  const broken = (found: Break): Verdict => ({ ok: false, broken: found });
  let before = emptyJournal;
  let erased = 0;
  let first: string | undefined;
  let last: string | undefined;
  if (kept?.length === 0 && kept.hash !== before.hash) {
    return broken({ kind: 'not_as_kept', position: 0 });
  }
  for await (const link of everyLink(journal, length)) {
    const found = checkLink(sha256, before, link);
    if (found !== undefined)
      return broken(await explain(everyLink(journal, length), sha256, { before, link, found }));
    if (link.position === kept?.length && link.hash !== kept.hash) {
      return broken({ kind: 'not_as_kept', position: link.position });
    }
    before = { length: link.position, hash: link.hash };
    if (link.entry === undefined) erased += 1;
    first ??= link.entry?.at;
    last = link.entry?.at ?? last;
  }
  if (before.length < length) return broken({ kind: 'missing', position: before.length + 1 });
  if (added !== undefined) return broken({ kind: 'added', position: added });
  if (before.hash !== hash) return broken({ kind: 'head', position: length });
  if (kept !== undefined && kept.length > length) {
    return broken({ kind: 'cut_off', position: length + 1 });
  }
  return { ok: true, head: before, erased, first, last };
}

const pageSize = 500;

async function* everyLink(journal: Journal, upTo: number): AsyncGenerator<Link> {
  let after = 0;
  while (after < upTo) {
    const page = await journal.links(after, upTo, pageSize);
    yield* page;
    const end = page.at(-1);
    if (end === undefined) return;
    after = end.position;
  }
}

/** Whether what belongs at the place of a break stands elsewhere: it was moved, or moved on. */
async function explain(
  links: AsyncIterable<Link>,
  sha256: Sha256,
  { before, link, found }: { before: Head; link: Link; found: Break },
): Promise<Break> {
  if (found.kind !== 'changed' && found.kind !== 'unlinked') return found;
  const { position } = found;
  const follows = (one: string, { contentHash: content, hash }: Link): boolean =>
    linkHash(sha256, one, content) === hash;
  let standsAt: number | undefined;
  let hasPlace = follows(emptyJournal.hash, link);
  for await (const other of links) {
    hasPlace ||= follows(other.hash, link);
    if (other.position === position) continue;
    const { entry } = other;
    const isItsEvent =
      entry !== undefined && contentHash(sha256, { ...entry, position }) === link.contentHash;
    if (isItsEvent || follows(before.hash, other)) standsAt ??= other.position;
  }
  if (standsAt === undefined) return found;
  return hasPlace ? { kind: 'out_of_order', position, standsAt } : { kind: 'added', position };
}
