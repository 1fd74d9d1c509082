import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledQuery, type KyselyPlugin, sql } from 'kysely';
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
import { type DatabaseName, databases } from '../support/startTestFerry';

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

/** How the database would run each statement: the steps that read a growing table completely. */
async function completeReads(
  db: Database,
  name: DatabaseName,
  { parameters, sql: statement }: CompiledQuery,
): Promise<string[]> {
  const explain = name === 'sqlite' ? 'explain query plan' : 'explain (costs off)';
  const { rows } = await db.executeQuery<Record<string, unknown>>(
    CompiledQuery.raw(`${explain} ${statement}`, [...parameters]),
  );
  const steps = rows.map((row) => String(row['detail'] ?? row['QUERY PLAN']));
  return steps.filter((step) => {
    // A whole index is as long as its table.
    const scan = /^SCAN (\w+)(?: USING .*)?$|Seq Scan on (\w+)/;
    const [, table = ''] = scan.exec(step)?.filter(Boolean) ?? [];
    return growing.includes(table) || /^SCAN (newest|link|before|each)\b/.test(step);
  });
}

describe.each(databases)('on %s, with many ended requests', (name) => {
  let folder: string;
  let db: Database;
  const seen: CompiledQuery[] = [];
  /** Compiles each statement once more, to explain it. */
  const recorder: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      seen.push(db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const store = () => createStore(db.withPlugin(recorder), name, () => now);

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
    const [first] = await store().requests.waiting();
    const request = await store().requests.find(first?.id ?? 0);
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
    ['a job name is compared', ({ requests }) => requests.liveNamesakes('usertest', 'V9')],
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
        await requests.askedBy('UASK', 0, 10, { status });
        await requests.latest({ channels: ['C1'], notBy: 'UASK', filter: { status } }, 0, 10);
      },
    ]),
    ['channels are listed', ({ requests }) => requests.channels()],
    [
      'a followed job is due, claimed and saved',
      async ({ jobs, requests }) => {
        await jobs.due(now, [1]);
        await jobs.claimDue(now, now);
        await jobs.lookAt(2, now);
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
    ['waiting requests are listed', ({ requests }) => requests.waiting()],
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
        await retention.ended(now, 0);
        await retention.erase(1);
      },
    ],
  ])('no statement reads a whole table when %s', async (_, act) => {
    seen.length = 0;
    await act(store());
    const statements = seen.filter(({ sql: text }) => /^(select|update|delete|with)/.test(text));
    expect(statements.length).toBeGreaterThan(0);
    const found: Record<string, string[]> = {};
    for (const statement of statements) {
      const reads = await completeReads(db, name, statement);
      if (reads.length > 0) found[statement.sql] = reads;
    }
    expect(found).toEqual({});
  });
});
