import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { needsSecrets } from '../domain/request';
import { findAnnouncement, listDueAnnouncements, saveAnnouncement } from './announcements';
import type { Database, DatabaseKind } from './database';
import { holdTurns, prolongLease, releaseLease, takeLease, takeTurn } from './leases';
import {
  addRequest,
  findLiveNamesake,
  findRequest,
  findSealedSecrets,
  isContested,
  listDueLaunches,
  listEvents,
  listJobsTaken,
  recordChange,
} from './requests';

type Tail<Call extends (db: Database, ...rest: never[]) => unknown> =
  Parameters<Call> extends [Database, ...infer Rest] ? Rest : never;

/** The kind of lease that stands for telling the channel. */
const announcing = 'announcing';

/** The lease outlives the saving of an announcement, so that what is posted next is posted in it. */
const longestSaveMs = 10_000;

/**
 * The store's functions on one database. Leases matter where several processes share it; the lock
 * on an SQLite file is one for all requests.
 */
export function createStore(db: Database, kind: DatabaseKind, now: () => Date) {
  const owner = randomUUID();
  const isShared = kind === 'postgres';
  return {
    add: (...rest: Tail<typeof addRequest>) => addRequest(db, ...rest),
    find: (...rest: Tail<typeof findRequest>) => findRequest(db, ...rest),
    liveNamesake: (...rest: Tail<typeof findLiveNamesake>) => findLiveNamesake(db, ...rest),
    record: async (...rest: Tail<typeof recordChange>) => {
      const recorded = await recordChange(db, ...rest);
      const [{ request, state }] = rest;
      const erased = needsSecrets(request.state) && !needsSecrets(state);
      if (erased && !isShared && recorded !== undefined) await emptyLog(db);
      return recorded;
    },
    sealedSecrets: (...rest: Tail<typeof findSealedSecrets>) => findSealedSecrets(db, ...rest),
    events: (...rest: Tail<typeof listEvents>) => listEvents(db, ...rest),
    jobsTaken: (...rest: Tail<typeof listJobsTaken>) => listJobsTaken(db, ...rest),
    isContested: (...rest: Tail<typeof isContested>) => isContested(db, ...rest),
    takeTurn: (...rest: Tail<typeof takeTurn>) => takeTurn(db, ...rest),
    holdTurns: (...rest: Tail<typeof holdTurns>) => holdTurns(db, ...rest),
    dueLaunches: (...rest: Tail<typeof listDueLaunches>) => listDueLaunches(db, ...rest),
    dueAnnouncements: (...rest: Tail<typeof listDueAnnouncements>) =>
      listDueAnnouncements(db, ...rest),
    announcement: (...rest: Tail<typeof findAnnouncement>) => findAnnouncement(db, ...rest),
    saveAnnouncement: async (id: number, announcement: Parameters<typeof saveAnnouncement>[2]) => {
      const at = now();
      const standsAt = new Date(at.getTime() + longestSaveMs);
      const holder = isShared ? { owner, kind: announcing, standsAt } : undefined;
      await saveAnnouncement(db, id, announcement, holder);
      // A process that was paused meanwhile must not post what another one has posted by now.
      if (isShared && now() > standsAt) throw new Error('saving an announcement took too long');
    },
    leases: (work: 'announcing' | 'launching') => ({
      take: async (requestId: number, at: Date, until: Date) =>
        !isShared || takeLease(db, { kind: work, requestId, owner, until, now: at }),
      prolong: async (requestId: number, until: Date) => {
        if (isShared) await prolongLease(db, { kind: work, requestId, owner, until });
      },
      release: async (requestId: number) => {
        if (isShared) await releaseLease(db, { kind: work, requestId, owner });
      },
    }),
    /** Writes something of no importance; rejects while the database takes no writes. */
    probe: async (at: Date) => {
      await takeTurn(db, 'probe', at, { spacingMs: 1, burst: 0 });
    },
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
