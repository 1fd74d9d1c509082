import { usualAudiences } from '../../domain/channel/announcement';
import type { Added, Change, NewRequest } from '../../domain/request/change';
import type { MigrationRequest } from '../../domain/request/request';
import { dueAt, endedAt, jobIdIn, needsSecrets } from '../../domain/request/states';
import { beginning, creatingBy } from '../../domain/request/waiting';
import { watchStatuses } from '../../domain/request/watch';
import type { Chain } from '../chain';
import type { Database } from '../database';
import { followJob, keepJob, lookAtJob, lookAtWatched } from '../jobs';
import { writeParameters } from '../storedParameters';
import { awaitedColumns } from './awaited';
import { toRecorded, toRequest } from './row';
import { keepSealed } from './secrets';
import { addRow, type NewRow, swapRow } from './writeRow';

/**
 * Stores a pending request with its first event, unless its requester already has `mostOpen` other
 * open requests. A request that is already stored is returned unchanged.
 */
export async function addRequest(
  db: Database,
  request: NewRequest,
  mostOpen: number,
  chain: Chain,
): Promise<Added> {
  const { at, origin, parameters, requester, rule } = request;
  const state = beginning(rule, at);
  const row: NewRow = {
    ...{ origin, requester, channel: rule.channel, rule, state, audiences: usualAudiences, at },
    columns: {
      due_at: dueAt(state, at)?.toISOString() ?? null,
      job_name: parameters.JobName,
      asked_in: request.askedIn ?? null,
      parameters: writeParameters(parameters),
      secrets: JSON.stringify(request.secrets),
      reason: request.reason,
      observed: JSON.stringify(request.observed),
      ...awaitedColumns({ revision: 1, requester, editors: [], rule, state }),
    },
    event: { type: 'requested', ...creatingBy(rule) },
  };
  return addRow<Added>(db, chain, row, {
    async refuse(tx) {
      const open = await countOthersOpen(tx, request);
      return open >= mostOpen ? { kind: 'too_many', open } : undefined;
    },
    also: (tx, id) => keepSealed(tx, id, request.sealed),
    added: (added) => ({ kind: 'stored', request: toRequest(added, [], undefined), added: true }),
    async stored(tx, earlier) {
      const found = await toRecorded(tx, chain, earlier);
      if (found === undefined) throw new Error(`${origin} is not a request`);
      return { kind: 'stored', request: found, added: false };
    },
  });
}

async function countOthersOpen(tx: Database, { origin, requester }: NewRequest): Promise<number> {
  const { open } = await tx
    .selectFrom('requests')
    .select((select) => select.fn.countAll<number>().as('open'))
    .where('requester_id', '=', requester.userId)
    .where('ended_at', 'is', null)
    .where('status', 'not in', watchStatuses)
    .where('origin', '!=', origin)
    .executeTakeFirstOrThrow();
  return open;
}

/**
 * Compare-and-swap on the version: appends the event and updates the state, or returns `undefined`
 * without changes if the stored version isn't that of `change.request`.
 */
export async function recordChange(
  db: Database,
  change: Change,
  chain: Chain,
): Promise<MigrationRequest | undefined> {
  const { request, state, revised, at } = change;
  const columns = {
    status: state.status,
    state: JSON.stringify(state),
    due_at: dueAt(state, at)?.toISOString() ?? null,
    job_id: jobIdIn(state) ?? null,
    ...(change.rule === undefined ? {} : { rule: JSON.stringify(change.rule) }),
    ...(revised === undefined ? {} : columnsOf(request, revised)),
    ended_at: endedAt(state)?.toISOString() ?? null,
    ...awaitedColumns({
      ...request,
      ...(change.rule === undefined ? {} : { rule: change.rule }),
      ...revised,
      state,
    }),
  };
  const swapped = await swapRow(db, chain, change, columns, async (tx) => {
    if (change.event.type === 'created') {
      const { jobId } = change.event;
      const { Region: region } = request.parameters.DstInfo;
      await followJob(tx, { jobId, region, requestId: request.id }, at);
      await lookAtWatched(tx, jobId, at);
    }
    if (change.job !== undefined) await keepJob(tx, request.id, change.job);
    // Ferry may still ask for a job that it treats as deleted, but only if the request has it.
    if (change.job !== undefined && jobIdIn(state) === undefined) {
      await lookAtJob(tx, request.id, undefined);
    }
    // Ferry deletes the job once DTS allows the deletion.
    if (state.status === 'discarding') await lookAtJob(tx, request.id, at);
    if (change.event.type === 'break_glass')
      await announceEmergency(tx, request.id, request.version);
    if (revised !== undefined || !needsSecrets(state)) {
      await tx.deleteFrom('typed_secrets').where('request_id', '=', request.id).execute();
    }
    if (revised !== undefined) await keepSealed(tx, request.id, revised.sealed);
  });
  if (swapped === undefined) return undefined;
  const job = change.event.type === 'created' ? undefined : (change.job ?? request.job);
  return toRequest(swapped.row, swapped.altered, job);
}

/** Reports the request to the people whom the rule names, from this event on. */
async function announceEmergency(tx: Database, requestId: number, toldSeq: number): Promise<void> {
  await tx
    .insertInto('announcements')
    .values({
      request_id: requestId,
      audience: 'emergency',
      told_seq: toldSeq,
      seen_version: 0,
    })
    .onConflict((conflict) => conflict.columns(['request_id', 'audience']).doNothing())
    .execute();
}

function columnsOf(request: MigrationRequest, revised: NonNullable<Change['revised']>) {
  return {
    revision: revised.revision,
    revised_by: revised.origin,
    editors: JSON.stringify(revised.editors),
    rule: JSON.stringify(revised.rule),
    secrets: JSON.stringify(revised.secrets),
    observed: JSON.stringify(revised.observed),
    // Each revision has one text: unchanged parameters keep the hash that was approved.
    ...(revised.revision === request.revision
      ? {}
      : {
          job_name: revised.parameters.JobName,
          parameters: writeParameters(revised.parameters),
          reason: revised.reason,
        }),
  };
}
