import { randomBytes } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Duplex } from 'node:stream';
import type { SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';

/** What undici publishes when it sends a request. */
const sent = z.object({ request: z.object({ path: z.string() }), socket: z.instanceof(Duplex) });

/** The state of a WebSocket whose peer has sent a close frame, or on which `close()` was called. */
const closing = 2;

/**
 * Returns a function that sends a close frame on the client's connection, without undici's WebSocket
 * noticing. After `close()`, undici drops whatever still arrives, so clicks that Slack
 * sent before it read the frame would be lost. Returns false if there is no connection.
 *
 * Slack leaves the TCP connection open after both close frames. The library waits for its end, so
 * the connection is ended here as soon as Slack's close frame has arrived.
 */
export function closeFrames(client: SocketModeReceiver['client']): () => boolean {
  let path = '';
  let socket: Duplex | undefined;
  const notice = (message: unknown): void => {
    const read = sent.safeParse(message).data;
    if (read?.request.path !== path) return;
    socket = read.socket;
    unsubscribe('undici:client:sendHeaders', notice);
  };
  const endIfClosing = (): void => {
    if (client.websocket?.readyState === closing) client.disconnect().catch(() => {});
  };
  /** undici reads each chunk before this listener does. */
  const watch = (): void => {
    socket?.off('data', endIfClosing).on('data', endIfClosing);
  };
  client.on('authenticated', ({ url }: { url: string }) => {
    const { pathname, search } = new URL(url);
    path = `${pathname}${search}`;
    // A failed attempt leaves its subscription, and each one would read every later call to Slack.
    unsubscribe('undici:client:sendHeaders', notice);
    subscribe('undici:client:sendHeaders', notice);
  });
  client.on('connected', watch);
  client.on('disconnected', () => {
    // With a dispatcher, such as one for a proxy, the library leaves the connection open.
    socket?.destroy();
  });
  return () => {
    if (socket?.writable !== true) return false;
    socket.write(closeFrame());
    watch();
    // Slack's close frame may be in the chunk that undici reads now.
    setImmediate(endIfClosing);
    return true;
  };
}

/** A masked frame of RFC 6455 with the code 1000, normal closure. */
function closeFrame(): Buffer {
  const mask = randomBytes(4);
  const code = Buffer.from([0x03, 0xe8]).map((byte, index) => byte ^ mask.readUInt8(index));
  return Buffer.concat([Buffer.from([0x88, 0x82]), mask, code]);
}
