import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

/** How far a call through the agent got. */
export interface CallProgress {
  /** The call was released to its connection, so bytes of it may have left this machine. */
  sent: boolean;
  /** The answer was a redirect, which was not followed. */
  redirected: boolean;
}

/**
 * An agent for exactly one request.
 *
 * The SDK's HTTP client follows redirects and posts the body, with the password in it, to the new
 * address; a second request through this agent fails before it connects. The request is released only
 * when the connection is established, TLS included, and `release` resolves, so no byte leaves before.
 * A rejection of `release` fails the request. The agent also knows what no error of the SDK says:
 * whether any byte can have left.
 *
 * @param release receives a signal that aborts when the connection is gone
 */
export function singleUseAgent(
  protocol: 'https:' | 'http:',
  release: (gone: AbortSignal) => Promise<void>,
): { agent: HttpAgent; progress: CallProgress; close(): void } {
  const progress: CallProgress = { sent: false, redirected: false };
  const isTls = protocol === 'https:';
  const agent = isTls
    ? new HttpsAgent({ keepAlive: false, maxCachedSessions: 0 })
    : new HttpAgent({ keepAlive: false });
  let used = false;
  let waiting: Duplex | undefined;

  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, handOver) => {
    if (used) {
      progress.redirected = true;
      throw new Error('a redirect was not followed');
    }
    used = true;
    const socket = connect(options);
    if (!socket || handOver === undefined) throw new Error('no connection');
    waiting = socket;
    const gone = new AbortController();
    const fail = (error: Error): void => {
      gone.abort();
      socket.destroy();
      handOver(error, socket);
    };
    const closed = (): void =>
      fail(new Error('the connection was closed before the call was sent'));
    socket.once('error', fail);
    socket.once('close', closed);
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      release(gone.signal).then(() => {
        if (gone.signal.aborted) return;
        socket.off('error', fail);
        socket.off('close', closed);
        progress.sent = true;
        handOver(null, socket);
      }, fail);
    });
    return undefined;
  };
  const close = (): void => {
    agent.destroy();
    waiting?.destroy();
  };
  return { agent, progress, close };
}
