import type { Action } from './action';

/** A service of Tencent Cloud in one version of its API. */
export interface Service {
  /**
   * The first part of its host and its permissions: `vpc.tencentcloudapi.com`, `vpc:DescribeVpcs`.
   */
  readonly name: string;
  readonly version: string;
  /** True if a request must name its region. */
  readonly needsRegion: boolean;
  /** The error code for an action that the account may not call. */
  readonly forbidden: string;
  readonly actions: ReadonlyMap<string, Action>;
  /**
   * The most calls of an action in any second, if the documented limit differs from the endpoint's
   * `callsPerSecond`.
   */
  readonly callsPerSecond: Readonly<Partial<Record<string, number>>>;
}

/** The code of services without a specific one. */
export const UNAUTHORIZED = 'UnauthorizedOperation';
