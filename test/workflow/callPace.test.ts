import { after } from '../../src/domain/time/offset';
import type { Slot, SlotAttempt } from '../../src/ports/rateLimits';
import { createCallPace } from '../../src/workflow/callPace';
import { manualClock, settled } from '../support/manualClock';

const start = Date.UTC(2026, 0, 1);
const action = 'CreateMigrateJob';
const longestCallMs = 60_000;
/** 15 s until the first byte, the call, and the rest. */
const holdMs = 15_000 + longestCallMs + 1_001;

type Answer = (clock: ReturnType<typeof manualClock>) => Promise<SlotAttempt>;

/** A pace whose slots the test decides, and what it did. */
function begin(answers: Answer[] = [], freeing = async (): Promise<void> => {}) {
  const clock = manualClock(start);
  const since = (at: Date) => at.getTime() - start;
  const asked: unknown[] = [];
  const freed: unknown[] = [];
  const lines: unknown[] = [];
  const note = (message: string, fields?: unknown) => void lines.push({ message, fields });
  const { idle, pace } = createCallPace({
    callsPerSecond: 20,
    longestCallMs,
    clock,
    log: { info: note, warn: note, error: note },
    rateLimits: {
      async trySlot(name, now, slots) {
        asked.push([name, since(now), slots]);
        const slot = { name: `slot ${asked.length}`, heldUntil: after(now, holdMs) };
        return (await answers.shift()?.(clock)) ?? { ok: true, slot };
      },
      async freeSlot({ name }: Slot, at) {
        freed.push([name, since(at)]);
        return freeing();
      },
    },
  });
  const ends: string[] = [];
  const call = (mayBegin = async () => true, of = action) => {
    const gone = new AbortController();
    const begun = pace(of, gone.signal, mayBegin).then(
      (end) => {
        ends.push(`${of} at ${since(clock.now())}`);
        return end;
      },
      (error: unknown) => {
        ends.push(String(error));
        return () => {};
      },
    );
    return { gone, begun };
  };
  return { asked, call, clock, ends, freed, idle, lines };
}

const busyUntil =
  (ms: number): Answer =>
  async () => ({ ok: false, freeAt: new Date(start + ms) });

it('a call begins at once if a slot is free, and frees it a second after its end', async () => {
  const { asked, call, clock, ends, freed } = begin();
  const end = await call().begun;
  expect(ends).toEqual(['CreateMigrateJob at 0']);
  expect(asked).toEqual([['dts:CreateMigrateJob', 0, { count: 20, holdMs }]]);
  await clock.advance(2_500);
  expect(freed).toEqual([]);
  end();
  expect(freed).toEqual([['slot 1', 3_501]]);
});

it.each([
  ['until the next slot is free', 40, 40],
  ['a second if all slots are held, because a slot rests that long', 40_000, 1_001],
  ['not at all if a slot became free since then', -1, 0],
])('a call waits %s', async (_, freeAt, waits) => {
  const { asked, call, clock, ends } = begin([busyUntil(freeAt)]);
  const { begun } = call();
  await settled();
  if (waits > 0) {
    await clock.advance(waits - 1);
    expect([asked.length, ends]).toEqual([1, []]);
    await clock.advance(1);
  }
  await begun;
  expect(ends).toEqual([`CreateMigrateJob at ${waits}`]);
});

it('calls of one action take slots one after the other, other actions do not wait', async () => {
  const { call, clock, ends } = begin([busyUntil(50)]);
  const calls = [call(), call(), call(undefined, 'StartMigrateJob')];
  await settled();
  expect(ends).toEqual(['StartMigrateJob at 0']);
  await clock.advance(50);
  await Promise.all(calls.map(({ begun }) => begun));
  expect(ends.slice(1)).toEqual(['CreateMigrateJob at 50', 'CreateMigrateJob at 50']);
});

it('a call checks once whether it may begin, after it has a slot', async () => {
  const { asked, call, clock } = begin([busyUntil(10), busyUntil(20)]);
  const attempts: number[] = [];
  const { begun } = call(async () => {
    attempts.push(asked.length);
    return true;
  });
  await settled();
  await clock.advance(10);
  await clock.advance(10);
  await begun;
  expect(attempts).toEqual([3]);
});

it('a call that may no longer begin is not sent, and its slot is free at once', async () => {
  const { call, ends, freed } = begin();
  await call(async () => false).begun;
  expect(ends).toEqual(['Error: the call came too late to be sent']);
  expect(freed).toEqual([['slot 1', 0]]);
});

