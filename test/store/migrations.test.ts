import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { People } from '../../src/domain/people/people';
import { rule } from '../../src/domain/policy/policy';
import { contentHash, emptyJournal, linkHash } from '../../src/domain/record/journal';
import { creation, type Operation } from '../../src/domain/request/operations/operation';
import { waitFrom } from '../../src/domain/request/waiting';
import { canonicalJson } from '../../src/domain/text/canonicalJson';
import { createChain } from '../../src/store/chain';
import { createStore } from '../../src/store/createStore';
import { createJournal, toEntry } from '../../src/store/journal';
import { migrationsFor } from '../../src/store/migrations/index';
import { findTurns } from '../../src/store/rateLimits';
import { verify } from '../../src/workflow/verify';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { aRule } from '../support/aRule';
import { fillWithSchemaOf } from '../support/earlierDatabase';
import { databases } from '../support/startTestFerry';
import { storedBeforeNamed } from '../support/storedBefore';
import { began, type StoreOn, storeOn } from '../support/storeOn';

/**
 * Upgrades a database of each earlier release. The test writes rows and hashes like that release,
 * only with SQL.
 */

type Value = string | number | null;
type Row = Record<string, Value>;

const alice = { userId: 'U1', name: 'Alice' };
const bob = { userId: 'U2', name: 'Bob' };
const moment = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 0, minutes)).toISOString();
const { parameters } = storedBeforeNamed('postgresql by dcg');
const reason = 'The old server is leaving its data centre.';
const sealed = 'sealed with a key';

interface OldEvent {
  requestId: number;
  seq: number;
  by: typeof alice;
  at: string;
  happening: { type: string; reason?: string };
}
const asked = { type: 'requested' };
const denial = { type: 'denied', reason: 'Not now.' };
const events: readonly OldEvent[] = [
  { requestId: 1, seq: 1, by: alice, at: moment(1), happening: asked },
  { requestId: 2, seq: 1, by: alice, at: moment(2), happening: asked },
  { requestId: 2, seq: 2, by: bob, at: moment(3), happening: denial },
];
const requests = [
  { id: 1, status: 'pending', state: { status: 'pending', approvals: [] } },
  { id: 2, status: 'denied', state: { ...denied() } },
] as const;

function denied() {
  return { status: 'denied', by: bob, at: moment(3), reason: denial.reason };
}

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const hashOf = (value: unknown) => sha256(canonicalJson(value));

/** The rows of the release whose newest migration had this number. */
function rowsOf(release: number): Record<string, Row[]> {
  const requestRows = requests.map(({ id, status, state }) =>
    requestRow(release, id, status, state),
  );
  const parametersHash = hashOf({ parameters: JSON.parse(parameters), reason });
  const eventRows: Row[] = [];
  const links: Row[] = [];
  let head = '0'.repeat(64);
  for (const [index, { requestId, seq, by, at, happening }] of events.entries()) {
    const position = index + 1;
    const row = requestRows.find(({ id }) => id === requestId) ?? {};
    const hashes = release < 7 ? undefined : hashesOf(row);
    const entry = {
      position,
      requestId,
      seq,
      revision: 1,
      at,
      by,
      parametersHash,
      hashes,
      happening,
    };
    const content = hashOf(entry);
    head = sha256(`${head}${content}${release < 7 ? '' : requestId}`);
    eventRows.push({
      request_id: requestId,
      seq,
      revision: 1,
      at,
      by_id: by.userId,
      by_name: by.name,
      type: happening.type,
      happening: JSON.stringify(happening),
      ...(release < 3 ? {} : { position, parameters_hash: parametersHash }),
      ...(hashes === undefined ? {} : { hashes: JSON.stringify(hashes) }),
    });
    links.push({
      position,
      content_hash: content,
      hash: head,
      ...(release < 7 ? {} : { request_id: requestId }),
    });
  }
  const audiences = release < 6 ? [{}] : [{ audience: 'channel' }, { audience: 'requester' }];
  return {
    requests: requestRows,
    [release < 2 ? 'secrets' : 'typed_secrets']: [
      { request_id: 1, sealed, ...(release < 2 ? {} : { path: 'SrcInfo.Password' }) },
    ],
    events: eventRows,
    announcements: [1, 2].flatMap((id) =>
      audiences.map((audience) => ({
        request_id: id,
        ...audience,
        channel: 'C1',
        ts: `${id}.1`,
        digest: 'd',
        told_seq: id,
      })),
    ),
    turns: ['C1', 'dts'].map((name) => ({ name, next_at: 1_767_225_600_000 })),
    ...(release < 3 ? {} : { links, journal: [{ length: links.length, head }] }),
    ...(release < 5
      ? {}
      : { homes: [{ user_id: 'U1', opened_at: moment(1), page: 2, hash: 'h' }] }),
    ...(release < 6 ? {} : { muted: [{ user_id: 'U2' }] }),
    ...(release < 8 ? {} : { deliveries: [{ id: 'D1', at: moment(3) }] }),
  };
}

