import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { ExportFilter } from '../../src/domain/record/audit';
import type { Break } from '../../src/domain/record/journal';
import type { NewRequest } from '../../src/domain/request/change';
import type { MigrationRequest, RequestState } from '../../src/domain/request/request';
import { Secret } from '../../src/domain/secrets/secret';
import { createChain } from '../../src/store/chain';
import { createStore, type Store } from '../../src/store/createStore';
import type { Database, DatabaseLocation } from '../../src/store/database';
import { checkKeys, createJournal } from '../../src/store/journal';
import { openForReading } from '../../src/store/openDatabase';
import { type Verification, verify } from '../../src/workflow/verify';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { aDraft } from '../support/aForm';
import { aRule } from '../support/aRule';
import { databaseWriter } from '../support/databaseWriter';
import { fillWithSchemaOf } from '../support/earlierDatabase';
import { databases } from '../support/startTestFerry';
import { storedOf } from '../support/storedOf';

const requester = { userId: 'U1', name: 'Alice' };
const bob = { userId: 'U2', name: 'Bob 🚢 \ud83d' };
const start = Date.UTC(2026, 0, 1);
const moment = (seconds: number) => new Date(start + seconds * 1_000);

function aNew(origin: string, at = moment(0)): NewRequest {
  const { parameters, reason } = aDraft();
  return {
    origin,
    requester,
    askedIn: undefined,
    rule: aRule(),
    parameters,
    reason,
    secrets: { 'SrcInfo.Password': { kind: 'typed' } },
    observed: {},
    sealed: { 'SrcInfo.Password': 'sealed' },
    at,
  };
}

const storeOn = (db: Database, { kind }: DatabaseLocation) =>
  createStore(db, kind, () => new Date());

const urlOf = (location: DatabaseLocation): string =>
  location.kind === 'sqlite' ? `sqlite:${location.path}` : location.url.reveal();

const judge = (db: Database): Promise<Verification> =>
  verify({
    ...{ journal: createJournal(db), hashing: createChain([]), kept: undefined },
    // Every event in these tests is past retention.
    ...{ retentionDays: 1, now: moment(2 * 86_400) },
  });

async function add(store: Store, origin: string, at = moment(0)): Promise<MigrationRequest> {
  return storedOf(await store.requests.add(aNew(origin, at), 1_000));
}

async function deny(store: Store, request: MigrationRequest, at = moment(60)): Promise<void> {
  const state: RequestState = { status: 'denied', by: bob, at, reason: 'Not now.' };
  const happening = { type: 'denied', reason: state.reason } as const;
  const recorded = await store.requests.record({ request, state, event: happening, by: bob, at });
  if (recorded === undefined) throw new Error('somebody else was faster');
}

