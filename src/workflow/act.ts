import {
  type Actor,
  decide,
  type Intent,
  listFor,
  refusalOfAuthor,
  refusalOfPerson,
} from '../domain/decide';
import type { Refusal } from '../domain/refusal';
import type { MigrationRequest } from '../domain/request';
import type { Happening } from '../domain/requestEvent';
import { type Doubt, refusalOfDoubt } from '../domain/rules';
import { putUnder } from '../domain/waiting';
import type { Clock, Directory, Metrics, RequestStore } from './ports';
import { type RuleContext, rulingNow } from './ruleNow';
import type { Turns } from './turns';

export interface ActContext extends RuleContext {
  clock: Clock;
  metrics: Metrics;
  store: RequestStore;
  turns: Turns<number>;
  wakeAnnouncer(): void;
  wakeLauncher(): void;
}

/** What somebody did, before anything is known about them. */
export interface Action {
  requestId: number;
  userId: string;
  intent: Intent;
  /** The delivery of the interaction, the same for each copy of it. */
  delivery: string;
}

export type ActResult = { ok: true; request: MigrationRequest } | { ok: false; refusal: Refusal };

/** Each lost race means that somebody else's change went through, so this bound is far off. */
const mostRaces = 1_000;

/**
 * Carries out a person's action under the policy as it is now, or says why not; both are recorded. A
 * lost race is judged again on the request as it then stands. Throws when the store does.
 */
export async function act(context: ActContext, action: Action): Promise<ActResult> {
  const person = await context.directory.person(action.userId);
  return context.turns(action.requestId, () => carryOut(context, action, person));
}

async function carryOut(
  context: ActContext,
  { delivery, intent, requestId, userId }: Action,
  person: Awaited<ReturnType<Directory['person']>>,
): Promise<ActResult> {
  const { clock, metrics, store } = context;
  for (let race = 0; race < mostRaces; race += 1) {
    const request = await store.find(requestId);
    if (request === undefined) {
      return { ok: false, refusal: { code: 'no_such_request', requestId } };
    }
    // Read after the request: a copy that is handled in between raises the version, and the swap fails.
    if (await store.isHandled(delivery)) {
      return { ok: false, refusal: { code: 'handled_already' } };
    }
    const ruled = await putUnderRule(context, request, intent);
    if (ruled === 'changed') continue;
    const at = clock.now();
    const by: Actor = { userId, ...person, ...(await listings(context, request, userId, intent)) };
    const decision =
      ruled !== 'stands'
        ? ({ ok: false, refusal: refusalOfDoubt(ruled) } as const)
        : decide(request, by, intent, at);
    const happening: Happening = decision.ok
      ? decision.happening
      : { type: 'attempt_refused', action: intent.type, refusal: decision.refusal };
    const { ok: _, ...change } = decision.ok ? decision : { ok: false, state: request.state };
    const recorded = await store.record({
      request,
      ...change,
      happening,
      by: { userId, name: person.name },
      delivery,
      at,
    });
    if (recorded === undefined) continue;
    metrics.event(happening.type);
    if (!decision.ok) return { ok: false, refusal: decision.refusal };
    context.wakeLauncher();
    context.wakeAnnouncer();
    return { ok: true, request: recorded };
  }
  throw new Error(`request ${requestId} changed ${mostRaces} times during one action`);
}

/**
 * Why somebody may not change a request, before they fill in what they would change; recorded like
 * every refusal. Throws when the store does.
 */
export async function refusalOfEditing(
  context: ActContext,
  requestId: number,
  userId: string,
): Promise<Refusal | undefined> {
  const { clock, directory, metrics, store } = context;
  const person = await directory.person(userId);
  return context.turns(requestId, async () => {
    for (let race = 0; race < mostRaces; race += 1) {
      const request = await store.find(requestId);
      if (request === undefined) return { code: 'no_such_request', requestId };
      const facts = await listings(context, request, userId, { type: 'edit' });
      const { status } = request.state;
      const refusal: Refusal | undefined =
        refusalOfPerson(request, { userId, ...person, ...facts }, { type: 'edit' }) ??
        (status === 'pending' || status === 'failed' ? undefined : { code: 'cannot_edit' });
      if (refusal === undefined) return undefined;
      const happening = { type: 'attempt_refused', action: 'edit', refusal } as const;
      const by = { userId, name: person.name };
      const change = { request, state: request.state, happening, by, at: clock.now() };
      if ((await store.record(change)) === undefined) continue;
      metrics.event(happening.type);
      return refusal;
    }
    throw new Error(`request ${requestId} changed ${mostRaces} times during one action`);
  });
}

/** Has the request stand under the rule that applies to it now, before anything is judged by that. */
async function putUnderRule(
  context: ActContext,
  request: MigrationRequest,
  { type }: Intent,
): Promise<'stands' | 'changed' | Doubt> {
  if (listFor(request, type) === undefined) return 'stands';
  const { parameters, requester, askedIn } = request;
  const ruling = await rulingNow(context, { parameters, requester: requester.userId, askedIn });
  if (ruling.kind === 'doubt') return ruling.doubt;
  const transition = putUnder(request, ruling.rule);
  if (transition === undefined) return 'stands';
  const { clock, metrics, store, wakeAnnouncer } = context;
  const at = clock.now();
  const recorded = await store.record({ request, ...transition, by: undefined, at });
  if (recorded !== undefined) {
    metrics.event(transition.happening.type);
    wakeAnnouncer();
  }
  return 'changed';
}

/** Which of the lists that matter for an action somebody is in; none is asked for without need. */
async function listings(
  { directory }: ActContext,
  request: MigrationRequest,
  userId: string,
  { type }: Pick<Intent, 'type'>,
): Promise<Pick<Actor, 'listed' | 'from'>> {
  const list = listFor(request, type);
  if (list === undefined || refusalOfAuthor(request, userId, type) !== undefined) {
    return { listed: 'no', from: [] };
  }
  const isAmong = (people: typeof list) =>
    directory.isAmong(userId, people, request.requester.userId);
  const [listed, ...from] = await Promise.all([
    isAmong(list),
    ...(type === 'approve' ? request.rule.oneFromEach.map(isAmong) : []),
  ]);
  return { listed, from };
}
