import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import {
  ALICE,
  APPROVERS_GROUP,
  BOB,
  DAN,
  DB_MIGRATIONS,
  EVA,
  MEI,
  type Message,
  PRIVATE_WITH_BOT,
  SINGLE_CHANNEL_GUEST,
} from '../../playground/slack/index';
import { usualName } from '../../src/domain/policy/policy';
import { group, person, say } from '../../src/i18n/text';
import { inFormOrder } from '../support/aForm';
import { openHome } from '../support/home';
import { fieldsShown, openForm, sendForm } from '../support/modal';
import { passTime } from '../support/passTime';
import { aPolicyFile, type PolicyFileContent } from '../support/policyFile';
import { untilQuiet } from '../support/quiet';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import {
  anyNumber,
  anyPart,
  anyText,
  anyTime,
  anything,
  button,
  decidedAlready,
  decidedByYou,
  en,
  jobInThread,
  jobOnCard,
  saying,
  sayingAny,
} from '../support/words';

const hour = 3_600_000;
const day = 24 * hour;

let test: TestFerry;
let policy: ReturnType<typeof aPolicyFile>;
afterEach(async () => {
  await test.stop();
  policy.remove();
});

async function start(
  content: PolicyFileContent,
  options: Parameters<typeof startTestFerry>[1] = {},
): Promise<void> {
  policy = aPolicyFile(content);
  test = await startTestFerry(policy.environment, options);
}

const showing = (card: Message, words: string | RegExp) =>
  test.slack.until(() => new RegExp(words).test(test.shown(card)) && test.shown(card), {
    what: `a card with ${words}`,
  });
const click = (by: string, card: Message, action: string) => test.slack.as(by).click(card, action);

/** The reply that only this person sees. */
const answer = async (by: string, act: () => Promise<unknown>) =>
  (await test.slack.answerTo(by, act)).text;

/** Presses a button that opens a form, fills it in and submits it. */
async function inForm(by: string, card: Message, action: string, entries: Record<string, string>) {
  const person = test.slack.as(by);
  await person.click(card, action);
  await test.slack.until(() => person.view(), { what: 'the form' });
  await person.fill(entries);
  return person.submit();
}

/** Edits a request in the form, and types its password again. Returns the form's reply. */
async function edit(
  by: string,
  card: Message,
  changes: Record<string, string>,
  typed: Record<string, string> = { 'SrcInfo.Password': 'typed-again' },
) {
  const person = test.slack.as(by);
  await person.click(card, 'edit');
  const isFilled = () => person.view()?.blocks.some((block) => block['block_id'] === 'JobName');
  await test.slack.until(isFilled, { what: 'the filled form' });
  await fillForm(test.slack, person, { ...typed, ...changes });
  const said = await sendForm(test.slack, person);
  await person.dismiss();
  return said;
}

const dba = 'S0DBAGROUP';
const sre = 'S0SREGROUP';
const onCall = 'S0ONCALL01';
const twoGroups: PolicyFileContent = {
  approvals: { approvers: [dba, sre], required: 2, one_from_each: [[dba], [sre]] },
};
const missingSre = en.card.stillNeeded(1, [[group(sre)]]);
const addGroup = (id: string, users: string[]) =>
  test.slack.addGroup({ id, handle: id, name: id, users });

async function startWithTwoGroups(options: Parameters<typeof startTestFerry>[1] = {}) {
  await start({ approvals: { reminders: { after: [] } } }, options);
  addGroup(dba, [BOB, MEI]);
  addGroup(sre, [DAN]);
  await test.adopt(twoGroups);
}

it.each<[string, number, string[][], string[]]>([
  ['three of all approvers', 3, [], [BOB, MEI, DAN]],
  ['one from each of two groups, the same group first', 2, [[dba], [sre]], [BOB, MEI, DAN]],
  ['one from each of three groups', 3, [[dba], [sre], [onCall]], [BOB, MEI, DAN, EVA]],
  ['three with one from a group that comes last', 3, [[onCall]], [BOB, MEI, DAN, EVA]],
  ['a person in two groups', 2, [[dba], [onCall]], [DAN, MEI, BOB]],
])('no count contradicts the state or exceeds its total: %s', async (_, required, lists, order) => {
  await start({ approvals: { reminders: { after: [] } } });
  addGroup(dba, [BOB, MEI]);
  addGroup(sre, [DAN]);
  addGroup(onCall, [EVA, ...(lists.length === 2 ? [BOB] : [])]);
  await test.adopt({
    approvals: { approvers: [dba, sre, onCall], required, one_from_each: lists },
  });
  const card = await test.request();
  for (const [index, approver] of order.entries()) {
    const before = test.replies(card).length;
    await click(approver, card, 'approve');
    await test.slack.until(() => test.replies(card).length > before, { what: 'the reply' });
    const isLast = index === order.length - 1;
    if (!isLast) expect(test.dts.callsOf('CreateMigrateJob')).toEqual([]);
    const texts = [test.shown(card), ...test.replies(card)];
    for (const text of texts) {
      for (const [, counted = '', total = ''] of text.matchAll(/(\d+) of (\d+)/g)) {
        expect(Number(counted)).toBeLessThan(Number(total) + (isLast ? 1 : 0));
      }
    }
    if (!isLast) await showing(card, '(Waiting for|Still needs) .*approval');
  }
  await test.slack.until(() => test.dts.jobs.size === 1, { what: 'the job' });
});

