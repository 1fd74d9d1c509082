import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { listenLocally } from './listenLocally';

/** A certificate for some hosts that no client trusts by default. Needs `openssl`. */
export function certificateFor(folder: string, hosts: readonly string[]) {
  const [key, certificate] = [join(folder, 'tls.key'), join(folder, 'tls.crt')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=test'],
      ...['-addext', `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`],
      ...['-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  return { key, certificate };
}

/** Adds TLS to a server of this machine. */
export async function tlsFront(
  targetPort: number,
  files: { key: string; certificate: string },
): Promise<{ port: number; close(): Promise<void> }> {
  const open = new Set<TLSSocket>();
  const options = { key: readFileSync(files.key), cert: readFileSync(files.certificate) };
  const server = createServer(options, (near) => {
    open.add(near);
    const far = connect(targetPort, '127.0.0.1');
    for (const socket of [near, far]) socket.on('error', () => {});
    near.pipe(far).pipe(near);
    near.on('close', () => {
      open.delete(near);
      far.destroy();
    });
    far.on('close', () => near.destroy());
  });
  const port = await listenLocally(server);
  return {
    port,
    async close() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}
