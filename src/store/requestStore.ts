import { needsSecrets } from '../domain/request/states';
import type { RequestStore } from '../ports/requestStore';
import type { Chain } from './chain';
import type { Database } from './database';
import { isHandled, rememberDelivery } from './deliveries';
import { listAwaitedLists } from './requests/awaited';
import { listDue } from './requests/due';
import { listEvents } from './requests/events';
import {
  findAnnounced,
  findRequest,
  findRequests,
  listAskedBy,
  listAwaitedFrom,
  listChannels,
  listLatest,
  listLiveNamesakes,
  listOpen,
  listWithJobs,
} from './requests/find';
import { isContested, listJobsTaken } from './requests/jobs';
import { addRequest, recordChange } from './requests/record';
import { findSealedSecrets, isSealedEarlier } from './requests/secrets';
import type { WriteAheadLog } from './writeAheadLog';

/** @param chain hashes the audit log */
export function createRequestStore(
  db: Database,
  writeAheadLog: WriteAheadLog,
  chain: Chain,
): RequestStore {
  return {
    add: (request, mostOpen) => addRequest(db, request, mostOpen, chain),
    find: (id) => findRequest(db, id, chain),
    announced: (id) => findAnnounced(db, id, chain),
    findAll: (ids) => findRequests(db, ids, chain),
    liveNamesakes: (jobName, origin) => listLiveNamesakes(db, jobName, origin, chain),
    async record(change) {
      const recorded = await recordChange(db, change, chain);
      const erased = needsSecrets(change.request.state) && !needsSecrets(change.state);
      await (erased && recorded !== undefined ? writeAheadLog.empty() : writeAheadLog.catchUp());
      return recorded;
    },
    isHandled: (delivery) => isHandled(db, delivery),
    async remember(delivery, at) {
      await rememberDelivery(db, delivery, at);
    },
    sealedSecrets: (id) => findSealedSecrets(db, id),
    isSealedEarlier: (id) => isSealedEarlier(db, id, chain),
    events: (id, afterSeq) => listEvents(db, id, afterSeq),
    jobsTaken: (request, jobIds) => listJobsTaken(db, request, jobIds),
    isContested: (request) => isContested(db, request),
    open: () => listOpen(db),
    awaitedLists: () => listAwaitedLists(db),
    awaitedFrom: (from, offset, limit, filter = {}) =>
      listAwaitedFrom(db, from, { offset, limit, filter }, chain),
    askedBy: (userId, offset, limit, filter = {}, apartFrom = undefined, notAwaitedFrom) =>
      listAskedBy(db, userId, { offset, limit, filter, apartFrom, notAwaitedFrom }, chain),
    latest: (of, offset, limit) => listLatest(db, of, offset, limit, chain),
    withJobs: (of, offset, limit) => listWithJobs(db, of, offset, limit, chain),
    channels: () => listChannels(db),
    due: (now, except) => listDue(db, now, except),
  };
}
