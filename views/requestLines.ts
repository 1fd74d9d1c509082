import type { Overview } from '../src/domain/channel/home';
import type { MigrationRequest } from '../src/domain/request/request';
import type { Messages } from '../src/i18n/locales';
import { say, type Text } from '../src/i18n/text';
import { clip } from './packBlocks';
import { cut } from './plainText';
import { buildStatus, statusMark } from './requestCard';

/** Of the people whom a status names, a list shows so many. */
const mostParts = 30;

/** A request's number and job name, where it stands, and how long ago it was asked for. */
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
  return say`${statusMark[request.state.status]} ${status}${age}`;
}

/** What stands above the entries of a kind where Slack left open which ones belong there. */
export function doubtAbout(
  { home }: Messages,
  { unsure }: Overview,
  kind: 'waiting' | 'mine' | 'lately',
): Text | undefined {
  return kind !== 'mine' && unsure[kind] ? home.unsure[kind] : undefined;
}
