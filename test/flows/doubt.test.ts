import { ALICE, BOB, type Message } from '../../playground/slack/index';
import { testStart } from '../support/movableClock';
import { passTime } from '../support/passTime';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import {
  anyNumber,
  anyText,
  anyTime,
  anything,
  en,
  jobInThread,
  jobOnCard,
  saying,
} from '../support/words';

describe.each(flowDatabases)('on %s, a call without a response', (database) => {
  let test: TestFerry;
  beforeEach(async () => {
    test = await startTestFerry({}, { database });
  });
  afterEach(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });

  const creations = () => test.dts.callsOf('CreateMigrateJob').length;
  /** Lets Ferry search until it gives up. */
  const settle = (card: Message) =>
    passTime(
      test,
      () => test.shown(card).includes(en.card.lookAgain) || jobOnCard().test(test.shown(card)),
      {
        stepMs: 10_000,
        what: 'the end of the search',
      },
    );

  it('is found in DTS, and its job is adopted', async () => {
    test.dts.next({ kind: 'reset', when: 'after' });
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    const reply = await test.reply(card, saying(en.thread.found(anything)));
    const [jobId] = test.dts.jobs.keys();
    expect(reply).toContain(String(jobId));
    expect(creations()).toBe(1);
    expect(test.shown(card)).toMatch(jobOnCard(jobId));
  });

  it('is left to a person if no job is found, and is only repeated if that person says so', async () => {
    test.dts.next({ kind: 'reset', when: 'before' });
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, saying(en.operations.create_job.thread.searching));
    await settle(card);
    const words = await test.reply(card, en.operations.create_job.thread.foundNone);
    expect(words).toMatch(saying(en.operations.create_job.thread.unconfirmedNext('usertest')));
    expect(creations()).toBe(1);

    await test.slack.answerTo(ALICE, (alice) => alice.click(card, 'try_again'));
    expect(creations()).toBe(1);
    await test.slack.as(BOB).click(card, 'try_again');
    await test.reply(card, jobInThread());
    expect(creations()).toBe(2);
    expect(test.dts.jobs.size).toBe(1);
  });

  it('is searched for again if a person asks', async () => {
    test.dts.next({ kind: 'reset', when: 'after' });
    test.dts.next(
      { kind: 'code', code: 'UnauthorizedOperation.NotEnoughPrivileges' },
      { action: 'DescribeMigrateJobs', times: 100 },
    );
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, saying(en.operations.create_job.thread.searching));
    await settle(card);
    expect(await test.reply(card, en.thread.next)).toContain('dts:DescribeMigrateJobs');
    test.dts.clearFaults();
    await test.slack.as(BOB).click(card, 'look_again');
    await test.reply(card, saying(en.thread.found(anything)));
    expect(creations()).toBe(1);
  });

  it('is left to a person if the job may belong to another request', async () => {
    // Two requests with one name: both responses are lost, both jobs are created.
    test.dts.next({ kind: 'reset', when: 'after' }, { times: 2 });
    const first = await test.request();
    const second = await test.request();
    // If a search ran before the other call, it would rightly adopt the only job.
    const looks = test.dts.next({ kind: 'hold' }, { action: 'DescribeMigrateJobs', times: 2 });
    await Promise.all([first, second].map((card) => test.slack.as(BOB).click(card, 'approve')));
    await test.reply(first, saying(en.operations.create_job.thread.searching));
    await test.reply(second, saying(en.operations.create_job.thread.searching));
    looks.release();
    await settle(first);
    await settle(second);
    expect(test.shown(first)).toContain(`[${en.card.chooseJob('dts-')}`);
    expect(test.shown(second)).toContain(`[${en.card.chooseJob('dts-')}`);

    await test.slack.as(BOB).click(first, 'choose_job_0');
    const chosen = /dts-\w{8}/.exec(
      await test.reply(first, saying(en.thread.chosen(anything, anything))),
    )?.[0];
    await test.slack.as(BOB).click(second, 'look_again');
    const found = /dts-\w{8}/.exec(
      await test.reply(second, saying(en.thread.found(anything))),
    )?.[0];
    expect([chosen, found].sort()).toEqual([...test.dts.jobs.keys()].sort());
    expect(creations()).toBe(2);
  });
});

it('a job that a wrong clock makes older than its call is offered to a person, and never twice', async () => {
  const minutesAhead = 4;
  const now = (): number => {
    const clock = test?.clock.now() ?? testStart;
    return clock.getTime() - minutesAhead * 60_000;
  };
  let test: TestFerry | undefined;
  test = await startTestFerry({}, { dts: { now } });
  const { dts, slack } = test;
  dts.next({ kind: 'reset', when: 'after' });
  const card = await test.request();
  await slack.as(BOB).click(card, 'approve');
  await test.reply(card, saying(en.operations.create_job.thread.searching));
  const shown = () => slack.render(slack.message(card) ?? card);
  await passTime(test, () => shown().includes(en.card.lookAgain), {
    ...{ stepMs: 10_000, what: 'the end of the search' },
  });
  const [jobId = ''] = dts.jobs.keys();
  expect(shown()).toContain(`[${en.card.chooseJob(jobId)}]`);
  const one = [{ jobId, createTime: anything }];
  await test.reply(card, saying(en.operations.create_job.thread.foundSeveral(one)));
  await slack.as(BOB).click(card, 'choose_job_0');
  await test.reply(card, saying(en.thread.chosen(anything, anything)));
  expect(dts.callsOf('CreateMigrateJob')).toHaveLength(1);
  await test.stop();
});

describe.each(flowDatabases)('on %s, a call that created nothing', (database) => {
  it.each([
    ['because the connection was refused', 'not_sent'],
    ['because Tencent Cloud limited the rate', 'limit'],
  ])('%s is retried automatically, and the card shows when', async (_, why) => {
    const test = await startTestFerry({}, { database });
    if (why === 'limit') {
      test.dts.next({ kind: 'code', code: 'RequestLimitExceeded.UinLimitExceeded' });
    } else {
      await test.disconnectDts();
    }
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    expect(
      await test.reply(card, saying(en.operations.create_job.thread.postponed(1, anyTime))),
    ).toMatch(saying(en.operations.create_job.thread.postponed(anyNumber, anyTime)));
    await test.slack.until(
      () =>
        saying(en.operations.create_job.status.retrying(anyText, anyTime)).test(test.shown(card)),
      { what: 'the time on the card' },
    );
    if (why === 'not_sent') await test.reconnectDts();
    test.clock.advance(5_000);
    await test.reply(card, jobInThread());
    await test.stop();
  });

  it('is given up after five attempts', async () => {
    const test = await startTestFerry({}, { database });
    test.dts.next({ kind: 'code', code: 'RequestLimitExceeded' }, { times: 5 });
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    for (const attempt of [1, 2, 3, 4]) {
      await test.reply(card, saying(en.operations.create_job.thread.postponed(attempt, anyTime)));
      test.clock.advance(60_000);
    }
    await test.reply(card, saying(en.operations.create_job.thread.failed));
    expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(5);
    await test.stop();
  });
});
