import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

/** Whom a request waits for, so that a person's list need not read every waiting request. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['awaited_list', 'awaited_except']) {
    await db.schema.alterTable('requests').addColumn(column, 'text').execute();
  }
  let after = 0;
  for (;;) {
    const { rows } = await sql<Record<string, unknown>>`
      select id, revision, requester_id, editors, rule, state from requests
      where status in ('pending', 'prepared', 'unconfirmed') and ended_at is null and id > ${after}
      order by id limit ${pageSize}`.execute(db);
    for (const { awaited, ids } of groupsOf(rows)) {
      await sql`
        update requests set awaited_list = ${awaited.list}, awaited_except = ${awaited.except}
        where id in (${sql.join(ids)})`.execute(db);
    }
    if (rows.length < pageSize) break;
    after = Number(rows.at(-1)?.['id']);
  }
  await sql`
    create index requests_open_awaited on requests (awaited_list, status, id)
    where awaited_list is not null
  `.execute(db);
}

/** Fewer than a statement may have variables. */
const pageSize = 500;

interface Awaited {
  list: string;
  except: string;
}

/** Rows of waiting requests by whom they wait for. */
function groupsOf(
  rows: readonly Readonly<Record<string, unknown>>[],
): Iterable<{ awaited: Awaited; ids: number[] }> {
  const groups = new Map<string, { awaited: Awaited; ids: number[] }>();
  for (const found of rows) {
    const row = waiting.safeParse(found).data;
    const awaited = row && awaitedBy(row);
    // The lists have a damaged row after its next change.
    if (awaited === undefined) continue;
    const key = `${awaited.list} ${awaited.except}`;
    const group = groups.get(key) ?? { awaited, ids: [] };
    groups.set(key, group);
    group.ids.push(Number(found['id']));
  }
  return groups.values();
}

const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(schema);

const person = z.looseObject({ kind: z.string() });
const people = z.array(person);

const waiting = z.object({
  revision: z.number(),
  requester_id: z.string(),
  editors: json(z.array(z.string())),
  rule: json(
    z.object({
      approvers: people,
      operations: z.record(z.string(), z.object({ people })).default({}),
    }),
  ),
  state: json(
    z.object({
      status: z.string(),
      approvals: z.array(z.object({ by: z.object({ userId: z.string() }), revision: z.number() })),
      operation: z
        .object({
          name: z.string(),
          option: z.string().optional(),
          from: z.object({ status: z.string() }).optional(),
        })
        .default({ name: 'create_job' }),
    }),
  ),
});
type Waiting = z.infer<typeof waiting>;

/** Operations that the requester may decide on by default. */
const withRequester = ['check_job', 'start_job', 'pause_job', 'continue_job', 'resume_job'];

function awaitedBy({ editors, requester_id, revision, rule, state }: Waiting): Awaited | undefined {
  const { from, name, option } = state.operation;
  const isOfRequest =
    name === 'create_job' || (name === 'start_job' && from?.status === 'prepared');
  const isInDoubt = state.status === 'unconfirmed';
  // Nobody decides on an operation on a job that may have happened.
  if (isInDoubt && !isOfRequest) return undefined;
  const decision = option === 'clearData' ? 'clear_data' : name;
  const requester = { kind: 'requester' };
  const usual = withRequester.includes(decision) ? [requester, ...rule.approvers] : rule.approvers;
  const approvers = isOfRequest ? rule.approvers : (rule.operations[decision]?.people ?? usual);
  const admitsAuthors = approvers.some(({ kind }) => kind === 'requester');
  const list = approvers.map((each) =>
    each.kind === 'requester' ? { kind: 'user', userId: requester_id } : each,
  );
  const given = state.approvals.flatMap((each) =>
    each.revision === revision ? [each.by.userId] : [],
  );
  const authors = isInDoubt ? [requester_id] : admitsAuthors ? [] : [requester_id, ...editors];
  const except = isInDoubt ? authors : [...new Set([...authors, ...given])];
  return {
    list: createHash('sha256').update(JSON.stringify(list), 'utf8').digest('hex'),
    except: JSON.stringify(except),
  };
}