it('a call that is abandoned while it waits is not sent', async () => {
  const { call, ends, freed } = begin([busyUntil(1_000)]);
  const { begun, gone } = call();
  await settled();
  gone.abort();
  await begun;
  expect(ends).toEqual(['Error: Ferry gave up waiting for its turn to call']);
  expect(freed).toEqual([]);
});

it.each(['while it gets a slot', 'while it checks that it may begin'])(
  'a call that is abandoned %s is not sent, and its slot is free at once',
  async (when) => {
    const abandon = { now: (): void => {} };
    const whileTaken: Answer = async () => {
      if (when === 'while it gets a slot') abandon.now();
      return { ok: true, slot: { name: 'slot 1', heldUntil: new Date(start + holdMs) } };
    };
    const { call, ends, freed } = begin([whileTaken]);
    const { begun, gone } = call(async () => {
      abandon.now();
      return true;
    });
    abandon.now = () => gone.abort();
    await begun;
    expect(ends).toEqual(['Error: Ferry gave up waiting for its turn to call']);
    expect(freed).toEqual([['slot 1', 0]]);
  },
);

it.each([
  [15_000, [['slot 1', 16_001]]],
  [
    15_001,
    [
      ['slot 1', 15_001],
      ['slot 2', 16_002],
    ],
  ],
])('a slot that is used %d ms later is used or given up', async (ms, freed) => {
  const begun = begin();
  let isFirst = true;
  const end = await begun.call(async () => {
    if (isFirst) await begun.clock.advance(ms);
    isFirst = false;
    return true;
  }).begun;
  end();
  expect(begun.freed).toEqual(freed);
});

describe('while the store fails', () => {
  const fails = () => Promise.reject(new Error('no store'));

  it('calls wait, and try again each second', async () => {
    const { asked, call, clock, ends, lines } = begin([fails]);
    const { begun } = call();
    await settled();
    await clock.advance(999);
    expect([asked.length, ends]).toEqual([1, []]);
    await clock.advance(1);
    await begun;
    expect(ends).toEqual(['CreateMigrateJob at 1000']);
    const fields = { action, error: new Error('no store') };
    expect(lines).toEqual([{ message: 'the rate limit of a call could not be checked', fields }]);
  });

  it('a call that cannot check that it may begin frees its slot and tries again', async () => {
    const { call, clock, ends, freed } = begin();
    let attempts = 0;
    const { begun } = call(async () => {
      attempts += 1;
      return attempts === 1 ? fails() : true;
    });
    await settled();
    expect(freed).toEqual([['slot 1', 0]]);
    await clock.advance(1_000);
    await begun;
    expect(ends).toEqual(['CreateMigrateJob at 1000']);
  });

  it('a slot is freed once the store is back, and the call ends as usual', async () => {
    const failures = [fails, fails];
    const { call, clock, freed, lines } = begin([], async () => failures.shift()?.());
    const end = await call().begun;
    end();
    await settled();
    await clock.advance(999);
    expect(freed).toEqual([['slot 1', 1_001]]);
    await clock.advance(1);
    await clock.advance(5_000);
    expect(freed).toEqual(Array(3).fill(['slot 1', 1_001]));
    const fields = { slot: 'slot 1', error: new Error('no store') };
    expect(lines).toEqual([{ message: 'the slot of a call could not be freed', fields }]);
  });

  it('a slot is no longer freed after its hold has ended', async () => {
    const { call, clock, freed } = begin([], fails);
    (await call().begun)();
    await settled();
    for (let second = 0; second < 90; second += 1) await clock.advance(1_000);
    expect(freed).toHaveLength(77);
  });

  it('a stop ends the attempts to free a slot', async () => {
    const { call, freed, idle } = begin([], fails);
    (await call().begun)();
    await settled();
    await idle();
    expect(freed).toHaveLength(2);
  });

  it('a stop waits for slots that are being freed, even if that fails', async () => {
    let fail = (_: Error): void => {};
    const freed = new Promise<void>((_, reject) => {
      fail = reject;
    });
    const { call, idle, lines } = begin([], () => freed);
    await idle();
    (await call().begun)();
    let isIdle = false;
    const stopped = idle().then(() => {
      isIdle = true;
    });
    await settled();
    expect(isIdle).toBe(false);
    fail(new Error('no store'));
    await stopped;
    expect(lines).toHaveLength(1);
  });

  it('a call does not wait for a slot that is being freed', async () => {
    const { call, ends } = begin([], () => new Promise(() => {}));
    (await call().begun)();
    await call(async () => false).begun;
    await call().begun;
    expect(ends).toEqual([
      'CreateMigrateJob at 0',
      'Error: the call came too late to be sent',
      'CreateMigrateJob at 0',
    ]);
  });
});
