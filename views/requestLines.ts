import type { Overview } from '../src/domain/channel/home';
import type { MigrationRequest } from '../src/domain/request/request';
import type { Messages } from '../src/i18n/locales';
import { code, say, type Text } from '../src/i18n/text';
import { sourcePlace } from './describeMigration';
import { clip } from './packBlocks';
import { cut } from './plainText';
import { buildStatus, statusMark } from './requestCard';

/** Of the people whom a status names, a list shows so many. */
const mostParts = 30;
const longestPlace = 100;

/** A request's number and job name, where it stands, and how long ago it was asked for. */
export function titleLine({ home }: Messages, { id, parameters }: MigrationRequest): Text {
  return home.entry(id, cut(parameters.JobName, 128));
}

export function statusLine(messages: Messages, request: MigrationRequest): Text {
  const status = clip(buildStatus(messages, request), mostParts);
  const age = messages.home.age(request.askedAt);
  return say`${statusMark[request.state.status]} ${status}${age}`;
}

/** Whence and whereto, in short. */
export function wayLine(messages: Messages, { parameters }: MigrationRequest): Text {
  const { home, options } = messages;
  const { DstDatabaseType, DstInfo, SrcDatabaseType } = parameters;
  const from = sourcePlace(messages, parameters, longestPlace);
  return home.way(
    say`${options.SrcDatabaseType[SrcDatabaseType]} ${from}`,
    say`${options.DstDatabaseType[DstDatabaseType]} ${code(DstInfo.InstanceId)}`,
  );
}

/** What stands above the entries of a kind where Slack left open which ones belong there. */
export function doubtAbout(
  { home }: Messages,
  { unsure }: Overview,
  kind: 'waiting' | 'mine' | 'lately',
): Text | undefined {
  return kind !== 'mine' && unsure[kind] ? home.unsure[kind] : undefined;
}
