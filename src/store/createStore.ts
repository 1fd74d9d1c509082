import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Announcement, Audience } from '../domain/channel/announcement';
import type { Change, NewRequest } from '../domain/request/change';
import { needsSecrets } from '../domain/request/states';
import {
  findAnnouncement,
  holdPosts,
  listDueAnnouncements,
  saveAnnouncement,
  takePostTurn,
} from './announcements';
import { type Chain, createChain } from './chain';
import type { Database, DatabaseKind } from './database';
import { forgetDeliveries, isHandled, rememberDelivery } from './deliveries';
import { findHome, listHomes, openHome, saveHomeHash } from './homes';
import { listEntries, listLinks, listStrays, readHead } from './journal';
import { prolongLease, releaseLease, takeLease, takeTurn, tryTurn } from './leases';
import { isMuted, setMuted } from './muted';
import {
  addRequest,
  findRequest,
  findRequests,
  findSealedSecrets,
  isContested,
  isSealedEarlier,
  listAskedBy,
  listChannels,
  listDue,
  listEvents,
  listJobsTaken,
  listLatest,
  listLiveNamesakes,
  listOpen,
  listWaiting,
  recordChange,
} from './requests';
import { eraseRequest, listEnded } from './retention';

type Tail<Call extends (db: Database, ...rest: never[]) => unknown> =
  Parameters<Call> extends [Database, ...infer Rest] ? Rest : never;

/** The kind of lease that stands for telling an audience. */
const telling = { channel: 'announcing', requester: 'informing' } as const;

/** The lease outlives the saving of an announcement, so that what is posted next is posted in it. */
const longestSaveMs = 10_000;

/**
 * The store's functions on one database. Leases matter where several processes share it; the lock
 * on an SQLite file is one for all requests. `chain` says how the record is hashed.
 */
export function createStore(
  db: Database,
  kind: DatabaseKind,
  now: () => Date,
  chain: Chain = createChain([]),
) {
  const owner = randomUUID();
  const isShared = kind === 'postgres';
  return {
    add: (request: NewRequest, mostOpen: number) => addRequest(db, request, mostOpen, chain),
    find: (id: number) => findRequest(db, id, chain),
    liveNamesakes: (jobName: string, origin: string) =>
      listLiveNamesakes(db, jobName, origin, chain),
    record: async (change: Change) => {
      const recorded = await recordChange(db, change, chain);
      const { request, state } = change;
      const erased = needsSecrets(request.state) && !needsSecrets(state);
      if (erased && !isShared && recorded !== undefined) await emptyLog(db);
      return recorded;
    },
    isHandled: (...rest: Tail<typeof isHandled>) => isHandled(db, ...rest),
    remember: async (...rest: Tail<typeof rememberDelivery>) => {
      await rememberDelivery(db, ...rest);
    },
    forgetDeliveries: (...rest: Tail<typeof forgetDeliveries>) => forgetDeliveries(db, ...rest),
    sealedSecrets: (...rest: Tail<typeof findSealedSecrets>) => findSealedSecrets(db, ...rest),
    isSealedEarlier: (id: number) => isSealedEarlier(db, id, chain),
    events: (...rest: Tail<typeof listEvents>) => listEvents(db, ...rest),
    jobsTaken: (...rest: Tail<typeof listJobsTaken>) => listJobsTaken(db, ...rest),
    isContested: (...rest: Tail<typeof isContested>) => isContested(db, ...rest),
    takeTurn: (...rest: Tail<typeof takeTurn>) => takeTurn(db, ...rest),
    tryTurn: (...rest: Tail<typeof tryTurn>) => tryTurn(db, ...rest),
    takePostTurn: (...rest: Tail<typeof takePostTurn>) => takePostTurn(db, ...rest),
    holdPosts: (...rest: Tail<typeof holdPosts>) => holdPosts(db, ...rest),
    open: () => listOpen(db),
    waiting: () => listWaiting(db),
    findAll: (ids: readonly number[]) => findRequests(db, ids, chain),
    askedBy: (userId: string, offset: number, limit: number) =>
      listAskedBy(db, userId, offset, limit, chain),
    latest: (of: { channels: readonly string[]; userId: string }, offset: number, limit: number) =>
      listLatest(db, of, offset, limit, chain),
    channels: () => listChannels(db),
    openHome: (...rest: Tail<typeof openHome>) => openHome(db, ...rest),
    home: (...rest: Tail<typeof findHome>) => findHome(db, ...rest),
    homesSince: (...rest: Tail<typeof listHomes>) => listHomes(db, ...rest),
    saveHomeHash: (...rest: Tail<typeof saveHomeHash>) => saveHomeHash(db, ...rest),
    due: (...rest: Tail<typeof listDue>) => listDue(db, ...rest),
    dueAnnouncements: (...rest: Tail<typeof listDueAnnouncements>) =>
      listDueAnnouncements(db, ...rest),
    announcement: (...rest: Tail<typeof findAnnouncement>) => findAnnouncement(db, ...rest),
    saveAnnouncement: async (id: number, audience: Audience, announcement: Announcement) => {
      const at = now();
      const standsAt = new Date(at.getTime() + longestSaveMs);
      const holder = isShared ? { owner, kind: telling[audience], standsAt } : undefined;
      await saveAnnouncement(db, id, audience, announcement, holder);
      // A process that was paused meanwhile must not post what another one has posted by now.
      if (isShared && now() > standsAt) throw new Error('saving an announcement took too long');
    },
    isMuted: (...rest: Tail<typeof isMuted>) => isMuted(db, ...rest),
    setMuted: (...rest: Tail<typeof setMuted>) => setMuted(db, ...rest),
    leases: (work: 'announcing' | 'informing' | 'launching') => ({
      take: async (requestId: number, at: Date, until: Date) =>
        !isShared || takeLease(db, { kind: work, requestId, owner, until, now: at }),
      prolong: async (requestId: number, until: Date) =>
        !isShared || prolongLease(db, { kind: work, requestId, owner, until }),
      release: async (requestId: number) => {
        if (isShared) await releaseLease(db, { kind: work, requestId, owner });
      },
    }),
    ended: (...rest: Tail<typeof listEnded>) => listEnded(db, ...rest),
    erase: async (...rest: Tail<typeof eraseRequest>) => {
      const erased = await eraseRequest(db, ...rest);
      if (erased && !isShared) await emptyLog(db);
      return erased;
    },
    /** Writes something of no importance; rejects while the database takes no writes. */
    probe: async (at: Date) => {
      await takeTurn(db, 'probe', at, { spacingMs: 1, burst: 0 });
    },
    close: () => db.destroy(),
  };
}

/** The part of the store that an auditor reads. */
export function createJournal(db: Database) {
  return {
    head: () => readHead(db),
    strays: () => listStrays(db),
    links: (...rest: Tail<typeof listLinks>) => listLinks(db, ...rest),
    entries: (...rest: Tail<typeof listEntries>) => listEntries(db, ...rest),
    close: () => db.destroy(),
  };
}

/**
 * An erased password is overwritten in the file, but SQLite's write-ahead log still has the page as
 * it was, until it is emptied. When that fails, the change is stored all the same, and the next
 * erasure empties the log.
 */
async function emptyLog(db: Database): Promise<void> {
  await sql`pragma wal_checkpoint(truncate)`.execute(db).catch(() => {});
}
