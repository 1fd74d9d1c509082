import fc from 'fast-check';
import {
  contentHash,
  type Entry,
  emptyJournal,
  type Head,
  type Link,
  linkHash,
} from '../../src/domain/record/journal';
import { type RowHashes, recordParts, storeHashes } from '../../src/domain/record/recordedRow';
import { Secret } from '../../src/domain/secrets/secret';
import { canonicalJson } from '../../src/domain/text/canonicalJson';
import { createChain, sha256 } from '../../src/store/chain';
import { verify } from '../../src/workflow/verify';

const anEntry = fc.record({
  requestId: fc.integer({ min: 1, max: 5 }),
  seq: fc.integer({ min: 1, max: 50 }),
  revision: fc.integer({ min: 1, max: 3 }),
  at: fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
  by: fc.option(fc.record({ userId: fc.string(), name: fc.option(fc.string()) })),
  parametersHash: fc.string(),
  happening: fc.jsonValue(),
});
const entries = fc.array(anEntry, { minLength: 3, maxLength: 30 }).map(numbered);

/** Numbers the events of each request from 1. */
function numbered(contents: readonly Omit<Entry, 'position'>[]): Omit<Entry, 'position'>[] {
  const newest = new Map<number, number>();
  return contents.map((content) => {
    const seq = (newest.get(content.requestId) ?? 0) + 1;
    newest.set(content.requestId, seq);
    return { ...content, seq };
  });
}

const hashing = createChain([]);

/** The chain that the store would make of these events. */
function chained(contents: readonly Omit<Entry, 'position'>[], how = hashing): Link[] {
  let before = emptyJournal;
  return contents.map((content, index) => {
    const entry: Entry = { ...content, position: index + 1 };
    const link = { contentHash: contentHash(sha256, entry), requestId: entry.requestId };
    before = { length: index + 1, hash: linkHash(how, before, link) };
    return { ...link, position: entry.position, hash: before.hash, entry, row: undefined };
  });
}

/** Links that an attacker without a key would append to those before. */
function relinked(before: readonly Link[], after: readonly Link[]): Link[] {
  let head = headOf(before);
  return after.map((link) => {
    head = { length: link.position, hash: linkHash(hashing, head, link) };
    return { ...link, hash: head.hash };
  });
}

const headOf = (links: readonly Link[]): Head => {
  const last = links.at(-1);
  return last === undefined ? emptyJournal : { length: links.length, hash: last.hash };
};

const now = new Date('2026-05-04T10:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();

function judge(
  links: readonly Link[],
  head: Head,
  kept?: Head,
  how = hashing,
  retentionDays?: number,
) {
  const journal = {
    head: async () => ({
      ...head,
      added: links.find((each) => each.position > head.length)?.position,
    }),
    links: async (after: number, upTo: number, limit: number) =>
      links
        .filter(({ position }) => position > after && position <= upTo)
        .sort((one, other) => one.position - other.position)
        .slice(0, limit),
    strays: async () => [],
  };
  return verify({ journal, hashing: how, kept, retentionDays, now });
}

const at = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index];
  if (item === undefined) throw new Error(`nothing at ${index}`);
  return item;
};

const aPlace = entries.chain((contents) =>
  fc.record({
    links: fc.constant(chained(contents)),
    index: fc.integer({ min: 0, max: contents.length - 1 }),
  }),
);
/** Two places, the earlier one first. */
const twoPlaces = entries.chain((contents) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: contents.length - 1 }), { minLength: 2, maxLength: 2 })
    .map((places) => ({
      links: chained(contents),
      one: Math.min(...places),
      other: Math.max(...places),
    })),
);

it('finds an untouched log intact, with and without a noted head', () =>
  fc.assert(
    fc.asyncProperty(aPlace, async ({ links, index }) => {
      const head = headOf(links);
      const whole = { ok: true, head, erased: 0, first: at(links, 0).entry?.at };
      expect(await judge(links, head)).toMatchObject(whole);
      expect(await judge(links, head, headOf(links.slice(0, index)))).toMatchObject(whole);
    }),
  ));

it('finds a log intact in which some events are past retention, and counts them', () =>
  fc.assert(
    fc.asyncProperty(entries, fc.infiniteStream(fc.boolean()), async (contents, coins) => {
      const old = contents.map((content) => ({ ...content, at: daysAgo(31) }));
      const links = chained(old).map((link) =>
        coins.next().value ? { ...link, entry: undefined } : link,
      );
      const erased = links.filter(({ entry }) => entry === undefined).length;
      const verdict = judge(links, headOf(links), undefined, hashing, 30);
      expect(await verdict).toMatchObject({ ok: true, erased });
    }),
  ));