describe.each(flowDatabases)('on %s, a quorum of two from two groups', (database) => {
  it('counts people, shows who is missing, and launches when all have approved', async () => {
    await startWithTwoGroups({ database });
    const card = await test.request();
    expect(test.shown(card)).toMatch(
      saying(en.card.status.waiting(en.card.needed(2, [[group(dba)], [group(sre)]]))),
    );
    await click(BOB, card, 'approve');
    expect(
      await showing(card, saying(en.card.status.partlyApproved([person(BOB)], 1, 2, anyText))),
    ).toMatch(saying(en.card.status.partlyApproved([person(BOB)], 1, 2, missingSre)));
    await test.reply(
      card,
      saying(en.thread.approved(BOB, en.card.tally(1, 2), en.thread.stillMissing(missingSre))),
    );
    await click(MEI, card, 'approve');
    expect(
      await showing(card, saying(say`: ${en.card.status.partlyApproved(anyText, 2, 2, anyText)}`)),
    ).toMatch(
      saying(en.card.status.partlyApproved(anyText, 2, 2, en.card.stillNeeded(0, [[group(sre)]]))),
    );
    await test.reply(card, saying(en.thread.approved(MEI, [], en.thread.stillMissing(anyText))));
    expect(test.dts.callsOf('CreateMigrateJob')).toEqual([]);
    await inForm(DAN, card, 'approve_with_comment', { Reason: 'fine with *me* <!here>' });
    expect(await test.reply(card, jobInThread())).toContain('created');
    expect(test.replies(card).join('\n')).toMatch(/Dan.* approved:\n.*fine with \*me\* <!here>/s);
    expect(test.replies(card).join('\n')).not.toMatch(/2 of 2|3 of 2/);
    expect(test.dts.jobs.size).toBe(1);
  });

  it('allows an approval to be revoked until then', async () => {
    await startWithTwoGroups({ database });
    const card = await test.request();
    await click(BOB, card, 'approve');
    await showing(card, saying(en.card.status.partlyApproved(anyText, 1, 2, anyText)));
    expect(await answer(MEI, () => click(MEI, card, 'take_back'))).toMatch(
      saying(en.refusal({ code: 'nothing_to_take_back' })),
    );
    await click(BOB, card, 'take_back');
    await showing(
      card,
      saying(en.card.status.waiting(en.card.needed(2, [[group(dba)], [group(sre)]]))),
    );
    await test.reply(card, saying(en.thread.takenBack(BOB, en.card.tally(0, 2), anyText)));
    await click(DAN, card, 'approve');
    await click(BOB, card, 'approve');
    await test.reply(card, jobInThread());
    expect(await answer(BOB, () => test.slack.as(BOB).clickStale(card, 'approve'))).toMatch(
      decidedByYou('approved'),
    );
  });

  it('shows the changes of an edit, voids approvals, and excludes the editor from approving', async () => {
    await startWithTwoGroups({ database });
    await test.adopt({ approvals: { ...twoGroups.approvals, editors: ['requester', dba] } });
    const card = await test.request();
    await click(DAN, card, 'approve');
    await showing(card, saying(en.card.status.partlyApproved(anyText, 1, 2, anyText)));
    const before = test.slack.message(card) ?? card;
    expect(await edit(MEI, card, { 'SrcInfo.Ip': '14.17.22.99' })).toMatch(
      saying(en.sent.changed(anyNumber, anyPart, true)),
    );
    const told = await test.reply(card, saying(en.thread.edited(anything, anyNumber)));
    expect(told).toMatch(
      saying(
        en.thread.edited(MEI, 2),
        en.thread.changed(en.form.labels['SrcInfo.Ip'], say`14.17.22.36`, say`14.17.22.99`),
      ),
    );
    expect(told).toMatch(saying(en.thread.typedAgain(en.form.labels['SrcInfo.Password'])));
    expect(told).toMatch(saying(en.thread.voided(1)));
    expect(
      await showing(
        card,
        saying(en.card.status.waiting(en.card.needed(2, [[group(dba)], [group(sre)]]))),
      ),
    ).toContain('14.17.22.99');
    const stale = () => test.slack.as(BOB).clickStale(before, 'approve');
    expect(await answer(BOB, stale)).toMatch(
      saying(en.refusal({ code: 'other_revision', seen: 1, current: 2 })),
    );
    expect(await answer(MEI, () => click(MEI, card, 'approve'))).toMatch(
      saying(en.refusal({ code: 'own_edit' })),
    );
    expect(await answer(ALICE, () => click(ALICE, card, 'approve'))).toMatch(
      saying(en.refusal({ code: 'own_request' })),
    );
    await click(DAN, card, 'approve');
    await click(BOB, card, 'approve');
    await test.reply(card, jobInThread());
    const [call] = test.dts.callsOf('CreateMigrateJob');
    expect(call?.body).toMatchObject({ SrcInfo: { Ip: '14.17.22.99', Password: 'typed-again' } });
    expect(
      (await test.stored()).includes('typed-again') || test.logged().includes('typed-again'),
    ).toBe(false);
  });
});

