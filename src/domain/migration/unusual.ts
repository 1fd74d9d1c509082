import { formOf } from '../form/form';
import { type SecretSources, secretPaths } from '../secrets/secretReference';
import { askedFields, type FieldPath } from './fields';
import type { MigrationParameters } from './migration';

/**
 * Parameters that the API may reject, by rules of an API version other than 2018-03-30. Ferry warns
 * the requester and the approvers, and lets the API decide.
 */
export type Oddity =
  | { code: 'field_left_out'; path: FieldPath }
  | { code: 'redis_needs_changes' }
  | { code: 'time_has_passed' };

export function oddities(
  parameters: MigrationParameters,
  secrets: SecretSources,
  at: Date,
): Oddity[] {
  const { ExpectTime, MigrateType } = parameters.MigrateOption;
  const odd: Oddity[] = [];
  const values = formOf(parameters, secrets);
  for (const { path, need } of askedFields(values, { typed: true, stored: false })) {
    const isSecret = secretPaths.find((secret) => secret === path);
    const isThere =
      isSecret === undefined ? values[path] !== undefined : secrets[isSecret] !== undefined;
    if (need === 'expected' && !isThere) odd.push({ code: 'field_left_out', path });
  }
  // Rule of version 2021-12-06.
  if (parameters.SrcDatabaseType === 'redis' && MigrateType !== 3) {
    odd.push({ code: 'redis_needs_changes' });
  }
  if (ExpectTime !== undefined && ExpectTime.getTime() <= at.getTime()) {
    odd.push({ code: 'time_has_passed' });
  }
  return odd;
}
