import type { ConsoleSite } from '../domain/errors/consolePage';

/** Where a call goes: `host` may carry a port; `http:` only ever to this machine. */
export interface Endpoint {
  protocol: 'https:' | 'http:';
  host: string;
}

/** A host of Tencent Cloud's own for DTS, such as the international `dts.intl.tencentcloudapi.com`. */
const dtsHost = /^dts(?=\.([a-z0-9-]+\.)*tencentcloudapi\.com(:\d+)?$)/;

/**
 * The endpoint of a service for `region`. Finance regions are reached at their own hosts alone (API
 * page, section 1); the other regions of a service share one. An operator's `override` serves every
 * region and every service; one that is a host of DTS names the hosts beside it, because there every
 * service has its own.
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

/** The international site documents endpoints of its own (`dts.intl.tencentcloudapi.com`). */
export function siteOf(endpoint: Endpoint | undefined): ConsoleSite {
  return /\.intl\.tencentcloudapi\.com(:\d+)?$/.test(endpoint?.host ?? '')
    ? 'international'
    : 'mainland';
}