it('of 100 people who approve at once, two count, and 98 learn who was first', async () => {
  await start({ approvals: { approvers: ['channel'], required: 2 } });
  const { slack } = test;
  const card = await test.request();
  const people = Array.from({ length: 100 }, (_, index) => {
    const { id } = slack.addUser({ name: `person.${index}`, realName: `Person ${index}` });
    slack.join(card.channel, id);
    return id;
  });
  test.clock.advance(5_000);
  const answer = (id: string) => slack.as(id).ephemerals().at(-1)?.text;
  const answers = () => people.flatMap((id) => answer(id) ?? []);
  // On a busy machine, Slack's responses are late, and people are asked to try again.
  const unknown = sayingAny(
    en.refusal({ code: 'person_unknown' }),
    en.refusal({ code: 'approvers_unknown' }),
  );
  const unsure = () => people.filter((id) => answer(id)?.match(unknown));
  const counted = () =>
    test.replies(card).filter((text) => /approved \(\d of 2\)\./.test(text)).length;
  let rounds = 0;
  for (let clickers = people; clickers.length > 0; clickers = unsure()) {
    rounds += 1;
    expect(rounds).toBeLessThan(20);
    const heard = new Map(clickers.map((id) => [id, slack.as(id).ephemerals().length]));
    const before = counted();
    await Promise.all(clickers.map((id) => slack.as(id).clickStale(card, 'approve')));
    const silent = () =>
      clickers.filter((id) => slack.as(id).ephemerals().length === heard.get(id));
    // Only those whose approval counts get no answer.
    await slack.until(() => silent().length === counted() - before, {
      what: 'an answer for each click',
      timeoutMs: 15_000,
    });
  }
  await test.reply(card, jobInThread());
  expect(counted()).toBe(2);
  const winners = people.filter((id) => slack.as(id).ephemerals().length === 0);
  for (const text of answers()) {
    expect(text).toMatch(decidedAlready('approved'));
    for (const id of winners) expect(text).toContain(id);
  }
  expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(1);
}, 60_000);

it('keeps the newest policy file if Slack answers late for an older one', async () => {
  const approvers = [BOB, DAN];
  await start({ approvals: { approvers } });
  // Slack answers about the members of the group after the next reload.
  test.slack.faults.next('usergroups.list', { kind: 'slow', ms: 300 });
  const older = test.adopt({
    approvals: { approvers: [...approvers, APPROVERS_GROUP], required: 1 },
  });
  await Promise.all([older, test.adopt({ approvals: { approvers, required: 2 } })]);
  const card = await test.request();
  await click(BOB, card, 'approve');
  await showing(card, '1 of 2');
});

