import { APPROVERS_GROUP, BOB, DB_MIGRATIONS, MEI } from '../../playground/slack/index';
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

it.each(hostile)('%s is shown literally on the card and in the thread', async (_, text) => {
  const { slack } = test;
  const line = text.split('\n')[0]?.slice(0, 100).trim() ?? '';
  const card = await test.request({ Reason: text, JobName: line, 'SrcInfo.User': line });
  const literals = literalsOf(card.blocks);
  expect(literals).toContain(text.trim());
  expect(literals.some((literal) => literal.includes(line))).toBe(true);

  await slack.as(BOB).click(card, 'deny');
  await slack.until(() => slack.as(BOB).view(), { what: 'the denial form' });
  await slack.as(BOB).fill({ Reason: text });
  await slack.as(BOB).submit();
  await test.reply(card, saying(en.thread.denied(anything)));
  const reply = slack.messages(DB_MIGRATIONS).findLast(({ threadTs }) => threadTs === card.ts);
  expect(literalsOf(reply?.blocks)).toContain(text.trim());
});

it("only Ferry's own mentions pinged anyone", () => {
  const { slack } = test;
  const pinged = slack.messages(DB_MIGRATIONS).flatMap((message) => slack.notifications(message));
  expect(pinged.filter(({ kind }) => kind === 'broadcast')).toEqual([]);
  expect(pinged).toContainEqual({ kind: 'group', id: APPROVERS_GROUP });
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