describe('requests that were deleted with all their events', () => {
  /** A log with one event for each pair of a request and its age in days. */
  const logOf = (...events: readonly [requestId: number, age: number][]) =>
    chained(
      numbered(
        events.map(([requestId, age]) => ({
          ...{ requestId, seq: 1, revision: 1, at: daysAgo(age), by: null },
          ...{ parametersHash: '', happening: { type: 'x' } },
        })),
      ),
    );
  const without = (links: readonly Link[], ...requests: number[]) =>
    links.map((link) =>
      requests.includes(link.requestId ?? 0) ? { ...link, entry: undefined } : link,
    );
  const judged = (links: readonly Link[], retentionDays?: number) =>
    judge(links, headOf(links), undefined, hashing, retentionDays);
  const deleted = (position: number, requestId: number | undefined, retentionDays?: number) => ({
    ...{ kind: 'deleted', position, requestId },
    retentionDays,
  });

  it.each<[string, Link[], number | undefined, object[] | 'fine']>([
    [
      'any, without retention',
      without(logOf([1, 900], [2, 400], [1, 399], [3, 1]), 1, 2),
      undefined,
      [deleted(1, 1), deleted(2, 2)],
    ],
    ['all of them, without retention', without(logOf([1, 900]), 1), undefined, [deleted(1, 1)]],
    ['one that is old enough', without(logOf([1, 31], [2, 30.5], [3, 1]), 2), 30, 'fine'],
    [
      'one that began after a younger event',
      without(logOf([1, 29], [2, 1]), 2),
      30,
      [deleted(2, 2, 30)],
    ],
    ['one that began at the limit', without(logOf([1, 30], [2, 1]), 2), 30, [deleted(2, 2, 30)]],
    [
      'one that someone clicked on after its end',
      without(logOf([1, 31], [2, 1], [1, 1]), 1),
      30,
      'fine',
    ],
    [
      'one after an event that exists by mistake of a clock',
      without(logOf([1, -900], [2, 40], [3, 40]), 3),
      30,
      'fine',
    ],
  ])('judges %s', async (_, links, retentionDays, expected) => {
    expect(await judged(links, retentionDays)).toMatchObject(
      expected === 'fine' ? { ok: true } : { ok: false, broken: expected },
    );
  });

  it('judges those whose links are old and name no request', async () => {
    const old = without(logOf([1, 31], [2, 31], [3, 1], [2, 1]), 2).map((link) => ({
      ...link,
      requestId: undefined,
    }));
    const links = relinked([], old);
    expect(await judged(links, 30)).toMatchObject({ ok: true });
    expect(await judged(links)).toMatchObject({ ok: false, broken: [deleted(2, undefined)] });
  });
});

it('names the request that lacks an event before its newest one, although the link names no request', () =>
  fc.assert(
    fc.asyncProperty(aPlace, async ({ links: { length }, links, index }) => {
      const entry = at(links, index).entry;
      const old = relinked(
        [],
        links.map((link) => ({ ...link, requestId: undefined })),
      );
      const left = old.with(index, { ...at(old, index), entry: undefined });
      const later = links.slice(index + 1).filter((link) => link.requestId === entry?.requestId);
      const newest = later.at(-1);
      const gap = { kind: 'gap', position: newest?.position, requestId: newest?.requestId };
      const deleted = { kind: 'deleted', position: index + 1, requestId: undefined };
      expect(await judge(left, { length, hash: at(old, length - 1).hash })).toMatchObject({
        ok: false,
        broken: newest === undefined ? [deleted] : [gap, deleted],
      });
    }),
  ));

it('names the position of a changed event, whatever was changed in it', () =>
  fc.assert(
    fc.asyncProperty(aPlace, anEntry, fc.nat(), async ({ links, index }, others, pick) => {
      const link = at(links, index);
      const keys = Object.keys(others) as (keyof typeof others)[];
      const key = at(keys, pick % keys.length);
      const entry = { ...link.entry, [key]: others[key] } as Entry;
      fc.pre(canonicalJson(entry) !== canonicalJson(link.entry));
      expect(await judge(links.with(index, { ...link, entry }), headOf(links))).toEqual({
        ok: false,
        broken: [{ kind: 'changed', position: index + 1 }],
      });
    }),
  ));

