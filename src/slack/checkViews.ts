import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Example } from './exampleViews';
import { failureOf } from './platformError';

/** What Slack says about an example. `unchecked`: it did not check it, such as `ratelimited`. */
export type ViewVerdict =
  | { kind: 'accepted' }
  | { kind: 'rejected'; detail: string }
  | { kind: 'unchecked'; detail: string };

const refusal = z.object({
  data: z.object({
    error: z.enum(['invalid_view', 'invalid_message', 'invalid_blocks']),
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).default([]),
  }),
});

/** Lets Slack check a view with `blocks.validate`, which shows it to nobody. Never throws. */
export async function checkView(
  client: WebClient,
  content: Example['content'],
): Promise<ViewVerdict> {
  try {
    await client.blocks.validate(content);
    return { kind: 'accepted' };
  } catch (error) {
    const read = refusal.safeParse(error).data?.data;
    if (read !== undefined) {
      const details = read.errors.map(({ message, pointer }) => `${pointer}: ${message}`);
      return { kind: 'rejected', detail: [read.error, ...details].join('; ') };
    }
    return { kind: 'unchecked', detail: failureOf(error) };
  }
}
