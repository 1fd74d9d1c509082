import type { EndedRequest, RetentionStore } from '../../src/ports/retention';
import { startPurge } from '../../src/workflow/purge';
import { manualClock, settled } from '../support/manualClock';

const hour = 3_600_000;
const day = 24 * hour;

let stop: () => Promise<void> = async () => {};
afterEach(() => stop());

async function quiet(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await settled();
}

/** A purge over requests that ended, of which `erase` deletes one. */
function start({
  ids = [1, 2, 3],
  erase = async () => true,
  forget = async () => {},
  retentionDays = 30,
}: {
  ids?: number[];
  erase?: (id: number) => Promise<boolean>;
  forget?: () => Promise<void>;
  retentionDays?: number | 'forever';
} = {}) {
  const clock = manualClock();
  const began = clock.now().getTime();
  const logged: unknown[] = [];
  const note =
    (level: string) =>
    (...line: unknown[]) =>
      void logged.push([level, ...line]);
  const befores: number[] = [];
  const forgotten: number[] = [];
  const erased: number[] = [];
  const all = ids.map((id): EndedRequest => ({ id, endedAt: `2025-01-0${id}` }));
  const retention: RetentionStore = {
    async ended(before, after) {
      befores.push(before.getTime() - began);
      // Two on each page.
      return all.filter(({ id }) => id > (after?.id ?? 0)).slice(0, 2);
    },
    erase(id) {
      erased.push(id);
      return erase(id);
    },
    async forgetDeliveries(before) {
      forgotten.push(before.getTime() - began);
      await forget();
    },
  };
  const log = { info: note('info'), warn: note('warn'), error: note('error') };
  const days = retentionDays === 'forever' ? undefined : retentionDays;
  const purge = startPurge({ retention, clock, log, retentionDays: days });
  stop = purge.stop;
  return { befores, clock, erased, forgotten, logged, stop: purge.stop };
}
const deleted = (requests: number) => ['info', 'deleted requests past retention', { requests }];

it('deletes what is past retention at the start, page by page, and again after an hour', async () => {
  const { befores, clock, erased, forgotten, logged } = start();
  await quiet();
  expect(erased).toEqual([1, 2, 3]);
  expect(befores).toEqual([-30 * day, -30 * day, -30 * day]);
  expect(forgotten).toEqual([-hour]);
  expect(logged).toEqual([deleted(3)]);
  await clock.advance(hour - 1);
  await quiet();
  expect(erased).toHaveLength(3);
  await clock.advance(1);
  await quiet();
  expect(erased).toHaveLength(6);
  expect(befores.at(-1)).toBe(hour - 30 * day);
  expect(forgotten).toEqual([-hour, 0]);
});

it('deletes only interactions if requests are kept forever', async () => {
  const { befores, forgotten, logged } = start({ retentionDays: 'forever' });
  await quiet();
  expect(befores).toEqual([]);
  expect(forgotten).toEqual([-hour]);
  expect(logged).toEqual([]);
});

it('counts only requests that it deleted, not those that another process deleted', async () => {
  const { logged } = start({ erase: async (id) => id === 2 });
  await quiet();
  expect(logged).toEqual([deleted(1)]);
});

it('says nothing if another process deleted all of them', async () => {
  const { logged } = start({ erase: async () => false });
  await quiet();
  expect(logged).toEqual([]);
});

it('deletes the others if one can’t be deleted, and retries after an hour', async () => {
  const error = new Error('locked');
  const errors = [error];
  const { clock, erased, logged } = start({
    async erase(id) {
      const failure = id === 1 ? errors.shift() : undefined;
      if (failure !== undefined) throw failure;
      return true;
    },
  });
  await quiet();
  expect(logged).toEqual([
    ['error', 'a request past retention could not be deleted', { request: 1, error }],
    deleted(2),
  ]);
  await clock.advance(hour);
  await quiet();
  expect(erased).toEqual([1, 2, 3, 1, 2, 3]);
  expect(logged.at(-1)).toEqual(deleted(3));
});

it('deletes requests even if interactions can’t be forgotten, and logs that', async () => {
  const error = new Error('no database');
  const { logged } = start({ forget: () => Promise.reject(error) });
  await quiet();
  expect(logged).toHaveLength(2);
  expect(logged).toContainEqual(deleted(3));
  expect(logged).toContainEqual([
    ...['error', 'data past retention could not be deleted', { error }],
  ]);
});

it('deletes nothing more once it is stopped', async () => {
  const {
    erased,
    logged,
    stop: end,
  } = start({
    async erase(id) {
      if (id === 1) void end();
      return true;
    },
  });
  await quiet();
  await end();
  expect(erased).toEqual([1]);
  expect(logged).toEqual([]);
});
