import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, DAN, MEI } from '../../playground/slack/index';
import { usualName } from '../../src/domain/policy/policy';
import { person, say } from '../../src/i18n/text';
import { inFormOrder } from '../support/aForm';
import { passCopying, type Version, withPreparedJob } from '../support/aJob';
import { fieldsShown, modalText, sendForm } from '../support/modal';
import { testStart } from '../support/movableClock';
import { passTime } from '../support/passTime';
import { untilQuiet } from '../support/quiet';
import { runAudit } from '../support/runAudit';
import { anyText, anyTime, anything, button, en, explained, saying } from '../support/words';

const versions: readonly Version[] = ['2018-03-30', '2021-12-06'];
const { prepared } = en.job;

type Acting = Awaited<ReturnType<typeof withPreparedJob>>;

const deletions = ({ calls }: Acting): number[] =>
  ['DeleteMigrateJob', 'IsolateMigrateJob', 'DestroyMigrateJob'].map(calls);

const fill = async ({ card, ferry }: Acting, by: string, action: string, reason: string) => {
  const person = ferry.slack.as(by);
  await person.click(card, action);
  await ferry.slack.until(() => person.view(), { what: 'the form' });
  await person.fill({ Reason: reason });
  await person.submit();
};

/** The direct messages to the requester. */
const direct = ({ ferry: { slack } }: Acting): string =>
  slack
    .as(ALICE)
    .directMessages()
    .map((each) => slack.render(each))
    .join('\n');

/** The requester edits the name of the job. */
async function rename({ card, ferry: { slack } }: Acting): Promise<void> {
  const alice = slack.as(ALICE);
  await alice.click(card, 'edit');
  await slack.until(() => JSON.stringify(alice.view() ?? '').includes('"JobName"'), {
    what: 'the filled form',
  });
  await alice.fill({ JobName: 'another-name', 'SrcInfo.Password': 'again-secret' });
  await alice.submit();
}

/** Stops the bot, and returns the exit code of `audit verify`. */
async function verified({ ferry }: Acting) {
  await ferry.ferry.stop();
  const url = ferry.environment()['DATABASE_URL'] ?? '';
  return (await runAudit({ DATABASE_URL: url }, 'verify')).code;
}

describe.each(versions)('with version %s', (version) => {
  it('creates and checks the job first, and starts it after the approvals', async () => {
    const acting = await withPreparedJob(version, { settings: { required: 2 } });
    const { calls, card, ferry, passed, shown, status, told, until } = acting;
    expect(calls('CreateMigrateJob')).toBe(1);
    await passed();
    expect(shown()).toMatch(saying(prepared.passed(anything)));
    await ferry.reply(card, saying(en.job.thread.moved.check_passed ?? ''));
    await ferry.slack.as(ALICE).click(card, 'approve');
    await ferry.slack.as(DAN).click(card, 'approve');
    await ferry.slack.until(() => told(ALICE) !== '' && told(DAN) !== '', { what: 'refusals' });
    expect(told(ALICE)).toMatch(saying(en.refusal({ code: 'own_request' })));
    await ferry.slack.as(BOB).click(card, 'approve');
    await until(() => shown().includes('1 of 2'), 'the first approval');
    expect(calls('StartMigrateJob')).toBe(0);
    await ferry.slack.as(MEI).click(card, 'approve');
    await status('running');
    const people = say`${person(BOB)}, ${person(MEI)}`;
    const started = saying(en.job.thread.accepted.start_job, en.direct.approvedBy(people));
    await until(() => started.test(direct(acting)), 'the direct message');
    const made = ['CreateMigrateJob', 'CreateMigrateCheckJob', 'StartMigrateJob'].map(calls);
    expect(made).toEqual([1, 1, 1]);
    expect(deletions(acting)).toEqual([0, 0, 0]);
    expect(ferry.slack.mistakes).toEqual([]);
    expect(await verified(acting)).toBe(0);
  });

  const once = version === '2018-03-30' ? [1, 0, 0] : [0, 1, 0];

  it.each<[string, string, (acting: Acting) => Promise<unknown>]>([
    ['a denial', en.card.label.denied, (acting) => fill(acting, BOB, 'deny', 'not this week')],
    [
      'a withdrawal',
      en.card.label.withdrawn,
      ({ card, ferry }) => ferry.slack.as(ALICE).click(card, 'withdraw'),
    ],
    [
      'an expiry',
      en.card.label.expired,
      async ({ ferry }) => ferry.clock.advance(8 * 24 * 3_600_000),
    ],
  ])('deletes the job after %s, once', async (_, label, act) => {
    const acting = await withPreparedJob(version);
    const { calls, card, ferry, jobId, passed, shown, until } = acting;
    await passed();
    await act(acting);
    await until(() => shown().includes(`· ${label}`), `the status ${label}`);
    await ferry.reply(card, saying(prepared.notNeeded));
    expect(deletions(acting)).toEqual(once);
    expect(ferry.dts.jobs.has(jobId)).toBe(false);
    expect(calls('StartMigrateJob')).toBe(0);
    expect(ferry.slack.mistakes).toEqual([]);
  });
});

