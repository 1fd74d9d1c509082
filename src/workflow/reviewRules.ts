import { bringUpToDate } from '../domain/request/waiting';
import type { Log } from '../ports/log';
import type { RequestStore } from '../ports/requestStore';
import { type CommitContext, commit, type Step } from './commit';
import type { RuleContext } from './resolveRule';
import { lookUpToday } from './today';

export interface ReviewContext extends CommitContext, RuleContext {
  log: Log;
  store: RequestStore;
}

/** Applies the policy to open requests. */
export interface RuleReview {
  /**
   * Updates all open requests to the current policy, after an earlier review has ended. If Slack
   * doesn't answer about one, or it can't be read, its next action or call checks again.
   */
  run(): Promise<void>;
  /** Resolves when nothing is reviewed anymore. */
  stop(): Promise<void>;
}

export function createReview(context: ReviewContext): RuleReview {
  const stopping = new AbortController();
  let latest = Promise.resolve();
  return {
    run() {
      latest = latest.then(() => reviewRules(context, stopping.signal));
      return latest;
    },
    async stop() {
      stopping.abort();
      await latest;
    },
  };
}

/** After so many failures in a row, the store is unavailable rather than the requests damaged. */
const mostFailuresInARow = 10;

async function reviewRules(context: ReviewContext, stopping: AbortSignal): Promise<void> {
  const { log, store } = context;
  const failed = (error: unknown, request?: number): void =>
    log.error('the rules of waiting requests could not be reviewed', { request, error });
  const open = await store.open().catch((error: unknown) => {
    failed(error);
    return [];
  });
  let failures = 0;
  for (const request of open) {
    if (stopping.aborted || failures === mostFailuresInARow) return;
    try {
      await review(context, request);
      failures = 0;
    } catch (error) {
      failed(error, request);
      failures += 1;
    }
  }
}

async function review(context: ReviewContext, id: number): Promise<void> {
  await commit(context, id, async (request): Promise<Step> => {
    const facts = await lookUpToday(context, request);
    if (facts.kind === 'unknown') return { kind: 'nothing' };
    const update = bringUpToDate(request, facts.today, context.clock.now());
    return update.kind === 'needed'
      ? { kind: 'record', transition: update.transition }
      : { kind: 'nothing' };
  });
}
