import fc from 'fast-check';
import type { FailedCall } from '../../src/domain/errors/callProblem';
import { silentLog } from '../../src/operations/log';
import { createLookUp, type LookedUp } from '../../src/workflow/lookUp';
import { createSemaphore } from '../../src/workflow/semaphore';
import { manualClock, settled } from '../support/manualClock';

interface Query {
  region: string;
  vpcId?: string;
}
type Found = { kind: 'found'; answer: string };

const refused: FailedCall = {
  kind: 'failed',
  problem: { kind: 'refused', code: 'UnauthorizedOperation', message: 'no', requestId: 'r' },
};

/** A lookup with a stopped clock, and its calls, which the test ends. */
function stage(options: { room?: number; mostQueries?: number } = {}) {
  const clock = manualClock();
  const calls: {
    query: Query;
    at: number;
    isUnderWay: boolean;
    end(answer: Found | FailedCall): Promise<void>;
  }[] = [];
  const logged: unknown[] = [];
  const note = (message: string, fields?: object) => void logged.push([message, fields]);
  const ask = (query: Query, abandon: AbortSignal): Promise<Found | FailedCall> =>
    new Promise((resolve) => {
      const call = {
        query,
        at: clock.now().getTime(),
        isUnderWay: true,
        async end(answer: Found | FailedCall) {
          call.isUnderWay = false;
          resolve(answer);
          await settled();
        },
      };
      calls.push(call);
      const giveUp = () => void call.end(refused);
      if (abandon.aborted) giveUp();
      else abandon.addEventListener('abort', giveUp);
    });
  const { lookUp, stop } = createLookUp<Query, Found>({
    name: 'things',
    clock,
    log: { info: note, warn: note, error: note },
    ask,
    room: createSemaphore(options.room ?? 4),
    ...(options.mostQueries === undefined ? {} : { mostQueries: options.mostQueries }),
  });
  return { clock, calls, logged, lookUp, stop };
}

const found = (answer: string): Found => ({ kind: 'found', answer });
const a = { region: 'a' };

/** A stage on which `a` was just found to be `first`. */
async function stageWithAnswer() {
  const test = stage();
  const first = test.lookUp(a);
  await test.calls[0]?.end(found('first'));
  expect(await first).toEqual(found('first'));
  return test;
}

describe('an answer', () => {
  it('that is in time serves everyone who waits, after one call', async () => {
    const { calls, lookUp } = stage();
    const asked = [lookUp(a), lookUp(a), lookUp({ region: 'a' })];
    await calls[0]?.end(found('first'));
    expect(await Promise.all(asked)).toEqual([found('first'), found('first'), found('first')]);
    expect(calls).toHaveLength(1);
  });

  it('that is late is “loading”, and serves the next caller', async () => {
    const { calls, clock, lookUp } = stage();
    const asked = lookUp(a);
    await clock.advance(899);
    const late = lookUp(a);
    await clock.advance(1);
    expect(await asked).toEqual({ kind: 'loading' });
    await calls[0]?.end(found('first'));
    expect(await late).toEqual(found('first'));
    expect(await lookUp(a)).toEqual(found('first'));
    expect(calls).toHaveLength(1);
  });

  it('is awaited as long as the caller allows', async () => {
    const { clock, lookUp } = stage();
    expect(await lookUp(a, 0)).toEqual({ kind: 'loading' });
    const patient = lookUp(a, 2_500);
    await clock.advance(2_499);
    expect(clock.sleeping()).toBe(2);
    await clock.advance(1);
    expect(await patient).toEqual({ kind: 'loading' });
  });

  it.each([
    ['at once', 0, 'first', 1],
    ['just before a minute', 59_999, 'first', 1],
    ['after a minute: the old one, during a new call', 60_000, 'first', 2],
    ['just before ten minutes', 599_999, 'first', 2],
  ])('is given without waiting %s', async (_, ageMs, answer, callCount) => {
    const { calls, clock, lookUp } = await stageWithAnswer();
    await clock.advance(ageMs);
    expect(await lookUp(a)).toEqual(found(answer));
    expect(calls).toHaveLength(callCount);
    expect(clock.sleeping()).toBe(callCount - 1);
  });

  it('is replaced by the answer of a background call', async () => {
    const { calls, clock, lookUp } = await stageWithAnswer();
    await clock.advance(60_000);
    await Promise.all([lookUp(a), lookUp(a), lookUp(a)]);
    expect(calls).toHaveLength(2);
    await calls[1]?.end(found('second'));
    expect(await lookUp(a)).toEqual(found('second'));
    await clock.advance(59_999);
    expect(await lookUp(a)).toEqual(found('second'));
    expect(calls).toHaveLength(2);
  });

  it('that is ten minutes old is no longer given', async () => {
    const { calls, clock, lookUp } = await stageWithAnswer();
    await clock.advance(600_000);
    const asked = lookUp(a);
    await calls[1]?.end(found('second'));
    expect(await asked).toEqual(found('second'));
  });

  it('belongs to its query, in any order of the fields', async () => {
    const { calls, lookUp } = stage();
    void lookUp({ region: 'a', vpcId: 'v' });
    void lookUp({ vpcId: 'v', region: 'a' });
    void lookUp({ region: 'a' });
    void lookUp({ region: 'v', vpcId: 'a' });
    expect(calls.map(({ query }) => query)).toEqual([
      { region: 'a', vpcId: 'v' },
      { region: 'a' },
      { region: 'v', vpcId: 'a' },
    ]);
  });
});

