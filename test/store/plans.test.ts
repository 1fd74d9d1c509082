import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledQuery, type KyselyPlugin, sql } from 'kysely';
import { z } from 'zod';
import { copyRequest, endJobs } from '../../bench/history';
import { statusGroups } from '../../src/domain/channel/home';
import type { FollowedJob } from '../../src/domain/job/followed';
import type { NewRequest } from '../../src/domain/request/change';
import { waitFrom } from '../../src/domain/request/waiting';
import { createStore } from '../../src/store/createStore';
import type { Database } from '../../src/store/database';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { aDraft } from '../support/aForm';
import { aRule } from '../support/aRule';
import { databases } from '../support/startTestFerry';

/** The tables that grow with history. The others have a row per person, list or current task. */
const growing = ['requests', 'events', 'links', 'announcements', 'jobs'];

const now = new Date('2026-05-04T10:00:00Z');
const pace = { spacingMs: 1_000, burst: 0 };

const aNew = (origin: string): NewRequest => ({
  ...{ origin, at: now, askedIn: 'C1', reason: 'why', rule: aRule() },
  requester: { userId: 'UASK', name: 'Asker' },
  parameters: aDraft().parameters,
  secrets: { 'SrcInfo.Password': { kind: 'typed' } },
  observed: {},
  sealed: { 'SrcInfo.Password': 'sealed' },
});

const job: FollowedJob = {
  ...{ api: '2018-03-30', status: 'running', said: 'running' },
  ...{ steps: [], errors: [], since: now, seenAt: now },
};

type Look = (parts: ReturnType<typeof createStore>) => Promise<unknown>;

/** Other names that queries give to growing tables. */
const aliases = ['newest', 'link', 'before', 'each'];

/** Indexes in which the rows of one value grow with history. A query may read them only up to its limit. */
const long = /USING (?:COVERING )?INDEX (?:requests_newest_\w+|requests_ended_at)/;

/** Indexes that have a few rows of each value, or only rows of what has not ended. */
const short = [
  /USING INTEGER PRIMARY KEY/,
  /USING (?:COVERING )?INDEX (?:sqlite_autoindex_\w+|events_position|links_request_id|requests_job_id)/,
  /USING (?:COVERING )?INDEX (?:requests_open_\w+|requests_watched|requests_launch_at)/,
  // Only `is null` compares the end for equality, which finds what is open.
  /USING (?:COVERING )?INDEX requests_ended_at \(ended_at=\?\)/,
  /USING (?:COVERING )?INDEX jobs_due/,
  /USING (?:COVERING )?INDEX jobs_of_status_since \(status=\? AND since>\?\)/,
  // Without another condition, the statement's limit ends the search.
  /USING COVERING INDEX requests_newest_\w+/,
];

async function stepsOnSqlite(db: Database, query: CompiledQuery): Promise<string[]> {
  const { rows } = await db.executeQuery<{ detail: string }>(
    CompiledQuery.raw(`explain query plan ${query.sql}`, [...query.parameters]),
  );
  return rows.map(({ detail }) => detail);
}

const isSort = (step: string): boolean => step.startsWith('USE TEMP B-TREE');

/** The steps of SQLite's plan that would read more rows as history grows. */
async function longReadsOnSqlite(db: Database, query: CompiledQuery): Promise<string[]> {
  const steps = await stepsOnSqlite(db, query);
  const isSorted = steps.some(isSort);
  return steps.filter((step) => {
    const [, verb, table = ''] = /^(SCAN|SEARCH) (\w+)/.exec(step) ?? [];
    if (![...growing, ...aliases].includes(table)) return false;
    if (/USING (?:COVERING )?INDEX announcements_waiting/.test(step)) return false;
    if (verb === 'SEARCH' && short.some((index) => index.test(step))) return false;
    return verb === 'SCAN' || isSorted || !long.test(step) || !/ limit /.test(query.sql);
  });
}

/** More rows than any list has, and far fewer than the history has. */
const mostRead = 2_000;

