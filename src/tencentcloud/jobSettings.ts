import { z } from 'zod';
import {
  consistencySettings,
  type JobSettings,
  nodeSettings,
  objectsText,
  settings,
  startText,
} from '../domain/migration/jobSettings';
import { canonicalJson } from '../domain/text/canonicalJson';
import { readChinaTime } from '../domain/text/chinaTime';

const text = z.string().nullish().catch(undefined);
const number = z.number().nullish().catch(undefined);
const flag = z.boolean().nullish().catch(undefined);

const oldEntry = z.object({
  JobName: text,
  MigrateOption: z
    .object({
      ...{ RunMode: number, ExpectTime: text, MigrateType: number, ConsistencyType: number },
      ...{ ConsistencyParams: z.unknown().optional(), IsOverrideRoot: number, ExternParams: text },
    })
    .nullish()
    .catch(undefined),
  SrcAccessType: text,
  SrcInfo: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  SrcInfoMulti: z.array(z.record(z.string(), z.unknown())).nullish().catch(undefined),
  DstInfo: z.object({ InstanceId: text, User: text, ReadOnly: number }).nullish().catch(undefined),
  DatabaseInfo: text,
});

const end = z.object({
  ...{ Ip: text, Port: number, User: text, InstanceId: text, CvmInstanceId: text },
  ...{ UniqDcgId: text, UniqVpnGwId: text, CcnId: text, VpcId: text, SubnetId: text },
  ...{ RdsInstanceId: text, EngineVersion: text },
});
const place = z.object({ Region: text, Supplier: text });

const objects = z.array(
  z.object({ Database: z.string(), Schema: text, Table: z.array(z.string()).nullish() }),
);

/** A job's parameters as `DescribeMigrateJobs` of 2018-03-30 lists them. */
export function oldSettings(entry: unknown): JobSettings {
  const job = oldEntry.safeParse(entry).data;
  if (job === undefined) return {};
  const { DatabaseInfo, DstInfo, JobName, SrcAccessType, SrcInfo, SrcInfoMulti } = job;
  const { ConsistencyParams, ConsistencyType, ExpectTime } = job.MigrateOption ?? {};
  const { ExternParams, IsOverrideRoot, MigrateType, RunMode } = job.MigrateOption ?? {};
  const nodes = SrcInfoMulti?.length ? SrcInfoMulti : [SrcInfo];
  return settings({
    ...nodeSettings(nodes.map((node) => end.safeParse(node).data ?? {})),
    ...(ConsistencyType == null ? {} : consistencySettings(ConsistencyType, ConsistencyParams)),
    ...place.safeParse(nodes[0]).data,
    JobName,
    StartsAt: RunMode == null ? undefined : startText(RunMode === 2, timeOf(ExpectTime)),
    MigrateType,
    IsOverrideRoot: flagText(IsOverrideRoot),
    ExternParams: ExternParams ? canonicalJson(jsonOf(ExternParams)) : undefined,
    SrcAccessType,
    TargetId: DstInfo?.InstanceId,
    TargetUser: DstInfo?.User,
    ReadOnly: flagText(DstInfo?.ReadOnly),
    Objects: oldObjects(DatabaseInfo),
  });
}

const timeOf = (said: string | null | undefined): Date | undefined =>
  said == null ? undefined : readChinaTime(said);

const flagText = (said: number | null | undefined): string | undefined =>
  said == null ? undefined : String(said === 1);

/** An empty text means the whole instance. */
function oldObjects(said: string | null | undefined): string | undefined {
  if (said == null) return undefined;
  const listed = said === '' ? [] : objects.safeParse(jsonOf(said)).data;
  return (
    listed &&
    objectsText(
      listed.map(({ Database: database, Schema, Table }) => ({
        database,
        schema: Schema ?? undefined,
        tables: Table ?? undefined,
      })),
    )
  );
}

function jsonOf(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

const newEnd = z
  .object({
    AccessType: text,
    ...place.shape,
    Info: z
      .array(
        z.object({
          ...{ Host: text, Port: number, User: text, InstanceId: text, CvmInstanceId: text },
          ...{ UniqDcgId: text, UniqVpnGwId: text, CcnGwId: text, VpcId: text, SubnetId: text },
          EngineVersion: text,
        }),
      )
      .nullish()
      .catch(undefined),
  })
  .nullish()
  .catch(undefined);

const newDetail = z.object({
  JobName: text,
  RunMode: text,
  ExpectRunTime: text,
  MigrateOption: z
    .object({
      ...{ MigrateType: text, IsOverrideRoot: flag, IsDstReadOnly: flag },
      Consistency: z.object({ Mode: text }).nullish().catch(undefined),
      DatabaseTable: z
        .object({
          ObjectMode: text,
          Databases: z
            .array(
              z.object({
                DbName: z.string(),
                SchemaName: text,
                Tables: z.array(z.object({ TableName: z.string() })).nullish(),
              }),
            )
            .nullish(),
        })
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
  SrcInfo: newEnd,
  DstInfo: newEnd,
});

const migrateTypes: Readonly<Record<string, number>> = {
  structure: 1,
  full: 2,
  fullAndIncrement: 3,
};

/** A job's parameters as `DescribeMigrationDetail` of 2021-12-06 shows them. */
export function newSettings(answer: unknown): JobSettings {
  const job = newDetail.safeParse(answer).data;
  if (job === undefined) return {};
  const { DstInfo, ExpectRunTime, JobName, MigrateOption, RunMode, SrcInfo } = job;
  const { IsDstReadOnly, IsOverrideRoot } = MigrateOption ?? {};
  const [target] = DstInfo?.Info ?? [];
  return settings({
    ...nodeSettings(
      (SrcInfo?.Info ?? []).map(({ CcnGwId: CcnId, Host: Ip, ...node }) => {
        return { ...node, CcnId, Ip };
      }),
    ),
    Region: SrcInfo?.Region,
    Supplier: SrcInfo?.Supplier,
    JobName,
    StartsAt: RunMode ? startText(RunMode === 'timed', timeOf(ExpectRunTime)) : undefined,
    MigrateType: migrateTypes[MigrateOption?.MigrateType ?? ''],
    Consistency: MigrateOption?.Consistency?.Mode,
    IsOverrideRoot: IsOverrideRoot?.toString(),
    SrcAccessType: SrcInfo?.AccessType,
    TargetId: target?.InstanceId,
    TargetUser: target?.User,
    ReadOnly: IsDstReadOnly?.toString(),
    Objects: newObjects(MigrateOption?.DatabaseTable),
  });
}

type DatabaseTable = NonNullable<z.infer<typeof newDetail>['MigrateOption']>['DatabaseTable'];

function newObjects(table: DatabaseTable): string | undefined {
  const listed = table?.ObjectMode === 'all' ? [] : (table?.Databases ?? undefined);
  return (
    listed &&
    objectsText(
      listed.map(({ DbName: database, SchemaName, Tables }) => ({
        database,
        schema: SchemaName ?? undefined,
        tables: Tables?.map(({ TableName }) => TableName),
      })),
    )
  );
}
