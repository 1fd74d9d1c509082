import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../../src/store/database';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { type DatabaseName, databases } from '../support/startTestFerry';

/** The tables of a new database from its own catalog, sorted. */
async function schemaOf(db: Database, name: DatabaseName): Promise<string[]> {
  const found =
    name === 'sqlite'
      ? await sql<{ line: string }>`
          select type || ' ' || name || ': ' || coalesce(sql, '') as line from sqlite_master
          where name not like 'kysely%' and name not like 'sqlite%'`.execute(db)
      : await sql<{ line: string }>`
          select 'table ' || table_name || '.' || column_name || ': ' || data_type || ' ' ||
            case is_nullable when 'YES' then 'null' else 'not null' end ||
            coalesce(' default ' || column_default, '') as line
          from information_schema.columns
          where table_schema = 'public' and table_name not like 'kysely%'
          union all
          select 'index ' || indexname || ': ' || indexdef from pg_indexes
          where schemaname = 'public' and tablename not like 'kysely%'
          union all
          select 'constraint ' || conname || ': ' || pg_get_constraintdef(oid) from pg_constraint
          where connamespace = 'public'::regnamespace and conrelid::regclass::text not like 'kysely%'
            and contype <> 'n'`.execute(db);
  return found.rows.map(({ line }) => line).sort();
}

describe.each(databases)('a new database on %s', (name) => {
  // The snapshot's diff shows a reviewer what a migration does. `npx jest test/store/schema -u` writes it.
  it('has the tables, columns and indexes of the snapshot', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ferry-schema-'));
    const db = await openOrFail(await aDatabase(name, folder));
    const schema = await schemaOf(db, name);
    await db.destroy();
    rmSync(folder, { recursive: true });
    expect(schema).toMatchSnapshot();
  });
});
