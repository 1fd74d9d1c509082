import { z } from 'zod';
import type { ObservedInstance } from '../domain/request/observation';
import type { InstanceQuery, InstanceSight } from '../ports/catalogue';
import { type CloudAccount, callCloud } from './callCloud';
import { id as idSchema, oneLine } from './listings/listing';
import { type InstanceList, products, short } from './products';
import { newDts } from './services';

/** The facts from DTS, which also decides whether an instance can be the source or target. */
const asSeenByDts = ({ engine, role }: InstanceQuery): InstanceList => ({
  service: newDts,
  action: 'DescribeMigrateDBInstances',
  only: (id) => ({ DatabaseType: engine, MigrateRole: role, InstanceId: id, Offset: 0, Limit: 20 }),
  list: 'Instances',
  entry: z
    .object({
      InstanceId: idSchema,
      InstanceName: short,
      Usable: z.number().nullish(),
      Hint: short,
    })
    .transform(({ InstanceId, InstanceName, Usable, Hint }) => ({
      id: InstanceId,
      name: InstanceName,
      unusable: Usable === 0 ? (oneLine(Hint) ?? 'Usable 0') : undefined,
    })),
});

/**
 * The account's current facts about an instance. Facts that a service doesn't return are left out.
 * An instance is absent only if each service that lists such instances answered without it. Never
 * throws; `abandon` ends the wait.
 */
export async function observeInstance(
  account: CloudAccount,
  query: InstanceQuery,
  abandon: AbortSignal,
): Promise<InstanceSight> {
  const product = products[query.engine];
  const [seen, details] = await Promise.all([
    ask(account, query, asSeenByDts(query), abandon),
    product === undefined ? absent : ask(account, query, product, abandon),
  ]);
  if (seen.kind !== 'listed' && details.kind !== 'listed') {
    return seen.kind === 'absent' && details.kind === 'absent' ? absent : { kind: 'unknown' };
  }
  const { name = '', unusable } = factsIn(seen);
  const { version = '', memoryMb, diskGb } = factsIn(details);
  const instance = {
    name,
    ...(version === '' ? {} : { version }),
    ...(memoryMb === undefined ? {} : { memoryMb }),
    ...(diskGb === undefined ? {} : { diskGb }),
    ...(unusable === undefined ? {} : { unusable }),
  };
  return { kind: 'seen', instance };
}

/** What one service said about the instance. */
type Answer =
  | { kind: 'listed'; facts: Partial<ObservedInstance> }
  | { kind: 'absent' }
  | { kind: 'unknown' };

const absent = { kind: 'absent' } as const;

const factsIn = (answer: Answer): Partial<ObservedInstance> =>
  answer.kind === 'listed' ? answer.facts : {};

async function ask(
  account: CloudAccount,
  { id, region }: InstanceQuery,
  { action, entry, list, only, service }: InstanceList,
  abandon: AbortSignal,
): Promise<Answer> {
  const call = { service, action, region, body: only(id) };
  const called = await callCloud(account, call, { secrets: [], abandon });
  if (!called.ok) {
    // Some products refuse an unknown ID: `InvalidParameter.InstanceNotFound`.
    const problem = called.outcome.kind === 'failed' ? called.outcome.problem : undefined;
    const isUnknownId = problem?.kind === 'refused' && /Not(Found|Exist)/.test(problem.code);
    return isUnknownId ? absent : { kind: 'unknown' };
  }
  const listed = z.array(z.unknown()).safeParse(Reflect.get(Object(called.answer), list));
  if (!listed.success) return { kind: 'unknown' };
  const facts = listed.data
    .flatMap((raw) => entry.safeParse(raw).data ?? [])
    .find((each) => each.id === id);
  return facts === undefined ? absent : { kind: 'listed', facts };
}