/** The rule of all requests before there were rules. */
const earlierRule = {
  name: 'usual',
  channel: 'C1',
  required: 2,
  approvers: [],
  oneFromEach: [],
  deniers: [],
  editors: [],
  retriers: [],
  reminders: { afterMs: [], mention: [] },
  windows: [],
  confirmDestination: false,
  breakGlass: [],
};

function requestRow(release: number, id: number, status: string, state: object): Row {
  return {
    id,
    origin: `V/${id}`,
    version: id,
    revision: 1,
    status,
    state: JSON.stringify(state),
    channel: 'C1',
    job_name: 'usertest',
    requester_id: alice.userId,
    requester_name: alice.name,
    parameters,
    reason,
    asked_at: moment(id),
    job_id: null,
    ...(release < 2 ? {} : { secrets: '{"SrcInfo.Password":{"kind":"typed"}}' }),
    ...(release < 3 ? {} : { ended_at: status === 'denied' ? moment(3) : null }),
    ...(release < 4
      ? { required_approvals: 2, launch_at: null }
      : {
          due_at: null,
          revised_by: `V/${id}`,
          editors: '[]',
          rule: JSON.stringify(earlierRule),
          asked_in: null,
        }),
  };
}

/** The hashes of a row since release 0007, except for its parameters. */
function hashesOf(row: Row) {
  const of = (...names: string[]) =>
    hashOf(Object.fromEntries(names.map((name) => [name, row[name] ?? null])));
  return {
    version: 2,
    request: of('origin', 'asked_at', 'asked_in', 'channel', 'requester_id', 'requester_name'),
    revision: of('revision', 'revised_by', 'editors'),
    secrets: of('secrets'),
    rule: of('rule'),
    state: of('status', 'state', 'due_at', 'ended_at', 'job_id', 'job_name'),
  };
}

async function insert(db: Kysely<unknown>, table: string, row: Row): Promise<void> {
  const names = Object.keys(row).map((name) => sql.ref(name));
  await sql`insert into ${sql.table(table)} (${sql.join(names)})
    values (${sql.join(Object.values(row))})`.execute(db);
}

const releases = Object.keys(migrationsFor('sqlite'));