it('offers no approval while the check has not passed, but another check', async () => {
  const acting = await withPreparedJob('2021-12-06', {
    before: ({ dts }) => dts.controls.failCheck('ConnectDBCheck', { until: 'modified' }),
  });
  const { calls, card, ferry, jobId, passed, press, shown, until } = acting;
  await until(() => shown().includes(en.job.label.check_failed), 'the failed check');
  expect(shown()).toMatch(saying(prepared.failed(anything)));
  expect(shown()).not.toContain(button(en.card.approve));
  expect(shown()).toContain(button(en.card.deny));
  ferry.dts.controls.passChecks(jobId);
  await press('check_job', ALICE);
  await passed();
  expect(calls('CreateMigrateCheckJob')).toBe(2);
  await ferry.slack.as(BOB).click(card, 'approve');
  await acting.status('running');
});

it('creates the job again after an edit, and needs approval again', async () => {
  const acting = await withPreparedJob('2021-12-06', { settings: { required: 2 } });
  const { calls, card, ferry, jobId, passed, shown, until } = acting;
  await passed();
  await ferry.slack.as(BOB).click(card, 'approve');
  await until(() => shown().includes('1 of 2'), 'the first approval');
  await rename(acting);
  await until(() => calls('CreateMigrateJob') === 2, 'the second job');
  await ferry.reply(card, prepared.replaces);
  await passed();
  expect(deletions(acting)).toEqual([0, 1, 0]);
  expect(ferry.dts.jobs.has(jobId)).toBe(false);
  const [newId = ''] = ferry.dts.jobs.keys();
  expect(shown()).toContain(newId);
  expect(shown()).toContain('another-name');
  await ferry.slack.as(BOB).click(card, 'approve');
  await ferry.slack.as(MEI).click(card, 'approve');
  await acting.status('running');
  const started = ferry.dts.callsOf('StartMigrateJob').map(({ body }) => body);
  expect(started).toEqual([{ JobId: newId }]);
  expect(ferry.slack.mistakes).toEqual([]);
});

it('records the rule that creates a job again, if it changes while the earlier job is deleted', async () => {
  const acting = await withPreparedJob('2021-12-06');
  const { calls, card, ferry, passed, until } = acting;
  await passed();
  await ferry.adopt({});
  const deletion = ferry.dts.next({ kind: 'hold' }, { action: 'IsolateMigrateJob' });
  await rename(acting);
  await until(() => calls('IsolateMigrateJob') > 0, 'the deletion');
  await ferry.adopt({ approvals: { approve: 'before_start' } });
  deletion.release();
  await until(() => calls('CreateMigrateJob') === 2, 'the second job');
  await ferry.reply(card, saying(prepared.createsFirst('usual')));
  expect(await verified(acting)).toBe(0);
});

