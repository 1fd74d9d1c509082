import { ALICE, BOB, DAN, MEI } from '../../playground/slack/index';
import { changeJob } from '../../src/tencentcloud/changeJob';
import { accountAt } from '../support/accountAt';
import {
  type Acting,
  atSkippable,
  openSkipForm,
  skip,
  withJob,
  withPreparedJob,
} from '../support/aJob';
import { sendsNow } from '../support/sendsNow';
import { anyText, button, en, explained, saying } from '../support/words';

/** Skips an item of the check without Ferry. */
async function skipInConsole({ ferry, job, jobId }: Acting, id: string): Promise<void> {
  const never = new AbortController().signal;
  const place = { jobId, region: job()?.region ?? '', api: '2021-12-06' } as const;
  const change = { name: 'skip_check', skips: { items: [{ id, name: '' }] } } as const;
  const skipped = await changeJob(accountAt(ferry.dts.host), place, change, {}, never, sendsNow);
  expect(skipped).toEqual({ kind: 'done', result: undefined });
}

const reason = 'The team knows these foreign keys.';
const action = 'SkipCheckItem';
const noEffect = saying(explained('no_effect').headline);

it('lets an approver skip items of a failed check with a reason, and the job starts', async () => {
  const acting = await withJob('2021-12-06');
  const { calls, card, ferry, jobId, press, status, told } = acting;
  ferry.dts.controls.failCheck('SimpleParamCheck', { jobId, result: 'warning', until: 'always' });
  await atSkippable(acting, ['ConstraintCheck', 'OptimizeCheck']);

  // The requester and people outside the list may not, and the form does not open.
  for (const person of [ALICE, DAN]) {
    await ferry.slack.as(person).click(card, 'skip_check');
    await ferry.slack.until(() => told(person) !== '', { what: 'the refusal' });
    expect(ferry.slack.as(person).view()).toBeUndefined();
  }
  expect(told(ALICE)).toMatch(saying(en.refusal({ code: 'own_job' })));
  expect(told(DAN)).toMatch(saying(en.refusal({ code: 'not_for_job', operation: 'skip_check' })));

  const bob = ferry.slack.as(BOB);
  const mei = ferry.slack.as(MEI);
  await openSkipForm(acting, BOB);
  await openSkipForm(acting, MEI);
  const form = ferry.slack.render(bob.view() ?? card);
  expect(form).toContain(en.job.skip.foreignKeys);
  expect(form).toContain('The migration may fail at a large row.');
  expect(form).not.toContain('Instance parameters');
  const chosen = { StepIds: ['ConstraintCheck', 'OptimizeCheck'], Reason: reason };
  await bob.fill(chosen);
  expect(await bob.submit()).toMatchObject({
    errors: { ForeignKeyFlag: en.job.skip.noForeignKeys },
  });
  await bob.fill({ ForeignKeyFlag: 'shield' });
  await mei.fill({ ...chosen, ForeignKeyFlag: 'migrate' });
  await bob.submit();
  await ferry.reply(card, saying(en.job.thread.accepted.skip_check));
  await mei.submit();
  await ferry.slack.until(() => told(MEI) !== '', { what: 'the answer to the second approver' });
  expect(ferry.dts.callsOf(action).map(({ body }) => body)).toEqual([
    { JobId: jobId, StepIds: chosen.StepIds, ForeignKeyFlag: 'shield' },
  ]);
  const said = await ferry.reply(
    card,
    saying(en.job.thread.skips(BOB, anyText, 'shield', [], undefined)),
  );
  expect(said).toContain(reason);

  await press('check_job', ALICE);
  await status('check_passed');
  const { checked } = en.job.thread;
  await ferry.reply(card, saying(checked(10, 1, 0, 2)));
  await press('start_job', ALICE);
  await status('running');
  expect(calls(action)).toBe(1);

  await bob.click(card, 'details');
  const details = () => ferry.slack.render(bob.view() ?? card);
  await ferry.slack.until(() => details().includes(en.details.actions.skip_check), {
    what: 'the refused attempts in the history',
  });
  expect(details()).toContain(reason);
  expect(ferry.slack.mistakes).toEqual([]);
});

it('offers no items that DTS requires, and the form has only the others', async () => {
  const acting = await withJob('2021-12-06');
  await atSkippable(acting, ['VersionCheck', 'OptimizeCheck']);
  await openSkipForm(acting, BOB);
  const bob = acting.ferry.slack.as(BOB);
  expect(JSON.stringify(bob.view()?.blocks)).not.toContain('VersionCheck');
  // There is one item, so it is chosen, and nothing is asked about foreign keys.
  await bob.fill({ Reason: reason });
  await bob.submit();
  await acting.ferry.reply(acting.card, saying(en.job.thread.accepted.skip_check));
  await acting.until(() => !acting.offers().includes('skip_check'), 'the card without the button');
  expect(acting.ferry.dts.callsOf(action).map(({ body }) => body)).toEqual([
    { JobId: acting.jobId, StepIds: ['OptimizeCheck'] },
  ]);
});

