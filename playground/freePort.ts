import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A port for a program that starts in a moment. It is below the ports that Linux, macOS and Windows
 * give to connections and to servers without a port, so no other process gets it in between.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(20_000, 32_768);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port');
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((known) => {
    server.once('error', () => known(false));
    server.listen(port, '127.0.0.1', () => server.close(() => known(true)));
  });
}
