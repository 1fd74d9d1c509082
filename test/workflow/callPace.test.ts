import type { Turn } from '../../src/ports/rateLimits';
import { createCallPace } from '../../src/workflow/callPace';
import { manualClock, settled } from '../support/manualClock';

const start = Date.UTC(2026, 0, 1);

/** A pace whose turns the test decides, and what was asked of the store. */
function begin(answers: (() => Promise<Turn>)[]) {
  const clock = manualClock(start);
  const asked: unknown[] = [];
  const lines: unknown[] = [];
  const note = (message: string, fields?: unknown) => void lines.push({ message, fields });
  const pace = createCallPace({
    callsPerSecond: 20,
    clock,
    log: { info: note, warn: note, error: note },
    rateLimits: {
      tryTurn: async (name, now, given) => {
        asked.push([name, now.getTime() - start, given]);
        return (answers.shift() ?? (async (): Promise<Turn> => ({ ok: true })))();
      },
    },
  });
  const ends: string[] = [];
  const ask = (action = 'CreateMigrateJob', mayBegin = async () => true) => {
    const gone = new AbortController();
    const ended = pace(action, gone.signal, mayBegin).then(
      () => void ends.push(`${action} at ${clock.now().getTime() - start}`),
      (error: unknown) => void ends.push(String(error)),
    );
    return { gone, ended };
  };
  return { ask, asked, clock, ends, lines };
}
const free = async (): Promise<Turn> => ({ ok: true });
const freeAt = (ms: number) => async (): Promise<Turn> => ({
  ok: false,
  freeAt: new Date(start + ms),
});
const every62Ms = { spacingMs: 62.5, burst: 25 / 62.5 };

it('a call begins at once if its turn is free', async () => {
  const { ask, asked, ends } = begin([]);
  await ask().ended;
  expect(ends).toEqual(['CreateMigrateJob at 0']);
  expect(asked).toEqual([['dts:CreateMigrateJob', 0, every62Ms]]);
});

it('a call waits for its turn, and takes it then', async () => {
  const { ask, asked, clock, ends } = begin([freeAt(40), free]);
  const call = ask();
  await settled();
  await clock.advance(39);
  expect(ends).toEqual([]);
  await clock.advance(1);
  await call.ended;
  expect(ends).toEqual(['CreateMigrateJob at 40']);
  expect(asked.length).toBe(2);
});

it.each([
  [100, 1],
  [101, 2],
])('a turn that the store gives after %d ms is used or given up', async (ms, turns) => {
  let clockOf = async (_: number) => {};
  const late = async (): Promise<Turn> => {
    await clockOf(ms);
    return { ok: true };
  };
  const { ask, asked, clock } = begin([late]);
  clockOf = (each) => clock.advance(each);
  await ask().ended;
  expect(asked.length).toBe(turns);
});

it('calls of one action take turns one after the other, other actions do not wait', async () => {
  const { ask, clock, ends } = begin([freeAt(50), free]);
  const calls = [ask(), ask(), ask('StartMigrateJob')];
  await settled();
  expect(ends).toEqual(['StartMigrateJob at 0']);
  await clock.advance(50);
  await Promise.all(calls.map(({ ended }) => ended));
  expect(ends.slice(1)).toEqual(['CreateMigrateJob at 50', 'CreateMigrateJob at 50']);
});

it('a call that may no longer begin is not sent', async () => {
  const { ask, asked, ends } = begin([]);
  await ask('CreateMigrateJob', async () => false).ended;
  expect(ends).toEqual(['Error: the call came too late to be sent']);
  expect(asked).toEqual([]);
});

it('a call that is abandoned while it waits is not sent', async () => {
  const { ask, ends } = begin([freeAt(1_000)]);
  const call = ask();
  await settled();
  call.gone.abort();
  await call.ended;
  expect(ends).toEqual(['Error: Ferry gave up waiting for its turn to call']);
});

it('calls wait while the store fails, and ask again each second', async () => {
  const fails = () => Promise.reject(new Error('no store'));
  const { ask, asked, clock, ends, lines } = begin([fails, free]);
  const call = ask();
  await settled();
  await clock.advance(999);
  expect([asked.length, ends]).toEqual([1, []]);
  await clock.advance(1);
  await call.ended;
  expect(ends).toEqual(['CreateMigrateJob at 1000']);
  const fields = { action: 'CreateMigrateJob', error: new Error('no store') };
  expect(lines).toEqual([{ message: 'the rate limit of a call could not be checked', fields }]);
});
