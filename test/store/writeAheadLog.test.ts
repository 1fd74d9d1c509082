import { statSync } from 'node:fs';
import { sql } from 'kysely';
import type { MigrationRequest } from '../../src/domain/request/request';
import { createStore } from '../../src/store/createStore';
import { openSqlite } from '../../src/store/sqlite';
import { createWriteAheadLog } from '../../src/store/writeAheadLog';
import { began, minutes, type StoreOn, storeOn } from '../support/storeOn';

const typed = { secrets: { 'SrcInfo.Password': { kind: 'typed' } } } as const;
const sealed = { 'SrcInfo.Password': 'sealed' };

describe('the write-ahead log of SQLite', () => {
  let store: StoreOn;
  let file: string;
  const size = () => statSync(`${file}-wal`).size;
  beforeEach(async () => {
    store = await storeOn('sqlite');
    const { rows } = await sql<{ file: string }>`pragma database_list`.execute(store.db);
    file = rows[0]?.file ?? '';
  });
  afterEach(() => store.close());

  it('is emptied when a request needs its passwords no more, and not before', async () => {
    const request = await store.ask({ ...typed, sealed });
    expect(size()).toBeGreaterThan(0);
    const approved = await store.move(
      request,
      { status: 'approved', operation: { name: 'create_job' }, approvals: [], attempts: 0 },
      { type: 'approved', count: 1, required: 1 },
    );
    expect(size()).toBeGreaterThan(0);
    const created = await store.create(approved);
    expect(size()).toBe(0);
    // From here on, there is no password.
    await store.move(created, created.state, { type: 'look_again', operation: 'create_job' });
    expect(size()).toBeGreaterThan(0);
  });

  it('is not emptied by a change that came too late', async () => {
    const request = await store.ask({ ...typed, sealed });
    await store.move(request, request.state, { type: 'look_again', operation: 'create_job' });
    const before = size();
    await expect(store.withdraw(request)).rejects.toThrow('came first');
    expect(size()).toBe(before);
  });

  it('is emptied when a request is deleted', async () => {
    const request = await store.withdraw(await store.ask());
    await store.requests.remember('D1', minutes(1));
    expect(size()).toBeGreaterThan(0);
    expect(await store.retention.erase(request.id, minutes(9))).toBe(true);
    expect(size()).toBe(0);
  });

  it.each<[string, (request: MigrationRequest) => Promise<unknown>]>([
    [
      'a later change',
      (request) =>
        store.move(request, request.state, { type: 'look_again', operation: 'create_job' }),
    ],
    ['a check of the database', () => store.probe(minutes(1))],
    ['the hourly deletions', () => store.retention.forgetDeliveries(began)],
  ])(
    'is emptied by %s if another process read it, without waiting for that process',
    async (_, next) => {
      const other = await store.ask();
      const request = await store.ask({ ...typed, sealed });
      const reader = openSqlite(file, { readonly: true });
      reader.exec('begin');
      reader.prepare('select count(*) from requests').get();
      // Waiting would take longer than this test may.
      await sql`pragma busy_timeout = 60000`.execute(store.db);
      await store.withdraw(request);
      expect(size()).toBeGreaterThan(0);
      reader.close();
      await next(other);
      expect(size()).toBe(0);
      const { rows } = await sql`pragma busy_timeout`.execute(store.db);
      expect(rows).toEqual([{ timeout: 1_000 }]);
    },
  );

  it('does not undo a change if it can’t be emptied', async () => {
    const request = await store.ask({ ...typed, sealed });
    let attempts = 0;
    const broken = store.db.withPlugin({
      transformQuery({ node }) {
        if (node.kind === 'RawNode' && node.sqlFragments.join('').includes('wal_checkpoint')) {
          attempts += 1;
          throw new Error('the disk is full');
        }
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const { requests } = createStore(broken, 'sqlite', () => began);
    const by = request.requester;
    const recorded = await requests.record({
      ...{ request, by, at: began, event: { type: 'withdrawn' } },
      state: { status: 'withdrawn', by, at: began },
    });
    expect(recorded?.state.status).toBe('withdrawn');
    expect(attempts).toBe(1);
    expect(await store.requests.sealedSecrets(request.id)).toEqual({});
  });
});

it('PostgreSQL has no log to empty', async () => {
  const store = await storeOn('postgres');
  const silent = store.db.withPlugin({
    transformQuery() {
      throw new Error('a query');
    },
    transformResult: async ({ result }) => result,
  });
  await expect(createWriteAheadLog(silent, 'postgres').empty()).resolves.toBeUndefined();
  await store.close();
});