it('asks for approval only once the old job is deleted, if before_start was removed', async () => {
  const acting = await withPreparedJob('2021-12-06');
  const { card, ferry, passed, shown, until } = acting;
  await passed();
  await ferry.adopt({});
  await ferry.reply(card, saying(en.thread.ruleChanged('usual')));
  const deletion = ferry.dts.next({ kind: 'hold' }, { action: 'IsolateMigrateJob' });
  await rename(acting);
  const edited = await ferry.reply(card, saying(en.thread.edited(ALICE, 2)));
  expect(edited).toMatch(saying(prepared.replaces, prepared.approvalFirst));
  const asked = saying(en.thread.askApprovers(anyText, undefined));
  expect(edited).not.toMatch(asked);
  await until(() => acting.calls('IsolateMigrateJob') > 0, 'the deletion');
  deletion.release();
  await until(() => shown().includes(button(en.card.approve)), 'Approve');
  const asksFirst = saying(prepared.approvalFirst, en.thread.askApprovers(anyText, undefined));
  await ferry.reply(card, asksFirst);
  await until(() => saying(en.direct.waits).test(direct(acting)), 'the message');
  for (const text of [...ferry.replies(card), direct(acting)]) {
    expect(text).not.toMatch(saying(en.thread.reopened));
  }
  await ferry.slack.as(BOB).click(card, 'approve');
  await until(() => acting.calls('CreateMigrateJob') === 2, 'the second job');
});

it('asks nobody to approve the start of a job that someone deleted in the console', async () => {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const windows = [{ days, ...hours(6, 9), time_zone: 'UTC' }];
  const acting = await withPreparedJob('2021-12-06', { settings: { windows } });
  const { card, ferry, jobId, passed } = acting;
  await passed();
  await ferry.slack.as(BOB).click(card, 'approve');
  await ferry.reply(card, saying(en.operations.start_job.thread.held(anyTime)));
  ferry.dts.controls.act(jobId, { action: 'delete' });
  await acting.until(() => acting.shown().includes(en.job.label.deleted), 'the deletion');
  const reply = await ferry.reply(card, prepared.approvalsGone);
  expect(reply).not.toMatch(saying(en.thread.askApprovers(anyText, undefined)));
});

describe('without a response', () => {
  it.each(['CreateMigrateJob', 'CreateMigrateCheckJob', 'StartMigrateJob'])(
    '%s is searched for and not repeated',
    async (action) => {
      // The search for a new job uses version 2018-03-30.
      const acting = await withPreparedJob('2018-03-30', {
        before: ({ dts }) => dts.next({ kind: 'reset', when: 'after' }, { action }),
      });
      await acting.passed();
      await acting.ferry.slack.as(BOB).click(acting.card, 'approve');
      await acting.status('running');
      expect(acting.calls(action)).toBe(1);
    },
  );

  it('the deletion is searched for and not repeated', async () => {
    const acting = await withPreparedJob('2021-12-06');
    await acting.passed();
    acting.ferry.dts.next({ kind: 'reset', when: 'after' }, { action: 'IsolateMigrateJob' });
    await fill(acting, BOB, 'deny', 'no');
    await acting.until(() => acting.shown().includes(`· ${en.card.label.denied}`), 'the end');
    expect(deletions(acting)).toEqual([0, 1, 0]);
  });
});

it('creates no other job because DTS does not know the job to delete for a moment', async () => {
  const acting = await withPreparedJob('2021-12-06');
  const { calls, card, ferry, offers, passed, shown, until } = acting;
  await passed();
  const code = 'FailedOperation.StatusInConflict';
  ferry.dts.next({ kind: 'code', code }, { action: 'IsolateMigrateJob' });
  const alice = ferry.slack.as(ALICE);
  await alice.click(card, 'edit');
  await ferry.slack.until(() => JSON.stringify(alice.view() ?? '').includes('"JobName"'), {
    what: 'the form',
  });
  await alice.fill({ JobName: 'another-name', 'SrcInfo.Password': 'canary-again' });
  await alice.submit();
  await ferry.reply(card, saying(explained(code).headline));
  await until(() => offers().includes('delete_job'), 'the button');
  const missing = saying(en.job.missing(anyTime));
  const gone = { kind: 'code', code: 'ResourceNotFound.JobNotExist' } as const;
  ferry.dts.next(gone, { action: 'DescribeMigrationDetail', times: 100 });
  await until(() => missing.test(shown()), 'the warning on the card');
  ferry.dts.clearFaults();
  await until(() => !missing.test(shown()), 'the card without the warning');
  expect(calls('CreateMigrateJob')).toBe(1);
  await acting.press('delete_job');
  await until(() => calls('CreateMigrateJob') === 2, 'the second job');
});

