import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Duplex } from 'node:stream';
import type { EndCall } from '../ports/callPace';

type HandOver = (error: Error | null, socket: Duplex) => void;

/** How far a call through the agent got. */
export interface CallProgress {
  /** The call was released to its connection, so some bytes may have been sent. */
  sent: boolean;
  /** The response was a redirect, which wasn't followed. */
  redirected: boolean;
}

/**
 * An agent for exactly one request. The SDK's HTTP client follows redirects and posts the body,
 * including the password, to the new address. This agent makes a second request fail before it
 * connects. It releases the request only once the connection is established, including TLS, and
 * `release` resolves, so nothing is sent before. If `release` rejects, the request fails. The agent
 * also knows whether anything may have been sent, which the SDK's errors don't say.
 * @param release receives a signal that aborts when the connection is lost. The function that it
 * returns runs once the connection is closed
 * @param tunnel opens the connection through a proxy; its TLS handshake may be in progress
 */
export function singleUseAgent(
  protocol: 'https:' | 'http:',
  release: (gone: AbortSignal) => Promise<EndCall | undefined>,
  tunnel?: (abandon: AbortSignal) => Promise<Duplex>,
): { agent: HttpAgent; progress: CallProgress; close(): void } {
  const progress: CallProgress = { sent: false, redirected: false };
  const isTls = protocol === 'https:';
  const agent = isTls ? new HttpsAgent() : new HttpAgent();
  let used = false;
  let waiting: Duplex | undefined;
  let end: EndCall | undefined;
  const closing = new AbortController();

  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, handOver) => {
    if (used) {
      progress.redirected = true;
      throw new Error('a redirect was not followed');
    }
    used = true;
    if (handOver === undefined) throw new Error('no connection');
    if (tunnel === undefined) {
      const socket = connect(options);
      if (!socket) throw new Error('no connection');
      hold(socket, handOver);
    } else {
      tunnel(closing.signal).then((socket) => hold(socket, handOver), failed(handOver));
    }
    return undefined;
  };
  /** Hands the connection over once it is established and released. */
  const hold = (socket: Duplex, handOver: HandOver): void => {
    waiting = socket;
    const gone = new AbortController();
    const fail = (error: Error): void => {
      gone.abort('gone');
      socket.destroy();
      handOver(error, socket);
    };
    const closed = (): void =>
      fail(new Error('the connection was closed before the call was sent'));
    socket.once('error', fail);
    socket.once('close', closed);
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      release(gone.signal).then((ended) => {
        if (gone.signal.aborted || closing.signal.aborted) {
          ended?.();
          return;
        }
        end = ended;
        socket.off('error', fail);
        socket.off('close', closed);
        progress.sent = true;
        handOver(null, socket);
      }, fail);
    });
    if (closing.signal.aborted) socket.destroy();
  };
  const close = (): void => {
    closing.abort();
    agent.destroy();
    waiting?.destroy();
    end?.();
  };
  return { agent, progress, close };
}

/** Node ignores the socket of a failed connection, but its type demands one. */
const failed =
  (handOver: HandOver) =>
  (error: unknown): void =>
    handOver(error instanceof Error ? error : new Error(String(error)), new Duplex());
