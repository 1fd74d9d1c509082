/** The engines that DTS migrates from, by the API's values. */
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

/** TDSQL-C can be migrated to, not from. */
export const destinationEngines = [...sourceEngines, 'cynosdbmysql'] as const;

/** The API page of 2018 lists `vpnselfbuild` and no current SDK does; with `ccn` it is the reverse. */
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

/** The engines whose sources can be clusters. */
export const enginesWithClusters = ['redis', 'mongodb'] as const satisfies readonly SourceEngine[];
