import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { listenLocally } from './listenLocally';

export interface ConnectProxy {
  port: number;
  /** Each `host:port` that a client asked to be connected to. */
  targets: string[];
  /** The status of the response to clients instead of a connection, by target. */
  refusals: Map<string, number>;
  close(): Promise<void>;
}

/**
 * A proxy for HTTPS. It accepts only `login` (`user:password`), and connects each known target to a port
 * of this machine, so that no test needs DNS.
 */
export async function connectProxy(
  login: string,
  ports: ReadonlyMap<string, number>,
): Promise<ConnectProxy> {
  const targets: string[] = [];
  const refusals = new Map<string, number>();
  const open = new Set<Duplex>();
  const keep = <Socket extends Duplex>(socket: Socket): Socket => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    return socket;
  };
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on('connect', (request, near, head) => {
    keep(near);
    const target = request.url ?? '';
    targets.push(target);
    const expected = `Basic ${Buffer.from(login).toString('base64')}`;
    const port = ports.get(target);
    const known = request.headers['proxy-authorization'] === expected ? port : undefined;
    const status = refusals.get(target) ?? (known === undefined ? 407 : 200);
    if (status !== 200 || known === undefined) {
      near.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const far = keep(connect(known, '127.0.0.1'));
    far.once('connect', () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.write(head);
      near.pipe(far).pipe(near);
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  const port = await listenLocally(server);
  return {
    port,
    targets,
    refusals,
    async close() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}