describe.each(databases)('on %s', (database) => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-migrations-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each(releases)(
    'the rows of release %s are kept and the audit log is intact',
    async (release) => {
      const number = Number(release.slice(0, 4));
      const location = await aDatabase(database, folder);
      const rows = rowsOf(number);
      await fillWithSchemaOf(release, location, async (old) => {
        if (rows['journal'] !== undefined) await sql`delete from journal`.execute(old);
        for (const [table, each] of Object.entries(rows)) {
          for (const row of each) await insert(old, table, row);
        }
      });

      const db = await openOrFail(location);
      const journal = createJournal(db);
      const judge = () =>
        verify({
          ...{ journal, hashing: createChain([]), kept: undefined },
          ...{ retentionDays: undefined, now: new Date() },
        });
      expect(await judge()).toMatchObject({ ok: true, head: { length: 3 }, erased: 0 });

      const store = createStore(db, location.kind, () => new Date(moment(60)));
      const pending = await store.requests.find(1);
      if (pending === undefined) throw new Error('request 1 is gone');
      expect(pending.rule).toEqual(rule.parse(earlierRule));
      expect(pending).toMatchObject({
        origin: 'V/1',
        version: 1,
        revisedBy: 'V/1',
        requester: alice,
        rule: { name: 'usual', channel: 'C1', required: 2 },
        parameters: { JobName: 'usertest', SrcDatabaseType: 'postgresql' },
        secrets: { 'SrcInfo.Password': { kind: 'typed' } },
        reason,
        state: { status: 'pending', approvals: [] },
        altered: [],
      });
      expect(await store.requests.sealedSecrets(1)).toEqual({ 'SrcInfo.Password': sealed });
      expect(await store.requests.isSealedEarlier(1)).toBe(number < 7);
      expect(await store.requests.find(2)).toMatchObject({
        state: { ...denied(), at: new Date(moment(3)) },
        altered: [],
      });
      expect(await store.requests.events(2, 0)).toMatchObject([
        { seq: 1, by: alice, payload: asked },
        { seq: 2, by: bob, payload: denial },
      ]);
      expect(await store.announcements.find(2, 'channel')).toMatchObject({
        card: { channel: 'C1', ts: '2.1', digest: 'd' },
        toldSeq: 2,
      });
      expect(await store.requests.isHandled('D1')).toBe(number >= 8);
      expect(await store.retention.ended(new Date(moment(10)))).toEqual([
        { id: 2, endedAt: moment(3) },
      ]);

      // Since release 0009, nothing takes the turn of all calls to DTS.
      expect([...(await findTurns(db, ['C1', 'dts'], new Date(moment(10)))).keys()]).toEqual(
        number < 9 ? ['C1'] : ['C1', 'dts'],
      );

      // The change is recorded on top of the earlier event.
      const at = new Date(moment(5));
      const state = { status: 'denied', by: bob, at, reason: 'Not now.' } as const;
      const happening = { type: 'denied', reason: 'Not now.' } as const;
      const changed = await store.requests.record({
        request: pending,
        state,
        event: happening,
        by: bob,
        at,
      });
      expect(changed).toMatchObject({ version: 2, state, altered: [] });
      expect(await judge()).toMatchObject({ ok: true, head: { length: 4 } });
      await db.destroy();
    },
  );
});

