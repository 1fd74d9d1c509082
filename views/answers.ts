import type { Overview } from '../src/domain/channel/home';
import type { Policy } from '../src/domain/policy/policy';
import { requestChannel, rulesIn } from '../src/domain/policy/rules';
import type { MigrationRequest } from '../src/domain/request/request';
import type { Messages } from '../src/i18n/locales';
import { bold, channel, join, link, say, type Text } from '../src/i18n/text';
import { describeMigration } from './describeMigration';
import { mrkdwn } from './mrkdwn';
import { packBlocks } from './packBlocks';
import { cut } from './plainText';
import type { Message } from './requestCard';
import { doubtAbout, statusLine, titleLine } from './requestLines';
import { richText } from './richText';

/** The most blocks from `pack` in a message, apart from the last line. */
const mostBlocks = 4;

/** As many lines as fit, and a last one that is always included. */
function answer(lines: readonly Text[], last: (leftOut: number) => Text | undefined): Message {
  const { blocks, leftOut } = packBlocks(lines, mostBlocks);
  const end = last(leftOut);
  return {
    text: cut(mrkdwn(join(lines, '\n')), 4_000),
    blocks: end === undefined ? blocks : [...blocks, richText(end)],
  };
}

/** A text alone. */
export const buildAnswer = (text: Text): Message => answer([text], () => undefined);

/** The requests that wait for a person, the person's own, and the newest ones, one per line. */
export function buildList(messages: Messages, overview: Overview): Message {
  const { command, home } = messages;
  const kinds = ['waiting', 'mine', 'lately'] as const;
  const lines = kinds.flatMap((kind): Text[] => {
    const { requests } = overview[kind];
    const entries = requests.map(
      (request) => say`${titleLine(messages, request)} ${statusLine(messages, request)}`,
    );
    const doubt = doubtAbout(messages, overview, kind);
    const note = doubt ?? (requests.length === 0 ? say`${home.none[kind]}` : undefined);
    return [[bold(home[kind])], ...(note === undefined ? [] : [note]), ...entries];
  });
  const isMore = kinds.some((kind) => overview[kind].more);
  return answer(lines, (leftOut) => (isMore || leftOut > 0 ? command.more : undefined));
}

/** The status of a request, its content, and where its card is. */
export function buildShown(
  messages: Messages,
  request: MigrationRequest,
  cardUrl: string | undefined,
): Message {
  const { command, details } = messages;
  const lines = [
    titleLine(messages, request),
    statusLine(messages, request),
    details.asked(request.requester.userId, request.askedAt),
    ...describeMigration(messages, request),
  ];
  const where: Text =
    cardUrl === undefined
      ? command.inChannel(channel(request.channel))
      : [link(cardUrl, command.card)];
  return answer(lines, () => where);
}

/** The rules for requests from a channel, in order. */
export function buildRules(
  messages: Messages,
  policy: Policy,
  { command, channelId }: { command: string; channelId: string },
): Message {
  const { command: words, policy: rules } = messages;
  const lines = rulesIn(policy, channelId).map(
    ({ when, rule }) => say`\n${rules.rule(rule)}\n${words.covers(rules.covers(when))}`,
  );
  const place = requestChannel(channelId);
  const heading =
    place === undefined ? words.policyAnywhere(command) : words.policy(command, channel(place));
  return answer([heading, ...lines], (leftOut) =>
    leftOut === 0 ? undefined : words.moreRules(leftOut),
  );
}
