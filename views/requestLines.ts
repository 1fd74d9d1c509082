import type { Overview } from '../src/domain/channel/home';
import type { MigrationRequest } from '../src/domain/request/request';
import type { Messages } from '../src/i18n/locales';
import { say, type Text } from '../src/i18n/text';
import { clip } from './packBlocks';
import { cut } from './plainText';
import { progressOf } from './progress';
import { buildStatus, markOf } from './requestCard';

/** A status in a list mentions at most this many people. */
const mostParts = 30;

/** A request's number and job name, its status, and how long ago it was requested. */
export function titleLine(
  { home }: Messages,
  { id, parameters }: MigrationRequest,
  url?: string,
): Text {
  return home.entry(id, cut(parameters.JobName, 128), url);
}

export function statusLine(messages: Messages, request: MigrationRequest): Text {
  const status = clip(buildStatus(messages, request), mostParts);
  const age = messages.home.age(request.askedAt);
  return say`${markOf(request)} ${status}${age}`;
}

/** The progress of the request's job in one line, if there is any. */
export function progressLines(messages: Messages, { job }: MigrationRequest): Text[] {
  const parts = job === undefined ? [] : progressOf(messages, job);
  return parts.length === 0 ? [] : [say`${parts.join(' · ')}`];
}

/** The warning above a list that may be incomplete because Slack didn't answer. */
export function doubtAbout(
  { home }: Messages,
  { unsure }: Overview,
  kind: 'waiting' | 'jobs' | 'mine' | 'lately',
): Text | undefined {
  const about = kind === 'jobs' ? 'lately' : kind;
  return about !== 'mine' && unsure[about] ? home.unsure[about] : undefined;
}
