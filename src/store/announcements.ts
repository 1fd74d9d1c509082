import type { Announcement, Audience } from '../domain/announcement';
import type { Database } from './database';

export async function findAnnouncement(
  db: Database,
  id: number,
  audience: Audience,
): Promise<Announcement> {
  const row = await db
    .selectFrom('announcements')
    .selectAll()
    .where('request_id', '=', id)
    .where('audience', '=', audience)
    .executeTakeFirstOrThrow();
  const { channel, ts, digest } = row;
  const posted = channel !== null && ts !== null && digest !== null;
  return {
    card: posted ? { channel, ts, digest } : undefined,
    toldSeq: row.told_seq,
    sending: row.sending ?? undefined,
  };
}

/**
 * @param holder whose lease of the announcement must stand, until when, where several processes
 *   share the store
 * @throws when it does not: another process goes on with the announcement
 */
export async function saveAnnouncement(
  db: Database,
  id: number,
  audience: Audience,
  { card, toldSeq, sending }: Announcement,
  holder: { owner: string; kind: string; standsAt: Date } | undefined,
): Promise<void> {
  let update = db
    .updateTable('announcements')
    .set({
      channel: card?.channel ?? null,
      ts: card?.ts ?? null,
      digest: card?.digest ?? null,
      told_seq: toldSeq,
      sending: sending ?? null,
    })
    .where('request_id', '=', id)
    .where('audience', '=', audience);
  if (holder !== undefined) {
    update = update.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('leases')
          .select('owner')
          .where('kind', '=', holder.kind)
          .where('leases.request_id', '=', id)
          .where('owner', '=', holder.owner)
          .where('until', '>', holder.standsAt.toISOString()),
      ),
    );
  }
  const { numUpdatedRows } = await update.executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Error('another process goes on with this announcement');
}

/** Requests with an event that the audience has not been told, but for those of `except`. */
export async function listDueAnnouncements(
  db: Database,
  audience: Audience,
  except: readonly number[],
): Promise<{ ids: number[]; next: undefined }> {
  let due = db
    .selectFrom('announcements')
    .innerJoin('requests', 'requests.id', 'announcements.request_id')
    .select('requests.id')
    .where('announcements.audience', '=', audience)
    .whereRef('announcements.told_seq', '<', 'requests.version')
    .orderBy('requests.id')
    .limit(100);
  if (except.length > 0) due = due.where('requests.id', 'not in', except);
  const rows = await due.execute();
  return { ids: rows.map(({ id }) => id), next: undefined };
}
