import { z } from 'zod';
import type { ObservedInstance } from '../domain/request/observation';
import type { InstanceQuery } from '../ports/catalogue';
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
 * The account's current facts about an instance; `undefined` if there are none. Facts that a
 * service doesn't return are left out. Never throws; `abandon` ends the wait.
 */
export async function observeInstance(
  account: CloudAccount,
  query: InstanceQuery,
  abandon: AbortSignal,
): Promise<ObservedInstance | undefined> {
  const product = products[query.engine];
  const [seen, details] = await Promise.all([
    ask(account, query, asSeenByDts(query), abandon),
    product === undefined ? undefined : ask(account, query, product, abandon),
  ]);
  if (seen === undefined && details === undefined) return undefined;
  const { name = '', unusable } = { ...seen };
  const { version = '', memoryMb, diskGb } = { ...details };
  return {
    name,
    ...(version === '' ? {} : { version }),
    ...(memoryMb === undefined ? {} : { memoryMb }),
    ...(diskGb === undefined ? {} : { diskGb }),
    ...(unusable === undefined ? {} : { unusable }),
  };
}

async function ask(
  account: CloudAccount,
  { id, region }: InstanceQuery,
  { action, entry, list, only, service }: InstanceList,
  abandon: AbortSignal,
): Promise<Partial<ObservedInstance> | undefined> {
  const call = { service, action, region, body: only(id) };
  const called = await callCloud(account, call, { secrets: [], abandon });
  if (!called.ok) return undefined;
  const listed = z.array(z.unknown()).safeParse(Reflect.get(Object(called.answer), list));
  return (listed.data ?? [])
    .flatMap((raw) => entry.safeParse(raw).data ?? [])
    .find((each) => each.id === id);
}
