import type { ActionsBlock } from '@slack/types';
import type { ReplyContext } from '../src/domain/channel/reply';
import type { ConsoleSite } from '../src/domain/errors/consolePage';
import type { MigrationRequest } from '../src/domain/request/request';
import type { PayloadOf, RequestEvent } from '../src/domain/request/requestEvent';
import { explainProblem } from '../src/i18n/explain';
import type { About } from '../src/i18n/explanation';
import type { Messages } from '../src/i18n/locales';
import { plain, say } from '../src/i18n/text';
import { consoleButton, deleteIdleJobButton } from './cardButtons';
import { wordsOf } from './eventWords';
import { aboutRequest, pageButton, remedies } from './explanation';
import { actionRow, type Message } from './message';
import { toMessage, type Words } from './words';

/** What a reply depends on, with links to the cards of other requests. */
type ReplyLinks = Pick<ReplyContext, 'approval' | 'events'> & Pick<About, 'cardUrl'>;

/** The words for an event in the request's thread; `undefined` for events without words. */
export function buildReply(
  messages: Messages,
  request: MigrationRequest,
  event: RequestEvent,
  site: ConsoleSite,
  { approval, cardUrl, events = [] }: ReplyLinks = {},
): Message | undefined {
  const about = { messages, request, site };
  const told = (each: RequestEvent): Words | undefined => {
    const before = events.filter(
      ({ payload, seq }) => seq < each.seq && payload.type === each.payload.type,
    );
    const failures = before.filter((other) => isSameFailure(other, each)).length + 1;
    const words = wordsOf({ ...about, failures, cardUrl }, each);
    const earlier = before.map((other) => wordsOf(about, other));
    return words && distinguished(messages, words, earlier);
  };
  const words = told(event);
  if (words === undefined) return undefined;
  const led = approval && told(approval);
  const { text, blocks } = toMessage({
    ...words,
    lines: [...(led?.lines ?? []), ...words.lines],
  });
  const buttons = remediesOf(messages, request, event, site);
  return { text, blocks: [...blocks, ...buttons] };
}

const isSameFailure = ({ payload: one }: RequestEvent, { payload: other }: RequestEvent): boolean =>
  one.type === 'failed' && other.type === 'failed' && one.operation === other.operation;

/** Two replies never begin with the same line. */
export function distinguished(
  { thread }: Messages,
  words: Words,
  earlier: readonly (Words | undefined)[],
): Words {
  const [first, ...rest] = words.lines;
  if (first === undefined) return words;
  const headline = plain(first);
  const isSame = (other: Words | undefined): boolean =>
    other?.lines[0] !== undefined && plain(other.lines[0]) === headline;
  const times = earlier.filter(isSame).length + 1;
  if (times === 1) return words;
  return { ...words, lines: [say`${first}${thread.again(times)}`, ...rest] };
}

/** The buttons below an explanation. */
function remediesOf(
  messages: Messages,
  request: MigrationRequest,
  { payload, revision }: RequestEvent,
  site: ConsoleSite,
): ActionsBlock[] {
  if (payload.type === 'created') {
    return actionRow('remedies', [consoleButton(messages, 'dts', site)]);
  }
  if (payload.type !== 'failed') return [];
  const about = aboutRequest(messages, request);
  const explanation = explainProblem(payload.problem, messages, about);
  if (payload.operation !== 'create_job') {
    // The card has the buttons that the job's status allows.
    return actionRow('remedies', pageButton(messages, explanation, site));
  }
  return [
    ...idleJobButtons(messages, payload.problem),
    ...remedies(messages, { ...request, revision }, explanation, site),
  ];
}

/** Offers to delete the idle jobs that Ferry created. */
function idleJobButtons(
  messages: Messages,
  problem: PayloadOf<'failed'>['problem'],
): ActionsBlock[] {
  const idle = problem.kind === 'refused' ? problem.idleJobs : undefined;
  const jobs = idle?.kind === 'found' ? idle.jobs : [];
  const elements = jobs.flatMap(({ request }) =>
    request === undefined ? [] : [deleteIdleJobButton(messages, request)],
  );
  return actionRow('idle_jobs', elements);
}
