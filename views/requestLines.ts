import type { Overview } from '../src/domain/channel/home';
import type { MigrationRequest } from '../src/domain/request/request';
import type { Messages } from '../src/i18n/locales';
import { say, type Text } from '../src/i18n/text';
import { clip } from './packBlocks';
import { cut } from './plainText';
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

/** The warning above a list that may be incomplete because Slack didn't answer. */
export function doubtAbout(
  { home }: Messages,
  { unsure }: Overview,
  kind: 'waiting' | 'mine' | 'lately',
): Text | undefined {
  return kind !== 'mine' && unsure[kind] ? home.unsure[kind] : undefined;
}