it('names the place after an event that was changed together with its own hashes', () =>
  fc.assert(
    fc.asyncProperty(aPlace, async ({ links, index }) => {
      const link = at(links, index);
      const entry = { ...link.entry, happening: 'forged' } as Entry;
      const forged = contentHash(sha256, entry);
      const before = headOf(links.slice(0, index));
      const hash = linkHash(hashing, before, { ...link, contentHash: forged });
      const changed = links.with(index, { ...link, entry, contentHash: forged, hash });
      const isLast = index === links.length - 1;
      expect(await judge(changed, headOf(links))).toEqual({
        ok: false,
        broken: [
          isLast
            ? { kind: 'head', position: index + 1 }
            : { kind: 'unlinked', position: index + 2 },
        ],
      });
    }),
  ));

it('names the position of a removed event', () =>
  fc.assert(
    fc.asyncProperty(aPlace, async ({ links, index }) => {
      expect(await judge(links.toSpliced(index, 1), headOf(links))).toEqual({
        ok: false,
        broken: [{ kind: 'missing', position: index + 1 }],
      });
    }),
  ));

it('names the position of a removed event if later ones were renumbered', () =>
  fc.assert(
    fc.asyncProperty(aPlace, async ({ links, index }) => {
      fc.pre(index < links.length - 1);
      const closed = links.toSpliced(index, 1).map((link, place) => moved(link, place + 1));
      expect(await judge(closed, { ...headOf(links), length: closed.length })).toMatchObject({
        ok: false,
        broken: [{ position: index + 1 }],
      });
    }),
  ));

it('names the position of an inserted event', () =>
  fc.assert(
    fc.asyncProperty(aPlace, anEntry, async ({ links, index }, content) => {
      const entry = { ...content, position: index + 1 };
      const hashed = contentHash(sha256, entry);
      const inserted = { ...at(links, index), entry, contentHash: hashed, hash: sha256('any') };
      const grown = links
        .toSpliced(index, 0, inserted)
        .map((link, place) => moved(link, place + 1));
      expect(await judge(grown, { ...headOf(links), length: grown.length })).toEqual({
        ok: false,
        broken: [{ kind: 'added', position: index + 1 }],
      });
    }),
  ));

it('names the position of an event after the end', () =>
  fc.assert(
    fc.asyncProperty(aPlace, async ({ links, index }) => {
      fc.pre(index > 0);
      expect(await judge(links, headOf(links.slice(0, index)))).toEqual({
        ok: false,
        broken: [{ kind: 'added', position: index + 1 }],
      });
    }),
  ));

it.each<[string, (links: readonly Link[], one: number, other: number) => Link[]]>([
  [
    'links with their events',
    (links, one, other) =>
      links.map((link) => moved(link, trade(link.position, one + 1, other + 1))),
  ],
  [
    'events',
    (links, one, other) =>
      links
        .with(one, { ...at(links, one), entry: entryOf(at(links, other), one + 1) })
        .with(other, { ...at(links, other), entry: entryOf(at(links, one), other + 1) }),
  ],
  [
    'links',
    (links, one, other) =>
      links
        .with(one, { ...at(links, other), position: one + 1, entry: at(links, one).entry })
        .with(other, { ...at(links, one), position: other + 1, entry: at(links, other).entry }),
  ],
])('names where %s were swapped, and with what', (_, swap) =>
  fc.assert(
    fc.asyncProperty(twoPlaces, async ({ links, one, other }) => {
      const same = (index: number) => canonicalJson({ ...at(links, index).entry, position: 0 });
      fc.pre(same(one) !== same(other));
      expect(await judge(swap(links, one, other), headOf(links))).toEqual({
        ok: false,
        broken: [{ kind: 'out_of_order', position: one + 1, foundAt: other + 1 }],
      });
    }),
  ),
);

it('detects rewritten and truncated logs by a noted head', () =>
  fc.assert(
    fc.asyncProperty(aPlace, async ({ links, index }) => {
      const kept = headOf(links);
      const forged = chained(
        links.map(({ entry }, place) => ({
          ...(entry as Entry),
          ...(place === index ? { happening: 'forged' } : {}),
        })),
      );
      expect(await judge(forged, headOf(forged))).toMatchObject({ ok: true });
      expect(await judge(forged, headOf(forged), kept)).toEqual({
        ok: false,
        broken: [{ kind: 'not_as_kept', position: kept.length }],
      });
      const cut = links.slice(0, index);
      expect(await judge(cut, headOf(cut))).toMatchObject({ ok: true });
      expect(await judge(cut, headOf(cut), kept)).toEqual({
        ok: false,
        broken: [{ kind: 'cut_off', position: index + 1 }],
      });
    }),
  ));

it('finds a head that differs from the last link', async () => {
  const links = chained([]);
  expect(await judge(links, { length: 0, hash: sha256('any') })).toEqual({
    ok: false,
    broken: [{ kind: 'head', position: 0 }],
  });
});

