import type { LaunchProblem } from '../domain/request/launchOutcome';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import type { Semaphore } from './semaphore';

export interface LookUpOptions<Query, Found> {
  /** What is looked up, for the log. */
  name: string;
  clock: Clock;
  log: Log;
  /** Asks those who know. `abandon` ends the wait. */
  ask(query: Query, abandon: AbortSignal): Promise<Found | Failed>;
  /** Room for the calls of this and of other look-ups, all together. */
  room: Semaphore;
  /** Queries remembered at a time. */
  mostQueries?: number;
}

/** An answer, no answer, or one that takes longer than somebody who types can wait. */
export type LookedUp<Found> = Found | Failed | { kind: 'loading' };

type Failed = { kind: 'failed'; problem: LaunchProblem };

/** What others know, kept for a while, because people ask with every key they press. */
export interface LookUp<Query, Found> {
  /**
   * Answers within `boundMs` by the clock. An answer is as old as ten minutes at most; one older than
   * a minute is being asked for anew. While an answer is `loading` its call goes on, and the next one
   * to ask has it.
   */
  lookUp(query: Query, boundMs?: number): Promise<LookedUp<Found>>;
  /** Abandons every call, makes no more, and resolves when none is under way. */
  stop(): Promise<void>;
}

/** What is known of a query, and whether it is being asked. */
interface Entry<Found> {
  found: { answer: Found; at: number } | undefined;
  /** The newest failure. */
  failed: { answer: Failed; at: number } | undefined;
  calling: Promise<Found | Failed> | undefined;
}

/** Slack gives a list of options three seconds, the way there and back included. */
const usualBoundMs = 900;
/** This long nobody is asked again. */
const freshMs = 60_000;
/** This long an answer is better than none. */
const staleMs = 600_000;
/** This long after a failure nobody is asked again, however often people do. */
const pauseMs = 5_000;
/** A call that takes longer is abandoned. */
const longestCallMs = 20_000;
const usualMostQueries = 200;

/** Keeps what `ask` answers. One call at a time is made for a query, however many ask it. */
export function createLookUp<Query extends object, Found extends { kind: 'found' }>(
  options: LookUpOptions<Query, Found>,
): LookUp<Query, Found> {
  const { name, clock, log, ask, room, mostQueries = usualMostQueries } = options;
  /** Least recently asked first. */
  const entries = new Map<string, Entry<Found>>();
  const abandons = new Set<AbortController>();
  let stopped = false;

  const now = (): number => clock.now().getTime();

  /** What is known of a query; nothing, while every query that could make way is being asked. */
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

  const call = async (query: Query): Promise<Found | Failed> => {
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
      log.error(`looking up ${name} broke`, { error });
      return { kind: 'failed', problem: { kind: 'not_sent', detail: `looking up ${name} broke` } };
    } finally {
      over.abort();
      abandons.delete(abandon);
    }
  };

  const start = (entry: Entry<Found>, query: Query): Promise<Found | Failed> => {
    const calling = room(() => call(query)).then((answer) => {
      entry.calling = undefined;
      if (answer.kind === 'found') {
        entry.found = { answer, at: now() };
      } else {
        entry.failed = { answer, at: now() };
        if (!stopped) log.warn(`${name} could not be looked up`, { problem: answer.problem });
      }
      return answer;
    });
    entry.calling = calling;
    return calling;
  };

  const within = async (
    calling: Promise<Found | Failed>,
    boundMs: number,
  ): Promise<LookedUp<Found>> => {
    const over = new AbortController();
    const loading = clock
      .sleepUntil(new Date(now() + boundMs), over.signal)
      .then((): LookedUp<Found> => ({ kind: 'loading' }));
    const answer = await Promise.race([calling, loading]);
    over.abort();
    return answer;
  };

  return {
    async lookUp(query, boundMs = usualBoundMs) {
      const entry = entryOf(keyOf(query));
      if (entry === undefined || stopped) return { kind: 'loading' };
      const { found, failed } = entry;
      const age = found === undefined ? Number.POSITIVE_INFINITY : now() - found.at;
      if (found !== undefined && age < freshMs) return found.answer;
      const pausing = failed !== undefined && now() - failed.at < pauseMs;
      const calling = entry.calling ?? (pausing ? undefined : start(entry, query));
      if (found !== undefined && age < staleMs) return found.answer;
      if (calling !== undefined) return within(calling, boundMs);
      return failed?.answer ?? { kind: 'loading' };
    },
    async stop() {
      stopped = true;
      for (const abandon of abandons) abandon.abort();
      await Promise.all([...entries.values()].map(({ calling }) => calling));
    },
  };
}

/** The same for queries that ask the same, in whichever order their fields were written. */
function keyOf(query: object): string {
  const fields = Object.entries(query).filter(([, value]) => value !== undefined);
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}
