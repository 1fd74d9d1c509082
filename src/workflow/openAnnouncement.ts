import type { Announcement, Audience } from '../domain/channel/announcement';
import type { AnnouncementStore } from '../ports/announcementStore';

/** What an audience has seen of a request. */
export interface OpenAnnouncement {
  /** As it was read or saved last. */
  current(): Announcement;
  save(change: Partial<Announcement>): Promise<void>;
}

export async function openAnnouncement(
  announcements: Pick<AnnouncementStore, 'find' | 'save'>,
  id: number,
  audience: Audience,
): Promise<OpenAnnouncement> {
  let current = await announcements.find(id, audience);
  return {
    current: () => current,
    async save(change) {
      current = { ...current, ...change };
      await announcements.save(id, audience, current);
    },
  };
}
