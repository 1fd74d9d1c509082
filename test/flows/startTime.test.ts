import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, MEI, type Message } from '../../playground/slack/index';
import { sendForm } from '../support/modal';
import { passTime } from '../support/passTime';
import { aPolicyFile, type PolicyFileContent } from '../support/policyFile';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import {
  anyNumber,
  anyPart,
  anyText,
  anyTime,
  anything,
  en,
  explained,
  saying,
} from '../support/words';

const hour = 3_600_000;

let test: TestFerry;
let policy: ReturnType<typeof aPolicyFile>;
afterEach(async () => {
  await test.stop();
  policy.remove();
});

async function start(content: PolicyFileContent = {}): Promise<void> {
  policy = aPolicyFile(content);
  test = await startTestFerry(policy.environment);
}

/** A form's entry for the first full hour after some hours. */
const inHours = (hours: number) =>
  String(Math.ceil(test.clock.now().getTime() / hour + hours) * (hour / 1_000));

const requestIn = (hours: number) =>
  test.request({ 'MigrateOption.RunMode': '2', 'MigrateOption.ExpectTime': inHours(hours) });

async function pass(hours: number): Promise<void> {
  const until = test.clock.now().getTime() + hours * hour;
  await passTime(test, () => test.clock.now().getTime() >= until, {
    stepMs: hour / 4,
    what: 'the hours',
  });
}

const creations = () => test.dts.callsOf('CreateMigrateJob');

/** Clicks, and returns the reply that only this person sees. */
const answer = async (by: string, card: Message, action: string) =>
  (await test.slack.answerTo(by, (person) => person.click(card, action))).text;

async function edit(card: Message, changes: Record<string, string>): Promise<void> {
  const alice = test.slack.as(ALICE);
  await alice.click(card, 'edit');
  const isFilled = () => alice.view()?.blocks.some((block) => block['block_id'] === 'JobName');
  await test.slack.until(isFilled, { what: 'the filled form' });
  await fillForm(test.slack, alice, { 'SrcInfo.Password': 'typed-again', ...changes });
  expect(await sendForm(test.slack, alice)).toMatch(
    saying(en.sent.changed(anyNumber, anyPart, true)),
  );
  await alice.dismiss();
}

const late = saying(en.refusal({ code: 'start_time_passed', at: anyTime }));

it('nobody approves a request whose start time has passed, until it has another one', async () => {
  await start();
  const card = await requestIn(2);
  await pass(3);
  expect(await answer(BOB, card, 'approve')).toMatch(late);
  expect(creations()).toEqual([]);

  await edit(card, { 'MigrateOption.ExpectTime': inHours(5) });
  await test.reply(card, saying(en.thread.edited(anything, 2)));
  await test.slack.as(BOB).click(card, 'approve');
  await test.slack.until(() => creations().length === 1, { what: 'the call' });
});

it('a launch window that opens after the start time ends the launch at once, and an edit helps', async () => {
  const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const windows = [{ days: everyDay, from: '02:00', to: '04:00', time_zone: 'UTC' }];
  await start({ approvals: { windows } });
  while (test.clock.now().getUTCHours() !== 12) test.clock.advance(hour / 2);
  const card = await requestIn(8);
  await test.slack.as(BOB).click(card, 'approve');
  const { headline } = explained('start_time_passed');
  expect(await test.reply(card, saying(headline))).toContain(en.explanations.again.after_edit);

  await edit(card, { 'MigrateOption.ExpectTime': inHours(15) });
  await test.reply(card, saying(en.thread.edited(anything, 2)));
  await test.slack.as(BOB).click(card, 'approve');
  await test.reply(card, saying(en.operations.create_job.thread.held(anyTime)));
  expect(creations()).toEqual([]);
  await passTime(test, () => creations().length > 0, { stepMs: hour / 4, what: 'the call' });
});

it('reminds the requester, not the approvers, once the start time has passed', async () => {
  await start({ approvals: { reminders: { after: ['3h', '7h'] } } });
  const card = await requestIn(2);
  await pass(3);
  const tooLate = (number: number) =>
    saying(en.thread.tooLate(ALICE, anyTime, undefined, en.card.edit, number));
  await test.reply(card, tooLate(1));
  await pass(4);
  await test.reply(card, tooLate(2));
  const reminded = saying(en.thread.reminded(anyText));
  expect(test.replies(card).filter((text) => reminded.test(text))).toEqual([]);
});

it('a first approval before the start time allows neither a second one nor an emergency approval after it', async () => {
  await start({ approvals: { required: 2, break_glass: [BOB, MEI] } });
  const card = await requestIn(2);
  const hint = saying(en.decision.emergencyHint);
  expect(await answer(BOB, card, 'approve')).toMatch(hint);
  await pass(3);
  const refused = await answer(MEI, card, 'approve');
  expect(refused).toMatch(late);
  expect(refused).not.toMatch(hint);
  expect(creations()).toEqual([]);
});
