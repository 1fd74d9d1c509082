import type { Refusal } from '../domain/request/refusal';
import type { MigrationRequest } from '../domain/request/request';
import { originKey, type Shown } from '../domain/request/shown';
import type { AnnouncementStore } from '../ports/announcementStore';

export interface ShownContext {
  announcements: Pick<AnnouncementStore, 'find'>;
}

/** Refuses what a person does with a message about the request of another database. */
export async function refusalOfShown(
  context: ShownContext,
  request: MigrationRequest,
  shown: Shown | undefined,
): Promise<Refusal | undefined> {
  // An altered origin has another key. Nothing can be launched then, and the refusal says why.
  if (shown === undefined || request.altered.includes('request')) return undefined;
  if (await isAbout(context, request, shown)) return undefined;
  return { code: 'other_database', requestId: request.id };
}

async function isAbout(
  { announcements }: ShownContext,
  request: MigrationRequest,
  { key, message }: Shown,
): Promise<boolean> {
  if (key !== undefined) return key === originKey(request);
  // Only requesters get direct messages, and the Home tab is drawn again when it is opened.
  if (message === undefined || message.channel.startsWith('D')) return true;
  const { card } = await announcements.find(request.id, 'channel');
  return card?.channel === message.channel && card.ts === message.ts;
}
