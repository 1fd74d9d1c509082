import type { DestinationEngine } from '../migration/engines';
import type { ConsolePage } from './errorCodes';

/** Tencent Cloud has two sites with separate accounts and consoles. */
export type ConsoleSite = 'mainland' | 'international';

const hosts = {
  mainland: 'console.cloud.tencent.com',
  international: 'console.tencentcloud.com',
} as const satisfies Record<ConsoleSite, string>;

const paths = {
  dts: '/dts/migration',
  policies: '/cam/policy',
  keys: '/cam/capi',
  billing: '/expense/overview',
  secrets: '/ssm',
} as const satisfies Record<ConsolePage, string>;

export const consoleUrl = (page: ConsolePage, site: ConsoleSite): string =>
  `https://${hosts[site]}${paths[page]}`;

/** The product whose console lists the instances of an engine. */
const products = {
  mysql: '/cdb',
  mariadb: '/mariadb',
  percona: '/mariadb',
  postgresql: '/postgres',
  sqlserver: '/sqlserver',
  mongodb: '/mongodb',
  redis: '/redis',
  cynosdbmysql: '/cynosdb',
} as const satisfies Record<DestinationEngine, string>;

/**
 * The page of an instance in the console. It is a list, because the URLs of single instances are
 * undocumented.
 */
export const instancesUrl = (engine: DestinationEngine, site: ConsoleSite): string =>
  `https://${hosts[site]}${products[engine]}`;
