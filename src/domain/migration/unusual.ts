import { formOf } from '../form/form';
import { type SecretSources, secretPaths } from '../secrets/secretReference';
import { familyOf } from './engines';
import { askedFields, type FieldPath } from './fields';
import { readAddress } from './host';
import type { MigrationParameters } from './migration';

/**
 * Parameters that the API may reject, although the page of 2018-03-30 doesn't say so. Ferry warns
 * the requester and the approvers, and lets the API decide.
 */
export type Oddity =
  | { code: 'same_instance' }
  | { code: 'other_engine' }
  | { code: 'ipv6_source'; path: 'SrcInfo.Ip' | 'SrcInfoMulti' }
  | { code: 'field_left_out'; path: FieldPath }
  | { code: 'redis_needs_changes' }
  | { code: 'time_has_passed' };

const isIpv6 = (host: string | undefined): boolean =>
  host !== undefined && readAddress(host)?.kind() === 'ipv6';

export function oddities(
  parameters: MigrationParameters,
  secrets: SecretSources,
  at: Date,
): Oddity[] {
  const { DstDatabaseType, DstInfo, SrcDatabaseType, SrcInfo, SrcInfoMulti = [] } = parameters;
  const { ExpectTime, MigrateType } = parameters.MigrateOption;
  const odd: Oddity[] = [];
  if (SrcInfo.InstanceId === DstInfo.InstanceId) odd.push({ code: 'same_instance' });
  if (familyOf(SrcDatabaseType) !== familyOf(DstDatabaseType)) odd.push({ code: 'other_engine' });
  // Version 2021-12-06 has an access type for IPv6, and 2018-03-30 has none.
  if (isIpv6(SrcInfo.Ip)) odd.push({ code: 'ipv6_source', path: 'SrcInfo.Ip' });
  if (SrcInfoMulti.some(({ Ip }) => isIpv6(Ip))) {
    odd.push({ code: 'ipv6_source', path: 'SrcInfoMulti' });
  }
  // No field depends on the list, and writing 20,000 names takes many milliseconds.
  const { DatabaseInfo: _, ...withoutList } = parameters;
  const values = formOf(withoutList, secrets);
  for (const { path, need } of askedFields(values, { typed: true, stored: false })) {
    const isSecret = secretPaths.find((secret) => secret === path);
    const isThere =
      isSecret === undefined ? values[path] !== undefined : secrets[isSecret] !== undefined;
    if (need === 'expected' && !isThere) odd.push({ code: 'field_left_out', path });
  }
  // Rule of version 2021-12-06.
  if (SrcDatabaseType === 'redis' && MigrateType !== 3) {
    odd.push({ code: 'redis_needs_changes' });
  }
  if (ExpectTime !== undefined && ExpectTime.getTime() <= at.getTime()) {
    odd.push({ code: 'time_has_passed' });
  }
  return odd;
}
