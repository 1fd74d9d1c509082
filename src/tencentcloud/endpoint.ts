import type { ConsoleSite } from '../domain/errors/consolePage';

/** Where a call is sent. `host` may include a port; `http:` is only allowed for this machine. */
export interface Endpoint {
  protocol: 'https:' | 'http:';
  host: string;
}

/**
 * One of Tencent Cloud's hosts for DTS, such as the international `dts.intl.tencentcloudapi.com`.
 */
const dtsHost = /^dts(?=\.([a-z0-9-]+\.)*tencentcloudapi\.com(:\d+)?$)/;

/**
 * The endpoint of a service for `region`. Finance regions have separate hosts (API page, section
 * 1); other regions share one. A configured `override` serves all regions and services, except
 * that for a DTS host, other services use the hosts next to it.
 */
export function endpointFor(
  service: string,
  region: string,
  override: Endpoint | undefined,
): Endpoint {
  if (override !== undefined) {
    return { protocol: override.protocol, host: override.host.replace(dtsHost, service) };
  }
  const host = region.endsWith('-fsi')
    ? `${service}.${region}.tencentcloudapi.com`
    : `${service}.tencentcloudapi.com`;
  return { protocol: 'https:', host };
}

/** The international site documents separate endpoints (`dts.intl.tencentcloudapi.com`). */
export function siteOf(endpoint: Endpoint | undefined): ConsoleSite {
  return /\.intl\.tencentcloudapi\.com(:\d+)?$/.test(endpoint?.host ?? '')
    ? 'international'
    : 'mainland';
}
