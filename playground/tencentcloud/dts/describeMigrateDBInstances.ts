import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { pageOf, pageParameters } from '../endpoint/page';
import { parseParameters } from '../endpoint/parseParameters';
import type { DatabaseInstance } from './databaseInstance';

const ENGINES = [
  'mysql',
  'percona',
  'mariadb',
  'tdsqlmysql',
  'postgresql',
  'cynosdbmysql',
  'redis',
  'tendis',
  'keewidb',
  'tdstore',
  'mongodb',
  'clickhouse',
  'sqlserver',
] as const;

const text = z.string().default('');

const request = z.strictObject({
  DatabaseType: z.enum(ENGINES),
  MigrateRole: z.enum(['src', 'dst']).optional(),
  InstanceId: text,
  InstanceName: text,
  ...pageParameters(100),
  AccountMode: z.enum(['', 'self', 'other']).default(''),
  TmpSecretId: text,
  TmpSecretKey: text,
  TmpToken: text,
});

/**
 * Lists the instances of an engine in the region. Unusable ones are included, with the reason.
 *
 * Fields: dts v20211206 of the SDK. Undocumented, so assumed: a page has 100 entries at most,
 * InstanceId must match exactly, InstanceName may match in part, without a role an instance must be
 * usable for both, and other accounts have none.
 */
export const describeMigrateDBInstances: Action = (parameters, { region, holdings }) => {
  const parsed = parseParameters(request, parameters);
  if (parsed.kind === 'refused') return parsed;
  const { DatabaseType, MigrateRole, InstanceId, InstanceName, AccountMode } = parsed.value;
  const matching = holdings.instances
    .in(region)
    .filter(
      ({ engine, id, name }) =>
        AccountMode !== 'other' &&
        engine === DatabaseType &&
        (InstanceId === '' || id === InstanceId) &&
        name.includes(InstanceName),
    );
  return {
    kind: 'accepted',
    fields: {
      TotalCount: matching.length,
      Instances: pageOf(matching, parsed.value).map((instance) => {
        const hint = hintOf(instance, MigrateRole);
        return {
          InstanceId: instance.id,
          InstanceName: instance.name,
          Vip: instance.address,
          Vport: instance.port,
          Usable: hint === undefined ? 1 : 0,
          Hint: hint ?? '',
        };
      }),
    },
  };
};

function hintOf(
  { unusable = {} }: DatabaseInstance,
  role: 'src' | 'dst' | undefined,
): string | undefined {
  return role === undefined ? (unusable.src ?? unusable.dst) : unusable[role];
}
