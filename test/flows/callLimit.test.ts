import { BOB } from '../../playground/slack/index';
import { busiestSecond, stall } from '../support/busiestSecond';
import { testStart } from '../support/movableClock';
import { aPolicyFile } from '../support/policyFile';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anyTime, en, saying } from '../support/words';

const requests = 8;
const callsPerSecond = 5;
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const hourMs = 3_600_000;
const hour = (at: number): string => `${String(new Date(at).getUTCHours()).padStart(2, '0')}:00`;

describe.each(flowDatabases)('on %s, a process that stalls', (database) => {
  let test: TestFerry;
  let policy: ReturnType<typeof aPolicyFile>;
  beforeEach(async () => {
    const [from, to] = [3, 8].map((hours) => hour(testStart.getTime() + hours * hourMs));
    policy = aPolicyFile({ approvals: { windows: [{ days, from, to, time_zone: 'UTC' }] } });
    test = await startTestFerry(
      { ...policy.environment, DTS_CALLS_PER_SECOND: String(callsPerSecond) },
      { database, dts: { callsPerSecond } },
    );
  });
  afterEach(async () => {
    await test.stop();
    policy.remove();
  });

  it('keeps the limit of calls while many launches are due', async () => {
    const creations = () => test.dts.callsOf('CreateMigrateJob');
    for (let count = 0; count < requests; count += 1) {
      const card = await test.request({ JobName: `job-${count}` });
      await test.slack.as(BOB).click(card, 'approve');
      await test.reply(card, saying(en.operations.create_job.thread.held(anyTime)));
    }
    // The window opens, so all launches are due at the same moment.
    test.clock.advance(4 * hourMs);
    await test.dts.until(() => creations().length >= 2, { what: 'the first calls' });
    stall(2_500);
    const every = { what: 'every job', timeoutMs: 40_000 };
    await test.dts.until(() => test.dts.jobs.size === requests, every);
    expect(creations().filter(({ verdict }) => verdict.kind === 'refused')).toEqual([]);
    expect(busiestSecond(test.dts.callsOf('CreateMigrateJob'))).toBeLessThanOrEqual(callsPerSecond);
  }, 90_000);

  it('keeps the limit of searches while many calls have an unknown outcome', async () => {
    const searches = () => test.dts.callsOf('DescribeMigrateJobs');
    policy.write({});
    await test.restart();
    test.dts.next(
      { kind: 'reset', when: 'before' },
      { action: 'CreateMigrateJob', times: requests },
    );
    for (let count = 0; count < requests; count += 1) {
      const card = await test.request({ JobName: `job-${count}` });
      await test.slack.as(BOB).click(card, 'approve');
    }
    const created = () => test.dts.callsOf('CreateMigrateJob').length === requests;
    await test.dts.until(created, { what: 'every call', timeoutMs: 40_000 });
    // After this time each request has another search due, all at the same moment.
    const first = { what: 'the first searches', timeoutMs: 40_000 };
    await test.dts.until(() => searches().length >= requests, first);
    const before = searches().length;
    test.clock.advance(31_000);
    const every = { what: 'every search', timeoutMs: 40_000 };
    await test.dts.until(() => searches().length >= before + requests, every);
    expect(searches().filter(({ verdict }) => verdict.kind === 'refused')).toEqual([]);
    // Real time did not jump, so a second of it may have calls from before and after the jump.
    expect(busiestSecond(searches().slice(before))).toBeLessThanOrEqual(callsPerSecond);
  }, 90_000);
});

it.each(flowDatabases)(
  'on %s, a call that ends while Ferry stops frees its slot',
  async (database) => {
    const test = await startTestFerry({ DTS_CALLS_PER_SECOND: '1' }, { database });
    try {
      const card = await test.request({ JobName: 'first' });
      const hold = test.dts.next({ kind: 'hold' }, { action: 'CreateMigrateJob' });
      await test.slack.as(BOB).click(card, 'approve');
      await hold.arrived;
      const restarted = test.restart();
      hold.release();
      await restarted;
      expect(test.logged()).not.toContain('slot of a call');
      // A slot that was not freed would be held for a minute.
      const next = await test.request({ JobName: 'second' });
      await test.slack.as(BOB).click(next, 'approve');
      await test.dts.until(() => test.dts.jobs.size === 2, { what: 'both jobs' });
    } finally {
      await test.stop();
    }
  },
);
