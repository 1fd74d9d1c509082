import type { JobApi } from '../job/job';
import type { MigrationParameters } from './migration';

/** The engines whose instances have one type of node, so that the form needn't ask for it. */
const simpleEngines: readonly string[] = [
  'mysql',
  'mariadb',
  'percona',
  'postgresql',
  'sqlserver',
  'cynosdbmysql',
];

/**
 * The version of the API with which Ferry changes a job's parameters: the one that knows the job.
 * `ModifyMigrationJob` of 2021-12-06 replaces everything and can't express some parameters: samples in
 * the consistency check, the network of a CCN, a self-managed VPN, the keys of an RDS, and the nodes
 * of redis and MongoDB. Those jobs are changed with 2018-03-30, which created them.
 */
export function modifyingApi(parameters: MigrationParameters, api: JobApi | undefined): JobApi {
  const { DstDatabaseType, MigrateOption, SrcAccessType, SrcDatabaseType, SrcInfo } = parameters;
  const { ConsistencyType } = MigrateOption;
  const isExpressible =
    [SrcDatabaseType, DstDatabaseType].every((engine) => simpleEngines.includes(engine)) &&
    SrcAccessType !== 'ccn' &&
    SrcAccessType !== 'vpnselfbuild' &&
    SrcInfo.RdsInstanceId === undefined &&
    SrcInfo.Region !== undefined &&
    ConsistencyType !== 3 &&
    ConsistencyType !== 4;
  return api === '2021-12-06' && isExpressible ? '2021-12-06' : '2018-03-30';
}
