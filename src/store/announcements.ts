import { type RawBuilder, sql } from 'kysely';
import type { Announcement, Audience } from '../domain/channel/announcement';
import { orderPosts, type WaitingAnnouncement } from '../domain/channel/postOrder';
import { after } from '../domain/time/offset';
import type { AnnouncementStore, Post } from '../ports/announcementStore';
import type { Due } from '../ports/due';
import type { Pace } from '../ports/rateLimits';
import type { Database, DatabaseKind } from './database';
import { findTurns, holdTurns, passTurns, tryTurn } from './rateLimits';
import { unsynced } from './unsynced';

/** The lease that a process needs to post to an audience. */
const leaseFor = {
  channel: 'announcing',
  requester: 'informing',
  emergency: 'alerting',
} as const satisfies Record<Audience, string>;

/** The place of an audience's posts. Reports about emergencies share one pace. */
function placeIn(audience: Audience): RawBuilder<string> {
  switch (audience) {
    case 'channel':
      return sql`requests.channel`;
    case 'requester':
      return sql`requests.requester_id`;
    case 'emergency':
      return sql.lit('emergencies');
    default:
      return audience satisfies never;
  }
}

/** The lease must outlast the saving of an announcement, so that it covers the next post. In ms. */
const longestSaveMs = 10_000;

/** @param owner the holder of this process's leases, if several processes share the database */
export function createAnnouncementStore(
  db: Database,
  kind: DatabaseKind,
  now: () => Date,
  owner: string | undefined,
): AnnouncementStore {
  return {
    find: (id, audience) => findAnnouncement(db, id, audience),
    async save(id, audience, announcement) {
      if (owner === undefined) {
        const save = (each: Database) =>
          saveAnnouncement(each, id, audience, announcement, undefined);
        // A power failure can undo what was saved after a post: Ferry then searches for the post.
        return announcement.sending === undefined ? unsynced(db, kind, save) : save(db);
      }
      const leasedUntil = after(now(), longestSaveMs);
      const holder = { owner, kind: leaseFor[audience], leasedUntil };
      await saveAnnouncement(db, id, audience, announcement, holder);
      // If this process was paused, another one may have posted since then.
      if (now() > leasedUntil) throw new Error('saving an announcement took too long');
    },
    due: (audience, at, except, pace) => listDueAnnouncements(db, audience, at, except, pace),
    takePostTurn: (post, at, pace) =>
      unsynced(db, kind, (each) => takePostTurn(each, post, at, pace)),
    holdPosts: (place, until) => holdTurns(db, postsTo(place), until),
  };
}

async function findAnnouncement(
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
    seenVersion: row.seen_version,
    holdUntil: row.hold_until === null ? undefined : new Date(row.hold_until),
  };
}

/**
 * @param holder the owner who must hold the lease, and until when, if several processes share the
 * database
 * @throws if the owner doesn't hold it: another process works on the announcement
 */
async function saveAnnouncement(
  db: Database,
  id: number,
  audience: Audience,
  { card, toldSeq, sending, seenVersion, holdUntil }: Announcement,
  holder: { owner: string; kind: string; leasedUntil: Date } | undefined,
): Promise<void> {
  let update = db
    .updateTable('announcements')
    .set({
      channel: card?.channel ?? null,
      ts: card?.ts ?? null,
      digest: card?.digest ?? null,
      told_seq: toldSeq,
      // An event can be recorded while earlier ones are posted.
      untold_seq: ({ eb }) =>
        eb.case().when('untold_seq', '>', toldSeq).then(eb.ref('untold_seq')).end(),
      sending: sending ?? null,
      seen_version: seenVersion,
      hold_until: holdUntil?.toISOString() ?? null,
    })
    .where('request_id', '=', id)
    .where('audience', '=', audience);
  if (holder !== undefined) {
    update = update.where('request_id', 'in', ({ selectFrom }) =>
      selectFrom('leases')
        .select('request_id')
        .where('kind', '=', holder.kind)
        .where('owner', '=', holder.owner)
        .where('until', '>', holder.leasedUntil.toISOString()),
    );
  }
  const { numUpdatedRows } = await update.executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Error('another process works on this announcement');
}

async function listDueAnnouncements(
  db: Database,
  audience: Audience,
  now: Date,
  except: readonly number[],
  pace: Pace,
): Promise<Due> {
  let due = db
    .selectFrom('announcements')
    .innerJoin('requests', 'requests.id', 'announcements.request_id')
    .select([
      'requests.id',
      'requester_id',
      'version',
      'told_seq',
      'seen_version',
      'hold_until',
      'ts',
    ])
    .select(placeIn(audience).as('place'))
    .where('announcements.audience', '=', audience)
    .where('untold_seq', 'is not', null)
    .orderBy(({ eb }) => eb('ts', 'is', null))
    .orderBy('requests.id')
    .limit(1_000);
  if (except.length > 0) due = due.where('requests.id', 'not in', except);
  const rows = await due.execute();
  const waiting = rows.map((row): WaitingAnnouncement => {
    const needsCard = audience === 'channel' && row.ts === null;
    const isFirst = audience === 'channel' && row.told_seq === 0;
    return {
      requestId: row.id,
      place: row.place,
      requesterId: row.requester_id,
      next: needsCard ? 'card' : isFirst ? 'first_reply' : 'outcome',
      isFresh: !needsCard && row.seen_version < row.version,
      holdUntil: row.hold_until === null ? undefined : new Date(row.hold_until),
    };
  });
  const names = waiting.flatMap(({ place, requesterId }) => [
    postsTo(place),
    postsFor(place, requesterId),
    cardsIn(place),
  ]);
  const turns = await findTurns(db, [...new Set(names)], now);
  const at = (name: string): number => turns.get(name) ?? 0;
  return orderPosts(
    waiting,
    {
      freeAt: (place) => at(postsTo(place)),
      servedAt: (place, requesterId) => at(postsFor(place, requesterId)),
      lastCardAt: (place) => at(cardsIn(place)),
    },
    now,
    pace,
  );
}

/** The name of a place's turns. */
const postsTo = (place: string): string => `post:${place}`;
const postsFor = (place: string, requesterId: string): string => `post:${place}/${requesterId}`;
const cardsIn = (place: string): string => `cards:${place}`;

/** Also remembers the requester, so that requesters alternate. */
async function takePostTurn(
  db: Database,
  { place, requesterId, isCard }: Post,
  now: Date,
  pace: Pace,
): Promise<boolean> {
  // No transaction: all processes wait for the place's row, so none may keep it locked.
  const turn = await tryTurn(db, postsTo(place), now, pace);
  if (!turn.ok) return false;
  const served = postsFor(place, requesterId);
  await passTurns(db, isCard ? [served, cardsIn(place)] : [served], now);
  return true;
}
