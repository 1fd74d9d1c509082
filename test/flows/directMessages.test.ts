import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, DAN, type Fault, MEI, type Message } from '../../playground/slack/index';
import { code, person, plain, say } from '../../src/i18n/text';
import { zh } from '../support/inChinese';
import { fieldsShown } from '../support/modal';
import { passTime } from '../support/passTime';
import { aPolicyFile } from '../support/policyFile';
import { untilQuiet } from '../support/quiet';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import { whoTheyAre } from '../support/whoTheyAre';
import { anything, en, jobInThread, saying } from '../support/words';

let test: TestFerry;
const start = async (...options: Parameters<typeof startTestFerry>) => {
  test = await startTestFerry(...options);
};
afterEach(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
});

const told = (userId = ALICE): string[] =>
  test.slack
    .as(userId)
    .directMessages()
    .filter(({ onlyFor }) => onlyFor === undefined)
    .map((message) => test.slack.render(message));
/** Waits for the person's next message, and for `count` messages in total. */
const messages = async (count: number): Promise<string[]> => {
  await passTime(test, () => told().length >= count, { what: `${count} direct messages` });
  return told();
};
const deny = async (card: Message, reason: string) => {
  const bob = test.slack.as(BOB);
  await bob.click(card, 'deny');
  await test.slack.until(() => bob.view(), { what: 'the denial form' });
  await bob.fill({ Reason: reason });
  await bob.submit();
};

describe.each(flowDatabases)('on %s, the requester gets a direct message', (database) => {
  it('about the approval, and about the job with a link to the card', async () => {
    await start({ REQUIRED_APPROVALS: '2' }, { database });
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, saying(en.thread.approved(anything, en.card.tally(1, 2), undefined)));
    await test.slack.as(MEI).click(card, 'approve');
    const [created, ...others] = await messages(1);
    expect(created).toMatch(/Request #1 usertest in #db-migrations/);
    expect(created).toMatch(saying(en.direct.approvedBy(say`${person(BOB)}, ${person(MEI)}`)));
    expect(created).toMatch(jobInThread());
    expect(created).toContain(en.thread.createdNext);
    expect(others).toEqual([]);
    const [message] = test.slack.as(ALICE).directMessages();
    expect(JSON.stringify(message?.blocks)).toContain(`/archives/${card.channel}/p`);
    expect(told(BOB)).toEqual([]);
  });

  it('about the denial and its reason', async () => {
    await start({}, { database });
    await deny(await test.request(), 'not this week');
    const [denied] = await messages(1);
    expect(denied).toMatch(saying(en.thread.denied(BOB)));
    expect(denied).toContain('not this week');
  });

  it('about the expiry', async () => {
    await start({}, { database });
    await test.request();
    test.clock.advance(8 * 24 * 3_600_000);
    expect((await messages(1))[0]).toMatch(saying(en.thread.expired));
  });

  it('about a failure and what to do', async () => {
    await start({}, { database });
    test.dts.next({ kind: 'code', code: 'UnauthorizedOperation.NotEnoughPrivileges' });
    await test.slack.as(BOB).click(await test.request(), 'approve');
    const [failed] = await messages(1);
    expect(failed).toContain(en.operations.create_job.thread.failed);
    expect(failed).toMatch(
      saying(say`${en.thread.next} ${anything}\n${anything}${en.thread.who} `),
    );
  });

  it('about an unknown outcome', async () => {
    await start({}, { database });
    test.dts.next({ kind: 'reset', when: 'before' });
    await test.slack.as(BOB).click(await test.request(), 'approve');
    expect((await messages(1))[0]).toContain(en.operations.create_job.thread.outcomeUnknown);
  });

  it('once after a crash about earlier events', async () => {
    await start({}, { database });
    const card = await test.request();
    // The post arrived, but no response did: twice, then the process ends.
    test.slack.faults.next('chat.postMessage', { kind: 'reset', after: true }, 3);
    await test.slack.as(BOB).click(card, 'approve');
    await test.slack.until(() => told().length > 0, { what: 'the first message' });
    await test.restart();
    await test.slack.until(() => jobInThread().test(test.replies(card).at(-1) ?? ''), {
      what: 'the end',
    });
    expect(await messages(1)).toHaveLength(1);
    await test.request({ JobName: 'later' });
    expect(told()).toEqual([expect.stringMatching(jobInThread())]);
  });

  it('not while the requester is a guest, and late if Slack does not say who the requester is', async () => {
    await start({}, { database });
    const { slack, clock } = test;
    const first = await test.request({ JobName: 'of-a-guest' });
    slack.changeUser(ALICE, { kind: 'multiChannelGuest' });
    clock.advance(30_000);
    const isAlice = (args: Readonly<Record<string, unknown>>) =>
      whoTheyAre(args) && args['user'] === ALICE;
    const seenAsGuest = () =>
      slack
        .callsOf('users.info')
        .filter(({ args, answer }) => isAlice(args) && answer.kind === 'ok').length;
    const before = seenAsGuest();
    await deny(first, 'not now');
    await test.reply(first, 'not now');
    await slack.until(() => seenAsGuest() > before, { what: 'the lookup of the guest' });
    // Others look the guest up as well, so this waits for the decision about the message.
    await untilQuiet(test);
    slack.changeUser(ALICE, { kind: 'member' });
    clock.advance(30_000);
    const second = await test.request({ JobName: 'of-a-member' });
    clock.advance(30_000);
    slack.faults.next('users.info', { kind: 'status', status: 503 }, 2, isAlice);
    await deny(second, 'not now either');
    await test.reply(second, 'not now either');
    const shown = (await messages(1)).join();
    expect(shown).not.toContain('#1');
    expect(shown).toContain('#2');
  });

  it.each(['user_not_found', 'user_not_visible'])(
    'not while users.info says %s about the requester',
    async (error) => {
      await start({}, { database });
      const { slack, clock } = test;
      const first = await test.request({ JobName: 'first' });
      // The lease on a message that Ferry is posting would end.
      await untilQuiet(test);
      clock.advance(30_000);
      const isAlice = (args: Readonly<Record<string, unknown>>) =>
        whoTheyAre(args) && args['user'] === ALICE;
      slack.faults.next('users.info', { kind: 'error', error }, 1_000, isAlice);
      await deny(first, 'not now');
      await test.reply(first, 'not now');
      await untilQuiet(test);
      slack.faults.clear();
      clock.advance(30_000);
      await deny(await test.request({ JobName: 'second' }), 'not now either');
      const shown = (await messages(1)).join();
      expect(shown).not.toContain('#1');
      expect(shown).toContain('#2');
      expect(test.logged()).not.toContain('work failed');
    },
  );

  it('until direct messages are turned off, and again after they are turned on', async () => {
    await start({}, { database });
    const alice = test.slack.as(ALICE);
    await deny(await test.request(), 'first');
    await messages(1);
    const [message] = alice.directMessages();
    if (message === undefined) throw new Error('no message');
    const answer = await test.slack.answerTo(ALICE, () =>
      alice.click(message, 'no_direct_messages'),
    );
    expect(answer.text).toContain('/migrate messages on');
    await test.restart();

    const second = await test.request({ JobName: 'second' });
    await deny(second, 'unheard');
    await test.reply(second, saying(en.thread.denied(anything)));
    // A message about a later request shows that this one was skipped.
    await deny(await test.request({ JobName: 'other' }, MEI), 'other');
    await passTime(test, () => told(MEI).length > 0, { what: 'the message to another person' });
    const command = (text: string) => alice.command(second.channel, '/migrate', text);
    await command('messages on');
    await deny(await test.request({ JobName: 'third' }), 'third');
    await messages(2);
    const said = told().join('\n');
    expect(said).toContain('third');
    expect(said).not.toContain('unheard');
  });
});