describe('a failure', () => {
  it('is reported, and no call is made for five seconds', async () => {
    const { calls, clock, logged, lookUp } = stage();
    const asked = lookUp(a);
    await calls[0]?.end(refused);
    expect(await asked).toEqual(refused);
    await clock.advance(4_999);
    expect(await lookUp(a)).toEqual(refused);
    expect(calls).toHaveLength(1);
    const { problem } = refused;
    expect(logged).toEqual([['a lookup failed', { lookUp: 'things', query: a, problem }]]);
  });

  it('is forgotten after that', async () => {
    const { calls, clock, lookUp } = stage();
    void lookUp(a);
    await calls[0]?.end(refused);
    await clock.advance(5_000);
    const asked = lookUp(a);
    await calls[1]?.end(found('first'));
    expect(await asked).toEqual(found('first'));
  });

  it('is hidden by an answer that is not too old', async () => {
    const { calls, clock, lookUp } = await stageWithAnswer();
    await clock.advance(60_000);
    await lookUp(a);
    await calls[1]?.end(refused);
    expect(await lookUp(a)).toEqual(found('first'));
    expect(calls).toHaveLength(2);
    await clock.advance(5_000);
    expect(await lookUp(a)).toEqual(found('first'));
    expect(calls).toHaveLength(3);
    await calls[2]?.end(refused);
    await clock.advance(535_000);
    const tooOld = lookUp(a);
    await calls[3]?.end(refused);
    expect(await tooOld).toEqual(refused);
  });

  it('ends a call that takes too long, after twenty seconds', async () => {
    const { calls, clock, lookUp } = stage();
    expect(await lookUp(a, 0)).toEqual({ kind: 'loading' });
    await clock.advance(19_999);
    expect(calls[0]?.isUnderWay).toBe(true);
    await clock.advance(1);
    expect(calls[0]?.isUnderWay).toBe(false);
    expect(await lookUp(a)).toEqual(refused);
  });

  it('includes a bug, which is logged', async () => {
    const clock = manualClock();
    const logged: unknown[] = [];
    const note = (message: string, fields?: object) => void logged.push([message, fields]);
    const error = new Error('a defect');
    const { lookUp } = createLookUp<Query, Found>({
      name: 'things',
      clock,
      log: { info: note, warn: note, error: note },
      ask: () => Promise.reject(error),
      room: createSemaphore(1),
    });
    expect(await lookUp(a)).toMatchObject({ kind: 'failed' });
    const fields = { lookUp: 'things', query: a, error };
    expect(logged).toContainEqual(['a lookup failed unexpectedly', fields]);
  });
});

describe('calls', () => {
  it('run four at a time, the rest in the order of their requests', async () => {
    const { calls, lookUp } = stage({ room: 4 });
    const regions = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const region of regions) void lookUp({ region });
    await settled();
    expect(calls).toHaveLength(4);
    await calls[2]?.end(found('c'));
    expect(calls.map(({ query }) => query.region)).toEqual(['a', 'b', 'c', 'd', 'e']);
    await calls[0]?.end(refused);
    expect(calls.map(({ query }) => query.region)).toEqual(regions);
  });

  it('share their limit with other lookups', async () => {
    const room = createSemaphore(1);
    const clock = manualClock();
    const started: string[] = [];
    const make = (name: string) =>
      createLookUp<Query, Found>({
        name,
        clock,
        log: silentLog,
        ask: () => {
          started.push(name);
          return new Promise(() => {});
        },
        room,
      });
    void make('one').lookUp(a);
    void make('two').lookUp(a);
    await settled();
    expect(started).toEqual(['one']);
  });

  it('that wait for room begin their twenty seconds when they start', async () => {
    const { calls, clock, lookUp } = stage({ room: 1 });
    void lookUp(a);
    void lookUp({ region: 'b' });
    await clock.advance(19_000);
    await calls[0]?.end(found('a'));
    await clock.advance(19_000);
    expect(calls[1]?.isUnderWay).toBe(true);
  });

  it('are abandoned when Ferry stops, and no more are made', async () => {
    const { calls, logged, lookUp, stop } = stage({ room: 1 });
    const asked = lookUp(a, 0);
    void lookUp({ region: 'b' }, 0);
    await asked;
    await stop();
    expect(calls.map(({ isUnderWay }) => isUnderWay)).not.toContain(true);
    const before = calls.length;
    expect(await lookUp({ region: 'c' })).toEqual({ kind: 'loading' });
    expect(calls).toHaveLength(before);
    expect(logged).toEqual([]);
  });
});

