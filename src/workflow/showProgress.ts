import type { CardPlace } from '../domain/channel/announcement';
import type { Announced } from '../domain/request/watch';
import type { Board } from '../ports/board';
import type { JobStore } from '../ports/jobStore';
import type { RateLimits } from '../ports/rateLimits';
import { type DeliveryContext, post } from './deliverOnce';

export interface ProgressContext extends DeliveryContext {
  board: Board;
  jobs: Pick<JobStore, 'progress' | 'saveProgress'>;
  rateLimits: Pick<RateLimits, 'tryTurn'>;
}

/** How often the progress of one job is updated while its status stays the same. In ms. */
const progressMs = 60_000;

/** All updates of progress together, in ms: Slack allows about 50 a minute. */
const progressPace = { spacingMs: 1_500, burst: 10 };

/**
 * Posts or updates the message with the progress of the request's job. If it was updated
 * too recently, the next read of the job updates it.
 */
export async function showProgress(
  context: ProgressContext,
  request: Announced,
  card: CardPlace,
): Promise<void> {
  const { board, clock, jobs, rateLimits } = context;
  const digest = board.progressDigest(request);
  if (digest === undefined || request.job === undefined) return;
  const { id, job } = request;
  const shown = await jobs.progress(id);
  if (shown?.digest === digest && shown.ts !== undefined) return;
  const at = clock.now();
  const isNewStatus = shown === undefined || job.since > shown.at;
  const isOld = shown === undefined || at.getTime() - shown.at.getTime() >= progressMs;
  if (!isNewStatus && !isOld) return;
  if (!(await rateLimits.tryTurn('progress', at, progressPace)).ok) return;
  const ts =
    shown === undefined ? undefined : (shown.ts ?? (await board.findProgress(card, request)));
  if (ts !== undefined) {
    const updated = await board.updateProgress(card, ts, request);
    if (updated === 'updated') return jobs.saveProgress(id, { ts, digest, at });
  }
  const message = { place: request.channel, requesterId: request.requester.userId, isCard: false };
  await post(context, message, async () => {
    // Saved before the post, so that the process that continues after a crash searches for it.
    await jobs.saveProgress(id, { ts: undefined, digest: '', at });
    const ts = await board.postProgress(card, request);
    await jobs.saveProgress(id, { ts, digest, at });
  });
}
