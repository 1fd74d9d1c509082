import { type RawBuilder, sql } from 'kysely';
import type { Database, DatabaseKind } from '../src/store/database';

/** The tables that grow with each request, in the order in which their rows refer to each other. */
const tables = ['requests', 'announcements', 'events', 'links'] as const;

/** PostgreSQL writes as many rows well within the time that Ferry gives a statement. */
const mostAtOnce = 10_000;

/**
 * Copies a stored request `count` times, with everything that belongs to it. The copies' entries in
 * the audit log have the hashes of the original, so an audit would find them altered.
 */
export async function copyRequest(
  db: Database,
  kind: DatabaseKind,
  id: number,
  count: number,
): Promise<void> {
  for (let copied = 0; copied < count; copied += mostAtOnce) {
    await copyOften(db, id, Math.min(mostAtOnce, count - copied));
  }
  const newestLink = sql`(select hash from links order by position desc limit 1)`;
  await sql`
    update journal set length = (select max(position) from links), head = ${newestLink}`.execute(
    db,
  );
  if (kind === 'postgres') {
    await sql`select setval('requests_id_seq', (select max(id) from requests))`.execute(db);
  }
}

async function copyOften(db: Database, id: number, count: number): Promise<void> {
  const { last } = await db
    .selectFrom('links')
    .select(({ fn }) => fn.max('position').as('last'))
    .executeTakeFirstOrThrow();
  const { newest } = await db
    .selectFrom('requests')
    .select(({ fn }) => fn.max('id').as('newest'))
    .executeTakeFirstOrThrow();
  const described = await db.introspection.getTables();
  for (const name of tables) {
    const key = name === 'requests' ? 'id' : 'request_id';
    const columns = described.find((table) => table.name === name)?.columns ?? [];
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from ${sql.table(name)} where ${sql.ref(key)} = ${id}`.execute(db);
    const perCopy = Number(rows[0]?.count);
    const written = (column: string): RawBuilder<unknown> => {
      switch (column) {
        case key:
          return sql`${Number(newest)} + copies.number`;
        case 'origin':
          return sql`original.origin || '/copy/' || (${Number(newest)} + copies.number)`;
        case 'position':
          return sql`${Number(last)} + (copies.number - 1) * ${perCopy} + original.place`;
        default:
          return sql`original.${sql.ref(column)}`;
      }
    };
    const position = columns.some((column) => column.name === 'position') ? 'position' : key;
    await sql`
      insert into ${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column.name)))})
      with recursive copies(number) as (
        select 1 union all select number + 1 from copies where number < ${sql.lit(count)}
      ), original as (
        select *, row_number() over (order by ${sql.ref(position)}) as place
        from ${sql.table(name)} where ${sql.ref(key)} = ${id}
      )
      select ${sql.join(columns.map((column) => written(column.name)))}
      from copies cross join original
      order by copies.number, original.place`.execute(db);
  }
}

/** Gives each ended request without a job one that has succeeded. */
export async function endJobs(db: Database): Promise<void> {
  for (;;) {
    const { numAffectedRows } = await sql`
      insert into jobs (request_id, job_id, region, status, since)
      select id, 'dts-' || id, 'ap-shanghai', 'success', ended_at
      from requests
      where ended_at is not null and id > coalesce((select max(request_id) from jobs), 0)
      order by id limit ${mostAtOnce}`.execute(db);
    if (numAffectedRows === undefined || numAffectedRows < mostAtOnce) return;
  }
}
