import type { HomeFilter, Overview } from '../src/domain/channel/home';
import { operationIn } from '../src/domain/request/operationIn';
import type { MigrationRequest } from '../src/domain/request/request';
import { type Announced, isWatch } from '../src/domain/request/watch';
import { cut } from '../src/domain/text/cut';
import type { Messages } from '../src/i18n/locales';
import { say, type Text } from '../src/i18n/text';
import { clip } from './packBlocks';
import { progressOf } from './progress';
import { buildStatus, markOf } from './requestCard';
import { watchStatus } from './watch';

/** A status in a list mentions at most this many people. */
const mostParts = 30;

/** A request's number and job name, or a watched job's ID and name. */
export function titleLine({ home, watch }: Messages, request: Announced, url?: string): Text {
  if (isWatch(request)) {
    const { jobId, name } = request.watched;
    return watch.entry(jobId, cut(name, 128), url);
  }
  return home.entry(request.id, cut(request.parameters.JobName, 128), url);
}

/** The status of a request or a watched job, and how long ago it was requested or watched. */
export function statusLine(messages: Messages, request: Announced): Text {
  const status = isWatch(request)
    ? say`${watchStatus(messages, request)}`
    : clip(requestStatus(messages, request), mostParts);
  const age = messages.home.age(request.askedAt);
  return say`${markOf(request)} ${status}${age}`;
}

/** A list has no title of a card, which says which operation on the job waits for approval. */
function requestStatus(messages: Messages, request: MigrationRequest): Text {
  const { state } = request;
  const status = buildStatus(messages, request);
  const { name } = operationIn(state);
  return state.status === 'pending' && name !== 'create_job'
    ? say`${messages.job.waits(name)} · ${status}`
    : status;
}

/** The progress of the request's job in one line, if there is any. */
export function progressLines(messages: Messages, { job }: Pick<Announced, 'job'>): Text[] {
  const parts = job === undefined ? [] : progressOf(messages, job);
  return parts.length === 0 ? [] : [say`${parts.join(' · ')}`];
}

/** The lists of requests, in the order in which they are shown. */
export const listKinds = ['waiting', 'jobs', 'mine', 'lately'] as const;
export type ListKind = (typeof listKinds)[number];

/** What an empty list says. A list leaves out requests that a list above it has. */
export function nothingIn(
  { home }: Messages,
  overview: Overview,
  kind: Exclude<ListKind, 'jobs'>,
  { status }: HomeFilter = {},
): Text {
  const above = listKinds.slice(0, listKinds.indexOf(kind));
  const isFirst = above.every((each) => overview[each].requests.length === 0);
  if (status !== undefined) return say`${isFirst ? home.noneWithStatus : home.noOthersWithStatus}`;
  return say`${isFirst || kind === 'waiting' ? home.none[kind] : home.noOthers[kind]}`;
}

/** The warning above a list that may be incomplete because Slack didn't answer. */
export function doubtAbout(
  { home }: Messages,
  { unsure }: Overview,
  kind: ListKind,
): Text | undefined {
  const about = kind === 'jobs' ? 'lately' : kind;
  return about !== 'mine' && unsure[about] ? home.unsure[about] : undefined;
}
