import type { RichTextBlock, TableBlock } from '@slack/types';
import type { JobPage, Overview } from '../src/domain/channel/home';
import type { FollowedJob } from '../src/domain/job/followed';
import { phaseOf } from '../src/domain/job/job';
import type { Policy } from '../src/domain/policy/policy';
import { requestChannel, rulesIn } from '../src/domain/policy/rules';
import type { MigrationRequest } from '../src/domain/request/request';
import { type Announced, isWatch } from '../src/domain/request/watch';
import type { Messages } from '../src/i18n/locales';
import { bold, channel, join, link, say, type Text } from '../src/i18n/text';
import { describeMigration } from './describeMigration';
import { errorLines } from './jobLines';
import { type Message, messageText } from './message';
import { packBlocks } from './packBlocks';
import { plainText } from './plainText';
import { currentStep, jobLabel } from './progress';
import { markOf } from './requestCard';
import {
  doubtAbout,
  listKinds,
  nothingIn,
  progressLines,
  statusLine,
  titleLine,
} from './requestLines';
import { richText } from './richText';

/** The most blocks from `packBlocks` in a message, apart from the last line. */
const mostBlocks = 4;

/** As many lines as fit, and a last one that is always included. */
function answer(lines: readonly Text[], last: (leftOut: number) => Text | undefined): Message {
  const { blocks, leftOut } = packBlocks(lines, mostBlocks);
  const end = last(leftOut);
  return {
    text: messageText(join(lines, '\n')),
    blocks: end === undefined ? blocks : [...blocks, richText(end)],
  };
}

/** A text alone. */
export const buildAnswer = (text: Text): Message => answer([text], () => undefined);

/** The requests that wait for a person, the person's own, and the newest ones, one per line. */
export function buildList(messages: Messages, overview: Overview): Message {
  const { command, home } = messages;
  const lines = listKinds.flatMap((kind): Text[] => {
    const { requests } = overview[kind];
    const isEmpty = requests.length === 0;
    if (kind === 'jobs' && isEmpty) return [];
    const entries = requests.map(
      (request) => say`${titleLine(messages, request)} ${statusLine(messages, request)}`,
    );
    const doubt = doubtAbout(messages, overview, kind);
    const note =
      doubt ?? (isEmpty && kind !== 'jobs' ? nothingIn(messages, overview, kind) : undefined);
    return [[bold(home[kind])], ...(note === undefined ? [] : [note]), ...entries];
  });
  const isMore = listKinds.some((kind) => overview[kind].more);
  return answer(lines, (leftOut) => (isMore || leftOut > 0 ? command.more : undefined));
}

/** The status of a request, its content, and where its card is. */
export function buildShown(
  messages: Messages,
  request: MigrationRequest,
  cardUrl: string | undefined,
): Message {
  const { command, details } = messages;
  const { job } = request;
  const lines = [
    titleLine(messages, request),
    statusLine(messages, request),
    ...progressLines(messages, request),
    ...(job === undefined || phaseOf(job.status) !== 'failed'
      ? []
      : errorLines(messages, errorOf(job))),
    details.asked(request.requester.userId, request.askedAt),
    ...describeMigration(messages, request),
  ];
  const where: Text =
    cardUrl === undefined
      ? command.inChannel(channel(request.channel))
      : [link(cardUrl, command.card)];
  return answer(lines, () => where);
}

/** The first error of a job. */
function errorOf({ errors: [error] }: FollowedJob): Parameters<typeof errorLines>[1] {
  if (error === undefined) return {};
  const { text, ...rest } = error;
  return text === '' ? rest : { error: text, ...rest };
}

/** Together with the number of jobs on a page, these keep the table within Slack's limits. */
const longestCell = 60;
const longestStep = 30;

/** `/migrate jobs`. `urlOf`: the link to a card. */
export function buildJobs(
  messages: Messages,
  jobs: JobPage,
  command: string,
  urlOf: (requestId: number) => string | undefined,
): Message {
  const { home, job } = messages;
  const { heading, next, none } = job.list;
  const notes = [
    ...(jobs.unsure ? [home.unsure.lately] : []),
    ...(jobs.requests.length === 0 ? [say`${none}`] : []),
  ];
  const end = jobs.more ? [next(command, jobs.page + 2)] : [];
  return jobTable(messages, jobs.requests, urlOf, [[bold(heading(jobs.page + 1))], ...notes], end);
}

/** The weekly list of jobs in a channel. `urlOf`: the link to a card. */
export function buildDigest(
  messages: Messages,
  jobs: JobPage,
  urlOf: (requestId: number) => string | undefined,
): Message {
  const { digest, more } = messages.job.list;
  const end = jobs.more ? [more] : [];
  return jobTable(messages, jobs.requests, urlOf, [[bold(digest)]], end);
}

/** Jobs as a table, and as text where Slack shows no blocks. */
function jobTable(
  messages: Messages,
  requests: readonly Announced[],
  urlOf: (requestId: number) => string | undefined,
  begin: readonly Text[],
  end: readonly Text[],
): Message {
  const { job: words } = messages;
  const rows = requests.flatMap((request): (readonly [Announced, string[]])[] => {
    const { job } = request;
    if (job === undefined) return [];
    const [step = ''] = currentStep(messages, job, longestStep);
    const status = `${markOf(request)} ${jobLabel(messages, job)}`;
    const name = isWatch(request) ? request.watched.name : request.parameters.JobName;
    return [[request, [name, status, step, words.lag(job) ?? '']]];
  });
  const { columns } = words.list;
  const table: TableBlock = {
    type: 'table',
    column_settings: columns.map(() => ({ is_wrapped: true })),
    rows: [
      columns.map((title) => rawText(title)),
      ...rows.map(([request, cells]) => [
        requestCell(request, urlOf(request.id)),
        ...cells.map(rawText),
      ]),
    ],
  };
  const lines = rows.map(([request]) =>
    join(
      [
        titleLine(messages, request),
        statusLine(messages, request),
        ...progressLines(messages, request),
      ],
      ' · ',
    ),
  );
  return {
    text: messageText(join([...begin, ...lines, ...end], '\n')),
    blocks: [
      richText(...begin),
      ...(rows.length === 0 ? [] : [table]),
      ...end.map((line) => richText(line)),
    ],
  };
}

/** Slack rejects an empty cell. */
const rawText = (text: string) => ({
  type: 'raw_text' as const,
  text: plainText(text, longestCell).text || '–',
});

/** A request's number, or a watched job's ID. */
function requestCell(
  request: Announced,
  url: string | undefined,
): RichTextBlock | ReturnType<typeof rawText> {
  const name = isWatch(request) ? request.watched.jobId : `#${request.id}`;
  return url === undefined ? rawText(name) : richText([link(url, name)]);
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