const node = z.object({
  'Node Type': z.string(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  'Rows Removed by Filter': z.number().default(0),
  'Rows Removed by Index Recheck': z.number().default(0),
  'Index Name': z.string().optional(),
  'Relation Name': z.string().optional(),
});
const explained = z.tuple([z.object({ Plan: z.unknown() })]);
const parent = z.object({ Plans: z.array(z.unknown()).default([]) });

/** The steps that read many rows when PostgreSQL runs the statement. */
async function longReadsOnPostgres(db: Database, query: CompiledQuery): Promise<string[]> {
  const undone = new Error('undone');
  const found: string[] = [];
  const look = (plan: unknown): void => {
    const step = node.parse(plan);
    const rows =
      (step['Actual Rows'] +
        step['Rows Removed by Filter'] +
        step['Rows Removed by Index Recheck']) *
      step['Actual Loops'];
    if (rows > mostRead) {
      const names = [step['Node Type'], step['Relation Name'], step['Index Name']];
      found.push(`${names.filter(Boolean).join(' ')}: ${rows} rows`);
    }
    for (const child of parent.parse(plan).Plans) look(child);
  };
  const run = db.transaction().execute(async (tx) => {
    // PostgreSQL plans for a million requests. It would rather read a small table than use an index.
    await sql`update pg_class set reltuples = reltuples * 50 where relname in (${sql.join(growing)})`.execute(
      tx,
    );
    const { rows } = await tx.executeQuery<Record<string, unknown>>(
      CompiledQuery.raw(`explain (analyze, format json) ${query.sql}`, [...query.parameters]),
    );
    look(explained.parse(rows[0]?.['QUERY PLAN'])[0].Plan);
    // `analyze` really changes and deletes.
    throw undone;
  });
  await run.catch((error: unknown) => {
    if (error !== undone) throw error;
  });
  return found;
}

const longReads = { sqlite: longReadsOnSqlite, postgres: longReadsOnPostgres } as const;

/** Compiles each statement once more, to explain it. */
const recorderOf = (db: Database, seen: CompiledQuery[]): KyselyPlugin => ({
  transformQuery({ node, queryId }) {
    seen.push(db.getExecutor().compileQuery(node, queryId));
    return node;
  },
  transformResult: async ({ result }) => result,
});

describe.each(databases)('on %s, with many ended requests', (name) => {
  let folder: string;
  let db: Database;
  const seen: CompiledQuery[] = [];
  const store = () => createStore(db.withPlugin(recorderOf(db, seen)), name, () => now);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-plans-'));
    db = await openOrFail(await aDatabase(name, folder));
    const { requests, announcements, leases } = createStore(db, name, () => now);
    const added = await requests.add(aNew('V1'), 10);
    if (added.kind !== 'stored') throw new Error('not stored');
    const { request } = added;
    await requests.record({
      request,
      state: { status: 'withdrawn', by: request.requester, at: now },
      event: { type: 'withdrawn' },
      by: request.requester,
      at: now,
    });
    for (const audience of ['channel', 'requester'] as const) {
      const card = { channel: 'C1', ts: '1.1', digest: 'd' };
      const told = { card, toldSeq: 2, sending: undefined, seenVersion: 2, holdUntil: undefined };
      const work = audience === 'channel' ? 'announcing' : 'informing';
      await leases(work).take(request.id, now, new Date(now.getTime() + 60_000));
      await announcements.save(request.id, audience, told);
    }
    await copyRequest(db, name, request.id, 20_000);
    await endJobs(db);
    await requests.add(aNew('V2'), 10);
    if (name === 'postgres') await sql`analyze`.execute(db);
    seen.length = 0;
  });
  afterAll(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });

  const waiting = async () => {
    const [first] = await store().requests.open();
    const request = await store().requests.find(first ?? 0);
    if (request === undefined) throw new Error('no request waits');
    return request;
  };

  it.each<[string, Look]>([
    ['a request is stored', ({ requests }) => requests.add(aNew('V3'), 10)],
    [
      'a request is changed',
      async ({ requests }) => {
        const request = await waiting();
        const state = waitFrom(request.rule, now);
        const by = request.requester;
        return requests.record({
          request,
          state,
          event: { type: 'edited', differences: [], voided: 0 },
          by,
          at: now,
        });
      },
    ],
    ['requests are found', ({ requests }) => requests.findAll([1, 2, 3])],
    ['events are read', ({ requests }) => requests.events(1, 0)],
    [
      'a job name is compared',
      ({ requests }) => requests.liveNamesakes(aDraft().parameters.JobName, 'V9'),
    ],
    ["a person's requests are listed", ({ requests }) => requests.askedBy('UASK', 0, 10)],
    [
      'the newest requests are listed',
      ({ requests }) => requests.latest({ channels: ['C1'], userId: 'UBOB' }, 0, 10),
    ],
    [
      'jobs are listed',
      ({ requests }) => {
        const listed = { failedSince: now, isStarted: true };
        return requests.withJobs({ channels: ['C1'], userId: 'UBOB', listed }, 0, 10);
      },
    ],
    ...statusGroups.map((status): [string, Look] => [
      `requests are filtered by ${status}`,
      async ({ requests }) => {
        const apartFrom = { failedSince: now, isStarted: true };
        await requests.askedBy('UASK', 0, 10, { status }, apartFrom);
        const others = { channels: ['C1'], notBy: 'UBOB', filter: { status }, apartFrom };
        await requests.latest(others, 0, 10);
      },
    ]),
    ['channels are listed', ({ requests }) => requests.channels()],
    ['work is counted', ({ workload }) => workload(now)],
    [
      'a followed job is due, claimed and saved',
      async ({ jobs, requests }) => {
        await jobs.due(now, [1]);
        await jobs.claimDue(now, now);
        await jobs.lookAt(2, now);
        await jobs.postpone(2, now);
        await jobs.saveProgress(2, { ts: '1.1', digest: 'd', at: now });
        await jobs.progress(2);
        await jobs.save({ id: 2, version: (await requests.find(2))?.version ?? 0 }, job, now);
      },
    ],
    [
      'an interaction is stored',
      async ({ requests, retention }) => {
        await requests.isHandled('D1');
        await requests.remember('D1', now);
        await retention.forgetDeliveries(now);
      },
    ],
    [
      'secrets are read',
      async ({ requests }) => {
        const { id } = await waiting();
        await requests.sealedSecrets(id);
        await requests.isSealedEarlier(id);
      },
    ],
    [
      'an announcement is saved',
      async ({ announcements, leases }) => {
        const told = await announcements.find(3, 'channel');
        await leases('announcing').take(3, now, new Date(now.getTime() + 60_000));
        await announcements.save(3, 'channel', told);
      },
    ],
    [
      'due reports of emergencies are looked up',
      ({ announcements }) => announcements.due('emergency', now, [], pace),
    ],
    [
      'requests that wait for a person are listed',
      async ({ requests }) => {
        const lists = (await requests.awaitedLists()).map(({ key }) => key);
        expect(lists).toHaveLength(1);
        const notAwaitedFrom = { userId: 'UBOB', lists };
        expect(await requests.awaitedFrom(notAwaitedFrom, 0, 10)).not.toEqual([]);
        await requests.latest({ channels: ['C1'], notAwaitedFrom }, 0, 10);
        const listed = { failedSince: now, isStarted: true };
        await requests.withJobs({ channels: ['C1'], notAwaitedFrom, listed }, 0, 10);
        await requests.askedBy('UASK', 0, 10, {}, listed, notAwaitedFrom);
      },
    ],
    ['open requests are reviewed', ({ requests }) => requests.open()],
    ['due work is looked up', ({ requests }) => requests.due(now, [])],
    ['jobs are compared', async ({ requests }) => requests.jobsTaken(await waiting(), ['dts-1'])],
    ['rivals are looked up', async ({ requests }) => requests.isContested(await waiting())],
    ['due cards are looked up', ({ announcements }) => announcements.due('channel', now, [], pace)],
    [
      'due direct messages are looked up',
      ({ announcements }) => announcements.due('requester', now, [], pace),
    ],
    ['an announcement is found', ({ announcements }) => announcements.find(1, 'channel')],
    [
      'ended requests are deleted',
      async ({ retention }) => {
        await retention.ended(new Date(0));
        await retention.ended(now);
        await retention.erase(1, now);
      },
    ],
  ])('no statement reads more as history grows when %s', async (_, act) => {
    seen.length = 0;
    await act(store());
    const statements = seen.filter(({ sql: text }) => /^(select|update|delete|with)/.test(text));
    expect(statements.length).toBeGreaterThan(0);
    const found: Record<string, string[]> = {};
    for (const statement of statements) {
      const reads = await longReads[name](db, statement);
      if (reads.length > 0) found[statement.sql] = reads;
    }
    expect(found).toEqual({});
  });
});