describe('over time, Ferry', () => {
  it('sends reminders at growing intervals, never in quiet hours, and expires requests without a decision', async () => {
    const quiet = { from: '22:00', to: '08:00', time_zone: 'Asia/Shanghai' };
    const reminders = { after: ['4h', '1d', '3d'], mention: [BOB], quiet };
    await start({ approvals: { expires_after: '7d', reminders } });
    // 09:00 in Shanghai.
    test.clock.advance((25 - (test.clock.now().getTime() % day) / hour) * hour);
    const card = await test.request();
    const asked = test.clock.now().getTime();
    const reminded = () =>
      test.replies(card).filter((text) => saying(en.thread.reminded(anyText)).test(text)).length;
    const times: Date[] = [];
    for (const count of [1, 2, 3]) {
      // A busy machine sends a reminder some steps after it is due.
      await passTime(test, () => reminded() === count, {
        stepMs: hour / 12,
        what: `reminder ${count}`,
      });
      times.push(test.clock.now());
    }
    for (const at of times) {
      const local = (at.getUTCHours() + 8) % 24;
      expect(local >= 8 && local < 22).toBe(true);
    }
    const after = times.map((at) => (at.getTime() - asked) / hour);
    expect(after[0]).toBeGreaterThanOrEqual(4);
    expect(after[1]).toBeGreaterThanOrEqual(24);
    expect(after[2]).toBeGreaterThanOrEqual(72);
    expect(await test.reply(card, saying(en.thread.reminded(anyText)))).toMatch(
      saying(en.thread.reminded([person(BOB)]), en.thread.expires(anyTime)),
    );
    await passTime(test, () => saying(en.card.status.expired(anyTime)).test(test.shown(card)), {
      stepMs: hour,
      what: 'the end',
    });
    expect(test.clock.now().getTime() - asked).toBeGreaterThanOrEqual(7 * day);
    await test.reply(card, saying(en.thread.expired));
    expect(test.shown(card)).not.toContain(button(en.card.approve));
    expect(reminded()).toBe(3);
    const late = () => test.slack.as(BOB).clickStale(card, 'approve');
    expect(await answer(BOB, late)).toMatch(saying(en.refusal({ code: 'expired', at: anyTime })));
  });

  it('expires a request a day after a reload with a shorter expiry, and says when', async () => {
    await start({ approvals: { expires_after: '7d', reminders: { after: ['3h'] } } });
    const card = await test.request();
    const isExpired = () => saying(en.card.status.expired(anyTime)).test(test.shown(card));
    const isReminded = () =>
      test.replies(card).some((text) => saying(en.thread.reminded(anyText)).test(text));
    await passTime(test, isReminded, { stepMs: hour, what: 'the reminder' });
    test.clock.advance(2 * day);
    const reloaded = test.clock.now().getTime();
    await test.adopt({ approvals: { expires_after: '1d', reminders: { after: ['3h', '2d'] } } });
    expect(await test.reply(card, saying(en.thread.ruleChanged(usualName)))).toMatch(
      saying(en.thread.expires(anyTime)),
    );
    await passTime(test, isExpired, { stepMs: hour, what: 'the end' });
    expect(test.clock.now().getTime() - reloaded).toBeGreaterThanOrEqual(day);
  });

  it('holds a late reminder that was due shortly before the quiet hours', async () => {
    const quiet = { from: '22:00', to: '08:00', time_zone: 'Asia/Shanghai' };
    const reminders = { after: ['4h'], mention: [BOB], quiet };
    await start({ approvals: { reminders } });
    const shanghai = () => (test.clock.now().getTime() / 60_000 + 8 * 60) % (24 * 60);
    // 17:57 in Shanghai, so the reminder is due at 21:57.
    test.clock.advance(((17 * 60 + 57 - shanghai() + 24 * 60) % (24 * 60)) * 60_000);
    const card = await test.request();
    const reminded = () =>
      test.replies(card).filter((text) => saying(en.thread.reminded(anyText)).test(text)).length;
    // Nothing runs from 21:56 to 22:05.
    test.clock.advance(4 * hour + 8 * 60_000);
    const midnight = () => shanghai() < 12 * 60;
    await passTime(test, midnight, { stepMs: hour / 4, what: 'midnight' });
    expect(reminded()).toBe(0);
    // Quiet hours only delay reminders.
    await click(BOB, card, 'approve');
    await showing(card, jobOnCard());
    await passTime(test, () => shanghai() > 9 * 60, { stepMs: hour / 4, what: 'the morning' });
    expect(reminded()).toBe(0);

    test.clock.advance(((17 * 60 + 57 - shanghai() + 24 * 60) % (24 * 60)) * 60_000);
    const other = await test.request({ JobName: 'other' });
    test.clock.advance(4 * hour + 8 * 60_000);
    const isReminded = () =>
      test.replies(other).some((text) => saying(en.thread.reminded(anyText)).test(text));
    const early = () => shanghai() >= 7 * 60 + 40 && shanghai() < 12 * 60;
    await passTime(test, early, { stepMs: hour / 4, what: 'the early morning' });
    expect(isReminded()).toBe(false);
    // Small steps, because a busy machine sends the reminder some steps after it is due.
    await passTime(test, isReminded, { stepMs: 20_000, what: 'the reminder' });
    expect(shanghai()).toBeGreaterThanOrEqual(8 * 60);
    expect(shanghai()).toBeLessThan(9 * 60);
  });

  it('holds a launch until the window opens, unless it is withdrawn', async () => {
    const windows = [
      {
        days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
        from: '02:00',
        to: '04:00',
        time_zone: 'UTC',
      },
    ];
    await start({ approvals: { windows } });
    while (test.clock.now().getUTCHours() !== 12) test.clock.advance(hour / 2);
    const card = await test.request();
    await click(BOB, card, 'approve');
    await test.reply(card, saying(en.operations.create_job.thread.held(anyTime)));
    expect(
      await showing(card, saying(en.operations.create_job.status.held(anyText, anyTime))),
    ).toContain(button(en.card.withdraw));
    const other = await test.request({ JobName: 'other' });
    await click(BOB, other, 'approve');
    await showing(other, saying(en.operations.create_job.status.held(anyText, anyTime)));
    await click(ALICE, other, 'withdraw');
    await showing(other, saying(en.card.status.withdrawn(anything)));
    const isAlmostOpen = () => test.clock.now().getUTCHours() === 1;
    await passTime(test, isAlmostOpen, { stepMs: hour / 2, what: 'the hour before the window' });
    expect(test.dts.callsOf('CreateMigrateJob')).toEqual([]);
    // Small steps, because a busy machine makes the call some steps after it is due.
    await passTime(test, () => jobOnCard().test(test.shown(card)), {
      stepMs: 20_000,
      what: 'the job',
    });
    const [call] = test.dts.callsOf('CreateMigrateJob');
    expect([2, 3]).toContain(new Date(call?.at ?? 0).getUTCHours());
    expect(test.dts.jobs.size).toBe(1);
  });

  it('says when a window opens again only if a reload changes that', async () => {
    const from = (hours: string) => [
      {
        days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
        ...{ from: hours, to: '06:00', time_zone: 'UTC' },
      },
    ];
    await start({ approvals: { windows: from('02:00') } });
    while (test.clock.now().getUTCHours() !== 12) test.clock.advance(hour / 2);
    const card = await test.request();
    await click(BOB, card, 'approve');
    const held = saying(en.operations.create_job.thread.held(anyTime));
    const heldDirectly = saying(en.direct.held(anyTime));
    const alice = test.slack.as(ALICE);
    const told = () => [
      test.replies(card).filter((text) => held.test(text)).length,
      alice.directMessages().filter((message) => heldDirectly.test(test.slack.render(message)))
        .length,
    ];
    const untilSaid = (count: number) =>
      test.slack.until(() => told().every((each) => each === count), { what: `${count} times` });
    await untilSaid(1);
    for (const after of ['4h', '5h']) {
      await test.adopt({ approvals: { windows: from('02:00'), reminders: { after: [after] } } });
    }
    await untilQuiet(test);
    expect(told()).toEqual([1, 1]);
    await test.adopt({ approvals: { windows: from('01:00') } });
    await untilSaid(2);
    expect(test.dts.callsOf('CreateMigrateJob')).toEqual([]);
    await test.adopt({ approvals: { windows: [] } });
    await showing(card, jobOnCard());
  });
});

