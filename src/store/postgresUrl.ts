import { Client } from 'pg';
import { isLoopback } from '../domain/migration/host';

/**
 * How a connection to `url` travels, according to the driver and its environment (`PGHOST`,
 * `PGSSLMODE`).
 * - `local`: within the machine
 * - `chosen`: with TLS, or without it because the URL says so
 * - `plain`: unencrypted over the network by default
 * - `undefined`: the driver can't read the URL, or a certificate that it names
 */
export function postgresTransport(url: string): 'local' | 'chosen' | 'plain' | undefined {
  try {
    // The client doesn't connect yet.
    const { host, ssl } = new Client({ connectionString: url });
    if (ssl) return 'chosen';
    if (isLocal(host)) return 'local';
    return new URL(url).searchParams.get('sslmode') === 'disable' ? 'chosen' : 'plain';
  } catch {
    return undefined;
  }
}

/**
 * The password that the driver sends, from the URL or its environment (`PGPASSWORD`). It is
 * `undefined` if there is none, or if the driver can't read the URL.
 */
export function postgresPassword(url: string): string | undefined {
  try {
    return new Client({ connectionString: url }).password;
  } catch {
    return undefined;
  }
}

/** This machine, or a Unix socket, which is a path. */
const isLocal = (host: string): boolean => host.startsWith('/') || isLoopback(host);
