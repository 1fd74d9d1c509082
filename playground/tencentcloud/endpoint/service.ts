import type { Action } from './action';

/** One service of Tencent Cloud in one version of its API. */
export interface Service {
  /** As its host and its permissions begin: `vpc.tencentcloudapi.com`, `vpc:DescribeVpcs`. */
  readonly name: string;
  readonly version: string;
  /** Whether a request must name its region. */
  readonly needsRegion: boolean;
  /** The code with which an action is refused that the account may not call. */
  readonly forbidden: string;
  readonly actions: ReadonlyMap<string, Action>;
  /**
   * Calls of an action let through in any second, where the documentation says another number than
   * the endpoint's `callsPerSecond`.
   */
  readonly callsPerSecond: Readonly<Partial<Record<string, number>>>;
}

/** The code of services that do not have one of their own for it. */
export const UNAUTHORIZED = 'UnauthorizedOperation';
