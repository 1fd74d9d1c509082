import { canonicalJson } from '../text/canonicalJson';
import { writeChinaTime } from '../text/chinaTime';
import type { MigrationParameters } from './migration';

/**
 * What DTS shows of a job's parameters, as text. Version 2021-12-06 doesn't show `ConsistencyType`,
 * `ExternParams` and `RdsInstanceId`.
 */
const settingNames = [
  'JobName',
  /** `immediate`, or when the job is scheduled to start. */
  'StartsAt',
  'MigrateType',
  /** `notConfigured`, `noCheck`, or `full` for all kinds of checks. */
  'Consistency',
  /** The kind of check, with the samples. */
  'ConsistencyType',
  'IsOverrideRoot',
  'ExternParams',
  'SrcAccessType',
  'Region',
  'Supplier',
  'RdsInstanceId',
  'EngineVersion',
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
  /** The nodes of a cluster after the first one. */
  'OtherNodes',
  'TargetId',
  'TargetUser',
  'ReadOnly',
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

/** What stands for the objects if the whole instance is migrated. */
const wholeInstance = '*';

/** Objects as one text that doesn't depend on their order. */
export const objectsText = (objects: readonly SettingObject[]): string =>
  objects
    .flatMap(({ database, schema = '', tables = [] }) =>
      tables.length === 0
        ? [JSON.stringify([database, schema])]
        : tables.map((table) => JSON.stringify([database, schema, table])),
    )
    .sort()
    .join('\n') || wholeInstance;

type Given = Readonly<Partial<Record<SettingName, string | number | null | undefined>>>;

/** Leaves out empty values, because the versions write them differently. */
export const settings = (given: Given): JobSettings =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value == null || value === '' || value === 0 ? [] : [[name, String(value)]],
    ),
  );

/** When a job starts. `undefined`: its time can't be read. */
export function startText(isScheduled: boolean, at: Date | undefined): string | undefined {
  if (!isScheduled) return 'immediate';
  return at === undefined || Number.isNaN(at.getTime()) ? undefined : writeChinaTime(at);
}

const flag = (value: 0 | 1 | undefined): string => String(value === 1);

const consistencyModes: Readonly<Partial<Record<number, string>>> = {
  1: 'notConfigured',
  5: 'noCheck',
};

/** The consistency check in the words of each version. Only 2018-03-30 has samples. */
export function consistencySettings(type: number, samples: unknown): JobSettings {
  const sampled = type === 3 ? [type, canonicalJson(samples)] : [type];
  return { Consistency: consistencyModes[type] ?? 'full', ConsistencyType: sampled.join(' ') };
}

/** The settings of the nodes of a source. */
export function nodeSettings(nodes: readonly Given[]): JobSettings {
  const [first = {}, ...others] = nodes.map(settings);
  return settings({ ...first, OtherNodes: others.map(canonicalJson).join('\n') });
}

/** The settings that a job with these parameters shows. */
export function settingsOf(parameters: MigrationParameters): JobSettings {
  const { DatabaseInfo = [], DstInfo, JobName, MigrateOption, SrcAccessType } = parameters;
  const { ConsistencyParams, ConsistencyType, ExpectTime } = MigrateOption;
  const { ExternParams, IsOverrideRoot, MigrateType, RunMode } = MigrateOption;
  const { Region, Supplier } = parameters.SrcInfo;
  const nodes = parameters.SrcInfoMulti ?? [parameters.SrcInfo];
  return settings({
    ...nodeSettings(nodes.map(({ Region: _, Supplier: __, ...node }) => node)),
    ...consistencySettings(ConsistencyType, ConsistencyParams),
    Region,
    Supplier,
    JobName,
    StartsAt: startText(RunMode === 2, ExpectTime),
    MigrateType,
    IsOverrideRoot: flag(IsOverrideRoot),
    ExternParams: ExternParams === undefined ? undefined : canonicalJson(ExternParams),
    SrcAccessType,
    TargetId: DstInfo.InstanceId,
    TargetUser: DstInfo.User,
    ReadOnly: flag(DstInfo.ReadOnly),
    Objects: objectsText(DatabaseInfo),
  });
}

/**
 * Compares what a job shows with its parameters before and after a change. What DTS leaves out or
 * shows as empty proves nothing. `unclear`: the change shows nowhere, such as another password, or
 * the job shows something else.
 */
export function compareSettings(
  before: MigrationParameters,
  after: MigrationParameters,
  seen: JobSettings,
): 'before' | 'after' | 'unclear' {
  const [old, wanted] = [settingsOf(before), settingsOf(after)];
  const shown = settingNames.filter(
    (name) => old[name] !== wanted[name] && seen[name] !== undefined,
  );
  if (shown.length === 0) return 'unclear';
  if (shown.every((name) => seen[name] === wanted[name])) return 'after';
  return shown.every((name) => seen[name] === old[name]) ? 'before' : 'unclear';
}
