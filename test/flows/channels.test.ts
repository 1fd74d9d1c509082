import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import {
  ALICE,
  BOB,
  DB_MIGRATIONS,
  GENERAL,
  type Message,
  type Person,
  PRIVATE_WITH_BOT,
  PRIVATE_WITHOUT_BOT,
} from '../../playground/slack/index';
import { inFormOrder } from '../support/aForm';
import { openHome } from '../support/home';
import { fieldsShown, modalText, openForm, sendForm } from '../support/modal';
import { aPolicyFile } from '../support/policyFile';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anyNumber, anyPart, anyText, anything, en, saying } from '../support/words';

const strict = { name: 'Strict', when: { channels: [PRIVATE_WITH_BOT] }, required: 2 };
const unrelated = { name: 'Redis', when: { engines: ['redis'] } };
const policy = aPolicyFile({ rules: [strict] });

let test: TestFerry;
beforeAll(async () => {
  test = await startTestFerry(policy.environment);
});
afterAll(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
  policy.remove();
});

let jobs = 0;
async function fill(person: Person, changes: Readonly<Record<string, string>> = {}): Promise<void> {
  jobs += 1;
  const entries = { ...exampleForm, JobName: `channel-${jobs}`, ...changes };
  await fillForm(test.slack, person, inFormOrder(entries));
}
const creations = () => test.dts.callsOf('CreateMigrateJob').length;
const lastCard = (): Message => {
  const card = test.card();
  if (card === undefined) throw new Error('no card');
  return card;
};

/** All ways to a form for which Slack names no channel. */
const ways: readonly [string, (person: Person) => Promise<unknown>][] = [
  ['the shortcut', (person) => person.shortcut('request_migration')],
  [
    'the Home tab',
    async (person) => {
      await person.click(await openHome(test.slack, person), 'request_migration');
    },
  ],
];

describe.each(ways)('from %s', (_, open) => {
  async function opened(by = ALICE): Promise<Person> {
    const person = test.slack.as(by);
    const before = person.view()?.id;
    await open(person);
    await test.slack.until(() => person.view() !== undefined && person.view()?.id !== before, {
      what: 'the form',
    });
    return person;
  }

  it('the form asks for the channel, and its rule applies', async () => {
    const alice = await opened();
    expect(fieldsShown(alice)).toContain('Channel');
    await fill(alice, { Channel: PRIVATE_WITH_BOT });
    expect(await sendForm(test.slack, alice)).toContain('2 approvals');
    const before = creations();
    await test.slack.until(
      () => {
        const card = test.card();
        return card !== undefined && test.slack.render(card).includes(`channel-${jobs}`);
      },
      { what: 'the card' },
    );
    await test.slack.as(BOB).click(lastCard(), 'approve');
    await test.reply(lastCard(), '1 of 2');
    expect(creations()).toBe(before);
  });

  it('the form cannot be submitted without a channel', async () => {
    const alice = await opened();
    await fill(alice);
    const sent = await alice.submit().catch((error: unknown) => String(error));
    expect(JSON.stringify(sent)).toContain('Channel');
    await alice.dismiss();
  });

  it('a channel is only accepted from its members, as Slack lists them now', async () => {
    const eva = await opened('U0EVA00001');
    await fill(eva, { Channel: PRIVATE_WITH_BOT });
    const answer = await sendForm(test.slack, eva);
    expect(answer).toMatch(saying(en.refusal({ code: 'not_in_channel' })));
    expect(answer).toMatch(
      saying(en.form.givenBack(anything, { file: false, secrets: ['SrcInfo.Password'] })),
    );

    test.clock.advance(31_000); // By then, the cached data about the channel has expired.
    test.slack.faults.next('conversations.members', { kind: 'error', error: 'internal_error' });
    await fill(eva, { Channel: GENERAL });
    await test.slack.until(() => fieldsShown(eva).includes('Channel'), { what: 'the form again' });
    expect(await sendForm(test.slack, eva)).toMatch(
      saying(en.refusal({ code: 'channel_members_unknown' })),
    );
    await fillForm(test.slack, eva, { 'SrcInfo.Password': exampleForm['SrcInfo.Password'] });
    expect(await sendForm(test.slack, eva)).toMatch(
      saying(en.sent.done(anyNumber, anyPart, anyText)),
    );
    await eva.dismiss();
  });

  it('a private channel that Ferry cannot see is refused', async () => {
    const bob = await opened(BOB);
    await fill(bob, { Channel: PRIVATE_WITHOUT_BOT });
    expect(await sendForm(test.slack, bob)).toMatch(
      saying(en.refusal({ code: 'channel_members_unknown' })),
    );
    await bob.dismiss();
  });
});

it('a form that Slack opened from a channel does not ask', async () => {
  const alice = test.slack.as(ALICE);
  await alice.command(DB_MIGRATIONS, '/migrate');
  await test.slack.until(() => alice.view(), { what: 'the form' });
  expect(fieldsShown(alice)).not.toContain('Channel');
  await fill(alice);
  expect(await sendForm(test.slack, alice)).toMatch(
    saying(en.sent.done(anyNumber, anyPart, anyText)),
  );
  await alice.dismiss();
});

it('a form that was opened before the rule comes back with the question', async () => {
  policy.write({ rules: [unrelated] });
  await test.restart();
  const alice = await openForm(test.slack);
  expect(fieldsShown(alice)).not.toContain('Channel');
  await fill(alice);
  policy.write({ rules: [strict] });
  await test.restart();
  expect(await sendForm(test.slack, alice)).toContain(en.form.changed);
  expect(fieldsShown(alice)).toContain('Channel');
  await alice.dismiss();
});

it('a request without a channel skips no rule that depends on one, until it is cloned', async () => {
  policy.write({ rules: [unrelated] });
  await test.restart();
  jobs += 1;
  const card = await test.request({ JobName: `channel-${jobs}` });
  policy.write({ rules: [strict] });
  await test.restart();

  const before = creations();
  const bob = test.slack.as(BOB);
  await bob.click(card, 'approve');
  const told = await test.slack.until(
    () => test.slack.messages(DB_MIGRATIONS).find(({ onlyFor }) => onlyFor === BOB),
    { what: 'why not' },
  );
  expect(test.slack.render(told)).toMatch(saying(en.refusal({ code: 'channel_unknown' })));
  expect(creations()).toBe(before);

  const alice = test.slack.as(ALICE);
  await alice.openHome();
  await alice.click(card, 'clone');
  await test.slack.until(
    () =>
      alice.view() !== undefined &&
      modalText(test.slack, alice).match(saying(en.form.filledFrom(anyNumber, true))) !== null,
    { what: 'the clone' },
  );
  await alice.dismiss();
  await alice.click(card, 'withdraw');
  await test.reply(card, saying(en.thread.withdrawn(ALICE)));
});