it('offers to delete a job that DTS did not delete, and repeats no call automatically', async () => {
  const acting = await withPreparedJob('2021-12-06');
  const { card, ferry, offers, press, shown, until } = acting;
  await acting.passed();
  const code = 'FailedOperation.StatusInConflict';
  ferry.dts.next({ kind: 'code', code }, { action: 'IsolateMigrateJob' });
  await fill(acting, BOB, 'deny', 'no');
  await ferry.reply(card, saying(explained(code).headline));
  ferry.clock.advance(24 * 3_600_000);
  await until(() => offers().includes('delete_job'), 'the button');
  await acting.readTwice();
  expect(shown()).toContain(en.card.label.discarding);
  expect(shown()).not.toContain(button(en.card.approve));
  expect(deletions(acting)).toEqual([0, 1, 0]);
  const notDeleted = saying(en.job.thread.notDeleted(anyText, anyTime));
  const mentions = () => ferry.replies(card).filter((text) => notDeleted.test(text)).length;
  expect(mentions()).toBe(0);
  ferry.clock.advance(2 * 24 * 3_600_000);
  await until(() => mentions() > 0, 'the reminder of the job');
  ferry.clock.advance(7 * 24 * 3_600_000);
  await acting.readTwice();
  expect(mentions()).toBe(1);
  await press('delete_job', BOB);
  await until(() => shown().includes(`· ${en.card.label.denied}`), 'the end');
  expect(deletions(acting)).toEqual([0, 2, 0]);
});

/** A window by hours after the test's start. */
function hours(from: number, to: number) {
  const hour = (later: number) =>
    `${String((testStart.getUTCHours() + later) % 24).padStart(2, '0')}:00`;
  return { from: hour(from), to: hour(to) };
}

it('reminds the requester, not the approvers, while the check has not passed', async () => {
  const acting = await withPreparedJob('2021-12-06', {
    before: ({ dts }) => dts.controls.failCheck('ConnectDBCheck', { until: 'modified' }),
    settings: { reminders: { after: ['4h'] } },
  });
  const { card, ferry, status, until } = acting;
  await status('check_failed');
  ferry.clock.advance(4 * 3_600_000);
  const reminded = saying(en.job.thread.unready(ALICE, en.job.label.check_failed, undefined));
  await until(() => ferry.replies(card).some((text) => reminded.test(text)), 'the reminder');
});

it('asks the requester for another start time if the launch window opens after it', async () => {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const hour = 3_600_000;
  const acting = await withPreparedJob('2021-12-06', {
    settings: {
      windows: [{ days, ...hours(6, 9), time_zone: 'UTC' }],
      reminders: { after: ['1h', '4h'] },
      break_glass: [MEI],
    },
    entries: {
      'MigrateOption.RunMode': '2',
      'MigrateOption.ExpectTime': String(Math.ceil(testStart.getTime() / hour + 3) * 3_600),
    },
  });
  const { calls, card, ferry, passed, shown, status, told, until } = acting;
  await passed();
  const tooLate = (opensAt?: Date, number = 1) =>
    saying(en.thread.tooLate(ALICE, anyTime, opensAt, en.card.edit, number));
  const passedCheck = await ferry.reply(card, saying(en.job.thread.moved.check_passed ?? ''));
  expect(passedCheck).toMatch(tooLate(anyTime));
  expect(passedCheck).not.toMatch(saying(en.thread.askApprovers(anyText, undefined)));
  await ferry.slack.as(BOB).click(card, 'approve');
  await until(() => told(BOB) !== '', 'the refusal');
  const refusal = { code: 'start_time_passed', at: anyTime, opensAt: anyTime } as const;
  expect(told(BOB)).toMatch(saying(en.refusal(refusal)));
  const untilReminded = (words: RegExp, count: number) =>
    until(
      () => ferry.replies(card).filter((text) => words.test(text)).length === count,
      'a reminder',
    );
  ferry.clock.advance(hour);
  await untilReminded(tooLate(anyTime), 2);
  // Such an approval waits for no window.
  await fill(acting, MEI, 'break_glass', 'it burns');
  await status('ready_run');
  expect(calls('StartMigrateJob')).toBe(1);
  expect(shown()).not.toContain(button(en.card.approve));
});