describe('the cache', () => {
  it('has a limit, and the least recently used query is removed', async () => {
    const { calls, lookUp } = stage({ mostQueries: 2 });
    const answered = async (region: string) => {
      const before = calls.length;
      const asked = lookUp({ region });
      const call = calls[before];
      await call?.end(found(region));
      expect(await asked).toEqual(found(region));
      return call !== undefined;
    };
    expect(await answered('a')).toBe(true);
    expect(await answered('b')).toBe(true);
    expect(await answered('a')).toBe(false);
    expect(await answered('c')).toBe(true);
    expect(await answered('a')).toBe(false);
    expect(await answered('b')).toBe(true);
  });

  it('has room for 200 queries by default', async () => {
    const { calls, lookUp } = stage({ room: 1_000 });
    const ask = async (query: number) => {
      const before = calls.length;
      const asked = lookUp({ region: `r${query}` });
      await calls[before]?.end(found('answer'));
      await asked;
      return calls.length > before;
    };
    for (let query = 1; query <= 200; query += 1) await ask(query);
    expect(await ask(1)).toBe(false);
    await ask(201);
    expect(await ask(2)).toBe(true);
    expect(await ask(1)).toBe(false);
  });

  it('removes no query with a running call: another one waits, and is called once', async () => {
    const { calls, lookUp } = stage({ mostQueries: 1, room: 4 });
    void lookUp(a);
    expect(await lookUp({ region: 'b' })).toEqual({ kind: 'loading' });
    expect(calls).toHaveLength(1);
    await calls[0]?.end(found('a'));
    const asked = lookUp({ region: 'b' });
    await calls[1]?.end(found('b'));
    expect(await asked).toEqual(found('b'));
  });
});

describe('whatever people do and however calls end', () => {
  type Step =
    | { do: 'ask'; region: string }
    | { do: 'wait'; ms: number }
    | { do: 'end'; which: number; ok: boolean };
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('ask'), region: fc.constantFrom(...'abcdef') }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('wait'),
        ms: fc.constantFrom(1, 450, 900, 4_999, 5_000, 20_000, 59_999, 60_000, 599_999, 600_000),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('end'), which: fc.nat(5), ok: fc.boolean() }),
    },
  );
  const bound = 900;
  const room = 2;

  it('nobody waits too long, no answer is too old, and no source is asked too often', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { calls, clock, lookUp } = stage({ room });
        const now = () => clock.now().getTime();
        const waiting: { region: string; at: number; answer?: LookedUp<Found> }[] = [];
        const ended: { region: string; at: number; ok: boolean; answer: string }[] = [];
        const lastOf = (region: string, ok: boolean, before = Number.POSITIVE_INFINITY) =>
          ended.findLast((end) => end.region === region && end.ok === ok && end.at <= before);

        const check = () => {
          const underWay = calls.filter(({ isUnderWay }) => isUnderWay);
          expect(underWay.length).toBeLessThanOrEqual(room);
          const regions = underWay.map(({ query }) => query.region);
          expect(new Set(regions).size).toBe(regions.length);
          for (const asked of waiting.splice(0)) {
            const { region, at, answer } = asked;
            if (answer === undefined) {
              expect(now() - at).toBeLessThan(bound);
              waiting.push(asked);
            } else if (answer.kind === 'found') {
              const latest = lastOf(region, true);
              expect(answer.answer).toBe(latest?.answer);
              expect(at - (latest?.at ?? Number.NEGATIVE_INFINITY)).toBeLessThan(600_000);
            }
          }
        };

        for (const action of steps) {
          const before = calls.length;
          if (action.do === 'ask') {
            const { region } = action;
            const asked: (typeof waiting)[number] = { region, at: now() };
            waiting.push(asked);
            void lookUp({ region }).then((answer) => {
              asked.answer = answer;
            });
            await settled();
          } else if (action.do === 'wait') {
            const abandoned = calls.filter(
              ({ isUnderWay, at }) => isUnderWay && now() + action.ms - at >= 20_000,
            );
            await clock.advance(action.ms);
            for (const { query } of abandoned) {
              ended.push({ region: query.region, at: now(), ok: false, answer: '' });
            }
          } else {
            const call = calls.filter(({ isUnderWay }) => isUnderWay)[action.which];
            if (call !== undefined) {
              const answer = String(ended.length);
              ended.push({ region: call.query.region, at: now(), ok: action.ok, answer });
              await call.end(action.ok ? found(answer) : refused);
            }
          }
          for (const { query, at } of calls.slice(before)) {
            const found = lastOf(query.region, true, at);
            expect(at - (found?.at ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(60_000);
            const failed = lastOf(query.region, false, at);
            expect(at - (failed?.at ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(5_000);
          }
          check();
        }
      }),
      { numRuns: 200 },
    );
  });
});