describe.each(databases)('on %s, the audit log', (name) => {
  let folder: string;
  let location: DatabaseLocation;
  let db: Database;
  let store: Store;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-journal-'));
    location = await aDatabase(name, folder);
    db = await openOrFail(location);
    store = storeOn(db, location);
  });
  afterEach(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });

  it('is intact while it is empty', async () => {
    expect(await judge(db)).toMatchObject({ ok: true, head: { length: 0, hash: '0'.repeat(64) } });
  });

  it('is not intact without its head, even while it is empty', async () => {
    await sql`delete from journal`.execute(db);
    expect(await judge(db)).toEqual({ ok: false, broken: [{ kind: 'head', position: 0 }] });
  });

  it('has every event at the next position, and none for a change that did not happen', async () => {
    const one = await add(store, 'V1/1');
    const other = await add(store, 'V1/2', moment(1));
    expect(await store.requests.add(aNew('V1/2'), 100)).toMatchObject({ added: false });
    await deny(store, one);
    await expect(deny(store, one)).rejects.toThrow('faster');
    await deny(store, other, moment(61));
    const verdict = await judge(db);
    expect(verdict).toMatchObject({ ok: true, head: { length: 4 }, erased: 0 });
    expect(verdict).toMatchObject({
      first: moment(0).toISOString(),
      last: moment(61).toISOString(),
    });
    const entries = await createJournal(db).entries(everything, 0, 10);
    expect(entries).toMatchObject([
      { position: 1, requestId: one.id, seq: 1, by: requester, happening: { type: 'requested' } },
      { position: 2, requestId: other.id, seq: 1 },
      { position: 3, requestId: one.id, seq: 2, happening: { type: 'denied', reason: 'Not now.' } },
      { position: 4, requestId: other.id, seq: 2 },
    ]);
    expect(new Set(entries.map(({ parametersHash }) => parametersHash)).size).toBe(1);
  });

  it('is exported from a time, until another, for a request, and after a position', async () => {
    const one = await add(store, 'V1/1', moment(0));
    const other = await add(store, 'V1/2', moment(10));
    await deny(store, one, moment(20));
    await deny(store, other, moment(30));
    const exported = async (filter: Partial<ExportFilter>, after = 0, limit = 10) =>
      (await createJournal(db).entries({ ...everything, ...filter }, after, limit)).map(
        ({ position }) => position,
      );
    expect(await exported({})).toEqual([1, 2, 3, 4]);
    expect(await exported({ since: moment(10) })).toEqual([2, 3, 4]);
    expect(await exported({ since: moment(11) })).toEqual([3, 4]);
    expect(await exported({ until: moment(20) })).toEqual([1, 2]);
    expect(await exported({ until: moment(21) })).toEqual([1, 2, 3]);
    expect(await exported({ since: moment(10), until: moment(30) })).toEqual([2, 3]);
    expect(await exported({ requestId: other.id })).toEqual([2, 4]);
    expect(await exported({ requestId: other.id, until: moment(30) })).toEqual([2]);
    expect(await exported({}, 2)).toEqual([3, 4]);
    expect(await exported({}, 1, 2)).toEqual([2, 3]);
    const [first] = await createJournal(db).entries(everything, 0, 1);
    const [link] = await createJournal(db).links(0, 1, 1);
    expect(first?.hash).toBe(link?.hash);
  });

  it('is read in pages, which cost nothing for later events', async () => {
    const ids: number[] = [];
    for (let count = 1; count <= 6; count += 1) ids.push((await add(store, `V1/${count}`)).id);
    /** The positions of a page, and those that have their request's row. */
    const page = async (after: number, upTo: number, limit: number) => {
      const { counting, rowsRead } = countingRows(db);
      const links = await createJournal(counting).links(after, upTo, limit);
      // A link, and the row of its request.
      expect(rowsRead()).toBe(2 * links.length);
      expect(links.every(({ entry, row }) => entry !== undefined && row !== undefined)).toBe(true);
      return links.map(({ position }) => position);
    };
    expect(await page(0, 6, 2)).toEqual([1, 2]);
    expect(await page(2, 6, 2)).toEqual([3, 4]);
    expect(await page(2, 3, 2)).toEqual([3]);
    expect(await page(4, 6, 10)).toEqual([5, 6]);
    expect(await page(6, 6, 10)).toEqual([]);
  });

  it.each<[string, string[], Break]>([
    [
      'its words',
      [`update events set happening = '{"type":"requested","x":1}' where position = 1`],
      changed(1),
    ],
    ['what it is called', [`update events set type = 'approved' where position = 2`], changed(2)],
    ['its JSON', [`update events set happening = '{' where position = 2`], changed(2)],
    ['who acted', [`update events set by_name = 'Mallory' where position = 3`], changed(3)],
    ['when', [`update events set at = '2026-01-02T00:00:00.000Z' where position = 3`], changed(3)],
    [
      'its parameters’ hash',
      [`update events set parameters_hash = 'x' where position = 3`],
      changed(3),
    ],
    [
      'its place',
      [
        'update events set position = 9 where position = 1',
        'update events set position = 1 where position = 3',
        'update events set position = 3 where position = 9',
      ],
      { kind: 'out_of_order', position: 1, foundAt: 3 },
    ],
    ['its link', [`delete from links where position = 2`], { kind: 'missing', position: 2 }],
    ['the last link', [`delete from links where position = 4`], { kind: 'missing', position: 4 }],
    [
      'its hash',
      [`update links set hash = 'x' where position = 3`],
      { kind: 'unlinked', position: 3 },
    ],
    ['the head', [`update journal set head = 'x'`], { kind: 'head', position: 4 }],
    ['the row of the head', ['delete from journal'], { kind: 'head', position: 4 }],
    [
      'the number of heads',
      ['insert into journal select * from journal'],
      { kind: 'head', position: 4 },
    ],
    ['the length', ['update journal set length = 3'], { kind: 'added', position: 4 }],
    [
      'the number of events',
      [
        `insert into events (request_id, seq, revision, at, type, happening, position, parameters_hash)
         values (1, 3, 1, '2026-01-01T00:00:00.000Z', 'requested', '{"type":"requested"}', 5, '')`,
      ],
      { kind: 'added', position: 5 },
    ],
    [
      'the parameters of its request',
      [`update requests set reason = 'Another one.' where id = 2`],
      { kind: 'row', position: 4, requestId: 2, parts: ['parameters'] },
    ],
  ])('shows that %s was changed', async (_, statements, broken) => {
    const requests = [await add(store, 'V1/1'), await add(store, 'V1/2')];
    for (const request of requests) await deny(store, request);
    expect(await judge(db)).toMatchObject({ ok: true, head: { length: 4 } });
    for (const statement of statements) await sql.raw(statement).execute(db);
    expect(await judge(db)).toEqual({ ok: false, broken: [broken] });
  });

  it('shows that events of a request were removed, and a request without any event', async () => {
    const requests = [await add(store, 'V1/1'), await add(store, 'V1/2')];
    for (const request of requests) await deny(store, request);
    await sql`delete from events where position = 3`.execute(db);
    const removed: Break = { kind: 'missing', position: 3 };
    const first: Break = { kind: 'row', position: 1, requestId: 1, parts: ['event'] };
    expect(await judge(db)).toEqual({ ok: false, broken: [removed, first] });
    await sql`delete from events where position = 1`.execute(db);
    expect(await judge(db)).toEqual({
      ok: false,
      broken: [{ kind: 'missing', position: 1 }, removed, { ...first, position: 4 }],
    });
  });

  it('shows that events of a request were removed although old links name no request', async () => {
    const requests = [await add(store, 'V1/1'), await add(store, 'V1/2')];
    for (const request of requests) await deny(store, request);
    await databaseWriter(urlOf(location)).makeOld();
    expect(await judge(db)).toMatchObject({ ok: true, head: { length: 4 } });
    await sql`delete from events where position = 2`.execute(db);
    expect(await judge(db)).toEqual({
      ok: false,
      broken: [{ kind: 'gap', position: 4, requestId: 2 }],
    });
  });

  it('keeps only the hashes of requests past retention, and stays intact', async () => {
    const old = await add(store, 'V1/1');
    const young = await add(store, 'V1/2');
    const open = await add(store, 'V1/3');
    await deny(store, old, moment(60));
    await deny(store, young, moment(120));
    const before = moment(120);
    const ended = [{ id: old.id, endedAt: moment(60).toISOString() }];
    expect(await store.retention.ended(before)).toEqual(ended);
    expect(await store.retention.ended(before, ended[0])).toEqual([]);
    // It ended later, or not at all, as if somebody had continued it since the list was read.
    expect(await store.retention.erase(young.id, before)).toBe(false);
    expect(await store.retention.erase(open.id, before)).toBe(false);
    expect(await store.retention.erase(old.id, before)).toBe(true);
    expect(await store.retention.erase(old.id, before)).toBe(false);
    expect(await store.requests.find(old.id)).toBeUndefined();
    expect(await store.requests.events(old.id, 0)).toEqual([]);
    expect(await judge(db)).toMatchObject({ ok: true, head: { length: 5 }, erased: 2 });
    const next = await add(store, 'V1/4');
    expect(next.id).toBe(open.id + 1);
    expect(await judge(db)).toMatchObject({ ok: true, head: { length: 6 }, erased: 2 });
  });

  it('can be read next to the process that uses it, but not written', async () => {
    await add(store, 'V1/1');
    const opened = await openForReading(location, () => {});
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
    const reader = opened.db;
    expect(await judge(reader)).toMatchObject({ ok: true, head: { length: 1 } });
    await deny(store, await add(store, 'V1/2'));
    expect(await judge(reader)).toMatchObject({ ok: true, head: { length: 3 } });
    for (const change of [
      sql`update events set by_name = 'Mallory'`,
      sql`delete from links`,
      sql`create table other (id integer)`,
    ]) {
      // The library's error class may differ from the one in this file.
      const message = expect.stringMatching(/read-?only/);
      await expect(change.execute(reader)).rejects.toMatchObject({ message });
    }
    await reader.destroy();
    await deny(store, await add(store, 'V1/3'));
    expect(await judge(db)).toMatchObject({ ok: true, head: { length: 5 } });
  });

  it('includes what was stored before there was a chain', async () => {
    await db.destroy();
    const earlier = await aDatabase(name, mkdtempSync(join(folder, 'earlier-')));
    await fillWithSchemaOf('0002_secrets_by_path', earlier, async (old) => {
      await insertOld(old, 1, 'pending', { status: 'pending', approvals: [] }, [30]);
      const denied = { status: 'denied', by: bob, at: moment(20), reason: 'no' };
      await insertOld(old, 2, 'denied', denied, [10, 20]);
      await insertOld(old, 4, 'created', { status: 'created', at: moment(45) }, [40, 40]);
      await insertOld(old, 3, 'failed', { status: 'failed', at: moment(46) }, [40]);
    });
    const reading = await openForReading(earlier, () => {});
    expect(reading).toEqual({ ok: false, problem: { kind: 'older_schema' } });

    db = await openOrFail(earlier);
    store = storeOn(db, earlier);
    expect(await judge(db)).toMatchObject({ ok: true, head: { length: 6 }, erased: 0 });
    expect(await createJournal(db).entries(everything, 0, 10)).toMatchObject([
      { position: 1, requestId: 2, seq: 1 },
      { position: 2, requestId: 2, seq: 2 },
      { position: 3, requestId: 1, seq: 1 },
      { position: 4, requestId: 3, seq: 1 },
      { position: 5, requestId: 4, seq: 1 },
      { position: 6, requestId: 4, seq: 2 },
    ]);
    expect(await store.retention.ended(moment(3_600))).toEqual(
      [
        [2, 20],
        [4, 45],
        [3, 46],
      ].map(([id = 0, second = 0]) => ({ id, endedAt: moment(second).toISOString() })),
    );
    const pending = await store.requests.find(1);
    if (pending === undefined) throw new Error('request 1 is gone');
    await deny(store, pending);
    expect(await judge(db)).toMatchObject({ ok: true, head: { length: 7 } });
  });

  it('fits the keys that protected its newest event', async () => {
    const keyFrom = (from: number, fill = 7) =>
      createChain([{ from, key: new Secret(Buffer.alloc(32, fill).toString('base64')) }]);
    const without = createChain([]);
    expect(await checkKeys(db, keyFrom(1))).toEqual({ ok: true, next: 1 });
    await add(store, 'V1/1');
    expect(await checkKeys(db, without)).toEqual({ ok: true, next: 2 });
    expect(await checkKeys(db, keyFrom(1))).toEqual({ ok: false, next: 2 });
    await add(store, 'V1/2');
    expect(await checkKeys(db, without)).toEqual({ ok: true, next: 3 });
    expect(await checkKeys(db, keyFrom(2))).toEqual({ ok: false, next: 3 });
    expect(await checkKeys(db, keyFrom(3))).toEqual({ ok: true, next: 3 });
    const keyed = createStore(db, location.kind, () => new Date(), keyFrom(3));
    await add(keyed, 'V1/3');
    expect(await checkKeys(db, keyFrom(3))).toEqual({ ok: true, next: 4 });
    expect(await checkKeys(db, without)).toEqual({ ok: false, next: 4 });
    expect(await checkKeys(db, keyFrom(3, 8))).toEqual({ ok: false, next: 4 });
    // A long log takes no longer.
    for (const origin of ['V1/4', 'V1/5', 'V1/6']) await add(keyed, origin);
    const { counting, rowsRead } = countingRows(db);
    expect(await checkKeys(counting, keyFrom(3))).toEqual({ ok: true, next: 7 });
    expect(rowsRead()).toBe(5);
    // The last event before the key was removed.
    await sql`delete from links where position = 2`.execute(db);
    expect(await checkKeys(db, keyFrom(3))).toEqual({ ok: false, next: 7 });
  });

  it('proves an event before the first key by the links up to it, which it reads once', async () => {
    const { id } = await add(store, 'V1/1');
    await add(store, 'V1/2');
    const key = new Secret(Buffer.alloc(32, 7).toString('base64'));
    let queries = 0;
    const counting = db.withPlugin({
      transformQuery({ node }) {
        queries += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const chain = createChain([{ from: 3, key }]);
    const keyed = createStore(counting, location.kind, () => new Date(), chain);
    const costOfFind = async () => {
      queries = 0;
      expect(await keyed.requests.find(id)).toMatchObject({ altered: [] });
      return queries;
    };
    // As long as no link is protected, each read follows the chain.
    expect(await costOfFind()).toBe(await costOfFind());
    await add(keyed, 'V1/3');
    const first = await costOfFind();
    expect(await costOfFind()).toBeLessThan(first);
    expect(await costOfFind()).toBeLessThan(first);
  });
});

it('is one chain without a gap if eight processes write to one PostgreSQL at once', async () => {
  const location = await aDatabase('postgres', '');
  const dbs = await Promise.all(Array.from({ length: 8 }, () => openOrFail(location)));
  const stores = dbs.map((db) => storeOn(db, location));
  await Promise.all(
    stores.flatMap((store, process) =>
      Array.from({ length: 12 }, async (_, index) => {
        // Two of each are the same form, delivered to two processes.
        const request = await add(store, `V${process >> 1}/${index}`);
        await store.requests.record({
          request,
          state: request.state,
          event: { type: 'look_again', operation: 'create_job' },
          by: bob,
          at: moment(index),
        });
        await add(store, `W${process}/${index}`);
        const other = await store.requests.find(request.id);
        if (other !== undefined && process % 2 === 0) await deny(store, other).catch(() => {});
      }),
    ),
  );
  const [db] = dbs;
  if (db === undefined) throw new Error('no database');
  const { count } = await db
    .selectFrom('events')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  expect(count).toBeGreaterThanOrEqual(190);
  expect(await judge(db)).toMatchObject({ ok: true, head: { length: count }, erased: 0 });

  // All of them delete at the same moment, and each request is deleted once.
  const ended = await stores[0]?.retention.ended(moment(3_600));
  expect(ended?.length).toBeGreaterThan(24);
  const erased = await Promise.all(
    stores.flatMap((store) =>
      (ended ?? []).map(({ id }) => store.retention.erase(id, moment(3_600))),
    ),
  );
  expect(erased.filter(Boolean)).toHaveLength(ended?.length ?? 0);
  const verdict = await judge(db);
  expect(verdict).toMatchObject({ ok: true, head: { length: count } });
  expect(verdict.ok && verdict.erased).toBeGreaterThan(48);
  await Promise.all(dbs.map((each) => each.destroy()));
}, 60_000);

const everything: ExportFilter = { since: undefined, until: undefined, requestId: undefined };

/** The same database, and how many rows were read through it. */
function countingRows(db: Database) {
  let rows = 0;
  const counting = db.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      rows += result.rows.length;
      return result;
    },
  });
  return { counting, rowsRead: () => rows };
}

function changed(position: number): Break {
  return { kind: 'changed', position };
}

async function insertOld(
  db: Kysely<unknown>,
  id: number,
  status: string,
  state: unknown,
  seconds: readonly number[],
): Promise<void> {
  const { parameters, reason } = aDraft();
  await sql`insert into requests (id, origin, version, revision, status, state, channel, job_name,
      requester_id, requester_name, required_approvals, parameters, reason, asked_at)
    values (${id}, ${`V/${id}`}, ${seconds.length}, 1, ${status}, ${JSON.stringify(state)}, 'C1', 'job',
      'U1', 'Alice', 1, ${JSON.stringify(parameters)}, ${reason}, ${moment(0).toISOString()})`.execute(
    db,
  );
  await sql`insert into announcements (request_id, told_seq) values (${id}, 0)`.execute(db);
  for (const [index, second] of [...seconds.entries()].reverse()) {
    await sql`insert into events (request_id, seq, revision, at, by_id, by_name, type, happening)
      values (${id}, ${index + 1}, 1, ${moment(second).toISOString()}, 'U1', 'Alice', 'requested',
        '{"type": "requested"}')`.execute(db);
  }
}
