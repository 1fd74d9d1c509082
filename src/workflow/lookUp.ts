import type { FailedCall } from '../domain/errors/callProblem';
import { within } from '../domain/time/within';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import type { Semaphore } from './semaphore';

export interface LookUpOptions<Query, Found> {
  /** A name for the log. */
  name: string;
  clock: Clock;
  log: Log;
  /** Asks the source. `abandon` ends the wait. */
  ask(query: Query, abandon: AbortSignal): Promise<Found | FailedCall>;
  /** Limits the calls of all lookups together. */
  room: Semaphore;
  /** The most queries that are cached. */
  mostQueries?: number;
}

/** An answer, a failure, or `loading` if it takes too long for a person who is typing. */
export type LookedUp<Found> = Found | FailedCall | { kind: 'loading' };

/** A cache for slow sources, because people ask with every keystroke. */
export interface LookUp<Query, Found> {
  /**
   * Answers within `boundMs`. Answers are at most ten minutes old, and those older than a minute
   * are refreshed in the background. After `loading`, the call continues, and the next query gets
   * its answer.
   */
  lookUp(query: Query, boundMs?: number): Promise<LookedUp<Found>>;
  /** Abandons all calls, makes no more, and resolves when none is running. */
  stop(): Promise<void>;
}

/** The cached state of a query, and its running call. */
interface Entry<Found> {
  found: { answer: Found; at: number } | undefined;
  /** The newest failure. */
  failed: { answer: FailedCall; at: number } | undefined;
  calling: Promise<Found | FailedCall> | undefined;
}

/** Slack allows three seconds for a list of options, including both ways. */
const usualBoundMs = 900;
/** No new call is made within this time after an answer. */
const freshMs = 60_000;
/** An answer this old is still better than none. */
const staleMs = 600_000;
/** No new call is made within this time after a failure. */
const pauseMs = 5_000;
/** A longer call is abandoned. */
const longestCallMs = 20_000;
const usualMostQueries = 200;

/** Caches the answers of `ask`. Each query has one call at a time. */
export function createLookUp<Query extends object, Found extends { kind: 'found' }>(
  options: LookUpOptions<Query, Found>,
): LookUp<Query, Found> {
  const { name, clock, log, ask, room, mostQueries = usualMostQueries } = options;
  /** Least recently used first. */
  const entries = new Map<string, Entry<Found>>();
  const abandons = new Set<AbortController>();
  let stopped = false;

  const now = (): number => clock.now().getTime();

  /** The entry of a query; `undefined` if the cache is full of queries that are running. */
  const entryOf = (key: string): Entry<Found> | undefined => {
    const known = entries.get(key);
    if (known === undefined && entries.size >= mostQueries) {
      const idle = [...entries].find(([, { calling }]) => calling === undefined);
      if (idle === undefined) return undefined;
      entries.delete(idle[0]);
    }
    const entry = known ?? { found: undefined, failed: undefined, calling: undefined };
    entries.delete(key);
    entries.set(key, entry);
    return entry;
  };

  const call = async (query: Query): Promise<Found | FailedCall> => {
    const abandon = new AbortController();
    const over = new AbortController();
    abandons.add(abandon);
    if (stopped) abandon.abort();
    void clock.sleepUntil(new Date(now() + longestCallMs), over.signal).then(() => {
      if (!over.signal.aborted) abandon.abort();
    });
    try {
      return await ask(query, abandon.signal);
    } catch (error) {
      log.error('a lookup failed unexpectedly', { lookUp: name, query, error });
      return {
        kind: 'failed',
        problem: { kind: 'not_sent', detail: 'the lookup failed unexpectedly' },
      };
    } finally {
      over.abort('over');
      abandons.delete(abandon);
    }
  };

  const start = (entry: Entry<Found>, query: Query): Promise<Found | FailedCall> => {
    const calling = room(() => call(query)).then((answer) => {
      entry.calling = undefined;
      if (answer.kind === 'found') {
        entry.found = { answer, at: now() };
      } else {
        entry.failed = { answer, at: now() };
        const { problem } = answer;
        if (!stopped) log.warn('a lookup failed', { lookUp: name, query, problem });
      }
      return answer;
    });
    entry.calling = calling;
    return calling;
  };

  return {
    async lookUp(query, boundMs = usualBoundMs) {
      const entry = entryOf(keyOf(query));
      if (entry === undefined || stopped) return { kind: 'loading' };
      const { found, failed } = entry;
      const age = found === undefined ? Number.POSITIVE_INFINITY : now() - found.at;
      if (found !== undefined && age < freshMs) return found.answer;
      const known = age < staleMs ? found?.answer : undefined;
      const isPausing = failed !== undefined && now() - failed.at < pauseMs;
      if (isPausing) return known ?? failed.answer;
      const calling = entry.calling ?? start(entry, query);
      return known ?? (await within(clock, calling, boundMs)) ?? { kind: 'loading' };
    },
    async stop() {
      stopped = true;
      for (const abandon of abandons) abandon.abort();
      await Promise.all([...entries.values()].map(({ calling }) => calling));
    },
  };
}

/** Equal for equal queries, whatever the order of their fields. */
function keyOf(query: object): string {
  const fields = Object.entries(query).filter(([, value]) => value !== undefined);
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}