it('follows the policy: other people, and several of them for the same items', async () => {
  const operations = { skip_check: { people: [MEI, DAN], required: 2 } };
  const acting = await withJob('2021-12-06', { settings: { operations } });
  const { calls, card, ferry, shown, told, until } = acting;
  await atSkippable(acting, ['OptimizeCheck', 'ConstraintCheck']);
  await ferry.slack.as(BOB).click(card, 'skip_check');
  await ferry.slack.until(() => told(BOB) !== '', { what: 'the refusal' });
  expect(told(BOB)).toMatch(saying(en.refusal({ code: 'not_for_job', operation: 'skip_check' })));
  await skip(acting, { StepIds: ['OptimizeCheck'], Reason: reason }, MEI);
  await until(() => shown().includes(en.job.waits('skip_check')), 'the card that waits');
  expect(calls(action)).toBe(0);
  await openSkipForm(acting, DAN);
  const dan = ferry.slack.as(DAN);
  expect(JSON.stringify(dan.view()?.blocks)).not.toContain('ConstraintCheck');
  await dan.fill({ Reason: 'I agree.' });
  await dan.submit();
  await ferry.reply(card, saying(en.job.thread.accepted.skip_check));
  expect(ferry.dts.callsOf(action).map(({ body }) => body)).toEqual([
    { JobId: acting.jobId, StepIds: ['OptimizeCheck'] },
  ]);
});

it('does not open the form for a second approver if nobody can skip the chosen items anymore', async () => {
  const operations = { skip_check: { people: [MEI, DAN], required: 2 } };
  const acting = await withJob('2021-12-06', { settings: { operations } });
  const { calls, card, ferry, shown, told, until } = acting;
  await atSkippable(acting, ['OptimizeCheck', 'ConstraintCheck']);
  await skip(acting, { StepIds: ['OptimizeCheck'], Reason: reason }, MEI);
  await until(() => shown().includes(en.job.waits('skip_check')), 'the card that waits');
  await skipInConsole(acting, 'OptimizeCheck');
  const reads = calls('DescribeMigrationCheckJob');
  await until(() => calls('DescribeMigrationCheckJob') > reads + 1, 'the changed check');
  const dan = ferry.slack.as(DAN);
  await dan.click(card, 'skip_check');
  await ferry.slack.until(() => told(DAN) !== '', { what: 'the refusal' });
  expect(told(DAN)).toMatch(saying(en.refusal({ code: 'cannot_skip', items: [] })));
  expect(dan.view()).toBeUndefined();
});

it('also works for a job that waits for the approval of its start', async () => {
  const acting = await withPreparedJob('2021-12-06', {
    before: ({ dts }) => dts.controls.failCheck('OptimizeCheck', { until: 'always' }),
  });
  const { card, ferry, passed, press, shown, status, until } = acting;
  await until(() => shown().includes(button(en.job.button.skip_check)), 'the button');
  expect(shown()).not.toContain(button(en.card.approve));
  await skip(acting, { Reason: reason }, BOB);
  await ferry.reply(card, saying(en.job.thread.accepted.skip_check));
  await until(() => shown().includes(button(en.job.button.check_job)), 'the button');
  await press('check_job');
  await passed();
  await ferry.slack.as(BOB).click(card, 'approve');
  await status('running');
});

describe('without a response', () => {
  it('is found by the check if DTS did it', async () => {
    const acting = await withJob('2021-12-06');
    await atSkippable(acting, ['OptimizeCheck']);
    acting.ferry.dts.next({ kind: 'reset', when: 'after' }, { action });
    await skip(acting, { Reason: reason }, BOB);
    await acting.ferry.reply(acting.card, saying(en.job.thread.found));
    expect(acting.calls(action)).toBe(1);
  });

  it('is not repeated if the check does not show it, and may be pressed again', async () => {
    const acting = await withJob('2021-12-06');
    const { card, ferry, until } = acting;
    await atSkippable(acting, ['OptimizeCheck']);
    ferry.dts.next({ kind: 'reset', when: 'before' }, { action });
    await skip(acting, { Reason: reason }, BOB);
    await until(() => ferry.replies(card).some((text) => noEffect.test(text)), 'the failure');
    expect(acting.calls(action)).toBe(1);
    await until(() => acting.offers().includes('skip_check'), 'the button');
    const code = 'OperationDenied.OperationDeniedError';
    ferry.dts.next({ kind: 'code', code }, { action });
    await skip(acting, { Reason: reason }, BOB);
    await ferry.reply(card, saying(explained(code).headline));
    await until(() => acting.offers().includes('skip_check'), 'the button');
    await skip(acting, { Reason: reason }, BOB);
    await ferry.reply(card, saying(en.job.thread.accepted.skip_check));
    expect(acting.calls(action)).toBe(3);
  });
});

it('makes no call for an item that someone skipped in the console since then', async () => {
  const acting = await withJob('2021-12-06');
  const { calls, card, ferry, told } = acting;
  await atSkippable(acting, ['OptimizeCheck', 'ConstraintCheck']);
  await openSkipForm(acting, BOB);
  await skipInConsole(acting, 'OptimizeCheck');
  const bob = ferry.slack.as(BOB);
  await bob.fill({ StepIds: ['OptimizeCheck'], Reason: reason });
  await bob.submit();
  const refused = saying(en.refusal({ code: 'cannot_skip', items: [] }));
  const changed = saying(explained('check_changed').headline);
  await ferry.slack.until(
    () => refused.test(told(BOB)) || ferry.replies(card).some((text) => changed.test(text)),
    { what: 'the answer' },
  );
  expect(calls(action)).toBe(1);
  // Ferry reads the check again, and only the other item can still be skipped.
  await acting.readTwice();
  await openSkipForm(acting, BOB);
  const form = JSON.stringify(bob.view()?.blocks);
  expect(form).toContain('ConstraintCheck');
  expect(form).not.toContain('OptimizeCheck');
});
