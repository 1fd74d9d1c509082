import { type Kysely, sql } from 'kysely';

/** Keeps frequent queries as fast as with an empty history. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('announcements').addColumn('untold_seq', 'integer').execute();
  // Updates the few announcements with work. Updating all of them would take minutes.
  await sql`
    update announcements
    set untold_seq = (select version from requests where requests.id = announcements.request_id)
    where told_seq < (select version from requests where requests.id = announcements.request_id)
  `.execute(db);
  await sql`
    create index announcements_waiting on announcements (audience, request_id)
    where untold_seq is not null
  `.execute(db);
  // Indexes of open requests alone stay small as history grows.
  for (const column of ['job_name', 'requester_id', 'status']) {
    await sql`
      create index ${sql.ref(`requests_open_${column}`)} on requests (${sql.ref(column)}, id)
      where ended_at is null
    `.execute(db);
  }
  await sql`
    create index requests_of_requester on requests (requester_id, (ended_at is null), id)
  `.execute(db);
}
