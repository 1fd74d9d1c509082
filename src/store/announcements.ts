import type { Database } from './openDatabase';

interface CardPlace {
  channel: string;
  ts: string;
  digest: string;
}

interface Announcement {
  card: CardPlace | undefined;
  toldSeq: number;
}

export async function findAnnouncement(db: Database, id: number): Promise<Announcement> {
  const row = await db
    .selectFrom('announcements')
    .selectAll()
    .where('request_id', '=', id)
    .executeTakeFirstOrThrow();
  const { channel, ts, digest } = row;
  const posted = channel !== null && ts !== null && digest !== null;
  return { card: posted ? { channel, ts, digest } : undefined, toldSeq: row.told_seq };
}

export async function saveAnnouncement(
  db: Database,
  id: number,
  { card, toldSeq }: Announcement,
): Promise<void> {
  await db
    .updateTable('announcements')
    .set({
      channel: card?.channel ?? null,
      ts: card?.ts ?? null,
      digest: card?.digest ?? null,
      told_seq: toldSeq,
    })
    .where('request_id', '=', id)
    .execute();
}

/** Requests with an event that the channel has not been told. */
export async function listDueAnnouncements(
  db: Database,
): Promise<{ ids: number[]; next: undefined }> {
  const rows = await db
    .selectFrom('announcements')
    .innerJoin('requests', 'requests.id', 'announcements.request_id')
    .select('requests.id')
    .whereRef('announcements.told_seq', '<', 'requests.version')
    .orderBy('requests.id')
    .limit(100)
    .execute();
  return { ids: rows.map(({ id }) => id), next: undefined };
}
