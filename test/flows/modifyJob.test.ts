import { ALICE, BOB, DAN } from '../../playground/slack/index';
import type { FormEntries } from '../support/aForm';
import { at, passwordOfJob, withJob } from '../support/aJob';
import { fieldsShown, modalText } from '../support/modal';
import { testStart } from '../support/movableClock';
import { runAudit } from '../support/runAudit';
import { anyText, button, en, explained, saying } from '../support/words';

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

describe.each([
  ['2018-03-30', 'ModifyMigrateJob'],
  ['2021-12-06', 'ModifyMigrationJob'],
] as const)('the parameters of a job that version %s knows', (version, action) => {
  it('change after a failed check and another approval, and the next check passes', async () => {
    const acting = await withJob(version);
    const { calls, card, ferry, modify, offers, press, shown, status, told, until } = acting;
    await at(acting, 'check_failed');
    const edited = () => shown().includes(en.job.waits('modify_job'));

    // Only editors may change them, and neither engines nor the region of the target.
    await ferry.slack.as(DAN).click(card, 'modify_job');
    const dan = ferry.slack.as(DAN);
    await ferry.slack.until(() => dan.view() && modalText(ferry.slack, dan).length > 60, {
      what: 'the refusal',
    });
    expect(modalText(ferry.slack, dan)).toMatch(
      saying(en.refusal({ code: 'not_allowed', action: 'modify_job' })),
    );
    await dan.dismiss();
    const alice = ferry.slack.as(ALICE);
    await alice.click(card, 'modify_job');
    await ferry.slack.until(() => fieldsShown(alice).includes('JobName'), { what: 'the form' });
    expect(modalText(ferry.slack, alice)).toContain(en.form.filledForJob(1, true));
    const blocks = alice.view()?.blocks ?? [];
    for (const path of ['SrcDatabaseType', 'DstInfo.Region']) {
      const block = blocks.find((each) => each['block_id'] === path);
      expect([path, record(block?.['element'])['options']]).toEqual([path, [expect.anything()]]);
    }
    await alice.dismiss();
    const refused = en.refusal({ code: 'fixed_in_job', path: 'Tags' });
    expect(await modify({ Tags: 'team=orders' })).toMatch(saying(refused));

    // A change that is denied or withdrawn leaves the job and the request as they are.
    await modify({ 'SrcInfo.Ip': '14.17.22.7', JobName: 'denied' });
    await until(edited, 'the card that waits');
    expect(shown()).toContain('14.17.22.7');
    expect(offers()).toEqual([]);
    await ferry.reply(card, saying(en.job.thread.modified(ALICE, 2)));
    const stale = ferry.slack.message(card) ?? card;
    const bob = ferry.slack.as(BOB);
    await bob.click(card, 'deny');
    await ferry.slack.until(() => bob.view(), { what: 'the form' });
    await bob.fill({ Reason: 'not there' });
    await bob.submit();
    await until(() => offers().includes('check_job'), 'the buttons');
    expect(shown()).not.toContain('14.17.22.7');
    expect(shown()).not.toContain('denied ');
    await modify({ JobName: 'withdrawn' });
    await until(edited, 'the card that waits');
    await ferry.slack.as(BOB).clickStale(stale, 'approve');
    await ferry.slack.until(() => told(BOB) !== '', { what: 'the refusal' });
    expect(told(BOB)).toMatch(saying(en.refusal({ code: 'other_revision', seen: 2, current: 4 })));
    await ferry.slack.as(ALICE).click(card, 'withdraw');
    await until(() => offers().includes('check_job'), 'the buttons');
    expect(calls(action)).toBe(0);

    // The requester can't approve. After the approval, DTS gets the parameters once.
    await modify({ 'SrcInfo.Ip': '14.17.22.1' });
    await until(edited, 'the card that waits');
    await ferry.slack.as(ALICE).click(card, 'approve');
    await ferry.slack.until(() => told(ALICE) !== '', { what: 'the refusal' });
    expect(told(ALICE)).toMatch(saying(en.refusal({ code: 'own_job' })));
    expect(calls(action)).toBe(0);
    await ferry.slack.as(BOB).click(card, 'approve');
    await ferry.reply(card, saying(en.job.thread.accepted.modify_job));
    expect(calls(action)).toBe(1);
    const body = JSON.stringify(ferry.dts.callsOf(action)[0]?.body);
    expect(body).toContain('14.17.22.1');
    expect(body).toContain(passwordOfJob);
    expect(acting.job()?.request).toMatchObject({
      SrcInfo: { Ip: '14.17.22.1', Password: passwordOfJob },
    });
    await until(() => offers().includes('check_job'), 'the buttons');
    expect(shown()).toContain('14.17.22.1');
    await press('check_job');
    await status('check_passed');
    await press('start_job');
    await status('running');
    expect(calls(action)).toBe(1);
    expect(ferry.logged()).not.toContain(passwordOfJob);
    expect(ferry.slack.everything()).not.toContain(passwordOfJob);
    expect((await ferry.stored()).includes(passwordOfJob)).toBe(false);
    expect(ferry.slack.mistakes).toEqual([]);

    // The audit log explains the new parameters, and that they were restored.
    await ferry.ferry.stop();
    const { DATABASE_URL = '' } = ferry.environment();
    expect(await runAudit({ DATABASE_URL }, 'verify')).toMatchObject({ code: 0, stderr: '' });
  });
});

