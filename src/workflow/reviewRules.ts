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

/**
 * Updates all open requests to a new policy. If Slack doesn't answer, the next action or the call
 * checks again.
 */
export async function reviewRules(context: ReviewContext): Promise<void> {
  const { clock, log, store } = context;
  for (const id of await store.open()) {
    const committed = await commit(context, id, async (request): Promise<Step> => {
      const facts = await lookUpToday(context, request);
      if (facts.kind === 'doubt') return { kind: 'nothing' };
      const update = bringUpToDate(request, facts.today, clock.now());
      return update.kind === 'needed'
        ? { kind: 'record', transition: update.transition }
        : { kind: 'nothing' };
    });
    if (committed.kind !== 'recorded') continue;
    const { rule, state } = committed.request;
    log.info('rule applied to a request', { request: id, rule: rule.name, status: state.status });
  }
}
