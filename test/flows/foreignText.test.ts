import {
  ALICE,
  APPROVERS_GROUP,
  BOB,
  DB_MIGRATIONS,
  MEI,
  type Message,
} from '../../playground/slack/index';
import { cut } from '../../src/domain/text/cut';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anything, en, saying } from '../support/words';

let test: TestFerry;
beforeAll(async () => {
  test = await startTestFerry();
});
afterAll(() => test.stop());

const hostile: readonly [string, string][] = [
  ['a channel mention', '<!channel> <!here> <!everyone>'],
  ['a mention of people', '<@U0MEI00001> <!subteam^S0APPROVE1>'],
  ['a forged link', '<https://evil.example|console.cloud.tencent.com>'],
  ['ampersands and entities', 'a && b &lt;!channel&gt; &amp;'],
  ['formatting', '`code` ```block``` *bold* _it_ ~no~ > quote'],
  ['emoji', ':rotating_light: 🚚🧵👩‍👩‍👧‍👦'],
  ['Chinese', '机房下线，需要在周五之前把订单库迁到上海。'],
  ['right-to-left text', 'הגירה مهاجرت 3306'],
  ['lines', 'first\nsecond\n\n  indented'],
  ['3,000 characters', '<!channel>&`'.repeat(250)],
];

/** The card shows the beginning of a long reason. Details shows all of it. */
const longestOnCard = 300;
/** The cards as they were posted. A closed card no longer mentions its approvers. */
const posted: Message[] = [];

it.each(hostile)(
  '%s is shown literally on the card, in Details and in the thread',
  async (_, text) => {
    const { slack } = test;
    const line = text.split('\n')[0]?.slice(0, 100).trim() ?? '';
    const card = await test.request({ Reason: text, JobName: line, 'SrcInfo.User': line });
    posted.push(card);
    const literals = literalsOf(card.blocks);
    expect(literals).toContain(cut(text.trim(), longestOnCard));
    expect(literals.some((literal) => literal.includes(line))).toBe(true);

    const alice = slack.as(ALICE);
    await alice.click(card, 'details');
    const details = await slack.until(
      () => JSON.stringify(alice.view()?.blocks ?? []).includes(en.details.history) && alice.view(),
      { what: 'the details' },
    );
    const inDetails = literalsOf(details.blocks);
    // Pieces of a long reason are in several blocks.
    expect(inDetails.join('')).toContain(text.trim());
    // The account of the source.
    expect(inDetails).toContain(line);
    await alice.dismiss();

    await slack.as(BOB).click(card, 'deny');
    await slack.until(() => slack.as(BOB).view(), { what: 'the denial form' });
    await slack.as(BOB).fill({ Reason: text });
    await slack.as(BOB).submit();
    await test.reply(card, saying(en.thread.denied(anything)));
    const reply = slack.messages(DB_MIGRATIONS).findLast(({ threadTs }) => threadTs === card.ts);
    expect(literalsOf(reply?.blocks)).toContain(text.trim());
  },
);

it("only Ferry's own mentions pinged anyone", () => {
  const { slack } = test;
  const pinged = [...posted, ...slack.messages(DB_MIGRATIONS)].flatMap((message) =>
    slack.notifications(message),
  );
  expect(pinged.filter(({ kind }) => kind === 'broadcast')).toEqual([]);
  expect(posted).toHaveLength(hostile.length);
  for (const card of posted) {
    expect(slack.notifications(card)).toContainEqual({ kind: 'group', id: APPROVERS_GROUP });
  }
  expect(pinged).not.toContainEqual({ kind: 'user', id: MEI });
  expect(slack.mistakes).toEqual([]);
});

/** Text that Slack shows literally: text elements of rich text, and plain text. */
function literalsOf(block: unknown): string[] {
  if (Array.isArray(block)) return block.flatMap(literalsOf);
  if (typeof block !== 'object' || block === null) return [];
  const own =
    'text' in block &&
    typeof block.text === 'string' &&
    'type' in block &&
    (block.type === 'text' || block.type === 'plain_text')
      ? [block.text]
      : [];
  return [...own, ...Object.values(block).flatMap(literalsOf)];
}
