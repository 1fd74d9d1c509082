import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FollowedJob } from '../../src/domain/job/followed';
import type { JobStatus } from '../../src/domain/job/job';
import type { FormValues } from '../../src/domain/migration/fields';
import type { NewRequest } from '../../src/domain/request/change';
import type { MigrationRequest } from '../../src/domain/request/request';
import type { EventPayload } from '../../src/domain/request/requestEvent';
import type { NewWatch, Watch } from '../../src/domain/request/watch';
import { Secret } from '../../src/domain/secrets/secret';
import { createStore, type Store } from '../../src/store/createStore';
import type { Database } from '../../src/store/database';
import { openOrFail } from './aDatabase';
import { aDraft } from './aForm';
import { aRule } from './aRule';
import { migratedPostgresDatabase } from './postgres';
import { migratedSqliteFile } from './sqlite';
import type { DatabaseName } from './startTestFerry';
import { storedOf } from './storedOf';

export const began = new Date('2026-05-04T10:00:00Z');

/** A time so many minutes after the beginning. */
export const minutes = (count: number): Date => new Date(began.getTime() + count * 60_000);

/** Bob's approval of the first revision. */
export const bobsApproval = {
  by: { userId: 'UBOB', name: 'Bob' },
  at: began,
  revision: 1,
  from: [],
  confirmed: false,
};

/** What a test's request has in place of the usual values. */
export interface Asked extends Partial<NewRequest> {
  /** The person who requests it. */
  who?: string;
  entries?: FormValues;
}

/** A store on an empty database, and ways to fill it. */
export interface StoreOn extends Store {
  db: Database;
  /** Stores a request that `add` doesn't refuse. */
  ask(asked?: Asked): Promise<MigrationRequest>;
  /** Adds a request: by UASK, in C1, at the beginning, with a high limit of open requests. */
  add(asked?: Asked, mostOpen?: number): ReturnType<Store['requests']['add']>;
  /** Records an event of Ferry, and the state after it. */
  move(
    request: MigrationRequest,
    state: MigrationRequest['state'],
    event: EventPayload,
    at?: Date,
  ): Promise<MigrationRequest>;
  withdraw(request: MigrationRequest, at?: Date): Promise<MigrationRequest>;
  /** Gives a request a job, by default `dts-` and the ID of the request. */
  create(request: MigrationRequest, at?: Date, jobId?: string): Promise<MigrationRequest>;
  /** Stores the status of a request's job. `lookAt`: when Ferry asks for it again. */
  see(
    of: { id: number; version: number },
    status: JobStatus,
    since?: Date,
    lookAt?: Date,
  ): Promise<void>;
  watchJob(jobId: string, changes?: Partial<NewWatch>): Promise<Watch>;
  close(): Promise<void>;
}

export const aSeenJob = (status: JobStatus, since = began): FollowedJob => ({
  ...{ api: '2021-12-06', status, said: status, steps: [], errors: [] },
  ...{ since, seenAt: since },
});

export const aNewWatch = (jobId: string, changes: Partial<NewWatch> = {}): NewWatch => ({
  ...{ origin: `W-${jobId}`, channel: 'C1', rule: aRule(), at: began },
  requester: { userId: 'UASK', name: 'UASK' },
  watched: { jobId, region: 'ap-guangzhou', name: `the job ${jobId}` },
  job: aSeenJob('running'),
  ...changes,
});

export async function storeOn(database: DatabaseName): Promise<StoreOn> {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-store-'));
  const db = await openOrFail(
    database === 'sqlite'
      ? { kind: 'sqlite', path: migratedSqliteFile(folder) }
      : { kind: 'postgres', url: new Secret(await migratedPostgresDatabase()) },
  );
  const store = createStore(db, database, () => began);
  const { requests, jobs, watches } = store;
  let count = 0;

  const add: StoreOn['add'] = (asked = {}, mostOpen = 1_000) => {
    const { entries, who = 'UASK', ...changes } = asked;
    count += 1;
    return requests.add(
      {
        ...{ origin: `V${count}`, askedIn: undefined, rule: aRule(), reason: 'why', at: began },
        parameters: aDraft(entries).parameters,
        ...{ secrets: {}, observed: {}, sealed: {} },
        requester: { userId: who, name: who },
        ...changes,
      },
      mostOpen,
    );
  };
  const move: StoreOn['move'] = async (request, state, event, at = began) => {
    const recorded = await requests.record({ request, state, event, by: undefined, at });
    if (recorded === undefined) throw new Error('another change came first');
    return recorded;
  };
  return {
    ...store,
    db,
    add,
    ask: async (asked) => storedOf(await add(asked)),
    move,
    withdraw: (request, at = began) =>
      move(request, { status: 'withdrawn', by: request.requester, at }, { type: 'withdrawn' }, at),
    create: (request, at = began, jobId = `dts-${request.id}`) =>
      move(
        request,
        { status: 'created', approvals: [bobsApproval], jobId, at },
        { type: 'created', how: 'answered', jobId },
        at,
      ),
    see: (of, status, since = began, lookAt) => jobs.save(of, aSeenJob(status, since), lookAt),
    async watchJob(jobId, changes) {
      const added = await watches.add(aNewWatch(jobId, changes));
      if (added.kind !== 'stored') throw new Error(added.kind);
      return added.watch;
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
