import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { after } from '../../src/domain/time/offset';
import { silentLog } from '../../src/operations/log';
import type { Clock } from '../../src/ports/clock';
import type { RateLimits } from '../../src/ports/rateLimits';
import type { Database } from '../../src/store/database';
import { createRateLimits } from '../../src/store/rateLimits';
import { createCallPace } from '../../src/workflow/callPace';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { manualClock, settled } from '../support/manualClock';

let folder: string;
let db: Database;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-limit-'));
  db = await openOrFail(await aDatabase('sqlite', folder));
});
afterAll(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true });
});

/** A manual clock that jumps to the next time at which something happens. */
function simulation() {
  const clock = manualClock();
  const wakeUps = new Set<number>();
  const sleeping: Clock = {
    now: clock.now,
    sleepUntil(at, signal) {
      wakeUps.add(at.getTime());
      return clock.sleepUntil(at, signal);
    },
  };
  let running = 0;
  /** Time doesn't pass during a statement. */
  const inNoTime = async <Result>(statement: Promise<Result>): Promise<Result> => {
    running += 1;
    return statement.finally(() => {
      running -= 1;
    });
  };
  const until = async (work: Promise<unknown>): Promise<void> => {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    await settled();
    while (!isDone) {
      while (running > 0) await settled();
      if (isDone) break;
      const next = Math.min(...wakeUps);
      if (next === Number.POSITIVE_INFINITY) throw new Error('nothing happens anymore');
      wakeUps.delete(next);
      await clock.advance(Math.max(0, next - clock.now().getTime()));
    }
    await done;
  };
  return { clock: sleeping, inNoTime, until };
}

/** Delays in ms: usual ones, and those of a process that was paused or a network that failed. */
const delay = (most: number) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 30 }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 1_500 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: most }) },
  );
const mostly = (usual: boolean) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.boolean() });
const aCall = fc.record({
  process: fc.nat(2),
  asked: fc.integer({ min: 0, max: 3_000 }),
  beforeTake: delay(90_000),
  afterTake: delay(90_000),
  check: delay(90_000),
  mayBegin: mostly(true),
  arrival: delay(20_000),
  answer: delay(20_000),
  beforeFree: delay(90_000),
  /** Its process dies before it frees the slot. */
  dies: mostly(false),
});

let runs = 0;

it('no second has too many calls, however long anything takes', async () => {
  let arrivedInAll = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(aCall, { minLength: 5, maxLength: 25 }),
      async (callsPerSecond, calls) => {
        runs += 1;
        const action = `Action${runs}`;
        const { clock, inNoTime, until } = simulation();
        const pass = (ms: number) => clock.sleepUntil(after(clock.now(), ms));
        const store = createRateLimits(db, 'sqlite');
        const arrivals: number[] = [];
        const paces = [0, 1, 2].map((process) => {
          const delays = calls.filter((each) => each.process === process);
          // A process that is always this slow would never make a call.
          const next = () => delays.shift();
          const rateLimits: Pick<RateLimits, 'freeSlot' | 'trySlot'> = {
            async trySlot(...rest) {
              const { beforeTake = 0, afterTake = 0 } = next() ?? {};
              await pass(beforeTake);
              const attempt = await inNoTime(store.trySlot(...rest));
              await pass(afterTake);
              return attempt;
            },
            async freeSlot(...rest) {
              await pass(next()?.beforeFree ?? 0);
              await inNoTime(store.freeSlot(...rest));
            },
          };
          return createCallPace({
            ...{ callsPerSecond, clock, log: silentLog, longestCallMs: 60_000, rateLimits },
          }).pace;
        });
        const make = async (call: (typeof calls)[number]): Promise<void> => {
          await pass(call.asked);
          let checkMs = call.check;
          const mayBegin = async () => {
            await pass(checkMs);
            checkMs = 0;
            return call.mayBegin;
          };
          const gone = new AbortController().signal;
          const end = await paces[call.process]?.(action, gone, mayBegin).catch(() => undefined);
          if (end === undefined) return;
          await pass(call.arrival);
          arrivals.push(clock.now().getTime());
          await pass(call.answer);
          if (!call.dies) end();
        };
        await until(Promise.all(calls.map(make)));
        arrivedInAll += arrivals.length;
        for (const [index, at] of arrivals.entries()) {
          const earlier = arrivals[index - callsPerSecond];
          if (earlier !== undefined) expect(at - earlier).toBeGreaterThanOrEqual(1_000);
        }
      },
    ),
    { numRuns: 150 },
  );
  expect(arrivedInAll).toBeGreaterThan(500);
}, 60_000);
