import { type Kysely, type RawBuilder, sql } from 'kysely';

/** The rule of a request from before there were rules, as JSON text. */
function earlierRule(channel: RawBuilder<unknown>, required: RawBuilder<unknown>) {
  const rest = {
    approvers: [],
    oneFromEach: [],
    deniers: [],
    editors: [],
    retriers: [],
    reminders: { afterMs: [], mention: [] },
    windows: [],
    confirmDestination: false,
    breakGlass: [],
  };
  const after = JSON.stringify(rest).slice(1);
  return sql`'{"name":"usual","channel":' || ${channel} || ',"required":' || ${required} || ',' || ${after}`;
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('requests').renameColumn('launch_at', 'due_at').execute();
  const text = { revised_by: "''", editors: "'[]'", rule: "'{}'" };
  for (const [name, initial] of Object.entries(text)) {
    await db.schema
      .alterTable('requests')
      .addColumn(name, 'text', (column) => column.notNull().defaultTo(sql.raw(initial)))
      .execute();
  }
  await db.schema.alterTable('requests').addColumn('asked_in', 'text').execute();
  // Before this migration, the settings had one rule for all requests. Ferry reads the approvers
  // from the settings when someone acts on a request.
  const quoted = (name: string) => sql`'"' || ${sql.ref(name)} || '"'`;
  await sql`update requests set revised_by = origin, rule = ${earlierRule(
    quoted('channel'),
    sql.ref('required_approvals'),
  )}`.execute(db);
  await db.schema.alterTable('requests').dropColumn('required_approvals').execute();
}