const anyHash = fc.stringMatching(/^[0-9a-f]{64}$/);
const someHashes = fc.record({
  request: anyHash,
  revision: anyHash,
  parameters: anyHash,
  secrets: anyHash,
  rule: anyHash,
  state: anyHash,
});

it('names the parts of a row that differ from what its newest event recorded', () =>
  fc.assert(
    fc.asyncProperty(
      entries,
      fc.nat(),
      someHashes,
      fc.subarray([...recordParts], { minLength: 1 }),
      async (contents, pick, row, parts) => {
        const index = pick % contents.length;
        const recording: readonly Omit<Entry, 'position'>[] = contents.map((content, place) =>
          place === index
            ? { ...content, parametersHash: row.parameters, hashes: storeHashes(row) }
            : content,
        );
        const links = chained(recording);
        const where = { position: index + 1, requestId: at(contents, index).requestId };
        const judged = (row: RowHashes) =>
          judge(links.with(index, { ...at(links, index), row }), headOf(links));
        expect(await judged(row)).toMatchObject({ ok: true });
        const others = Object.fromEntries(parts.map((part) => [part, sha256(row[part])]));
        expect(await judged({ ...row, ...others })).toEqual({
          ok: false,
          broken: [{ kind: 'row', ...where, parts }],
        });
      },
    ),
  ));

describe('with a key', () => {
  const key = (seed: number) => new Secret(Buffer.alloc(32, seed).toString('base64'));
  /** Keys from ascending positions on, and a chain that they protect. */
  const protectedChain = entries.chain((contents) =>
    fc
      .uniqueArray(fc.integer({ min: 1, max: contents.length }), { minLength: 1, maxLength: 3 })
      .map((positions) => {
        const keys = positions
          .toSorted((one, other) => one - other)
          .map((from, index) => ({ from, key: key(index + 1) }));
        const how = createChain(keys);
        return { contents, keys, how, links: chained(contents, how) };
      }),
  );

  it('verifies with the same keys, and with no others', () =>
    fc.assert(
      fc.asyncProperty(protectedChain, fc.nat(), async ({ how, keys, links }, pick) => {
        expect(await judge(links, headOf(links), undefined, how)).toMatchObject({ ok: true });
        const index = pick % keys.length;
        const changed = createChain(keys.with(index, { ...at(keys, index), key: key(9) }));
        const dropped = createChain(keys.toSpliced(index, 1));
        for (const other of [changed, dropped]) {
          const broken = { kind: 'unlinked', position: at(keys, index).from };
          expect(await judge(links, headOf(links), undefined, other)).toEqual({
            ok: false,
            broken: [broken],
          });
        }
      }),
    ));

  it('detects a chain that was rewritten without the key, from any position', () =>
    fc.assert(
      fc.asyncProperty(protectedChain, fc.nat(), async ({ contents, how, keys, links }, pick) => {
        const index = pick % contents.length;
        const entry = { ...at(contents, index), happening: 'forged' };
        const anew = chained(contents.with(index, entry)).slice(index);
        const forged = [...links.slice(0, index), ...relinked(links.slice(0, index), anew)];
        const verdict = await judge(forged, headOf(forged), undefined, how);
        const firstKey = at(keys, 0).from;
        expect(verdict).toEqual({
          ok: false,
          broken: [{ kind: 'unlinked', position: Math.max(index + 1, firstKey) }],
        });
      }),
    ));
});

it('writes equal values as equal texts, which keep their meaning', () =>
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(reversed(value))).toBe(text);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  ));

function moved(link: Link, position: number): Link {
  return { ...link, position, entry: entryOf(link, position) };
}

function entryOf({ entry }: Link, position: number): Entry | undefined {
  return entry === undefined ? undefined : { ...entry, position };
}

const trade = (value: number, one: number, other: number): number =>
  value === one ? other : value === other ? one : value;

/** The same value with the keys of its objects in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, reversed(inner)] as const)
      .reverse(),
  );
}

it.each<[string, Head, object]>([
  ['the empty log', emptyJournal, { ok: true }],
  [
    'a hash without any event',
    { length: 0, hash: 'f'.repeat(64) },
    { ok: false, broken: [{ kind: 'not_as_kept', position: 0 }] },
  ],
])('compares a log with %s that someone noted', async (_, kept, verdict) => {
  const content = { seq: 1, revision: 1, at: '2026-05-04T10:00:00.000Z', by: null };
  const asked = { ...content, requestId: 1, parametersHash: '', happening: { type: 'x' } };
  for (const links of [[], chained([asked])])
    expect(await judge(links, headOf(links), kept)).toMatchObject(verdict);
});
