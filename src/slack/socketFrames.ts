import type { SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../ports/log';
import { delivery } from './delivery';

type Client = SocketModeReceiver['client'];

const frame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello') }),
  z.object({
    type: z.literal('disconnect'),
    reason: z
      .string()
      .regex(/^[a-z_]{1,50}$/)
      .optional()
      .catch(undefined),
  }),
  z.object({
    type: z.enum(['slash_commands', 'interactive']),
    envelope_id: z.string(),
    payload: delivery,
  }),
  z.object({
    type: z.literal('events_api'),
    envelope_id: z.string(),
    payload: z.object({ event: z.object({ type: z.string() }) }),
  }),
]);

/** Slack replaces connections for these reasons. */
const routine = new Set(['warning', 'refresh_requested']);

/**
 * Passes only valid frames to Slack's client. The client parses frames without catching errors, and
 * emits any type in a frame as an event, including its internal ones.
 * @param onDisconnect called when Slack says that it will end the connection, with the reason unless
 * it is routine
 */
export function guardFrames(
  client: Client,
  log: Log,
  onDisconnect: (reason: string | undefined) => void,
): void {
  const [take] = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: unknown) => {
    const read = typeof data === 'string' ? readFrame(data) : undefined;
    const isSafe =
      read !== undefined &&
      !(read.type === 'events_api' && client.listenerCount(read.payload.event.type) > 0);
    if (!isSafe) {
      log.warn('ignored an unknown frame from Slack');
      return;
    }
    if (read.type !== 'disconnect') take?.(data, isBinary);
    else onDisconnect(routine.has(read.reason ?? '') ? undefined : read.reason);
  });
}

function readFrame(text: string): z.infer<typeof frame> | undefined {
  try {
    return frame.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
