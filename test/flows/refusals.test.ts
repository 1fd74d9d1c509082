import {
  ALICE,
  APPROVERS_GROUP,
  BOB,
  DAN,
  DB_MIGRATIONS,
  type Message,
  MULTI_CHANNEL_GUEST,
  OTHER_BOT,
  SINGLE_CHANNEL_GUEST,
  STRANGER,
} from '../../playground/slack/index';
import { fail } from '../support/fail';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { whoTheyAre } from '../support/whoTheyAre';
import { button, en, jobInThread, saying } from '../support/words';

let test: TestFerry;
beforeAll(async () => {
  test = await startTestFerry();
});
afterAll(() => test.stop());

/** The reply to a person's click. */
async function answerTo(userId: string, action = 'approve'): Promise<string> {
  const { slack } = test;
  const card = test.card() ?? (await test.request());
  const { text } = await slack.answerTo(userId, async (person) => {
    const before = person.ephemerals().length;
    await person.clickStale(card, action);
    if (action !== 'deny') return;
    // A person who may not see anything gets no form.
    await slack.until(() => person.view() ?? person.ephemerals()[before], {
      what: 'the denial form or a refusal',
    });
    if (person.view() === undefined) return;
    await person.fill({ Reason: 'no' });
    await person.submit();
  });
  return text;
}

/** In the default rule, approvers also deny, with separate words. */
const noApprover = saying(en.refusal({ code: 'not_an_approver' }));
const inWords = (words: RegExp): RegExp =>
  words === noApprover ? saying(en.refusal({ code: 'not_allowed', action: 'deny' })) : words;

const refused: readonly [string, string, RegExp][] = [
  ['the requester', ALICE, saying(en.refusal({ code: 'own_request' }))],
  ['a member who is not an approver', DAN, noApprover],
  ['a single-channel guest', SINGLE_CHANNEL_GUEST, saying(en.refusal({ code: 'guest' }))],
  ['a multi-channel guest', MULTI_CHANNEL_GUEST, saying(en.refusal({ code: 'guest' }))],
  ['a person from another organization', STRANGER, saying(en.refusal({ code: 'external' }))],
  ['an app', OTHER_BOT, saying(en.refusal({ code: 'bot' }))],
];

it.each(refused)('refuses %s, visible only to them', async (_, userId, words) => {
  expect(await answerTo(userId)).toMatch(words);
  expect(await answerTo(userId, 'deny')).toMatch(inWords(words));
});

it('uses different words if Slack does not say who the approvers are', async () => {
  test.clock.advance(31_000); // By then, the cached data about the group has expired.
  test.slack.faults.next('usergroups.users.list', { kind: 'error', error: 'fatal_error' });
  expect(await answerTo(BOB)).toMatch(saying(en.refusal({ code: 'approvers_unknown' })));
});

it('says who can help if the group of the approvers is disabled', async () => {
  test.slack.setGroup(APPROVERS_GROUP, { disabled: true });
  test.clock.advance(31_000);
  expect(await answerTo(BOB)).toMatch(
    /If it still fails, ask your Ferry admin to check the groups/,
  );
  test.slack.setGroup(APPROVERS_GROUP, { disabled: false });
});

it('uses different words if Slack does not say who the person is', async () => {
  test.slack.faults.next('users.info', { kind: 'status', status: 503 }, 1, whoTheyAre);
  expect(await answerTo(BOB)).toMatch(saying(en.refusal({ code: 'person_unknown' })));
});

it('asks Slack within seconds of the click, not when the card was posted', async () => {
  const { slack } = test;
  slack.setGroup(APPROVERS_GROUP, { users: [DAN] });
  test.clock.advance(5_000); // Members of a group are cached for a moment.
  expect(await answerTo(BOB)).toMatch(saying(en.refusal({ code: 'not_an_approver' })));
  slack.changeUser(DAN, { kind: 'singleChannelGuest' });
  expect(await answerTo(DAN)).toMatch(saying(en.refusal({ code: 'guest' })));
});

it('made no call to Tencent Cloud, and the card is still pending', () => {
  expect(test.dts.callsOf('CreateMigrateJob')).toEqual([]);
  expect(test.slack.render(test.card() ?? fail())).toContain(button(en.card.approve));
});

it('does not let a guest request', async () => {
  const { slack } = test;
  const guest = slack.as(SINGLE_CHANNEL_GUEST);
  const before = slack.messages(DB_MIGRATIONS).length;
  await guest.shortcut('request_migration');
  const told = () => guest.directMessages().at(-1)?.text ?? '';
  await slack.until(() => saying(en.refusal({ code: 'guest' })).test(told()), {
    what: 'the refusal',
  });
  expect(guest.view()).toBeUndefined();
  expect(slack.messages(DB_MIGRATIONS)).toHaveLength(before);
});

it('uses the members of the approval channel at the time of the click, if configured', async () => {
  const own = await startTestFerry({ APPROVERS: 'channel' });
  const card = await own.request();
  const { id } = own.slack.addUser({ name: 'newcomer', realName: 'Nia New' });
  own.slack.join(DB_MIGRATIONS, id);
  await own.slack.as(id).click(card, 'approve');
  await own.reply(card, jobInThread());
  await own.stop();
});

it('answers a click in a thread in that thread, and a click on the card in the channel', async () => {
  const own = await startTestFerry();
  own.dts.next({ kind: 'code', code: 'UnauthorizedOperation.NotEnoughPrivileges' });
  const card = await own.request();
  await own.slack.as(BOB).click(card, 'approve');
  const isReply = ({ blocks, threadTs }: Message) =>
    threadTs === card.ts && JSON.stringify(blocks ?? []).includes('"edit"');
  const reply = await own.slack.until(() => own.slack.messages(card.channel).find(isReply), {
    what: 'the explanation with its buttons',
  });
  const guest = own.slack.as(SINGLE_CHANNEL_GUEST);
  const answers = () => guest.ephemerals().map(({ threadTs }) => threadTs);
  await guest.click(reply, 'edit');
  await own.slack.until(() => answers().length === 1, { what: 'the answer to the reply’s button' });
  await guest.clickStale(card, 'approve');
  await own.slack.until(() => answers().length === 2, { what: 'the answer to the card’s button' });
  expect(answers()).toEqual([card.ts, undefined]);
  await own.stop();
});