it('asks no approver for a start whose time passed before the check did', async () => {
  const hour = 3_600_000;
  const acting = await withPreparedJob('2021-12-06', {
    before: ({ dts }) => dts.controls.failCheck('ConnectDBCheck', { until: 'modified' }),
    settings: { reminders: { after: ['4h'] } },
    entries: {
      'MigrateOption.RunMode': '2',
      'MigrateOption.ExpectTime': String(Math.ceil(testStart.getTime() / hour + 3) * 3_600),
    },
  });
  const { card, ferry, jobId, passed, press, status } = acting;
  await status('check_failed');
  ferry.clock.advance(5 * hour);
  const tooLate = en.thread.tooLate(ALICE, anyTime, undefined, en.card.edit, 1);
  await ferry.reply(card, saying(tooLate));
  ferry.dts.controls.passChecks(jobId);
  await press('check_job', ALICE);
  await passed();
  const reply = await ferry.reply(card, saying(en.job.thread.moved.check_passed ?? ''));
  expect(reply).toMatch(saying(tooLate));
  expect(reply).not.toMatch(saying(en.thread.askApprovers(anyText, undefined)));
});

describe('once the prepared job can never start', () => {
  const settings = { reminders: { after: ['4h'] } };
  const lost: readonly ['deleted' | 'canceled', (acting: Acting) => Promise<unknown>][] = [
    ['deleted', async ({ ferry, jobId }) => ferry.dts.controls.act(jobId, { action: 'delete' })],
    [
      'canceled',
      async ({ act, status }) => {
        act('start');
        await status('running');
        act('stop');
      },
    ],
  ];

  it.each(lost)(
    'says to the requester what helps, and asks no approver: %s',
    async (status, lose) => {
      const acting = await withPreparedJob('2021-12-06', { settings });
      const { card, ferry, shown, until } = acting;
      await acting.passed();
      await lose(acting);
      await acting.status(status);
      expect(shown()).toMatch(
        saying(prepared.other(anything, en.job.label[status]), prepared.lost),
      );
      expect(shown()).not.toContain(button(en.card.approve));
      expect(shown()).not.toMatch(saying(en.card.status.waiting(anyText)));
      const moved = saying(en.job.thread.elsewhere(en.job.label[status]));
      expect(await ferry.reply(card, moved)).toContain(prepared.lost);
      await until(() => direct(acting).includes(prepared.lost), 'the direct message');
      ferry.clock.advance(4 * 3_600_000);
      const unready = en.job.thread.unready(ALICE, en.job.label[status], undefined);
      expect(await ferry.reply(card, saying(unready))).toContain(prepared.lost);
    },
  );

  /** The job is prepared, and someone deleted it in the console. */
  const withDeletedJob = async () => {
    const acting = await withPreparedJob('2021-12-06', { settings });
    const { ferry, jobId, passed, shown, until } = acting;
    await passed();
    ferry.dts.controls.act(jobId, { action: 'delete' });
    await until(() => shown().includes(prepared.lost), 'the advice');
    return acting;
  };

  it('creates a new job after an edit', async () => {
    const acting = await withDeletedJob();
    const { calls, passed, shown, until } = acting;
    await rename(acting);
    await until(() => calls('CreateMigrateJob') === 2, 'the second job');
    await passed();
    expect(shown()).not.toContain(prepared.lost);
    expect(deletions(acting)).toEqual([0, 0, 0]);
  });

  it('ends after a withdrawal', async () => {
    const acting = await withDeletedJob();
    const { card, ferry, shown, until } = acting;
    await ferry.slack.as(ALICE).click(card, 'withdraw');
    await until(() => shown().includes(`· ${en.card.label.withdrawn}`), 'the end');
    expect(deletions(acting)).toEqual([0, 0, 0]);
  });
});

