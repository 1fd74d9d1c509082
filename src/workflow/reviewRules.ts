import { putUnder } from '../domain/waiting';
import type { Clock, Log, Metrics, RequestStore } from './ports';
import { type RuleContext, ruleNow } from './ruleNow';

export interface ReviewContext extends RuleContext {
  clock: Clock;
  log: Log;
  metrics: Metrics;
  store: RequestStore;
  wakeAnnouncer(): void;
  wakeLauncher(): void;
}

/**
 * Puts every request that waits under the rule that applies to it now, after the policy was read. What
 * Slack does not tell is left for the next action on the request, which asks again.
 */
export async function reviewRules(context: ReviewContext): Promise<void> {
  const { clock, log, metrics, store } = context;
  for (const id of await store.pending()) {
    const request = await store.find(id);
    if (request === undefined) continue;
    const { parameters, requester, askedIn } = request;
    const rule = await ruleNow(context, { parameters, requester: requester.userId, askedIn });
    const transition = rule && putUnder(request, rule);
    if (transition === undefined) continue;
    const change = { request, ...transition, by: undefined, at: clock.now() };
    // Whoever was faster has judged it by the policy as it is now.
    if ((await store.record(change)) === undefined) continue;
    metrics.event(transition.happening.type);
    log.info('another rule applies', { request: id, happening: transition.happening });
  }
  context.wakeAnnouncer();
  context.wakeLauncher();
}