const hour = 3_600_000;
const noEffect = saying(explained('no_effect').headline);
const actionOf = { '2018-03-30': 'ModifyMigrateJob', '2021-12-06': 'ModifyMigrationJob' } as const;

describe.each(['2018-03-30', '2021-12-06'] as const)(
  'a change of an unchecked job of version %s without a response',
  (version) => {
    const action = actionOf[version];
    const begin = async (changes: FormEntries, when: 'before' | 'after') => {
      const acting = await withJob(version);
      const { card, ferry, modify, offers, shown, until } = acting;
      await until(() => offers().includes('modify_job'), 'the button');
      ferry.dts.next({ kind: 'reset', when }, { action });
      await modify(changes);
      await until(() => shown().includes(button(en.card.approve)), 'the card that waits');
      await ferry.slack.as(BOB).click(card, 'approve');
      const says = (text: RegExp) => ferry.replies(card).some((reply) => text.test(reply));
      /** What Details show of the request. */
      const details = async () => {
        const dan = ferry.slack.as(DAN);
        await dan.click(card, 'details');
        await ferry.slack.until(() => dan.view() && modalText(ferry.slack, dan).length > 300, {
          what: 'the details',
        });
        return modalText(ferry.slack, dan);
      };
      return { ...acting, details, says };
    };
    const inTwoDays = new Date((Math.ceil(testStart.getTime() / hour) + 48) * hour);
    const scheduled = {
      'MigrateOption.RunMode': '2',
      'MigrateOption.ExpectTime': String(inTwoDays.getTime() / 1_000),
    };

    it('is found if DTS shows the new start time', async () => {
      const { card, details, ferry, job, says, until } = await begin(scheduled, 'after');
      await until(() => says(noEffect) || says(saying(en.job.thread.found)), 'the outcome');
      expect(ferry.replies(card).join('\n')).not.toMatch(noEffect);
      expect(job()?.request.MigrateOption.RunMode).toBe(2);
      expect(await details()).toContain(inTwoDays.toISOString().slice(0, 10));
    });

    it('had no effect if DTS shows the old start time', async () => {
      const { details, job, says, until } = await begin(scheduled, 'before');
      await until(() => says(noEffect), 'the outcome');
      expect(job()?.request.MigrateOption.RunMode).toBe(1);
      expect(await details()).toContain(en.card.whenStarted);
    });

    it('is left to an approver if it is another password, who repeats the call', async () => {
      const acting = await begin({ 'SrcInfo.Password': 'canary-of-the-next' }, 'before');
      const { calls, card, ferry, job, offers, says, shown, until } = acting;
      const { again, status, thread } = en.operations.modify_job;
      await until(() => shown().includes(button(again)), 'the button');
      expect(shown()).toMatch(saying(status.unconfirmed(anyText)));
      await until(() => says(saying(thread.foundNone)), 'the reply');
      expect(says(noEffect)).toBe(false);
      await ferry.slack.as(BOB).click(card, 'look_again');
      await until(() => says(saying(thread.searchAgain(BOB))), 'the search');
      await until(() => shown().includes(button(again)), 'the button');
      expect(calls(action)).toBe(1);
      await ferry.slack.as(BOB).click(card, 'try_again');
      await ferry.reply(card, saying(en.job.thread.accepted.modify_job));
      expect(calls(action)).toBe(2);
      expect(job()?.request.SrcInfo.Password).toBe('canary-of-the-next');
      await until(() => offers().includes('check_job'), 'the buttons');
      expect(ferry.slack.everything()).not.toContain('canary-of-the-next');
    });
  },
);

it('an editor can change the job of a requester who was deactivated', async () => {
  const acting = await withJob('2021-12-06', { settings: { editors: [DAN], approvers: [BOB] } });
  const { card, ferry, job, modify, offers, shown, until } = acting;
  await until(() => offers().includes('modify_job'), 'the button');
  ferry.slack.deactivate(ALICE);
  await modify({ 'SrcInfo.Ip': '14.17.22.9' }, DAN);
  await until(() => shown().includes(button(en.card.approve)), 'the card that waits');
  await ferry.slack.as(BOB).click(card, 'approve');
  await ferry.reply(card, saying(en.job.thread.accepted.modify_job));
  expect(job()?.request).toMatchObject({ SrcInfo: { Ip: '14.17.22.9' } });
});