it('keeps the words about a failure after an edit, and removes its buttons', async () => {
  await start({});
  test.dts.next({ kind: 'code', code: 'ResourceNotFound.InstanceNotFound' });
  const card = await test.request();
  await click(BOB, card, 'approve');
  const failure = await test.reply(card, 'cdb-e78e0nnv');
  const index = test.replies(card).indexOf(failure);
  await edit(ALICE, card, { 'DstInfo.InstanceId': 'cdb-other000' });
  const reply = () => test.replies(card)[index] ?? '';
  const closed = await test.slack.until(() => reply() !== failure && reply(), { what: 'its end' });
  const [, ...lines] = failure.split('\n');
  const [, ...remaining] = closed.split('\n');
  expect(remaining).toEqual(lines.slice(0, -1));
  expect(lines.at(-1)?.trim()).toBe(button(en.card.editAgain));
});

describe('an emergency approval', () => {
  it('lets its group approve alone, even their own requests, with a reason, visibly marked', async () => {
    await start({});
    addGroup(onCall, [ALICE]);
    await test.adopt({ approvals: { break_glass: [onCall], required: 2 } });
    const card = await test.request();
    expect(await answer(BOB, () => click(BOB, card, 'break_glass'))).toMatch(
      saying(en.refusal({ code: 'not_allowed', action: 'break_glass' })),
    );
    expect(test.slack.as(BOB).view()).toBeUndefined();
    expect(await inForm(ALICE, card, 'break_glass', { Reason: ' ' })).toMatchObject({
      result: 'errors',
    });
    await test.slack.as(ALICE).fill({ Reason: 'the source is dying' });
    await test.slack.as(ALICE).submit();
    await test.reply(card, jobInThread());
    expect(await test.reply(card, saying(en.thread.brokeGlass(ALICE)))).toMatch(
      /Alice.*the source is dying/s,
    );
    expect(await showing(card, jobOnCard())).toMatch(saying(en.card.brokeGlass(ALICE)));
  });
});

it('makes the approver type the ID of the target if the rule requires it', async () => {
  await start({ approvals: { confirm_destination: true } });
  const card = await test.request();
  const wrong = await inForm(BOB, card, 'approve', { 'DstInfo.InstanceId': 'cdb-other000' });
  expect(wrong).toMatchObject({ result: 'errors' });
  await test.slack.as(BOB).fill({ 'DstInfo.InstanceId': 'cdb-e78e0nnv' });
  await test.slack.as(BOB).submit();
  await test.reply(card, jobInThread());
});

it('says that the policy now requires the ID of the target, if the form did not ask for it', async () => {
  await start({});
  const card = await test.request();
  const bob = test.slack.as(BOB);
  await bob.click(card, 'approve_with_comment');
  await test.slack.until(() => bob.view(), { what: 'the form' });
  await test.adopt({ approvals: { confirm_destination: true } });
  await bob.fill({ Reason: 'looks fine' });
  expect(await answer(BOB, () => bob.submit())).toMatch(
    saying(en.refusal({ code: 'destination_missing' })),
  );
  // The card is updated before its thread, so its button asks for the ID by now.
  await test.reply(card, saying(en.thread.ruleChanged('usual')));
  await inForm(BOB, card, 'approve', { 'DstInfo.InstanceId': 'cdb-e78e0nnv' });
  await test.reply(card, jobInThread());
});