describe('the requester', () => {
  it("gets a message about other people's edits, but not about their own", async () => {
    const policy = aPolicyFile({ approvals: { editors: ['requester', DAN] } });
    await start(policy.environment);
    policy.remove();
    const card = await test.request();
    const edit = async (by: string, JobName: string, revision: number) => {
      const person = test.slack.as(by);
      await person.click(card, 'edit');
      await test.slack.until(() => fieldsShown(person).includes('JobName'), { what: 'the form' });
      await fillForm(test.slack, person, { JobName, 'SrcInfo.Password': 'p' });
      await person.submit();
      await test.reply(card, saying(en.thread.edited(by, revision)));
      await untilQuiet(test);
    };
    await edit(ALICE, 'renamed', 2);
    expect(told()).toEqual([]);
    await edit(DAN, 'renamed-again', 3);
    const [edited, ...others] = await messages(1);
    expect(edited).toMatch(saying(en.thread.edited(DAN, 3)));
    expect(edited).toContain('renamed-again');
    expect(others).toEqual([]);
  });

  it('gets messages in Chinese if that is their language', async () => {
    await start({ DEFAULT_LOCALE: 'zh-CN' });
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, zh.thread.createdNext);
    const find = () => told().find((text) => text.includes(zh.thread.createdNext));
    const message = await passTime(test, find, { what: 'the message' });
    expect(message).toContain(
      plain(zh.direct.about(code(zh.direct.title(1)), 'usertest', code('#db-migrations'))),
    );
    expect(message).toContain(`[${zh.direct.mute}]`);
  });

  const lasting: Fault = { kind: 'error', error: 'user_not_found' };
  it('delays neither the thread nor later messages if they cannot be reached', async () => {
    await start();
    const card = await test.request();
    const isDirect = ({ channel }: Readonly<Record<string, unknown>>) => channel === ALICE;
    test.slack.faults.next('chat.postMessage', lasting, 3, isDirect);
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
    await passTime(test, () => test.logged().includes('a direct message could not be sent'), {
      what: 'the end of the attempts',
    });
    const later = await test.request({ JobName: 'later' });
    await test.slack.as(BOB).click(later, 'approve');
    expect(await messages(1)).toEqual([expect.stringMatching(jobInThread())]);
    expect(test.replies(card)).toHaveLength(1);
  });

  it.each<{ fault: string; means: Fault }>([
    { fault: 'a lost response', means: { kind: 'reset', after: true } },
    { fault: 'HTTP 503', means: { kind: 'status', status: 503 } },
    { fault: 'rate_limited', means: { kind: 'error', error: 'rate_limited' } },
    { fault: '429', means: { kind: 'rateLimited', retryAfterSeconds: 30 } },
    { fault: 'fatal_error, done', means: { kind: 'error', error: 'fatal_error', after: true } },
  ])('gets one message if posts hit $fault', async ({ means }) => {
    await start();
    const card = await test.request();
    test.slack.faults.next('chat.postMessage', means, 6);
    await test.slack.as(BOB).click(card, 'approve');
    await passTime(test, () => jobInThread().test(test.replies(card).at(-1) ?? ''), {
      what: 'the end',
    });
    expect(await messages(1)).toEqual([expect.stringMatching(jobInThread())]);
    expect(test.replies(card).length).toBeLessThanOrEqual(2);
  });
});
