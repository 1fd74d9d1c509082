/** The engines of sources that DTS supports, by the API's names. */
export const sourceEngines = [
  'mysql',
  'mariadb',
  'percona',
  'postgresql',
  'sqlserver',
  'mongodb',
  'redis',
] as const;
export type SourceEngine = (typeof sourceEngines)[number];

/** The default port of each engine's server. */
export const usualPorts: Readonly<Record<SourceEngine, string>> = {
  mysql: '3306',
  mariadb: '3306',
  percona: '3306',
  postgresql: '5432',
  sqlserver: '1433',
  mongodb: '27017',
  redis: '6379',
};

/** TDSQL-C can only be a target. */
export const destinationEngines = [...sourceEngines, 'cynosdbmysql'] as const;
export type DestinationEngine = (typeof destinationEngines)[number];

/** The engines between which DTS migrates: those of MySQL, or the same one. */
export const familyOf = (engine: DestinationEngine): DestinationEngine =>
  engine === 'mariadb' || engine === 'percona' || engine === 'cynosdbmysql' ? 'mysql' : engine;

/** Only the API page of 2018 lists `vpnselfbuild`, and only current SDKs list `ccn`. */
export const accessTypes = [
  'extranet',
  'cdb',
  'cvm',
  'dcg',
  'vpncloud',
  'ccn',
  'vpnselfbuild',
] as const;
export type AccessType = (typeof accessTypes)[number];

/** The engines whose sources may be clusters. */
export const enginesWithClusters = ['redis', 'mongodb'] as const satisfies readonly SourceEngine[];
