import { doubtsAbout } from '../databases/databaseInfo';
import { databaseNaming } from '../databases/databaseNaming';
import type { ListDoubt } from '../databases/listDoubts';
import { type Oddity, oddities } from '../migration/unusual';
import type { NameTaken } from './observation';
import { type MigrationRequest, waitingSince } from './request';

/** What an approver should notice before deciding. */
export type Risk =
  | { kind: 'instance_absent'; role: 'source' | 'target' }
  | { kind: 'target_unusable'; reason: string }
  | { kind: 'target_read_only' }
  | { kind: 'root_overwritten' }
  | { kind: 'name_taken'; by: NameTaken }
  | { kind: 'list'; doubt: ListDoubt }
  | { kind: 'odd'; oddity: Oddity };

/** The risks of a request, the most serious first. */
export function risksOf({
  askedAt,
  observed,
  parameters,
  secrets,
  state,
}: Pick<MigrationRequest, 'askedAt' | 'observed' | 'parameters' | 'secrets' | 'state'>): Risk[] {
  const { DatabaseInfo, DstInfo, MigrateOption, SrcDatabaseType } = parameters;
  const unusable = observed.target?.unusable;
  const doubts =
    DatabaseInfo === undefined ? [] : doubtsAbout(DatabaseInfo, databaseNaming[SrcDatabaseType]);
  const odd = oddities(parameters, secrets, waitingSince({ askedAt, state }));
  return [
    ...(MigrateOption.IsOverrideRoot === 1 ? [{ kind: 'root_overwritten' } as const] : []),
    ...(observed.absent ?? []).map((role): Risk => ({ kind: 'instance_absent', role })),
    ...(unusable === undefined ? [] : [{ kind: 'target_unusable', reason: unusable } as const]),
    ...(DstInfo.ReadOnly === 1 ? [{ kind: 'target_read_only' } as const] : []),
    ...(observed.nameTaken === undefined
      ? []
      : [{ kind: 'name_taken', by: observed.nameTaken } as const]),
    ...doubts.map((doubt): Risk => ({ kind: 'list', doubt })),
    ...odd.map((oddity): Risk => ({ kind: 'odd', oddity })),
  ];
}