/** Stores requests that wait for people for different reasons, and some that don't wait. */
async function fillWithWaiting(store: StoreOn): Promise<void> {
  const approval = { at: began, revision: 1, from: [], confirmed: false };
  const approvals = [{ ...approval, by: bob }];
  const approved = { type: 'approved', count: 1, required: 2 } as const;
  const call = { approvals, attempt: 1, calledAt: began };
  const doubt = { kind: 'interrupted' } as const;
  const eva: People = { kind: 'user', userId: 'U3' };
  const requester: People = { kind: 'requester' };

  await store.withdraw(await store.ask());
  await store.watchJob('dts-w');
  const two = { rule: aRule({ required: 2 }) };
  const [first, second] = [await store.ask(two), await store.ask({ who: 'U7' })];
  await store.move(first, { ...waitFrom(first.rule, began), approvals }, approved);
  const { parameters, reason: why, rule } = second;
  await store.requests.record({
    ...{
      request: second,
      state: { ...waitFrom(rule, began), approvals },
      by: undefined,
      at: began,
    },
    event: { type: 'edited', differences: [], voided: 0 },
    revised: {
      ...{ origin: 'V-edit', parameters, reason: why, rule, revision: 2, editors: ['U7', 'U8'] },
      ...{ secrets: {}, observed: {}, sealed: {} },
    },
  });
  const unclear = { status: 'unconfirmed', ...call, doubt, at: began, found: [] } as const;
  const unconfirmed = { type: 'unconfirmed', operation: 'create_job', doubt, found: [] } as const;
  await store.move(await store.ask(), { ...unclear, operation: creation }, unconfirmed);

  /** Waits for an operation on its job. */
  const decide = async (operation: Operation, asked: Parameters<StoreOn['ask']>[0] = {}) => {
    const request = await store.create(await store.ask(asked));
    return store.move(request, waitFrom(request.rule, began, operation), approved);
  };
  const created = { status: 'created', approvals, jobId: 'dts-1', at: began } as const;
  const prepared = { ...created, status: 'prepared', since: began, reminders: 0 } as const;
  const onJob = { from: created, before: 'running' } as const;
  await decide({ name: 'pause_job', ...onJob });
  await decide({ name: 'stop_job', ...onJob });
  await decide({ name: 'resume_job', ...onJob, option: 'normal' });
  await decide({ name: 'resume_job', ...onJob, option: 'clearData' });
  await decide({ name: 'start_job', ...onJob });
  await decide({ name: 'start_job', from: prepared, before: 'check_passed' });
  const operations = {
    stop_job: { people: [eva, requester], required: 1, oneFromEach: [] },
    clear_data: { people: [eva], required: 1, oneFromEach: [] },
  };
  await decide({ name: 'stop_job', ...onJob }, { rule: aRule({ operations }) });
  await decide(
    { name: 'resume_job', ...onJob, option: 'clearData' },
    { rule: aRule({ operations }) },
  );
  const job = await store.ask(two);
  await store.move(job, prepared, { type: 'created', how: 'answered', jobId: 'dts-1' });
}

/** Adds more requests than the migration reads at once. */
async function copyFirstRequest({ db }: StoreOn, count: number): Promise<void> {
  const first = await db.selectFrom('requests').selectAll().orderBy('id').executeTakeFirstOrThrow();
  const { id: _, ...request } = first;
  for (let copied = 0; copied < count; copied += 100) {
    const copies = Array.from({ length: 100 }, (_, index) => ({
      ...request,
      origin: `copy ${copied + index}`,
    }));
    await db.insertInto('requests').values(copies).execute();
  }
}

it.each(databases)(
  'finds the waiting requests of an earlier version for the same people on %s',
  async (database) => {
    const store = await storeOn(database);
    await fillWithWaiting(store);
    await copyFirstRequest(store, 600);
    const found = () =>
      store.db
        .selectFrom('requests')
        .select(['id', 'status', 'awaited_list', 'awaited_except'])
        .orderBy('id')
        .execute();
    const now = await found();
    expect(new Set(now.map(({ awaited_list: list }) => list)).size).toBeGreaterThan(3);
    await sql`drop index requests_open_awaited`.execute(store.db);
    for (const column of ['awaited_list', 'awaited_except']) {
      await store.db.schema.alterTable('requests').dropColumn(column).execute();
    }
    await migrationsFor(database)['0017_awaited']?.up(store.db);
    expect(await found()).toEqual(now);
    await store.close();
  },
);

