import { randomUUID } from 'node:crypto';
import type { AnnouncementStore } from '../ports/announcementStore';
import type { HomeStore } from '../ports/homes';
import type { JobStore } from '../ports/jobStore';
import type { LeasedWork, Leases } from '../ports/leases';
import type { MessageSettings } from '../ports/messageSettings';
import type { RateLimits } from '../ports/rateLimits';
import type { RequestStore } from '../ports/requestStore';
import type { RetentionStore } from '../ports/retention';
import type { WatchStore } from '../ports/watchStore';
import type { Workload } from '../ports/workload';
import { createAnnouncementStore } from './announcements';
import { type Chain, createChain } from './chain';
import type { Database, DatabaseKind } from './database';
import { createHomeStore } from './homes';
import { createJobStore } from './jobs';
import { createLeases, unsharedLeases } from './leases';
import { createMessageSettings } from './messageSettings';
import { createRateLimits, passTurns } from './rateLimits';
import { createRequestStore } from './requestStore';
import { createWatchStore } from './requests/watch';
import { createRetentionStore } from './retention';
import { readWorkload } from './workload';
import { createWriteAheadLog } from './writeAheadLog';

/** Everything that Ferry stores in a database. */
export interface Store {
  requests: RequestStore;
  announcements: AnnouncementStore;
  messageSettings: MessageSettings;
  homes: HomeStore;
  jobs: JobStore;
  watches: WatchStore;
  rateLimits: RateLimits;
  retention: RetentionStore;
  leases(work: LeasedWork): Leases;
  /** How much work there is at `now`. Rejects if the database can't be read. */
  workload(now: Date): Promise<Workload>;
  /** Writes a row without meaning. Rejects if the database accepts no writes. */
  probe(at: Date): Promise<void>;
  close(): Promise<void>;
}

/**
 * The store on an open database. Processes that share PostgreSQL need leases; an SQLite file is
 * locked by its only process.
 * @param chain hashes the audit log
 */
export function createStore(
  db: Database,
  kind: DatabaseKind,
  now: () => Date,
  chain: Chain = createChain([]),
): Store {
  const writeAheadLog = createWriteAheadLog(db, kind);
  const owner = kind === 'postgres' ? randomUUID() : undefined;
  return {
    requests: createRequestStore(db, writeAheadLog, chain),
    announcements: createAnnouncementStore(db, kind, now, owner),
    messageSettings: createMessageSettings(db),
    homes: createHomeStore(db, kind),
    jobs: createJobStore(db, kind),
    watches: createWatchStore(db, chain),
    rateLimits: createRateLimits(db, kind),
    retention: createRetentionStore(db, kind, writeAheadLog),
    leases: (work) => (owner === undefined ? unsharedLeases : createLeases(db, work, owner)),
    workload: (at) => readWorkload(db, at),
    async probe(at) {
      await passTurns(db, ['probe'], at);
      await writeAheadLog.catchUp();
    },
    close: () => db.destroy(),
  };
}
