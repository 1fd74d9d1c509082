import { z } from 'zod';
import { type JobSettings, objectsText, settings } from '../domain/migration/jobSettings';

const text = z.string().nullish().catch(undefined);
const number = z.number().nullish().catch(undefined);

const oldEntry = z.object({
  JobName: text,
  MigrateOption: z.object({ MigrateType: number }).nullish().catch(undefined),
  SrcAccessType: text,
  SrcInfo: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  SrcInfoMulti: z.array(z.record(z.string(), z.unknown())).nullish().catch(undefined),
  DstInfo: z.object({ InstanceId: text, User: text }).nullish().catch(undefined),
  DatabaseInfo: text,
});

const end = z.object({
  ...{ Ip: text, Port: number, User: text, InstanceId: text, CvmInstanceId: text },
  ...{ UniqDcgId: text, UniqVpnGwId: text, CcnId: text, VpcId: text, SubnetId: text },
});

const objects = z.array(
  z.object({ Database: z.string(), Schema: text, Table: z.array(z.string()).nullish() }),
);

/** A job's parameters as `DescribeMigrateJobs` of 2018-03-30 lists them. */
export function oldSettings(entry: unknown): JobSettings {
  const job = oldEntry.safeParse(entry).data;
  if (job === undefined) return {};
  const { DatabaseInfo, DstInfo, JobName, MigrateOption, SrcAccessType, SrcInfoMulti } = job;
  const [source = job.SrcInfo] = SrcInfoMulti ?? [];
  const listed = objects.safeParse(jsonOf(DatabaseInfo ?? '')).data ?? [];
  return settings({
    ...end.safeParse(source).data,
    JobName,
    MigrateType: MigrateOption?.MigrateType,
    SrcAccessType,
    TargetId: DstInfo?.InstanceId,
    TargetUser: DstInfo?.User,
    Objects: objectsText(
      listed.map(({ Database: database, Schema, Table }) => ({
        database,
        schema: Schema ?? undefined,
        tables: Table ?? undefined,
      })),
    ),
  });
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
    Info: z
      .array(
        z.object({
          ...{ Host: text, Port: number, User: text, InstanceId: text, CvmInstanceId: text },
          ...{ UniqDcgId: text, UniqVpnGwId: text, CcnGwId: text, VpcId: text, SubnetId: text },
        }),
      )
      .nullish()
      .catch(undefined),
  })
  .nullish()
  .catch(undefined);

const newDetail = z.object({
  JobName: text,
  MigrateOption: z
    .object({
      MigrateType: text,
      DatabaseTable: z
        .object({
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
  const { DstInfo, JobName, MigrateOption, SrcInfo } = job;
  const { CcnGwId, Host, ...source } = SrcInfo?.Info?.[0] ?? {};
  const [target] = DstInfo?.Info ?? [];
  const databases = MigrateOption?.DatabaseTable?.Databases ?? [];
  return settings({
    ...source,
    CcnId: CcnGwId,
    Ip: Host,
    JobName,
    MigrateType: migrateTypes[MigrateOption?.MigrateType ?? ''],
    SrcAccessType: SrcInfo?.AccessType,
    TargetId: target?.InstanceId,
    TargetUser: target?.User,
    Objects: objectsText(
      databases.map(({ DbName: database, SchemaName, Tables }) => ({
        database,
        schema: SchemaName ?? undefined,
        tables: Tables?.map(({ TableName }) => TableName),
      })),
    ),
  });
}