describe('rules', () => {
  it('decide who requests, where it is posted and who approves: the first that covers a request', async () => {
    const rules = [
      {
        name: 'production',
        when: { destinations: ['cdb-prod*'] },
        requesters: [EVA],
        approvers: [MEI],
      },
    ];
    await start({ rules });
    const person = await openForm(test.slack);
    await fillForm(
      test.slack,
      person,
      inFormOrder({ ...exampleForm, 'DstInfo.InstanceId': 'cdb-prod0001' }),
    );
    expect(await sendForm(test.slack, person)).toMatch(
      saying(en.refusal({ code: 'may_not_request', rule: 'production' })),
    );
    await person.dismiss();
    expect(test.card()).toBeUndefined();
    const card = await test.request({ 'DstInfo.InstanceId': 'cdb-prod0001' }, EVA);
    expect(await answer(BOB, () => click(BOB, card, 'approve'))).toMatch(
      saying(en.refusal({ code: 'not_an_approver' })),
    );
    await click(MEI, card, 'approve');
    await test.reply(card, jobInThread());
    const usual = await test.request({ JobName: 'other' });
    await click(BOB, usual, 'approve');
    await test.reply(usual, jobInThread());
  });

  it('let external people decide only if they name them', async () => {
    await start({ approvals: { approvers: [SINGLE_CHANNEL_GUEST, APPROVERS_GROUP] } });
    const card = await test.request();
    await click(SINGLE_CHANNEL_GUEST, card, 'approve');
    await test.reply(card, jobInThread());
  });

  it('let external people whom they name revoke an approval', async () => {
    await start({ approvals: { approvers: [SINGLE_CHANNEL_GUEST, BOB], required: 2 } });
    const card = await test.request();
    await click(SINGLE_CHANNEL_GUEST, card, 'approve');
    await showing(card, saying(en.card.status.partlyApproved(anyText, 1, 2, anyText)));
    await click(SINGLE_CHANNEL_GUEST, card, 'take_back');
    await showing(card, saying(en.card.status.waiting(en.card.needed(2, []))));
    await click(BOB, card, 'approve');
    await showing(card, saying(en.card.status.partlyApproved(anyText, 1, 2, anyText)));
    expect(test.dts.callsOf('CreateMigrateJob')).toEqual([]);
  });

  it('keep a guest from editing a request so that another rule applies', async () => {
    await start({
      rules: [{ name: 'lab', when: { engines: ['mysql'] }, requesters: [SINGLE_CHANNEL_GUEST] }],
    });
    const card = await test.request({}, SINGLE_CHANNEL_GUEST);
    const guest = test.slack.as(SINGLE_CHANNEL_GUEST);
    await click(SINGLE_CHANNEL_GUEST, card, 'edit');
    await test.slack.until(() => fieldsShown(guest).includes('JobName'), { what: 'the form' });
    await guest.fill({ SrcDatabaseType: 'mariadb' });
    await untilQuiet(test);
    await guest.fill({ 'SrcInfo.Password': 'again' });
    expect(await sendForm(test.slack, guest)).toMatch(
      saying(en.refusal({ code: 'not_a_requester', rule: 'usual' })),
    );
    await guest.dismiss();
    await click(SINGLE_CHANNEL_GUEST, card, 'withdraw');
    await showing(card, saying(en.card.status.withdrawn(anything)));
  });

  it('let the person who approved decide if they are the only approver now', async () => {
    await start({ approvals: { approvers: [BOB, MEI], required: 2 } });
    const card = await test.request();
    await click(MEI, card, 'approve');
    await showing(card, saying(en.card.status.partlyApproved(anyText, 1, 2, anyText)));
    expect(await answer(MEI, () => click(MEI, card, 'approve'))).toMatch(
      saying(en.refusal({ code: 'already_approved_by_you' })),
    );
    await test.adopt({ approvals: { approvers: [MEI], required: 1 } });
    await test.reply(card, saying(en.thread.ruleChanged('usual')));
    expect(test.dts.callsOf('CreateMigrateJob')).toEqual([]);
    const list = await answer(MEI, () =>
      test.slack.as(MEI).command(DB_MIGRATIONS, '/migrate', 'list'),
    );
    expect(list).not.toContain(en.home.none.waiting);
    await click(MEI, card, 'approve');
    await test.reply(card, jobInThread());
  });

  it('void earlier approvals if they change while a request waits', async () => {
    await start({ approvals: { required: 2 } });
    const card = await test.request();
    await click(BOB, card, 'approve');
    await showing(card, saying(en.card.status.partlyApproved(anyText, 1, 2, anyText)));
    await test.adopt({ approvals: { required: 2, approvers: [MEI, DAN] } });
    expect(await test.reply(card, saying(en.thread.ruleChanged('usual')))).toMatch(
      saying(en.thread.lapsed.not_an_approver(anything)),
    );
    await showing(card, saying(en.card.status.waiting(en.card.needed(2, []))));
    expect(await answer(BOB, () => click(BOB, card, 'approve'))).toMatch(
      saying(en.refusal({ code: 'not_an_approver' })),
    );
    await click(MEI, card, 'approve');
    await click(DAN, card, 'approve');
    await test.reply(card, jobInThread());
  });
});

it('a reload asks approvers again only if it changes something for them', async () => {
  await start({});
  const card = await test.request();
  await test.adopt({ approvals: { idle_after: '5d', retriers: [BOB] } });
  await test.adopt({ approvals: { required: 2 } });
  await test.reply(card, saying(en.thread.ruleChanged('usual')));
  const asked = saying(en.thread.askApprovers(anyText, anyText));
  expect(test.replies(card).filter((text) => asked.test(text))).toHaveLength(1);
  expect(test.replies(card)).toHaveLength(1);
});

