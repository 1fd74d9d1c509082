import { ALICE, BOB, DB_MIGRATIONS, MEI, type Message } from '../../playground/slack/index';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anyText, en, jobInThread, jobOnCard, saying } from '../support/words';

const requests = 40;
/** How many workers post at once. What is in transit was chosen before the newest events. */
const inTransit = 5;
/** Slack refuses posts for this long, so that the requests are queued however slow the machine is. */
const pauseSeconds = 600;

describe.each(flowDatabases)('on %s, with forty queued requests of one person', (database) => {
  let test: TestFerry;
  const posts = (): readonly Message[] =>
    test.slack.messages(DB_MIGRATIONS).filter(({ onlyFor }) => onlyFor === undefined);
  const isCard = ({ threadTs }: Message): boolean => threadTs === undefined;
  beforeEach(async () => {
    // Slack allows a burst of messages in a channel, then one per second.
    test = await startTestFerry(
      { SLACK_POSTS_PER_SECOND: '1', OPEN_REQUESTS_PER_PERSON: '50' },
      { database },
    );
    await test.request({ JobName: 'queued-1' }, ALICE);
    const pause = { kind: 'rateLimited', retryAfterSeconds: pauseSeconds } as const;
    const isHere = ({ channel }: Readonly<Record<string, unknown>>) => channel === DB_MIGRATIONS;
    test.slack.faults.next('chat.postMessage', pause, 1, isHere);
    for (let count = 2; count <= requests; count += 1) {
      await test.send({ JobName: `queued-${count}` }, ALICE);
    }
  }, 90_000);
  afterEach(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });

  it('another person’s card is among the next posts, and outcomes come first', async () => {
    const [first] = posts().filter(isCard);
    if (first === undefined) throw new Error('no card');
    expect(posts()).toEqual([first]);
    await test.send({ JobName: 'somebody-elses' }, MEI);
    await test.slack.as(BOB).click(first, 'approve');
    // The card changes at once, because only posts wait.
    const shown = () => test.shown(first);
    await test.slack.until(() => jobOnCard().test(shown()), { what: 'the job' });
    const queued = posts().length;
    expect(queued).toBe(1);
    test.clock.advance(pauseSeconds * 1_000);
    const found = (words: string | RegExp) =>
      posts().findIndex((post) => test.slack.render(post).match(words) !== null);
    /** Advances the time by as much as the channel needs for its next post. */
    const nextPost = async (): Promise<void> => {
      const count = posts().length;
      test.clock.advance(1_000);
      await test.slack.until(() => posts().length > count, { what: 'the next post' });
    };
    while (found('somebody-elses') < 0 || found(jobInThread()) < 0) await nextPost();
    // The outcome and its progress come before the card. Each may wait for the posts in transit.
    expect(found('somebody-elses')).toBeLessThan(queued + inTransit + 4);
    const outcome = found(jobInThread());
    expect(outcome).toBeGreaterThanOrEqual(queued);
    // One reply reports the approval and its outcome.
    expect(found(saying(en.thread.approved(BOB, anyText, undefined)))).toBe(outcome);
    expect(posts()[outcome]?.threadTs).toBe(first.ts);
    // After the posts in transit, the other workers begin cards at the same time as the outcome.
    const cardsBefore = posts().slice(queued, outcome).filter(isCard);
    expect(cardsBefore.length).toBeLessThanOrEqual(inTransit + (inTransit - 1));

    const cards = () => posts().filter(isCard).length;
    while (cards() < requests + 1) await nextPost();
  }, 120_000);
});
