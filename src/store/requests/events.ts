import { eventPayload, type RequestEvent } from '../../domain/request/requestEvent';
import type { Database } from '../database';

/** The events of a request after `afterSeq`, oldest first. */
export async function listEvents(
  db: Database,
  id: number,
  afterSeq: number,
): Promise<RequestEvent[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('request_id', '=', id)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({
    requestId: row.request_id,
    seq: row.seq,
    revision: row.revision,
    at: new Date(row.at),
    by: row.by_id === null ? undefined : { userId: row.by_id, name: row.by_name ?? row.by_id },
    payload: eventPayload.parse(JSON.parse(row.happening)),
  }));
}
