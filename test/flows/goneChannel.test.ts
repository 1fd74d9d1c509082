import { ALICE, BOB, DB_MIGRATIONS, MEI, PRIVATE_WITH_BOT } from '../../playground/slack/index';
import { passTime } from '../support/passTime';
import { untilQuiet } from '../support/quiet';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anything, button, en, jobInThread, jobOnCard, saying } from '../support/words';

const minute = 60_000;
/** Short enough that no lease expires between two steps. */
const stepMs = 8_000;

describe.each(flowDatabases)('on %s, a lost channel', (database) => {
  let test: TestFerry;
  afterEach(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });
  const told = () =>
    test.slack
      .as(ALICE)
      .directMessages()
      .map((message) => test.slack.render(message));
  const message = (words: string | RegExp) =>
    test.slack.until(() => told().find((text) => text.match(words) !== null), {
      what: String(words),
    });
  const losses = () => test.logged().match(/cannot post in the channel of a request/g)?.length ?? 0;

  it('is reported once to the requester and the log, and is updated later', async () => {
    test = await startTestFerry({}, { database });
    const { slack } = test;
    const card = await test.request();
    slack.archive(DB_MIGRATIONS);
    await slack.as(BOB).clickStale(card, 'approve');
    await message(jobInThread());
    const words = await message(en.direct.channelLost.archived.happened);
    expect(words).toContain('/invite @Ferry');
    expect(words).toContain(en.thread.who);
    slack.forget();
    await passTime(test, () => slack.callsOf('chat.update').length >= 2, {
      what: 'two tries',
      stepMs,
    });
    // If the policy names another channel, existing requests stay in theirs.
    await test.restart({ APPROVAL_CHANNEL: PRIVATE_WITH_BOT });
    await passTime(test, () => slack.callsOf('chat.update').length >= 4, {
      what: 'attempts of the next process',
      stepMs,
    });
    expect(told().filter((text) => text.includes('archived'))).toHaveLength(1);
    expect(losses()).toBe(1);
    expect(test.replies(card)).toEqual([]);

    slack.unarchive(DB_MIGRATIONS);
    slack.inviteBot(DB_MIGRATIONS);
    await passTime(test, () => jobInThread().test(test.replies(card).at(-1) ?? ''), {
      what: 'what was missing',
      stepMs,
    });
    // One message or two, depending on how long the outcome takes.
    const thread = test.replies(card).join('\n');
    expect(thread.match(/approved\./g)).toHaveLength(1);
    expect(thread.match(new RegExp(jobInThread(), 'g'))).toHaveLength(1);
    expect(test.replies(card).length).toBeLessThanOrEqual(2);
    expect(test.shown(card)).toMatch(jobOnCard());
    await passTime(test, () => test.logged().includes('the channel accepts messages again'), {
      what: 'the log',
    });
  });

  it('is reported as restored once, whatever is posted later', async () => {
    test = await startTestFerry({ REQUIRED_APPROVALS: '2' }, { database });
    const { slack } = test;
    const card = await test.request();
    slack.archive(DB_MIGRATIONS);
    await slack.as(BOB).clickStale(card, 'approve');
    await message(en.direct.channelLost.archived.happened);
    slack.unarchive(DB_MIGRATIONS);
    slack.inviteBot(DB_MIGRATIONS);
    const regained = () => test.logged().match(/the channel accepts messages again/g)?.length ?? 0;
    // Longer steps would end the lease of a post that is being saved.
    await passTime(test, () => regained() > 0, { what: 'the log', stepMs: 1_000 });
    await slack.as(MEI).click(card, 'approve');
    await test.reply(card, jobInThread());
    expect(regained()).toBe(1);
  });

  it('is retried after minutes, not seconds', async () => {
    test = await startTestFerry({}, { database });
    const { clock, slack } = test;
    slack.removeBot(DB_MIGRATIONS);
    await test.send();
    await message(en.direct.channelLost.not_joined.happened);
    // Any call about the channel is an attempt: Ferry searches for a lost card before it posts again.
    const tries = () => slack.calls.filter(({ args }) => args['channel'] === DB_MIGRATIONS).length;
    const before = tries();
    expect(before).toBeGreaterThan(0);
    for (let passed = 0; passed < 58; passed += 1) {
      clock.advance(5_000);
      await untilQuiet(test);
    }
    expect(tries()).toBe(before);
    clock.advance(minute);
    await slack.until(() => tries() > before, { what: 'the next attempt' });
    slack.inviteBot(DB_MIGRATIONS);
    await passTime(test, () => test.card(), { what: 'the card', stepMs });
  });

  it('is one in which Ferry may no longer post, and is updated once it may', async () => {
    test = await startTestFerry({}, { database });
    const { slack } = test;
    const error = 'restricted_action_read_only_channel';
    slack.faults.next(
      'chat.postMessage',
      { kind: 'error', error },
      99,
      ({ channel }) => channel === DB_MIGRATIONS,
    );
    await test.send();
    expect(await message(en.direct.channelLost.restricted.happened)).toContain(
      button(en.card.withdraw),
    );
    slack.faults.clear();
    await passTime(test, () => test.card(), { what: 'the card', stepMs });
  });

  it('lets the requester withdraw from the message', async () => {
    test = await startTestFerry({ APPROVAL_CHANNEL: PRIVATE_WITH_BOT }, { database });
    const { slack } = test;
    const alice = slack.as(ALICE);
    slack.removeBot(PRIVATE_WITH_BOT);
    await test.send();
    expect(await message(en.direct.channelLost.unknown.happened)).toContain(
      button(en.card.withdraw),
    );
    const [lost] = alice.directMessages();
    if (lost === undefined) throw new Error('no message');
    await alice.click(lost, 'withdraw');
    slack.inviteBot(PRIVATE_WITH_BOT);
    const cards = () => slack.messages(PRIVATE_WITH_BOT).filter(({ threadTs }) => !threadTs);
    const isWithdrawn = () =>
      cards().some((each) => saying(en.card.status.withdrawn(anything)).test(slack.render(each)));
    await passTime(test, isWithdrawn, { what: 'the card', stepMs });
    expect(cards()).toHaveLength(1);
    expect(told()).toHaveLength(1);
  });
});