describe.each(databases)('on %s, with many waiting requests', (name) => {
  let folder: string;
  let db: Database;
  const seen: CompiledQuery[] = [];
  const requests = () => createStore(db.withPlugin(recorderOf(db, seen)), name, () => now).requests;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-plans-'));
    db = await openOrFail(await aDatabase(name, folder));
    await createStore(db, name, () => now).requests.add(aNew('V1'), 10);
    await copyRequest(db, name, 1, 5_000);
    if (name === 'postgres') await sql`analyze`.execute(db);
    seen.length = 0;
  });
  afterAll(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });

  it('reads only a page of those that wait for a person', async () => {
    const lists = (await requests().awaitedLists()).map(({ key }) => key);
    expect(lists).toHaveLength(1);
    const from = { userId: 'UBOB', lists };
    expect(await requests().awaitedFrom(from, 20, 10)).toHaveLength(10);
    await requests().latest({ channels: ['C1'], notBy: 'UBOB', notAwaitedFrom: from }, 0, 10);
    await requests().askedBy('UASK', 0, 10);
    const found: Record<string, string[]> = {};
    for (const statement of seen.filter(({ sql: text }) => /^(select|with)/.test(text))) {
      const reads = await longReads[name](db, statement);
      if (reads.length > 0) found[statement.sql] = reads;
    }
    expect(found).toEqual({});
    const search = seen.find(({ sql: text }) => text.includes('not like'));
    if (search === undefined) throw new Error('no search by list');
    // Sorting would first read all that wait for the list.
    if (name === 'sqlite') expect((await stepsOnSqlite(db, search)).filter(isSort)).toEqual([]);
  });
});
