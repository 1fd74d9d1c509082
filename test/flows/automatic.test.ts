import { ALICE, BOB } from '../../playground/slack/index';
import { passCopying, type Version, withJob } from '../support/aJob';
import { testStart } from '../support/movableClock';
import { runAudit } from '../support/runAudit';
import { anyText, anyTime, en, explained, saying } from '../support/words';

const versions: readonly Version[] = ['2018-03-30', '2021-12-06'];
const automatic = {
  operations: { check_job: { automatic: true }, start_job: { automatic: true } },
};
const { thread } = en.job;
const { createdNext, createdNextIf } = en.thread;
const decided = (operation: 'check_job' | 'start_job') =>
  saying(thread.automatic(en.job.button[operation], 'usual'));

const hour = 3_600_000;
const day = 24 * hour;

it.each(versions)(
  'checks and starts a job that version %s knows, as the policy says, and leaves the cut-over to people',
  async (version) => {
    const acting = await withJob(version, { settings: automatic });
    const { calls, card, ferry, offers, shown, status, until } = acting;
    await ferry.slack.as(BOB).click(card, 'details');
    const details = () => ferry.slack.render(ferry.slack.as(BOB).view() ?? card);
    await until(() => details().includes(en.card.startedByPolicy.whenStarted), 'the details');
    await ferry.slack.as(BOB).dismiss();
    await ferry.reply(card, createdNextIf.both);
    const toldAlice = () =>
      ferry.slack
        .as(ALICE)
        .directMessages()
        .map(({ text }) => text);
    await until(() => toldAlice().join().includes(createdNextIf.both), 'the direct message');
    expect([...ferry.replies(card), ...toldAlice()].join()).not.toContain(createdNext);
    await status('running');
    passCopying(acting);
    await status('ready_complete');
    await ferry.reply(card, decided('check_job'));
    await ferry.reply(card, decided('start_job'));
    expect(shown()).toContain(en.job.button.complete_job);
    ferry.clock.advance(day);
    await ferry.slack.as(BOB).click(card, 'details');
    expect(offers()).toContain('complete_job');
    const made = ['CreateMigrateCheckJob', 'StartMigrateJob', 'CompleteMigrateJob'].map(calls);
    expect(made).toEqual([1, 1, 0]);
    expect(ferry.replies(card).length).toBeLessThan(15);
    expect(ferry.slack.mistakes).toEqual([]);
    await ferry.ferry.stop();
    const url = ferry.environment()['DATABASE_URL'] ?? '';
    expect((await runAudit({ DATABASE_URL: url }, 'verify')).code).toBe(0);
  },
);

it('does nothing automatically after the rule of the job has changed', async () => {
  const off = await withJob('2021-12-06');
  await off.until(() => off.offers().includes('check_job'), 'the button');
  await off.ferry.adopt({ approvals: automatic });
  const looks = off.calls('DescribeMigrationDetail');
  off.ferry.clock.advance(day);
  await off.until(() => off.calls('DescribeMigrationDetail') > looks + 2, 'three looks');
  expect(off.calls('CreateMigrateCheckJob')).toBe(0);
  await off.ferry.stop();

  const on = await withJob('2021-12-06', {
    settings: { operations: { start_job: { automatic: true } } },
  });
  await on.until(() => on.offers().includes('check_job'), 'the button');
  await on.ferry.adopt({
    approvals: { operations: { start_job: { automatic: true } }, required: 2 },
  });
  await on.press('check_job');
  await on.status('check_passed');
  const told = saying(thread.notAutomatic(en.job.button.start_job));
  // If Slack doesn't answer in time, Ferry decides at the next look at the job.
  await on.until(() => on.ferry.replies(on.card).some((text) => told.test(text)), 'the reply');
  expect(on.offers()).toContain('start_job');
  const later = on.calls('DescribeMigrationDetail');
  on.ferry.clock.advance(day);
  await on.until(() => on.calls('DescribeMigrationDetail') > later + 2, 'three looks');
  expect(on.calls('StartMigrateJob')).toBe(0);
  expect(on.ferry.replies(on.card).filter((text) => told.test(text))).toHaveLength(1);
});

