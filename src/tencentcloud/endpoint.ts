/** Where a call goes: `host` may carry a port; `http:` only ever to this machine. */
export interface Endpoint {
  protocol: 'https:' | 'http:';
  host: string;
}

/**
 * The endpoint of DTS for `region`. Finance regions are reached at their own host alone (API page,
 * section 1); every other region shares one. An operator's `override` serves every region.
 */
export function endpointFor(region: string, override: Endpoint | undefined): Endpoint {
  if (override !== undefined) return override;
  const host = region.endsWith('-fsi')
    ? `dts.${region}.tencentcloudapi.com`
    : 'dts.tencentcloudapi.com';
  return { protocol: 'https:', host };
}
