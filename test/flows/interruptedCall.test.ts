import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { ALICE, BOB, DB_MIGRATIONS } from '../../playground/slack/index';
import { requestState } from '../../src/domain/request/request';
import { createStore } from '../../src/store/createStore';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { aDraft } from '../support/aForm';
import { aRule } from '../support/aRule';
import { eventually } from '../support/eventually';
import { testStart } from '../support/movableClock';
import { newPostgresDatabase } from '../support/postgres';
import { untilQuiet } from '../support/quiet';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import { storedOf } from '../support/storedOf';
import { anyTime, en, jobInThread, saying } from '../support/words';

let test: TestFerry | undefined;
afterEach(async () => {
  await test?.stop();
  test = undefined;
});

describe.each(flowDatabases)('on %s, a call whose process was killed', (database) => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-interrupted-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is investigated as soon as the process is known to have ended', async () => {
    const location = await aDatabase(database, folder);
    const db = await openOrFail(location);
    const store = createStore(db, database, () => testStart);
    const { parameters, reason } = aDraft();
    const newRequest = {
      origin: 'V1/1',
      requester: { userId: ALICE, name: 'Alice' },
      askedIn: undefined,
      rule: aRule({ channel: DB_MIGRATIONS }),
      parameters,
      reason,
      secrets: { 'SrcInfo.Password': { kind: 'typed' as const } },
      observed: {},
      sealed: { 'SrcInfo.Password': 'sealed' },
      at: testStart,
    };
    const request = storedOf(await store.requests.add(newRequest, 1));
    // What a process leaves if it is killed during its call: a claim and a lease.
    const leases = store.leases('launching');
    await leases.take(request.id, testStart, new Date(testStart.getTime() + 15_000));
    await store.requests.record({
      request,
      state: requestState.parse({
        status: 'launching',
        approvals: [{ by: { userId: BOB, name: 'Bob' }, at: testStart, revision: 1 }],
        attempt: 1,
        calledAt: testStart,
      }),
      event: { type: 'launched', operation: 'create_job', attempt: 1 },
      by: undefined,
      at: testStart,
    });
    await store.close();

    const DATABASE_URL =
      location.kind === 'sqlite' ? `sqlite:${location.path}` : location.url.reveal();
    test = await startTestFerry({ DATABASE_URL }, { database });
    const { dts, clock } = test;
    const looks = () => dts.callsOf('DescribeMigrateJobs').length;
    if (database === 'postgres') {
      // Until the lease expires, the process may be alive.
      clock.advance(9_000);
      await untilQuiet(test);
      expect(looks()).toBe(0);
      clock.advance(6_000);
    }
    await dts.until(() => looks() > 0, { what: 'the search for the job' });
    const card = test.card() ?? (await test.slack.until(() => test?.card(), { what: 'the card' }));
    await test.reply(card, saying(en.operations.create_job.thread.searching));
    expect(dts.callsOf('CreateMigrateJob')).toEqual([]);
    expect(test.slack.mistakes).toEqual([]);
  });
});

it('a process that others considered dead sends nothing when it wakes up', async () => {
  const url = await newPostgresDatabase();
  test = await startTestFerry(
    { DATABASE_URL: url, DTS_CALLS_PER_SECOND: '1' },
    { database: 'postgres' },
  );
  const { dts, slack } = test;
  const first = await test.request({ JobName: 'first' });
  await slack.as(BOB).click(first, 'approve');
  await test.reply(first, jobInThread());

  const [outside, holdUp] = [new Client(url), new Client(url)];
  await Promise.all([outside.connect(), holdUp.connect()]);
  // It claims the request and then waits for its slot, as if it were paused.
  await holdUp.query('begin');
  await holdUp.query(`select 1 from turns where name like 'dts:CreateMigrateJob#%' for update`);
  const second = await test.request({ JobName: 'second' });
  await slack.as(BOB).click(second, 'approve');
  const statusOf = async (): Promise<unknown> => {
    const found = await outside.query(`select status from requests where job_name = 'second'`);
    return found.rows[0]?.status;
  };
  await eventually('the claim', async () => (await statusOf()) === 'launching');
  const waiting = `select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  await eventually('the wait', async () => (await outside.query(waiting)).rowCount === 1);
  // Another process takes over.
  const until = new Date(test.clock.now().getTime() + 20_000).toISOString();
  await outside.query(`update leases set owner = 'other', until = $1 where kind = 'launching'`, [
    until,
  ]);
  // The process asks whether it may send once it has its slot.
  await holdUp.query('rollback');
  await test.reply(second, saying(en.operations.create_job.thread.postponed(1, anyTime)));
  expect(dts.callsOf('CreateMigrateJob')).toHaveLength(1);

  // The other process has ended too. The call wasn't made, so Ferry makes it.
  test.clock.advance(60_000);
  await test.reply(second, jobInThread());
  expect(dts.callsOf('CreateMigrateJob')).toHaveLength(2);
  expect(dts.jobs.size).toBe(2);
  expect(slack.mistakes).toEqual([]);
  await Promise.all([outside.end(), holdUp.end()]);
});
