import { z } from 'zod';
import type { RequestEvent } from '../domain/request/requestEvent';
import type { Announced } from '../domain/request/watch';

/** How far Slack's clock and this machine's may differ. */
const skewSeconds = 60;

/** The oldest possible timestamp of messages posted from `at` on. */
export const since = (at: Date): string => String(at.getTime() / 1_000 - skewSeconds);

/** The origin distinguishes requests with the same number from different databases. */
export function payload({ origin }: Announced, event?: RequestEvent) {
  return { origin, event: event?.seq ?? 0 };
}

const page = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
        .optional()
        .catch(undefined),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** The timestamp of the first message with this mark and payload, over all pages. */
export async function findMarked(
  mark: string,
  wanted: Record<string, unknown>,
  read: (cursor: { cursor?: string; limit: number }) => Promise<unknown>,
): Promise<string | undefined> {
  let cursor: string | undefined;
  do {
    const { messages, response_metadata: next } = page.parse(
      await read(cursor === undefined ? { limit: 200 } : { limit: 200, cursor }),
    );
    const found = messages.find(
      ({ metadata }) =>
        metadata?.event_type === mark &&
        Object.entries(wanted).every(([key, value]) => metadata.event_payload[key] === value),
    );
    if (found !== undefined) return found.ts;
    cursor = next?.next_cursor || undefined;
  } while (cursor !== undefined);
  return undefined;
}