it('starts only after a check that passed, however often it is repeated', async () => {
  const acting = await withJob('2021-12-06', {
    settings: { operations: { start_job: { automatic: true } } },
  });
  const { calls, card, ferry, jobId, press, status, until } = acting;
  await ferry.reply(card, createdNextIf.start);
  await until(() => acting.offers().includes('check_job'), 'the button');
  ferry.dts.controls.failCheck('ConnectDBCheck', { jobId, until: 'modified' });
  await press('check_job');
  await status('check_failed');
  expect(calls('StartMigrateJob')).toBe(0);
  ferry.dts.controls.passChecks(jobId);
  await press('check_job');
  await status('running');
  expect(calls('StartMigrateJob')).toBe(1);
});

/** A start time some hours after the beginning of a test. */
const scheduledIn = (hours: number) => ({
  'MigrateOption.RunMode': '2',
  'MigrateOption.ExpectTime': String(
    Math.ceil(testStart.getTime() / hour + hours) * (hour / 1_000),
  ),
});

it.each(versions)(
  'does not start a job of version %s whose start time has passed, and people may start it',
  async (version) => {
    const acting = await withJob(version, {
      settings: automatic,
      entries: scheduledIn(6),
      before: ({ dts }) => dts.controls.failCheck('ConnectDBCheck', { until: 'modified' }),
    });
    const { calls, card, ferry, jobId, offers, press, readTwice, shown, status, until } = acting;
    await status('check_failed');
    expect(shown()).toMatch(saying(en.job.scheduled(anyText, anyTime)));
    ferry.clock.advance(day);
    ferry.dts.controls.passChecks(jobId);
    await press('check_job', ALICE);
    const { modify_job: change, start_job: start } = en.job.button;
    const missed = saying(thread.missed(anyTime, start, change));
    const isSaid = () => ferry.replies(card).some((text) => missed.test(text));
    await until(() => isSaid() && offers().includes('start_job'), 'the reply and the button');
    await until(
      () =>
        ferry.slack
          .as(ALICE)
          .directMessages()
          .some((message) => missed.test(ferry.slack.render(message))),
      'the direct message',
    );
    await readTwice();
    expect(calls('StartMigrateJob')).toBe(0);
    expect(ferry.replies(card).filter((text) => missed.test(text))).toHaveLength(1);
    await press('start_job');
    await status('running');
    expect(calls('StartMigrateJob')).toBe(1);
  },
);

it('does not repeat a call that DTS refused, and people may make it', async () => {
  const code = 'FailedOperation.StatusInConflict';
  const action = 'CreateMigrateCheckJob';
  const acting = await withJob('2021-12-06', {
    dts: { creatingMs: 60_000 },
    settings: { operations: { check_job: { automatic: true } } },
  });
  const { calls, card, ferry, press, status, until } = acting;
  ferry.dts.next({ kind: 'code', code }, { action });
  await ferry.reply(card, createdNextIf.check);
  await until(() => calls(action) > 0, 'the call');
  await ferry.reply(card, saying(explained(code).headline));
  const looks = calls('DescribeMigrationDetail');
  ferry.clock.advance(day);
  await until(() => calls('DescribeMigrationDetail') > looks + 2, 'three looks');
  expect(calls(action)).toBe(1);
  await press('check_job');
  await status('check_passed');
  expect(calls(action)).toBe(2);
});

it('finds out by the status whether DTS did it if no response arrived', async () => {
  const acting = await withJob('2021-12-06', {
    dts: { creatingMs: 60_000 },
    settings: { operations: { check_job: { automatic: true } } },
  });
  const { calls, card, ferry, status } = acting;
  ferry.dts.next({ kind: 'reset', when: 'after' }, { action: 'CreateMigrateCheckJob' });
  await status('check_passed');
  await ferry.reply(card, saying(thread.found));
  expect(calls('CreateMigrateCheckJob')).toBe(1);
});
