import { z } from 'zod';
import { newDts } from '../services';
import { id, type Listing, oneLine, text } from './listing';

/**
 * `DescribeMigrateDBInstances`: the instances of an engine, and whether each can be a source or
 * target. It has a separate limit of 20 calls per second.
 */
export const instances = (engine: string, role: 'src' | 'dst'): Listing => ({
  service: newDts,
  action: 'DescribeMigrateDBInstances',
  list: 'Instances',
  body: (page) => ({ DatabaseType: engine, MigrateRole: role, ...page }),
  entry: z
    .object({
      InstanceId: id,
      InstanceName: text,
      Vip: text,
      Vport: z.number().nullish(),
      Usable: z.number().nullish(),
      Hint: text,
    })
    .transform(({ InstanceId, InstanceName, Vip, Vport, Usable, Hint }) => ({
      id: InstanceId,
      name: InstanceName,
      // 1 is usable, 0 is not. If it is missing, CreateMigrateJob decides.
      unusable: Usable === 0 ? (oneLine(Hint) ?? 'Usable 0') : undefined,
      detail: oneLine(Vip === '' || typeof Vport !== 'number' ? Vip : `${Vip}:${Vport}`),
    })),
});
