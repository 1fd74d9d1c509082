import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from '../../src/domain/time/offset';
import type { RateLimits, Slot } from '../../src/ports/rateLimits';
import type { Database } from '../../src/store/database';
import { createRateLimits } from '../../src/store/rateLimits';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { databases } from '../support/startTestFerry';

const start = Date.UTC(2026, 0, 1);
const at = (ms: number) => new Date(start + ms);
const holdMs = 60_000;

describe.each(databases)('on %s, slots', (name) => {
  let folder: string;
  let opened: Database[];
  /** One per process. They share the database. */
  let processes: RateLimits[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-slots-'));
    const location = await aDatabase(name, folder);
    opened = [];
    for (let index = 0; index < (name === 'sqlite' ? 1 : 4); index += 1) {
      opened.push(await openOrFail(location));
    }
    processes = opened.map((db) => createRateLimits(db, name));
  });
  afterEach(async () => {
    await Promise.all(opened.map((db) => db.destroy()));
    rmSync(folder, { recursive: true });
  });

  const limits = (index = 0): RateLimits => {
    const found = processes[index % processes.length];
    if (found === undefined) throw new Error('no process');
    return found;
  };
  const attempt = (ms: number, count = 2, of = 'one', index = 0) =>
    limits(index).trySlot(of, at(ms), { count, holdMs });
  const take = async (ms: number, count?: number, of?: string): Promise<Slot> => {
    const taken = await attempt(ms, count, of);
    if (!taken.ok) throw new Error('no slot is free');
    return taken.slot;
  };
  const free = (slot: Slot, ms: number) => limits().freeSlot(slot, at(ms));
  const busyUntil = (ms: number) => ({ ok: false, freeAt: at(ms) });

  it('are as many as requested, for each name', async () => {
    const [first, second] = [await take(0), await take(10)];
    expect(second.name).not.toBe(first.name);
    expect(first.heldUntil).toEqual(at(holdMs));
    expect(await attempt(20)).toEqual(busyUntil(holdMs));
    await take(20, 2, 'another');
    await take(20, 3);
  });

  it('are free from the given time on', async () => {
    const [first, second] = [await take(0), await take(0)];
    await free(second, 1_500);
    await free(first, 2_000);
    expect(await attempt(1_499)).toEqual(busyUntil(1_500));
    expect(await take(1_500)).toEqual({ ...second, heldUntil: at(1_500 + holdMs) });
    expect(await attempt(1_999)).toEqual(busyUntil(2_000));
    expect((await take(2_000)).name).toBe(first.name);
  });

  it('are free when their hold ends, because the process that held them died', async () => {
    await take(0, 1);
    expect(await attempt(holdMs - 1, 1)).toEqual(busyUntil(holdMs));
    await take(holdMs, 1);
  });

  it('are not freed by a process whose hold ended', async () => {
    const lost = await take(0, 1);
    await take(holdMs, 1);
    await free(lost, holdMs);
    expect(await attempt(holdMs, 1)).toEqual(busyUntil(2 * holdMs));
  });

  it('are freed once', async () => {
    const slot = await take(0, 1);
    await free(slot, 1_000);
    await free(slot, 500);
    expect(await attempt(999, 1)).toEqual(busyUntil(1_000));
  });

  it('that were taken while a clock was half an hour ahead are free', async () => {
    await take(30 * 60_000, 1);
    const slot = await take(0, 1);
    expect(slot.heldUntil).toEqual(at(holdMs));
    expect(await attempt(0, 1)).toEqual(busyUntil(holdMs));
  });

  it('above a lowered limit are not used', async () => {
    for (const ms of [0, 1, 2]) await take(ms, 3);
    expect(await attempt(3, 1)).toEqual(busyUntil(holdMs));
    await take(holdMs, 1);
    expect(await attempt(holdMs, 1)).toEqual(busyUntil(2 * holdMs));
  });

  it('are held by one call each, however many processes want them', async () => {
    const count = 20;
    const held = new Map<string, Date>();
    let taken = 0;
    const work = async (index: number): Promise<void> => {
      for (let ms = 0; ms < 200; ms += 1) {
        const now = at(ms);
        const got = await limits(index).trySlot('one', now, { count, holdMs });
        if (!got.ok) continue;
        const { slot } = got;
        expect(held.has(slot.name)).toBe(false);
        held.set(slot.name, slot.heldUntil);
        taken += 1;
        if (index % 3 === 0) await limits(index).trySlot('another', now, { count, holdMs });
        held.delete(slot.name);
        await limits(index).freeSlot(slot, index % 2 === 0 ? now : after(now, 3));
      }
    };
    await Promise.all(Array.from({ length: 12 }, (_, index) => work(index)));
    expect(taken).toBeGreaterThan(500);
    for (const ms of Array(count).keys()) await take(1_000 + ms, count);
    expect(await attempt(2_000, count)).toMatchObject({ ok: false });
  }, 60_000);

  it('are all taken if as many processes start at once', async () => {
    const all = Array.from({ length: 24 }, async (_, index): Promise<string | undefined> => {
      for (let tries = 0; tries < 24; tries += 1) {
        const got = await attempt(0, 20, 'one', index);
        if (got.ok) return got.slot.name;
        if (got.freeAt > at(0)) return undefined;
      }
      throw new Error('too many tries');
    });
    const names = (await Promise.all(all)).filter((each) => each !== undefined);
    expect(new Set(names).size).toBe(20);
    expect(names).toHaveLength(20);
  });
});
