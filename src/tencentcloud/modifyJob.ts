import type {
  DBEndpointInfo,
  DBItem,
  ModifyMigrationJobRequest,
} from 'tencentcloud-sdk-nodejs/tencentcloud/services/dts/v20211206/dts_models';
import type { DatabaseObject } from '../domain/databases/databaseObject';
import type { MigrationParameters, Source } from '../domain/migration/migration';
import { modifyingApi } from '../domain/migration/modifyingApi';
import type { CallOutcome } from '../domain/request/launchOutcome';
import { writeChinaTime } from '../domain/text/chinaTime';
import type { JobPlace, Sending } from '../ports/migrationService';
import type { SecretValues } from '../ports/secretReader';
import { type CloudAccount, callCloud } from './callCloud';
import { writeBody } from './createMigrateJob';
import { dts, newDts } from './services';

/** Changes the parameters of a job once, with the version of `modifyingApi`. Never throws. */
export async function modifyJob(
  account: CloudAccount,
  { api, jobId, region }: JobPlace,
  parameters: MigrationParameters,
  secrets: SecretValues,
  abandon: AbortSignal,
  sending: Sending,
): Promise<CallOutcome<undefined>> {
  const call =
    modifyingApi(parameters, api) === '2021-12-06'
      ? { service: newDts, action: 'ModifyMigrationJob', body: newBody(jobId, parameters, secrets) }
      : { service: dts, action: 'ModifyMigrateJob', body: oldBody(jobId, parameters, secrets) };
  const called = await callCloud(
    account,
    { ...call, region },
    {
      secrets: Object.values(secrets),
      abandon,
      sending,
    },
  );
  return called.ok ? { kind: 'done', result: undefined } : called.outcome;
}

/**
 * What `ModifyMigrateJob` keeps of the earlier parameters, if a call leaves it out: a cluster's nodes,
 * or a list of databases. These are the documented values of a job without them.
 */
const withoutLists = { SrcNodeType: 'simple', SrcInfoMulti: [], DatabaseInfo: '' };

/** `ModifyMigrateJob` takes neither engines nor tags. */
function oldBody(jobId: string, parameters: MigrationParameters, secrets: SecretValues) {
  const {
    DstDatabaseType: _,
    SrcDatabaseType: __,
    Tags: ___,
    ...body
  } = writeBody(parameters, secrets);
  return { JobId: jobId, ...withoutLists, ...body };
}

const migrateTypes = { 1: 'structure', 2: 'full', 3: 'fullAndIncrement' } as const;
const consistencyModes: Readonly<Partial<Record<number, string>>> = {
  2: 'full',
  5: 'noCheck',
};

function newBody(
  jobId: string,
  parameters: MigrationParameters,
  secrets: SecretValues,
): ModifyMigrationJobRequest {
  const { DatabaseInfo, DstDatabaseType, DstInfo, JobName, MigrateOption } = parameters;
  const { ConsistencyType, ExpectTime, IsOverrideRoot, MigrateType, RunMode } = MigrateOption;
  const Mode = consistencyModes[ConsistencyType] ?? 'notConfigured';
  const password = secrets['DstInfo.Password']?.reveal();
  return {
    JobId: jobId,
    JobName,
    RunMode: RunMode === 2 ? 'timed' : 'immediate',
    ...(ExpectTime === undefined ? {} : { ExpectRunTime: writeChinaTime(ExpectTime) }),
    MigrateOption: {
      DatabaseTable:
        DatabaseInfo === undefined
          ? { ObjectMode: 'all' }
          : { ObjectMode: 'partial', Databases: DatabaseInfo.map(itemOf) },
      MigrateType: migrateTypes[MigrateType],
      Consistency: { Mode },
      ...(IsOverrideRoot === undefined ? {} : { IsOverrideRoot: IsOverrideRoot === 1 }),
      ...(DstInfo.ReadOnly === undefined ? {} : { IsDstReadOnly: DstInfo.ReadOnly === 1 }),
    },
    SrcInfo: sourceOf(parameters, secrets),
    DstInfo: {
      Region: DstInfo.Region,
      AccessType: parameters.DstAccessType,
      DatabaseType: DstDatabaseType,
      NodeType: 'simple',
      Info: [
        {
          InstanceId: DstInfo.InstanceId,
          ...(DstInfo.User === undefined ? {} : { User: DstInfo.User }),
          ...(password === undefined ? {} : { Password: password }),
        },
      ],
    },
  };
}

function sourceOf(parameters: MigrationParameters, secrets: SecretValues): DBEndpointInfo {
  const { SrcAccessType, SrcDatabaseType, SrcInfo } = parameters;
  const { Region = '', Supplier } = SrcInfo;
  const password = secrets['SrcInfo.Password']?.reveal();
  return {
    Region,
    AccessType: SrcAccessType,
    DatabaseType: SrcDatabaseType,
    // Clusters are changed with the other version.
    NodeType: 'simple',
    ...(Supplier === undefined ? {} : { Supplier }),
    Info: [nodeOf(SrcInfo, password)],
  };
}

function nodeOf({ Ip, Region: _, Supplier: __, ...node }: Source, Password: string | undefined) {
  const { CvmInstanceId, EngineVersion, InstanceId, Port, SubnetId } = node;
  const { UniqDcgId, UniqVpnGwId, User, VpcId } = node;
  const given = { CvmInstanceId, EngineVersion, Host: Ip, InstanceId, Password, Port, SubnetId };
  const all = { ...given, UniqDcgId, UniqVpnGwId, User, VpcId };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** A database of which only a part is migrated needs a `TableMode`. */
function tablesOf(schema: string | undefined, tables: readonly string[] | undefined) {
  if (tables !== undefined) {
    return { TableMode: 'partial', Tables: tables.map((TableName) => ({ TableName })) };
  }
  return schema === undefined ? {} : { TableMode: 'all' };
}

const itemOf = ({ database, schema, tables }: DatabaseObject): DBItem => ({
  DbName: database,
  DBMode: schema === undefined && tables === undefined ? 'all' : 'partial',
  ...(schema === undefined
    ? {}
    : { SchemaName: schema, SchemaMode: tables === undefined ? 'all' : 'partial' }),
  ...tablesOf(schema, tables),
});
