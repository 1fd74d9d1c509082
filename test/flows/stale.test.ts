import { BOB, MEI, type Message } from '../../playground/slack/index';
import { passTime } from '../support/passTime';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import {
  anything,
  button,
  decidedAlready,
  decidedByYou,
  en,
  jobInThread,
  saying,
} from '../support/words';

describe.each(flowDatabases)('on %s, a late action changes nothing', (database) => {
  let test: TestFerry;
  beforeEach(async () => {
    test = await startTestFerry({}, { database });
  });
  afterEach(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });

  const now = (card: Message) => test.slack.message(card) ?? card;

  const deny = async (userId: string, card: Message) => {
    const person = test.slack.as(userId);
    await person.clickStale(card, 'deny');
    await test.slack.until(() => person.view(), { what: 'the denial form' });
    await person.fill({ Reason: 'not this week' });
  };
  const created = async (card: Message) => {
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
    await readOnce(card);
  };
  /** The card of a new job changes again when Ferry has read the job. */
  const readOnce = (card: Message) =>
    passTime(test, () => test.shown(card).includes(button(en.job.button.check_job)), {
      what: 'the card',
    });
  const denied = async (card: Message) => {
    await deny(BOB, card);
    await test.slack.as(BOB).submit();
    await test.reply(card, saying(en.thread.denied(anything)));
    await test.slack.until(() => saying(en.card.status.denied(anything)).test(test.shown(card)), {
      what: 'the card',
    });
  };
  /** A request with an unknown outcome whose job exists. Returns the card at that moment. */
  const inDoubt = async (card: Message): Promise<Message> => {
    test.dts.next({ kind: 'reset', when: 'after' });
    const code = 'UnauthorizedOperation.NotEnoughPrivileges';
    test.dts.next({ kind: 'code', code }, { action: 'DescribeMigrateJobs', times: 99 });
    await test.slack.as(BOB).click(card, 'approve');
    await passTime(test, () => test.shown(card).includes(button(en.card.lookAgain)), {
      what: 'the buttons',
    });
    await test.reply(card, saying(en.operations.create_job.thread.searchForbidden));
    test.dts.clearFaults();
    return now(card);
  };

  /** Runs the action, and expects a single reply to that person and no other effect. */
  const isRefused = async (userId: string, card: Message, act: () => Promise<unknown>) => {
    const [calls, before] = [test.dts.callsOf('CreateMigrateJob').length, test.shown(card)];
    const replies = test.replies(card);
    const answer = await test.slack.answerTo(userId, act);
    // When a later request has its card, all work of the action has ended.
    await test.request({ JobName: 'later' });
    expect(test.shown(card)).toBe(before);
    expect(test.replies(card)).toEqual(replies);
    expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(calls);
    return answer.text;
  };

  it('Approve on a card that was denied', async () => {
    const card = await test.request();
    await denied(card);
    const click = () => test.slack.as(MEI).clickStale(card, 'approve');
    expect(await isRefused(MEI, card, click)).toMatch(decidedAlready('denied'));
  });

  it('Approve by the person who has just denied', async () => {
    const card = await test.request();
    await denied(card);
    const click = () => test.slack.as(BOB).clickStale(card, 'approve');
    expect(await isRefused(BOB, card, click)).toMatch(decidedByYou('denied'));
  });

  it('Approve on a card whose job was created', async () => {
    const card = await test.request();
    await created(card);
    const click = () => test.slack.as(MEI).clickStale(card, 'approve');
    expect(await isRefused(MEI, card, click)).toMatch(decidedAlready('approved'));
  });

  it('a denial whose form was open while another person approved', async () => {
    const card = await test.request();
    await deny(MEI, card);
    await created(card);
    const words = await isRefused(MEI, card, () => test.slack.as(MEI).submit());
    expect(words).toMatch(decidedAlready('approved'));
    // The typed text is returned.
    expect(words).toContain('not this week');
  });

  it('a second denial whose form was open during the first', async () => {
    const card = await test.request();
    await deny(MEI, card);
    await denied(card);
    const submit = () => test.slack.as(MEI).submit();
    expect(await isRefused(MEI, card, submit)).toMatch(decidedAlready('denied'));
  });

  it.each([
    ['look_again', saying(en.refusal({ code: 'not_in_doubt' }))],
    ['try_again', saying(en.refusal({ code: 'not_failed' }))],
  ])('%s on a resolved request', async (action, words) => {
    const card = await test.request();
    const doubtful = await inDoubt(card);
    await test.slack.as(BOB).click(card, 'look_again');
    await test.reply(card, saying(en.thread.found(anything)));
    await readOnce(card);
    const click = () => test.slack.as(MEI).clickStale(doubtful, action);
    expect(await isRefused(MEI, card, click)).toMatch(words);
    expect(test.dts.jobs.size).toBe(1);
  });

  it('Approve on the first version of a card with an unknown outcome', async () => {
    const card = await test.request();
    await inDoubt(card);
    const click = () => test.slack.as(MEI).clickStale(card, 'approve');
    expect(await isRefused(MEI, card, click)).toMatch(decidedAlready('approved'));
  });

  it('“create it”, confirmed after the next call got no response either', async () => {
    const card = await test.request();
    const { foundNone } = en.operations.create_job.thread;
    const lost = (times: number) =>
      passTime(
        test,
        () => test.replies(card).filter((text) => text.includes(foundNone)).length === times,
        {
          ...{ what: `unknown outcome ${times}`, stepMs: 10_000 },
        },
      );
    test.dts.next({ kind: 'reset', when: 'before' });
    await test.slack.as(BOB).click(card, 'approve');
    await lost(1);
    const doubtful = now(card);
    test.dts.next({ kind: 'reset', when: 'before' });
    await test.slack.as(BOB).click(card, 'try_again');
    await lost(2);
    const click = () => test.slack.as(MEI).clickStale(doubtful, 'try_again');
    expect(await isRefused(MEI, card, click)).toMatch(
      saying(en.refusal({ code: 'other_attempt' })),
    );
  });

  it('“create it”, pressed by two people at once, makes one more call', async () => {
    const card = await test.request();
    test.dts.next({ kind: 'reset', when: 'before' });
    await test.slack.as(BOB).click(card, 'approve');
    await passTime(test, () => test.shown(card).includes(button(en.card.lookAgain)), {
      what: 'the buttons',
    });
    const doubtful = now(card);
    await Promise.all(
      [BOB, MEI].map((userId) => test.slack.as(userId).clickStale(doubtful, 'try_again')),
    );
    await test.reply(card, jobInThread());
    const answers = () => [BOB, MEI].flatMap((userId) => test.slack.as(userId).ephemerals());
    await test.slack.until(() => answers().length === 1, { what: 'the refusal of one' });
    expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(2);
    expect(test.dts.jobs.size).toBe(1);
  });
});
