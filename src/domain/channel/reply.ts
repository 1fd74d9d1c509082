import type { EventPayload, RequestEvent } from '../request/requestEvent';
import type { Announced } from '../request/watch';
import { after } from '../time/offset';
import type { CardPlace } from './announcement';

/** What a reply depends on, in addition to its event. */
export interface ReplyContext {
  /** The approval that led to the event. The same reply reports both. */
  approval?: RequestEvent | undefined;
  /** All events of the request so far. */
  events?: readonly RequestEvent[];
  /** The cards of the requests that `othersIn` returns, if they were posted. */
  cards?: ReadonlyMap<number, CardPlace>;
}

/** The IDs of other requests that a reply about the event links. */
export function othersIn({ payload }: RequestEvent): number[] {
  if (payload.type !== 'failed' || payload.problem.kind !== 'refused') return [];
  const { idleJobs } = payload.problem;
  const jobs = idleJobs?.kind === 'found' ? idleJobs.jobs : [];
  return jobs.flatMap(({ request }) => (request === undefined ? [] : [request.id]));
}

/** How long a last approval waits for its effect, so that both are one message. In ms. */
const joinMs = 3_000;

/** True for the last approval, if it has no words that need a separate message. */
export const isJoinable = ({ payload }: RequestEvent): boolean =>
  payload.type === 'automatic' ||
  (payload.type === 'approved' && payload.isEnough === true && payload.comment === undefined);

/** Until when such an approval waits; `undefined` if nothing follows it soon. */
export function joinUntil(
  { state }: Pick<Announced, 'state'>,
  { at }: RequestEvent,
  now: Date,
): Date | undefined {
  const until = after(at, joinMs);
  const isUnderWay = state.status === 'approved' || state.status === 'launching';
  return isUnderWay && until > now ? until : undefined;
}

/** The events after which a failed request is no longer failed. */
const leavesFailure: ReadonlySet<EventPayload['type']> = new Set(['try_again', 'edited']);

/** The failure that an event ends, so that nobody can act on its reply anymore. */
export function endedFailure(
  event: RequestEvent,
  events: readonly RequestEvent[],
): RequestEvent | undefined {
  if (!leavesFailure.has(event.payload.type)) return undefined;
  return events.findLast(
    ({ payload, seq }) =>
      seq < event.seq && payload.type === 'failed' && payload.operation === 'create_job',
  );
}
