import { after, before } from '../domain/time/offset';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import type { EndedRequest, RetentionStore } from '../ports/retention';

export interface PurgeOptions {
  retention: RetentionStore;
  clock: Clock;
  log: Log;
  /** How many days requests are kept after they ended; forever if it is undefined. */
  retentionDays: number | undefined;
}

export interface Purge {
  /** Resolves when the current run has ended. */
  stop(): Promise<void>;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/**
 * Ferry accepts signed deliveries from five minutes before their timestamp to five minutes after
 * it. Slack gives up on Socket Mode deliveries within that time too.
 */
const deliveriesKeptMs = hourMs;

/**
 * Deletes requests past retention, and interactions of which no copy can arrive anymore, now and
 * every hour. Failures are retried in the next run.
 */
export function startPurge({ retention, clock, log, retentionDays }: PurgeOptions): Purge {
  const stopping = new AbortController();

  const sweepRequests = async (): Promise<void> => {
    if (retentionDays === undefined) return;
    const limit = before(clock.now(), retentionDays * dayMs);
    let erased = 0;
    let last: EndedRequest | undefined;
    for (;;) {
      const ended = await retention.ended(limit, last);
      for (const request of ended) {
        const { id } = request;
        if (stopping.signal.aborted) return;
        await retention.erase(id, limit).then(
          (isErased) => {
            erased += isErased ? 1 : 0;
          },
          (error: unknown) =>
            log.error('a request past retention could not be deleted', { request: id, error }),
        );
        last = request;
      }
      if (ended.length === 0) break;
    }
    if (erased > 0) log.info('deleted requests past retention', { requests: erased });
  };

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const forgotten = before(clock.now(), deliveriesKeptMs);
      const work = [retention.forgetDeliveries(forgotten), sweepRequests()];
      for (const result of await Promise.allSettled(work)) {
        if (result.status === 'rejected')
          log.error('data past retention could not be deleted', { error: result.reason });
      }
      const next = after(clock.now(), hourMs);
      await clock.sleepUntil(next, stopping.signal);
    }
  };
  const looping = loop();

  return {
    async stop() {
      stopping.abort();
      await looping;
    },
  };
}
