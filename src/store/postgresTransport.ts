import { Client } from 'pg';
import { isLoopback } from '../domain/migration/host';

/**
 * How a connection to `url` travels, as the driver understands it, its environment (`PGHOST`,
 * `PGSSLMODE`) included. `local`: within the machine. `chosen`: with TLS, or without it because the URL
 * says so. `plain`: unencrypted over the network, and nobody said so. `undefined`: not a URL that the
 * driver understands, or one that names a certificate that it cannot read.
 */
export function postgresTransport(url: string): 'local' | 'chosen' | 'plain' | undefined {
  try {
    // It connects nowhere until it is told to.
    const { host, ssl } = new Client({ connectionString: url });
    if (ssl) return 'chosen';
    if (isLocal(host)) return 'local';
    return new URL(url).searchParams.get('sslmode') === 'disable' ? 'chosen' : 'plain';
  } catch {
    return undefined;
  }
}

/** The machine itself, or a Unix socket, which the driver knows by its path. */
const isLocal = (host: string): boolean => host.startsWith('/') || isLoopback(host);
