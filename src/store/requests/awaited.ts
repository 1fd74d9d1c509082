import { type ExpressionBuilder, sql } from 'kysely';
import { type HomeFilter, passesFilter } from '../../domain/channel/home';
import { rule } from '../../domain/policy/policy';
import { awaitedBy } from '../../domain/request/awaited';
import { requestState, type WaitingRequest } from '../../domain/request/request';
import { statusesAccepting } from '../../domain/request/states';
import type { AwaitedFrom, AwaitedList } from '../../ports/requestStore';
import { sha256 } from '../chain';
import type { Database } from '../database';
import type { RequestsTable, Schema } from '../schema';
import { editors } from './row';

/** The columns that find a request for the people whom it waits for. */
export function awaitedColumns(
  request: WaitingRequest,
): Pick<RequestsTable, 'awaited_list' | 'awaited_except'> {
  const awaited = awaitedBy(request);
  return {
    awaited_list: awaited === undefined ? null : sha256(JSON.stringify(awaited.list)),
    awaited_except: awaited === undefined ? null : JSON.stringify(awaited.except),
  };
}

/** Each list of people that requests wait for, as one of its requests has it. */
export async function listAwaitedLists(db: Database): Promise<AwaitedList[]> {
  // Jumps from one list to the next in the index, because `distinct` would read all of it.
  const found = await sql<{ key: string; id: number }>`with recursive each_one(list) as (
      select min(awaited_list) from requests where awaited_list > ''
      union all
      select (
        select min(requests.awaited_list) from requests
        where requests.awaited_list > each_one.list
      )
      from each_one where each_one.list is not null
    )
    select list as key, (
      select requests.id from requests where requests.awaited_list = each_one.list limit 1
    ) as id
    from each_one where list is not null`.execute(db);
  const ids = found.rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('requests')
    .select(['id', 'revision', 'requester_id', 'requester_name', 'editors', 'rule', 'state'])
    .where('id', 'in', ids)
    .execute();
  const lists = new Map(
    rows.map((row) => {
      const awaited = awaitedBy({
        revision: row.revision,
        requester: { userId: row.requester_id, name: row.requester_name },
        editors: editors.parse(JSON.parse(row.editors)),
        rule: rule.parse(JSON.parse(row.rule)),
        state: requestState.parse(JSON.parse(row.state)),
      });
      return [row.id, awaited?.list];
    }),
  );
  return found.rows.flatMap(({ id, key }) => {
    const people = lists.get(id);
    return people === undefined ? [] : [{ key, people }];
  });
}

/** An unknown outcome is more urgent than a decision. */
const urgency = [statusesAccepting('look_again'), statusesAccepting('approve')];

/** SQLite combines at most 500 queries: one for each list and status. */
const mostLists = 100;

/** The IDs of requests that wait for a person: unknown outcomes first, then the oldest. */
export async function listAwaitedIds(
  db: Database,
  { lists, userId }: AwaitedFrom,
  { filter, limit, offset }: { filter: HomeFilter; limit: number; offset: number },
): Promise<number[]> {
  const found: { id: number; rank: number }[] = [];
  for (let from = 0; from < lists.length; from += mostLists) {
    const queries = lists.slice(from, from + mostLists).flatMap((list) =>
      urgency.flatMap((statuses, rank) =>
        statuses
          .filter((status) => passesFilter(filter, status))
          .map((status) =>
            db
              .selectFrom('requests')
              .select(({ lit }) => ['requests.id', lit(rank).as('rank')])
              .where('awaited_list', '=', list)
              .where('status', '=', status)
              .where('awaited_except', 'not like', exceptFor(userId))
              .orderBy('requests.id')
              .limit(offset + limit),
          ),
      ),
    );
    const [first, ...others] = queries.map((query) =>
      db.selectFrom(query.as('some')).select(['some.id', 'some.rank']),
    );
    if (first === undefined) continue;
    found.push(...(await others.reduce((all, query) => all.unionAll(query), first).execute()));
  }
  return found
    .sort((one, other) => one.rank - other.rank || one.id - other.id)
    .slice(offset, offset + limit)
    .map(({ id }) => id);
}

type OfRequests = ExpressionBuilder<Pick<Schema, 'requests'>, 'requests'>;

/** Leaves out what waits for a person. */
export const isNotAwaited = (from: AwaitedFrom | undefined) => (where: OfRequests) =>
  from === undefined || from.lists.length === 0
    ? where.lit(true)
    : where.or([
        where('awaited_list', 'is', null),
        where('awaited_list', 'not in', from.lists),
        where('awaited_except', 'like', exceptFor(from.userId)),
      ]);

/** A pattern for `awaited_except`. A user ID has only letters and digits. */
const exceptFor = (userId: string): string => `%"${userId}"%`;
