import type { MigrationParameters } from './migration';

/** What both versions of the API show of a job's parameters, as text. */
const settingNames = [
  'JobName',
  'MigrateType',
  'SrcAccessType',
  'Ip',
  'Port',
  'User',
  'InstanceId',
  'CvmInstanceId',
  'UniqDcgId',
  'UniqVpnGwId',
  'CcnId',
  'VpcId',
  'SubnetId',
  'TargetId',
  'TargetUser',
  'Objects',
] as const;
export type SettingName = (typeof settingNames)[number];

/** A job's parameters, for comparison. Empty values are left out. */
export type JobSettings = Readonly<Partial<Record<SettingName, string>>>;

/** An object of a migration, as both versions name it. */
export interface SettingObject {
  database: string;
  schema?: string | undefined;
  tables?: readonly string[] | undefined;
}

/** Objects as one text that doesn't depend on their order. */
export const objectsText = (objects: readonly SettingObject[]): string =>
  objects
    .flatMap(({ database, schema = '', tables = [] }) =>
      tables.length === 0
        ? [JSON.stringify([database, schema])]
        : tables.map((table) => JSON.stringify([database, schema, table])),
    )
    .sort()
    .join('\n');

/** Leaves out empty values, because the versions write them differently. */
export const settings = (
  given: Readonly<Partial<Record<SettingName, string | number | null | undefined>>>,
): JobSettings =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value == null || value === '' || value === 0 ? [] : [[name, String(value)]],
    ),
  );

/** The settings that a job with these parameters shows. */
export function settingsOf(parameters: MigrationParameters): JobSettings {
  const { DatabaseInfo = [], DstInfo, JobName, MigrateOption, SrcAccessType } = parameters;
  const [source = parameters.SrcInfo] = parameters.SrcInfoMulti ?? [];
  return settings({
    ...endOf(source),
    JobName,
    MigrateType: MigrateOption.MigrateType,
    SrcAccessType,
    TargetId: DstInfo.InstanceId,
    TargetUser: DstInfo.User,
    Objects: objectsText(DatabaseInfo),
  });
}

function endOf(source: MigrationParameters['SrcInfo']) {
  const { CcnId, CvmInstanceId, InstanceId, Ip, Port, SubnetId } = source;
  const { UniqDcgId, UniqVpnGwId, User, VpcId } = source;
  return {
    CcnId,
    CvmInstanceId,
    InstanceId,
    Ip,
    Port,
    SubnetId,
    UniqDcgId,
    UniqVpnGwId,
    User,
    VpcId,
  };
}

/**
 * Compares what a job shows with its parameters before and after a change. `unclear`: the change
 * shows nowhere, such as another password, or the job shows something else.
 */
export function compareSettings(
  before: MigrationParameters,
  after: MigrationParameters,
  seen: JobSettings,
): 'before' | 'after' | 'unclear' {
  const [old, wanted] = [settingsOf(before), settingsOf(after)];
  const changed = settingNames.filter((name) => old[name] !== wanted[name]);
  if (changed.length === 0) return 'unclear';
  if (changed.every((name) => seen[name] === wanted[name])) return 'after';
  return changed.every((name) => seen[name] === old[name]) ? 'before' : 'unclear';
}
