import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { Client } from 'undici';
import { isExcepted, type WebProxy } from '../domain/proxy';

export interface Destination {
  host: string;
  port: number;
}

/** Opens TLS connections through a proxy. `undefined` if the destination is reached directly. */
export function tunnelTo(
  { host, port }: Destination,
  proxy: WebProxy | undefined,
): ((abandon: AbortSignal) => Promise<Duplex>) | undefined {
  if (proxy === undefined || isExcepted(proxy.except, host, port)) return undefined;
  const { origin, password, username } = new URL(proxy.url.reveal());
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(login).toString('base64')}`;
  return async (abandon) => {
    const client = new Client(origin);
    const path = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    try {
      const { socket, statusCode } = await client.connect({
        path,
        signal: abandon,
        headers: { host: path, ...(login === ':' ? {} : { 'proxy-authorization': authorization }) },
      });
      if (statusCode !== 200) {
        socket.destroy();
        throw new Error(`the proxy responded HTTP ${statusCode}`);
      }
      return connectTls({ socket, servername: host, ALPNProtocols: ['http/1.1'] });
    } catch (error) {
      client.destroy().catch(() => {});
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        reason.startsWith('the proxy') ? reason : `the proxy could not be reached: ${reason}`,
      );
    }
  };
}
