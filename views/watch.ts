import type { ReplyContext } from '../src/domain/channel/reply';
import type { ConsoleSite } from '../src/domain/errors/consolePage';
import { hasEnded } from '../src/domain/job/job';
import type { RequestEvent } from '../src/domain/request/requestEvent';
import type { Watch, WatchState } from '../src/domain/request/watch';
import { cut } from '../src/domain/text/cut';
import type { Messages } from '../src/i18n/locales';
import { code, say, type Text } from '../src/i18n/text';
import { button } from './cardButtons';
import { jobMoved } from './jobLines';
import { actionRow, type Message, messageText } from './message';
import { plainText } from './plainText';
import { jobLabel } from './progress';
import { distinguished } from './reply';
import { jobPart, markOf, missingLine } from './requestCard';
import { richText } from './richText';
import { toMessage, type Words } from './words';

/** The button that ends a watch. Its value is the job's ID. */
export const unwatchAction = 'unwatch';

const longestTitle = 150;
const longestJobName = 60;

/** The card of a watched job. Ferry only reads the job, so the card offers no operation. */
export function buildWatchCard(messages: Messages, watch: Watch, site: ConsoleSite): Message {
  const { state, watched } = watch;
  const { jobId, name } = watched;
  const { stop, title } = messages.watch;
  const status = watchStatus(messages, watch);
  const heading = title(markOf(watch), jobId, cut(name, longestJobName), status);
  return {
    text: messageText(say`${heading}`),
    blocks: [
      { type: 'header', text: plainText(heading, longestTitle) },
      richText(...linesOf(messages, watch, site)),
      ...(state.status === 'watching'
        ? actionRow('watch', [button(unwatchAction, stop, jobId)])
        : []),
    ],
  };
}

/** The status of the watched job. */
export const watchStatus = (messages: Messages, { job }: Pick<Watch, 'job'>): string =>
  job === undefined ? messages.job.label.unknown : jobLabel(messages, job);

function linesOf(messages: Messages, watch: Watch, site: ConsoleSite): Text[] {
  const { job, requester, state, watched } = watch;
  const { watches, way } = messages.watch;
  const { jobId, region, source, target } = watched;
  const end = (id: string | undefined) => (id === undefined ? undefined : code(id));
  return [
    way(end(source), end(target)),
    ...(state.status === 'unwatched' && state.createdBy !== undefined
      ? []
      : [watches(requester.userId, jobPart(jobId, site), region)]),
    ...(job?.status === 'ready_run' && job.runsAt !== undefined
      ? [messages.job.startsAt(job.runsAt)]
      : []),
    ...(state.status === 'watching' ? missingLine(messages, watch) : [endLine(messages, state)]),
  ];
}

function endLine(
  { watch }: Messages,
  { at, by, createdBy }: Extract<WatchState, { status: 'unwatched' }>,
): Text {
  if (createdBy !== undefined) return watch.handedOver(createdBy, at);
  return by === undefined ? watch.ended(at) : watch.unwatched(by.userId, at);
}

/** The words for an event in the thread of a watched job; `undefined` for events without words. */
export function buildWatchReply(
  messages: Messages,
  watch: Watch,
  event: RequestEvent,
  { events = [] }: ReplyContext = {},
): Message | undefined {
  const words = wordsOf(messages, watch, event);
  if (words === undefined) return undefined;
  const earlier = events
    .filter(({ payload, seq }) => seq < event.seq && payload.type === event.payload.type)
    .map((each) => wordsOf(messages, watch, each));
  return toMessage(distinguished(messages, words, earlier));
}

function wordsOf(
  messages: Messages,
  watch: Watch,
  { by, payload }: RequestEvent,
): Words | undefined {
  const { thread } = messages.watch;
  if (payload.type === 'unwatched') {
    const { createdBy } = payload;
    const line =
      createdBy === undefined ? thread.unwatched(by?.userId ?? '') : thread.handedOver(createdBy);
    return { lines: [line] };
  }
  if (payload.type !== 'job_moved') return undefined;
  const said = jobMoved(messages, watch, payload);
  if (said.length === 0) return undefined;
  return { lines: hasEnded(payload.to) ? [...said, say`${thread.ended}`] : said };
}
