import { ALICE, BOB, type Message } from '../../playground/slack/index';
import { systemClock } from '../../src/operations/systemClock';
import type { Clock } from '../../src/ports/clock';
import { openForm } from '../support/modal';
import { testStart } from '../support/movableClock';
import { aPolicyFile } from '../support/policyFile';
import { untilQuiet } from '../support/quiet';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import { unhurriedClock } from '../support/unhurriedClock';

/** Real time, in which nobody loses patience. */
const endlessPatience: Clock = {
  now: systemClock.now,
  sleepUntil: (_, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) resolve();
      else signal?.addEventListener('abort', () => resolve(), { once: true });
    }),
};

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const hourFromNow = (hours: number): string =>
  `${String(new Date(testStart.getTime() + hours * 3_600_000).getUTCHours()).padStart(2, '0')}:00`;

describe.each(flowDatabases)('on %s, after the deciding click', (database) => {
  let test: TestFerry;
  afterEach(() => test.stop());

  const start = async (
    environment: Parameters<typeof startTestFerry>[0] = {},
    machineClock = endlessPatience,
  ) => {
    test = await startTestFerry(environment, { database, machineClock });
  };
  const creations = () => test.dts.callsOf('CreateMigrateJob');
  const updatesOf = ({ ts }: Message) =>
    test.slack.callsOf('chat.update').filter(({ args }) => args['ts'] === ts);
  const messagesTo = (userId: string) =>
    test.slack.callsOf('chat.postMessage').filter(({ args }) => args['channel'] === userId);
  const updated = (card: Message) =>
    test.slack.until(() => updatesOf(card).length > 0, { what: 'the card without buttons' });

  /** Someone approves a request whose password is still being read. */
  async function withSlowPassword(patience: Clock) {
    const policy = aPolicyFile({
      secrets: [{ secret: 'ssm:orders-root', hosts: ['14.17.22.36'] }],
    });
    await start(policy.environment, patience);
    const secret = { region: 'ap-shanghai', name: 'orders-root' };
    test.dts.add({ secrets: [{ ...secret, versions: [{ id: 'v2', text: 'stored' }] }] });
    const card = await test.request({
      'SrcInfo.Password': undefined,
      'SrcInfo.Password.Source': 'ssm:orders-root:v2',
    });
    await untilQuiet(test);
    const hold = test.dts.next({ kind: 'hold' }, { action: 'GetSecretValue' });
    await test.slack.as(BOB).click(card, 'approve');
    await hold.arrived;
    return { card, hold, policy };
  }

  it('posts nothing before the call is sent', async () => {
    const { card, hold, policy } = await withSlowPassword(endlessPatience);
    // Ferry has time to do more than a post takes.
    await openForm(test.slack, ALICE);
    expect([creations(), updatesOf(card), messagesTo(ALICE)]).toEqual([[], [], []]);
    hold.release();
    await test.dts.until(() => creations().length === 1, { what: 'the call' });
    await updated(card);
    policy.remove();
  });

  it('updates the card after a moment if reading a stored password takes longer', async () => {
    const { card, hold, policy } = await withSlowPassword(unhurriedClock);
    await updated(card);
    expect(creations()).toEqual([]);
    hold.release();
    await test.dts.until(() => creations().length === 1, { what: 'the call' });
    policy.remove();
  });

  it('updates the card while DTS has not answered the call', async () => {
    await start();
    const card = await test.request();
    const hold = test.dts.next({ kind: 'hold' }, { action: 'CreateMigrateJob' });
    await test.slack.as(BOB).click(card, 'approve');
    await hold.arrived;
    await updated(card);
    expect(test.dts.jobs.size).toBe(0);
    hold.release();
    await test.dts.until(() => test.dts.jobs.size === 1, { what: 'the job' });
  });

  it('updates the card at once if the launch window is closed', async () => {
    const windows = [{ days, from: hourFromNow(3), to: hourFromNow(8), time_zone: 'UTC' }];
    const policy = aPolicyFile({ approvals: { windows } });
    await start(policy.environment);
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    await updated(card);
    expect(creations()).toEqual([]);
    policy.remove();
  });

  it('updates the card at once if the call waits for its turn', async () => {
    await start({ DTS_CALLS_PER_SECOND: '1' });
    const first = await test.request({ JobName: 'first' });
    const last = await test.request({ JobName: 'last' });
    await test.slack.as(BOB).click(first, 'approve');
    await test.dts.until(() => creations().length === 1, { what: 'the first call' });
    await test.slack.as(BOB).click(last, 'approve');
    const calls = await test.slack.until(
      () => (updatesOf(last).length > 0 ? creations().length : undefined),
      { what: 'the card without buttons' },
    );
    expect(calls).toBe(1);
    await test.dts.until(() => creations().length === 2, { what: 'the second call' });
  });
});
