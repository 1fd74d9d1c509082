import type { CardPlace } from '../domain/channel/announcement';
import type { AnnouncementStore } from '../ports/announcementStore';

/** The cards of requests, by ID, without those that aren't posted. */
export async function cardsOf(
  announcements: Pick<AnnouncementStore, 'find'>,
  requestIds: readonly number[],
): Promise<ReadonlyMap<number, CardPlace>> {
  const cards = new Map<number, CardPlace>();
  for (const id of requestIds) {
    const { card } = await announcements.find(id, 'channel');
    if (card !== undefined) cards.set(id, card);
  }
  return cards;
}
