import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALICE, BOB, DB_MIGRATIONS, EVA, type Message } from '../../playground/slack/index';
import { aPolicyFile } from '../support/policyFile';
import { untilQuiet } from '../support/quiet';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { en, jobInThread, saying } from '../support/words';

let test: TestFerry;
let policy: ReturnType<typeof aPolicyFile>;
const folder = mkdtempSync(join(tmpdir(), 'ferry-other-database-'));
beforeEach(async () => {
  policy = aPolicyFile({ approvals: { break_glass: [EVA] } });
  test = await startTestFerry(policy.environment, { database: 'sqlite' });
});
afterEach(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
  policy.remove();
});
afterAll(() => rmSync(folder, { recursive: true }));

let databases = 0;
/** Starts Ferry with an empty database, which counts its requests from 1 again. */
async function loseDatabase(): Promise<void> {
  await untilQuiet(test);
  databases += 1;
  await test.restart({ DATABASE_URL: `sqlite:${join(folder, `${databases}.db`)}` });
}

const other = (id = 1) => saying(en.refusal({ code: 'other_database', requestId: id }));
const seenBy = (userId: string) => {
  const person = test.slack.as(userId);
  const view = person.view();
  const messages = [...person.ephemerals(), ...person.directMessages()];
  return [
    ...messages.map((message) => test.slack.render(message)),
    ...(view === undefined ? [] : [test.slack.render(view)]),
  ].join('\n');
};
const refused = (userId: string) =>
  test.slack.until(() => other().test(seenBy(userId)), { what: 'the refusal' });

/** A message as an earlier version posted it, whose buttons don't name the origin. */
const earlier = (message: Message, action: string, value = '1:1'): Message => ({
  ...message,
  blocks: [
    {
      type: 'actions',
      block_id: 'any',
      elements: [
        { type: 'button', action_id: action, value, text: { type: 'plain_text', text: action } },
      ],
    },
  ],
});

it('refuses the buttons on a card of a lost database, and does nothing with the new request', async () => {
  const old = await test.request({ JobName: 'alpha' });
  await loseDatabase();
  const card = await test.request({ JobName: 'beta' });
  for (const [userId, action] of [
    [BOB, 'approve'],
    [EVA, 'break_glass'],
    [BOB, 'deny'],
    [ALICE, 'withdraw'],
    [ALICE, 'edit'],
    [BOB, 'details'],
    [BOB, 'clone'],
  ] as const) {
    const person = test.slack.as(userId);
    await person.clickStale(old, action);
    await refused(userId);
    expect(seenBy(userId)).not.toContain('beta');
    if (person.view() !== undefined) await person.dismiss();
    test.clock.advance(5_000);
  }
  expect(test.replies(card)).toEqual([]);
  expect(test.dts.callsOf('CreateMigrateJob')).toEqual([]);

  await test.slack.as(BOB).click(card, 'approve');
  await test.reply(card, jobInThread());
});

it('refuses a decision in a form that was opened before the database was lost', async () => {
  const old = await test.request({ JobName: 'alpha' });
  const bob = test.slack.as(BOB);
  await bob.click(old, 'deny');
  await test.slack.until(() => bob.view(), { what: 'the form' });
  await loseDatabase();
  const card = await test.request({ JobName: 'beta' });
  await bob.fill({ Reason: 'not this week' });
  await bob.submit();
  await refused(BOB);
  await untilQuiet(test);
  expect(test.replies(card)).toEqual([]);
});

describe('a button that an earlier version posted', () => {
  it('acts on the request of its card', async () => {
    const card = await test.request();
    await test.slack.as(BOB).clickStale(earlier(card, 'approve'), 'approve');
    await test.reply(card, jobInThread());
  });

  it('decides in a form on the request of its card', async () => {
    const card = await test.request();
    const bob = test.slack.as(BOB);
    await bob.clickStale(earlier(card, 'deny'), 'deny');
    await test.slack.until(() => bob.view(), { what: 'the form' });
    await bob.fill({ Reason: 'not this week' });
    await bob.submit();
    await test.reply(card, 'not this week');
  });

  it('is refused in any other message', async () => {
    const card = await test.request({ JobName: 'first' });
    const another = await test.request({ JobName: 'second' });
    for (const action of ['approve', 'deny', 'details']) {
      await test.slack.as(BOB).clickStale(earlier(another, action), action);
      await refused(BOB);
      test.clock.advance(5_000);
    }
    await untilQuiet(test);
    expect(test.replies(card)).toEqual([]);
    expect(test.slack.messages(DB_MIGRATIONS).filter(({ threadTs }) => threadTs)).toEqual([]);
  });
});
