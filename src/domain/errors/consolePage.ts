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