describe('a failed request', () => {
  const fail = (code = 'InternalError.DatabaseError') => test.dts.next({ kind: 'code', code });

  it('is resubmitted after its password was typed again, and needs no new approval', async () => {
    await start({});
    const card = await test.request();
    fail();
    await click(BOB, card, 'approve');
    await test.reply(card, saying(en.operations.create_job.thread.failed));
    expect(await showing(card, saying(en.card.status.failed(anyText)))).not.toContain(
      button(en.card.tryFailedAgain),
    );
    const dan = test.slack.as(DAN);
    await dan.click(card, 'edit');
    const isRefused = () => {
      const view = dan.view();
      return (
        view &&
        saying(en.refusal({ code: 'not_allowed', action: 'edit' })).test(test.slack.render(view))
      );
    };
    await test.slack.until(isRefused, { what: 'the refusal' });
    expect(await edit(ALICE, card, {})).toMatch(saying(en.sent.changed(anyNumber, anyPart, false)));
    await test.reply(card, jobInThread());
    expect(
      test
        .replies(card)
        .filter((text) => saying(en.thread.askApprovers(anyText, undefined)).test(text)),
    ).toHaveLength(0);
    const [, call] = test.dts.callsOf('CreateMigrateJob');
    expect(call?.body).toMatchObject({ SrcInfo: { Password: 'typed-again' } });
  });

  it('needs approval again if the parameters change', async () => {
    await start({});
    const card = await test.request();
    fail('InvalidParameterValue.InvalidParameterValue');
    await click(BOB, card, 'approve');
    await test.reply(card, saying(en.operations.create_job.thread.failed));
    await showing(card, saying(en.card.editAgain));
    expect(await edit(ALICE, card, { 'SrcInfo.Port': '3307' })).toMatch(
      saying(en.sent.changed(anyNumber, anyPart, true)),
    );
    await showing(card, saying(en.card.status.waiting(undefined)));
    expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(1);
    await click(MEI, card, 'approve');
    await test.reply(card, jobInThread());
  });

  it('is retried unchanged if its secrets are stored', async () => {
    const secrets = [{ secret: 'env:ORDERS', anywhere: true }] as const;
    policy = aPolicyFile({ secrets });
    test = await startTestFerry({ ...policy.environment, FERRY_SECRET_ORDERS: 'stored-password' });
    const card = await test.request({
      'SrcInfo.Password': undefined,
      'SrcInfo.Password.Source': 'env:ORDERS',
    });
    fail();
    await click(BOB, card, 'approve');
    await showing(card, saying(en.card.tryFailedAgain));
    expect(await answer(DAN, () => click(DAN, card, 'try_again'))).toMatch(
      saying(en.refusal({ code: 'not_allowed', action: 'try_again' })),
    );
    await click(ALICE, card, 'try_again');
    await test.reply(card, saying(en.thread.triedAgain(anything)));
    await test.reply(card, jobInThread());
    expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(2);
  });

  it("is retried by people whom today's rule allows, not the rule of its approval", async () => {
    const secrets = [{ secret: 'env:ORDERS', anywhere: true }] as const;
    policy = aPolicyFile({ secrets, approvals: { retriers: [ALICE] } });
    test = await startTestFerry({ ...policy.environment, FERRY_SECRET_ORDERS: 'stored-password' });
    const card = await test.request({
      'SrcInfo.Password': undefined,
      'SrcInfo.Password.Source': 'env:ORDERS',
    });
    fail();
    await click(BOB, card, 'approve');
    await showing(card, saying(en.card.tryFailedAgain));
    await test.adopt({ secrets, approvals: { retriers: [DAN] } });
    expect(await answer(ALICE, () => click(ALICE, card, 'try_again'))).toMatch(
      saying(en.refusal({ code: 'not_allowed', action: 'try_again' })),
    );
    expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(1);
    await click(DAN, card, 'try_again');
    await test.reply(card, jobInThread());
    expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(2);
  });

  it('asks nobody for approval if the password of a later revision was typed again', async () => {
    const editors = ['requester', DAN];
    await start({ approvals: { editors, retriers: [DAN] } });
    const card = await test.request();
    await edit(ALICE, card, { 'SrcInfo.Port': '3307' });
    await showing(card, '3307');
    fail();
    await click(BOB, card, 'approve');
    await showing(card, saying(en.card.editAgain));
    expect(await edit(DAN, card, {})).toMatch(saying(en.sent.changed(anyNumber, anyPart, false)));
    await test.reply(card, jobInThread());
    expect(test.replies(card).filter((text) => /revision/.test(text))).toHaveLength(1);
    await test.reply(card, saying(en.thread.sentAgain(DAN)));
    const told = () =>
      test.slack
        .as(ALICE)
        .directMessages()
        .map((each) => test.slack.render(each));
    const isTold = () => told().some((text) => saying(en.thread.sentAgain(DAN)).test(text));
    await test.slack.until(isTold, { what: 'the direct message' });
  });

  it('is not retried under its approvals by a requester who may only edit it', async () => {
    await start({ approvals: { retriers: [BOB] } });
    const card = await test.request();
    fail();
    await click(BOB, card, 'approve');
    await showing(card, saying(en.card.editAgain));
    expect(await edit(ALICE, card, {})).toMatch(saying(en.sent.changed(anyNumber, anyPart, true)));
    const reply = await test.reply(card, saying(en.thread.edited(ALICE, 2)));
    expect(reply).toMatch(saying(en.thread.voided(1)));
    expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(1);
    await click(MEI, card, 'approve');
    await test.reply(card, jobInThread());
  });

  it('may use a secret of the channel of its card after the rule moved to another channel', async () => {
    const env = { FERRY_SECRET_ORDERS: 'stored-password' };
    const secretIn = (channel: string) => [
      { secret: 'env:ORDERS', anywhere: true as const, channels: [channel] },
    ];
    policy = aPolicyFile({ secrets: secretIn(DB_MIGRATIONS) });
    test = await startTestFerry({ ...policy.environment, ...env });
    const stored = { 'SrcInfo.Password': undefined, 'SrcInfo.Password.Source': 'env:ORDERS' };
    const card = await test.request(stored);
    const moved = {
      approvals: { channel: PRIVATE_WITH_BOT },
      rules: [{ name: 'redis', when: { engines: ['redis'] }, channel: DB_MIGRATIONS }],
    };
    await test.adopt({ ...moved, secrets: secretIn(PRIVATE_WITH_BOT) });
    const reason = { Reason: 'another reason' };
    expect(await edit(ALICE, card, reason, {})).toContain('env:ORDERS');
    await test.adopt({ ...moved, secrets: secretIn(DB_MIGRATIONS) });
    expect(await edit(ALICE, card, reason, {})).toMatch(
      saying(en.sent.changed(anyNumber, anyPart, true)),
    );
    await showing(card, 'another reason');
    await click(BOB, card, 'approve');
    await test.reply(card, jobInThread());
  });

  it('is not retried by sending its form unchanged', async () => {
    const secrets = [{ secret: 'env:ORDERS', anywhere: true }] as const;
    policy = aPolicyFile({ secrets });
    test = await startTestFerry({ ...policy.environment, FERRY_SECRET_ORDERS: 'stored-password' });
    const stored = { 'SrcInfo.Password': undefined, 'SrcInfo.Password.Source': 'env:ORDERS' };
    const card = await test.request(stored);
    fail();
    await click(BOB, card, 'approve');
    await showing(card, saying(en.card.tryFailedAgain));
    expect(await edit(ALICE, card, {}, {})).toMatch(
      saying(en.refusal({ code: 'nothing_changed' })),
    );
    expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(1);
  });

  it("is edited by people whom today's rule allows", async () => {
    await start({ approvals: { editors: ['requester'] } });
    const card = await test.request();
    fail('InvalidParameterValue.InvalidParameterValue');
    await click(BOB, card, 'approve');
    await showing(card, saying(en.card.editAgain));
    await test.adopt({ approvals: { editors: [DAN] } });
    const alice = test.slack.as(ALICE);
    await alice.click(card, 'edit');
    const refused = saying(en.refusal({ code: 'not_allowed', action: 'edit' }));
    const isRefused = () => {
      const view = alice.view();
      return view !== undefined && refused.test(test.slack.render(view));
    };
    await test.slack.until(isRefused, { what: 'the refusal' });
    expect(await edit(DAN, card, { 'SrcInfo.Port': '3307' })).toMatch(
      saying(en.sent.changed(anyNumber, anyPart, true)),
    );
  });
});

