import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { listenLocally } from './listenLocally';

/** A proxy to a local server, so that a test can interrupt it for a while. */
export async function tcpProxy(targetPort: number) {
  const sockets = new Set<Socket>();
  const track = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // The test breaks connections on purpose, or the other side shows the error.
    socket.on('error', () => {});
    return socket;
  };
  const pairs: [near: Socket, far: Socket][] = [];
  let server: Server | undefined;
  let toLose: { question: string; lost(): void } | undefined;
  let refused: { question: string; times: number } | undefined;
  const open = async (port: number): Promise<number> => {
    server = createServer((near) => {
      const far = track(connect(targetPort, '127.0.0.1'));
      pairs.push([near, far]);
      track(near).pipe(far).pipe(near);
      near.on('data', (chunk: Buffer) => {
        if (refused !== undefined && chunk.includes(refused.question)) {
          refused.times += 1;
          near.destroy();
          return;
        }
        if (toLose === undefined || !chunk.includes(toLose.question)) return;
        const { lost } = toLose;
        toLose = undefined;
        far.unpipe(near);
        far.once('data', () => {
          near.destroy();
          lost();
        });
        far.resume();
      });
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
    return listenLocally(server, port);
  };
  const port = await open(0);
  return {
    port,
    /**
     * Breaks the connection after the next request that contains `question`, before the response.
     * Resolves then.
     */
    loseAnswerTo: (question: string) =>
      new Promise<void>((lost) => {
        toLose = { question, lost };
      }),
    /**
     * Breaks all connections, and each new one at its first request that contains `question`, as a
     * pooler does that has lost its server. Returns how often, and a function that ends it.
     */
    refuse(question: string): { times(): number; end(): void } {
      const each = { question, times: 0 };
      refused = each;
      for (const socket of sockets) socket.destroy();
      return {
        times: () => each.times,
        end: () => {
          refused = undefined;
        },
      };
    },
    /** Forwards nothing more on open connections, and resets none of them. */
    silence(): void {
      for (const [near, far] of pairs) {
        near.unpipe(far).resume();
        far.unpipe(near).resume();
      }
    },
    /** Breaks all connections and accepts no new ones. */
    async close(): Promise<void> {
      const closed = server;
      server = undefined;
      if (closed === undefined) return;
      closed.close();
      for (const socket of sockets) socket.destroy();
      await once(closed, 'close');
    },
    /** Accepts connections again at the same port. */
    async reopen(): Promise<void> {
      await open(port);
    },
  };
}