it('waits with the start, not with the creation, for the launch window', async () => {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const windows = [{ days, ...hours(6, 9), time_zone: 'UTC' }];
  const acting = await withPreparedJob('2021-12-06', { settings: { windows } });
  const { calls, card, ferry, passed, status } = acting;
  await passed();
  await ferry.slack.as(BOB).click(card, 'approve');
  await ferry.reply(card, saying(en.operations.start_job.thread.held(anyTime)));
  expect(calls('StartMigrateJob')).toBe(0);
  await acting.until(() => acting.shown().includes(`· ${en.card.label.approved}`), 'the title');
  ferry.clock.advance(7 * 3_600_000);
  await status('running');
  expect(calls('StartMigrateJob')).toBe(1);
});

it('waits for approvals again if the start fails long after the request, and deletes nothing', async () => {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const settings = {
    windows: [{ days, ...hours(20, 23), time_zone: 'UTC' }],
    expires_after: '10h',
  };
  const acting = await withPreparedJob('2021-12-06', { settings });
  const { calls, card, ferry, passed, shown, status } = acting;
  await passed();
  await ferry.slack.as(BOB).click(card, 'approve');
  await ferry.reply(card, saying(en.operations.start_job.thread.held(anyTime)));
  const code = 'FailedOperation.StatusInConflict';
  ferry.dts.next({ kind: 'code', code }, { action: 'StartMigrateJob' });
  ferry.clock.advance(21 * 3_600_000);
  const reply = await ferry.reply(card, saying(prepared.approveAgain));
  expect(reply).toContain(en.operations.start_job.thread.failed);
  expect(reply).toMatch(saying(en.thread.askApprovers(anyText, undefined)));
  await passTime(ferry, () => shown().includes(button(en.card.approve)), { what: 'Approve' });
  await ferry.slack.as(BOB).click(card, 'approve');
  await status('running');
  expect(calls('StartMigrateJob')).toBe(2);
  expect(deletions(acting)).toEqual([0, 0, 0]);
});

it.each([
  ['checks', 'still', { approve: 'before_start', required: 2 }],
  ['does not check', 'no longer', {}],
] as const)(
  '%s a job if the policy, reloaded during the creation, %s says so',
  async (_, __, today) => {
    const acting = await withPreparedJob('2021-12-06', {
      before(ferry) {
        const held = ferry.dts.next({ kind: 'hold' }, { action: 'CreateMigrateJob' });
        void held.arrived.then(async () => {
          await ferry.adopt({ approvals: today });
          held.release();
        });
      },
    });
    const { calls, card, ferry, passed, readTwice, until } = acting;
    const left = saying(en.job.thread.notAutomatic(en.job.button.check_job));
    const isLeft = () => ferry.replies(card).some((text) => left.test(text));
    if ('approve' in today) {
      await passed();
      expect(isLeft()).toBe(false);
      return;
    }
    await until(isLeft, 'the reply');
    const alice = ferry.slack.as(ALICE);
    await until(
      () => alice.directMessages().some((message) => left.test(ferry.slack.render(message))),
      'the direct message',
    );
    await readTwice();
    expect(calls('CreateMigrateCheckJob')).toBe(0);
  },
);

it('needs the approvals of the policy at the moment of the start', async () => {
  const acting = await withPreparedJob('2021-12-06');
  const { calls, card, ferry, passed, shown, until } = acting;
  await passed();
  await ferry.adopt({ approvals: { approve: 'before_start', required: 2 } });
  await ferry.slack.as(BOB).click(card, 'approve');
  await until(() => shown().includes('1 of 2'), 'the first approval');
  expect(calls('StartMigrateJob')).toBe(0);
  await ferry.slack.as(MEI).click(card, 'approve');
  await acting.status('running');
});

