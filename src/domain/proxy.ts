import type { Secret } from './secrets/secret';

/** The proxy for HTTPS that Ferry reaches other hosts through. */
export interface WebProxy {
  /** An http or https URL. It may contain a password. */
  url: Secret;
  /** The hosts that Ferry reaches directly, as in NO_PROXY: names, domains, `host:port` or `*`. */
  except: string;
}

/**
 * True if a host is reached directly. The rules are those of undici, which Slack's libraries use: an
 * entry matches a host and its subdomains, `*` matches all.
 */
export function isExcepted(except: string, host: string, port: number): boolean {
  if (except.trim() === '*') return true;
  const name = host.toLowerCase();
  return except
    .toLowerCase()
    .split(/[,\s]+/)
    .some((entry) => {
      const [, before = entry, onlyPort] = /^(.+):(\d+)$/.exec(entry) ?? [];
      const domain = before.replace(/^\*?\./, '');
      if (domain === '' || (onlyPort !== undefined && Number(onlyPort) !== port)) return false;
      return name === domain || name.endsWith(`.${domain}`);
    });
}