describe('an unknown outcome', () => {
  const byApprovers = (approvers: readonly string[]) => ({
    approvals: { approvers, reminders: { after: ['4h'] } },
  });

  it('is left to the approvers of the current policy', async () => {
    await start(byApprovers([BOB]));
    const card = await test.request();
    test.dts.next({ kind: 'reset', when: 'before' });
    await click(BOB, card, 'approve');
    const { stillUnknown } = en.operations.create_job.thread;
    const isUnknown = () => test.shown(card).includes(en.card.lookAgain);
    await passTime(test, isUnknown, { stepMs: 10_000, what: 'the end of the search' });
    await test.adopt(byApprovers([MEI]));
    const asked = saying(en.thread.ruleChanged('usual'), stillUnknown([person(MEI)]));
    await test.reply(card, asked);
    for (const [approver, waits] of [
      [BOB, false],
      [MEI, true],
    ] as const) {
      const home = await openHome(test.slack, test.slack.as(approver));
      expect(test.slack.render(home)).toContain(waits ? 'usertest' : en.home.none.waiting);
    }
    test.clock.advance(4 * 3_600_000);
    const mentions = () =>
      test.replies(card).filter((text) => saying(stillUnknown([person(MEI)])).test(text));
    await passTime(test, () => mentions().length === 2, { what: 'the reminder' });
    await click(MEI, card, 'try_again');
    const lapsed = en.thread.lapsed.not_an_approver(BOB);
    await test.reply(card, saying(en.thread.reopened, lapsed));
  });
});
