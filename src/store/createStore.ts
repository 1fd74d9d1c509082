import { randomUUID } from 'node:crypto';
import { findAnnouncement, listDueAnnouncements, saveAnnouncement } from './announcements';
import type { Database, DatabaseKind } from './database';
import { releaseLease, takeLease, takeTurn } from './leases';
import {
  addRequest,
  findRequest,
  findSealedPassword,
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
    record: (...rest: Tail<typeof recordChange>) => recordChange(db, ...rest),
    sealedPassword: (...rest: Tail<typeof findSealedPassword>) => findSealedPassword(db, ...rest),
    events: (...rest: Tail<typeof listEvents>) => listEvents(db, ...rest),
    jobsTaken: (...rest: Tail<typeof listJobsTaken>) => listJobsTaken(db, ...rest),
    isContested: (...rest: Tail<typeof isContested>) => isContested(db, ...rest),
    takeTurn: (at: Date, spacingMs: number) => takeTurn(db, 'dts', at, spacingMs),
    dueLaunches: (...rest: Tail<typeof listDueLaunches>) => listDueLaunches(db, ...rest),
    dueAnnouncements: () => listDueAnnouncements(db),
    announcement: (...rest: Tail<typeof findAnnouncement>) => findAnnouncement(db, ...rest),
    saveAnnouncement: (id: number, announcement: Parameters<typeof saveAnnouncement>[2]) =>
      saveAnnouncement(
        db,
        id,
        announcement,
        isShared ? { owner, kind: announcing, now: now() } : undefined,
      ),
    leases: (work: 'announcing' | 'launching') => ({
      take: async (requestId: number, at: Date, until: Date) =>
        !isShared || takeLease(db, { kind: work, requestId, owner, until, now: at }),
      release: async (requestId: number) => {
        if (isShared) await releaseLease(db, { kind: work, requestId, owner });
      },
    }),
    /** Writes something of no importance; rejects while the database takes no writes. */
    probe: async (at: Date) => {
      await takeTurn(db, 'probe', at, 0);
    },
    close: () => db.destroy(),
  };
}