it.each<[string, Record<string, string>]>([
  ['whose rule is not JSON', { rule: '{' }],
  ['whose rule has no approvers', { rule: '{}' }],
  ['whose approvers have no kind', { rule: '{"approvers":[{}]}' }],
  ['whose rule has operations without people', { rule: '{"approvers":[],"operations":{"x":{}}}' }],
  ['whose editors are not a list of texts', { editors: '[1]' }],
  ['whose state is not JSON', { state: '' }],
  ['whose state has no approvals', { state: '{"status":"pending"}' }],
  [
    'whose approvals name nobody',
    { state: '{"status":"pending","approvals":[{"by":{},"revision":1}]}' },
  ],
  [
    'whose approvals have no revision',
    { state: '{"status":"pending","approvals":[{"by":{"userId":"U2"}}]}' },
  ],
  ['whose state has no status', { state: '{"approvals":[]}' }],
])('leaves out a request of an earlier version %s', async (_, damage) => {
  const store = await storeOn('sqlite');
  const requestIds = [await store.ask(), await store.ask()].map(({ id }) => id);
  const [damaged = 0, intact = 0] = requestIds;
  await store.db.updateTable('requests').set(damage).where('id', '=', damaged).execute();
  await sql`drop index requests_open_awaited`.execute(store.db);
  for (const column of ['awaited_list', 'awaited_except'])
    await store.db.schema.alterTable('requests').dropColumn(column).execute();
  await migrationsFor('sqlite')['0017_awaited']?.up(store.db);
  const rows = await store.db
    .selectFrom('requests')
    .select(['id', 'awaited_except'])
    .orderBy('id')
    .execute();
  expect(rows).toEqual([
    { id: damaged, awaited_except: null },
    { id: intact, awaited_except: '["UASK"]' },
  ]);
  await store.close();
});

it('knows how the passwords of each request were sealed', async () => {
  const store = await storeOn('sqlite');
  const earlier = await store.ask();
  const request = await store.ask();
  // Before release 0007, an event recorded no hashes of the row.
  const entry = async () => {
    const row = await store.db
      .selectFrom('events')
      .selectAll()
      .where('position', '=', 1)
      .executeTakeFirstOrThrow();
    return toEntry(row);
  };
  await store.db.updateTable('events').set({ hashes: null }).where('position', '=', 1).execute();
  const content = contentHash(sha256, await entry());
  const hash = linkHash(createChain([]), emptyJournal, {
    contentHash: content,
    requestId: earlier.id,
  });
  const link = { content_hash: content, hash };
  await store.db.updateTable('links').set(link).where('position', '=', 1).execute();
  const { parameters, reason: why, rule: of } = request;
  await store.requests.record({
    ...{ request, state: request.state, by: undefined, at: began },
    event: { type: 'edited', differences: [], voided: 0 },
    revised: {
      ...{ origin: 'V-edit', parameters, reason: why, rule: of, revision: 2, editors: [] },
      ...{ secrets: {}, observed: {}, sealed: {} },
    },
  });
  const isSealedEarlier = (id: number) => store.requests.isSealedEarlier(id);
  expect(await isSealedEarlier(earlier.id)).toBe(true);
  expect(await isSealedEarlier(request.id)).toBe(false);
  expect(await isSealedEarlier(99)).toBe(false);
  // Without the proof, a removed hash would say so, too.
  await store.db.updateTable('events').set({ hashes: null }).execute();
  expect(await isSealedEarlier(request.id)).toBe(false);
  await store.db.deleteFrom('links').where('position', '=', 1).execute();
  expect(await isSealedEarlier(earlier.id)).toBe(false);
  await store.close();
});

it('gives a change of the schema as much time as it needs on PostgreSQL', async () => {
  const location = await aDatabase('postgres', '');
  await fillWithSchemaOf('0001_requests', location, async (old) => {
    await sql`create table limits (applied text)`.execute(old);
    await sql`
      create function note_limit() returns event_trigger language plpgsql as $$
      begin insert into limits values (current_setting('statement_timeout')); end $$`.execute(old);
    await sql`create event trigger noted on ddl_command_end execute function note_limit()`.execute(
      old,
    );
  });
  const db = await openOrFail(location);
  const { rows } = await sql<{ applied: string }>`select distinct applied from limits`.execute(db);
  expect(rows).toEqual([{ applied: '0' }]);
  await sql`create table later (id integer)`.execute(db);
  const { rows: all } = await sql<{ applied: string }>`
    select distinct applied from limits order by applied`.execute(db);
  expect(all).toEqual([{ applied: '0' }, { applied: '10s' }]);
  await db.destroy();
});
