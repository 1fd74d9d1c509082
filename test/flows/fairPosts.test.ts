import { ALICE, BOB, type Call, MEI } from '../../playground/slack/index';
import { databases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import { jobInThread, jobOnCard } from '../support/words';

const requests = 30;

describe.each(databases)('on %s, with thirty queued requests of one person', (database) => {
  let test: TestFerry;
  const posts = (): readonly Call[] =>
    test.slack.calls.filter(
      ({ answer, args, method }) =>
        method === 'chat.postMessage' && answer.kind === 'ok' && args['channel'] !== ALICE,
    );
  const isCard = (call: Call): boolean => call.args['thread_ts'] === undefined;
  const names = (call: Call, words: string | RegExp): boolean =>
    JSON.stringify(call.args).match(words) !== null;
  beforeEach(async () => {
    // Slack allows a burst of messages in a channel, then one per second.
    test = await startTestFerry(
      { SLACK_POSTS_PER_SECOND: '1', OPEN_REQUESTS_PER_PERSON: '50' },
      { database },
    );
    for (let count = 1; count <= requests; count += 1) {
      await test.send({ JobName: `queued-${count}` }, ALICE);
    }
  }, 90_000);
  afterEach(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });

  it('another person’s card is among the next posts, and outcomes come first', async () => {
    const [first] = test.slack
      .messages(test.card()?.channel ?? '')
      .filter((each) => !each.threadTs);
    if (first === undefined) throw new Error('no card');
    expect(posts().filter(isCard).length).toBeLessThan(requests - 5);
    await test.send({ JobName: 'somebody-elses' }, MEI);
    await test.slack.as(BOB).click(first, 'approve');
    // The card changes at once, because only posts wait.
    const shown = () => test.slack.render(test.slack.message(first) ?? first);
    await test.slack.until(() => jobOnCard().test(shown()), { what: 'the job' });
    const queued = posts().length;
    const found = (words: string | RegExp) => posts().findIndex((call) => names(call, words));
    /** Advances the time by as much as the channel needs for its next post. */
    const nextPost = async (): Promise<void> => {
      const count = posts().length;
      test.clock.advance(1_000);
      await test.slack.until(() => posts().length > count, { what: 'the next post' });
    };
    while (found('somebody-elses') < 0 || found(jobInThread()) < 0) await nextPost();
    expect(found('somebody-elses')).toBeLessThan(queued + 6);
    const approval = posts().findIndex((call) => !isCard(call) && names(call, BOB));
    expect(approval).toBeGreaterThan(0);
    const isReply = (index: number) => posts()[index]?.args['thread_ts'] !== undefined;
    expect(isReply(approval) && isReply(found(jobInThread()))).toBe(true);
    const cardsBefore = (index: number) => posts().slice(queued, index).filter(isCard).length;
    // One of the waiting cards may be in transit, and one is the share of new cards.
    expect(cardsBefore(found(jobInThread()))).toBeLessThanOrEqual(2);
    expect(cardsBefore(approval)).toBeLessThanOrEqual(2);

    const cards = () => posts().filter(isCard).length;
    while (cards() < requests + 1) await nextPost();
  }, 120_000);
});