it('notices a start in the console, offers no cut-over before the approval, and then follows', async () => {
  const acting = await withPreparedJob('2021-12-06');
  const { card, ferry, offers, passed, shown, until } = acting;
  await passed();
  acting.act('start');
  await until(() => shown().includes(prepared.startedElsewhere), 'the warning');
  expect(offers()).toEqual([]);
  await ferry.slack.as(BOB).click(card, 'approve');
  await acting.status('running');
  await until(() => saying(en.direct.underWayApproved).test(direct(acting)), 'the direct message');
  passCopying(acting);
  await acting.status('ready_complete');
  expect(offers()).toContain('complete_job');
  expect(acting.calls('StartMigrateJob')).toBe(0);
});

it('keeps an unneeded job that someone started in the console, until people stop and delete it', async () => {
  const acting = await withPreparedJob('2021-12-06');
  const { calls, card, ferry, jobId, offers, passed, press, shown, status, until } = acting;
  await passed();
  acting.act('start');
  await until(() => shown().includes(prepared.startedElsewhere), 'the warning');
  await ferry.slack.as(ALICE).click(card, 'withdraw');
  await until(() => saying(prepared.kept(jobId, false)).test(shown()), 'the card');
  expect(shown()).not.toContain(en.card.label.discarding);
  await until(() => offers().includes('stop_job'), 'Stop');
  expect(deletions(acting)).toEqual([0, 0, 0]);
  await press('stop_job');
  await status('canceled');
  await until(() => offers().includes('delete_job'), 'Delete job');
  expect(shown()).not.toContain(`· ${en.card.label.withdrawn}`);
  expect(deletions(acting)).toEqual([0, 0, 0]);
  await press('delete_job');
  await until(() => shown().includes(`· ${en.card.label.withdrawn}`), 'the end');
  expect(calls('StopMigrateJob')).toBe(1);
  expect(deletions(acting)).toEqual([0, 1, 0]);
  expect(ferry.dts.jobs.has(jobId)).toBe(false);
  expect(ferry.slack.mistakes).toEqual([]);
});

it('deletes the job of a request that was withdrawn during its check, and gives no advice about it', async () => {
  const acting = await withPreparedJob('2021-12-06', {
    before: ({ dts }) => dts.controls.failCheck('ConnectDBCheck', { until: 'modified' }),
  });
  const { card, ferry, jobId, shown, status, until } = acting;
  await status('checking');
  await ferry.slack.as(ALICE).click(card, 'withdraw');
  await until(() => shown().includes(en.card.label.discarding), 'the end of the request');
  expect(shown()).toMatch(saying(prepared.deletes(jobId)));
  await until(() => shown().includes(`· ${en.card.label.withdrawn}`), 'the deletion');
  expect(deletions(acting)).toEqual([0, 1, 0]);
  await ferry.reply(card, saying(prepared.notNeeded));
  await untilQuiet(ferry);
  for (const text of [...ferry.replies(card), direct(acting)]) {
    expect(text).not.toContain(en.job.thread.moved.check_failed);
  }
});

it.each(['clone', 'edit'])('warns requesters in the form that %s opens', async (action) => {
  const { card, ferry } = await withPreparedJob('2021-12-06');
  const alice = ferry.slack.as(ALICE);
  await alice.click(card, action);
  await ferry.slack.until(() => fieldsShown(alice).includes('JobName'), { what: 'the form' });
  expect(modalText(ferry.slack, alice)).toContain(prepared.form);
});

it('creates no job for a request that the policy refuses, and warns requesters in the form', async () => {
  const acting = await withPreparedJob('2021-12-06', { settings: { requesters: [ALICE] } });
  const { ferry } = acting;
  const dan = ferry.slack.as(DAN);
  await dan.command(acting.card.channel, '/migrate', '');
  await ferry.slack.until(() => dan.view(), { what: 'the form' });
  expect(ferry.slack.render(dan.view() ?? acting.card)).toContain(prepared.form.slice(0, 60));
  await fillForm(ferry.slack, dan, inFormOrder({ ...exampleForm, JobName: 'of-dan' }));
  expect(await sendForm(ferry.slack, dan)).toMatch(
    saying(en.refusal({ code: 'may_not_request', rule: usualName })),
  );
  await untilQuiet(ferry);
  expect(acting.calls('CreateMigrateJob')).toBe(1);
});
