import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RateLimits } from '../../src/ports/rateLimits';
import type { Database } from '../../src/store/database';
import { createRateLimits, findTurns, holdTurns, passTurns } from '../../src/store/rateLimits';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { databases } from '../support/startTestFerry';

describe.each(databases)('on %s, turns', (name) => {
  let folder: string;
  let db: Database;
  let limits: RateLimits;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-turns-'));
    db = await openOrFail(await aDatabase(name, folder));
    limits = createRateLimits(db, name);
  });
  afterEach(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });

  const start = Date.UTC(2026, 0, 1);
  const at = (ms: number) => new Date(start + ms);
  const take = async (now: number, spacingMs: number, burst: number, of = 'one') =>
    (await limits.takeTurn(of, at(now), { spacingMs, burst })).getTime() - start;
  const attempt = async (now: number, spacingMs: number, burst: number, of = 'one') => {
    const turn = await limits.tryTurn(of, at(now), { spacingMs, burst });
    return turn.ok ? 'now' : turn.freeAt.getTime() - start;
  };

  it('that are reserved have equal distances, for each name', async () => {
    expect([await take(0, 100, 0), await take(0, 100, 0), await take(0, 100, 0)]).toEqual([
      0, 100, 200,
    ]);
    expect(await take(0, 100, 0, 'another')).toBe(0);
    expect(await take(250, 100, 0)).toBe(300);
    expect(await take(1_000, 100, 0)).toBe(1_000);
    expect(await take(1_000, 100, 0)).toBe(1_100);
  });

  it('that are reserved may come in a limited burst after a pause', async () => {
    const turns: number[] = [];
    for (let count = 0; count < 5; count += 1) turns.push(await take(0, 100, 2));
    expect(turns).toEqual([-200, -100, 0, 100, 200]);
    const afterPause: number[] = [];
    for (let count = 0; count < 4; count += 1) afterPause.push(await take(10_000, 100, 2));
    expect(afterPause).toEqual([9_800, 9_900, 10_000, 10_100]);
  });

  it('have at least the full distance if it is not a whole number', async () => {
    expect([await take(0, 33.3, 0), await take(0, 33.3, 0)]).toEqual([0, 34]);
    expect([await attempt(0, 33.3, 0, 'two'), await attempt(33, 33.3, 0, 'two')]).toEqual([
      'now',
      34,
    ]);
  });

  it('that are attempted are only taken if they are free', async () => {
    expect(await attempt(0, 100, 0)).toBe('now');
    expect(await attempt(0, 100, 0)).toBe(100);
    expect(await attempt(99, 100, 0)).toBe(100);
    expect(await attempt(100, 100, 0)).toBe('now');
    expect(await attempt(100, 100, 0, 'another')).toBe('now');
    expect(await attempt(150, 100, 0)).toBe(200);
  });

  it('that are attempted late only delay the next ones within the pace', async () => {
    const burst = 0.25;
    expect(await attempt(0, 100, burst)).toBe('now');
    expect(await attempt(0, 100, burst)).toBe(75);
    expect(await attempt(95, 100, burst)).toBe('now');
    expect(await attempt(95, 100, burst)).toBe(175);
    expect(await attempt(1_000, 100, burst)).toBe('now');
    expect(await attempt(1_000, 100, burst)).toBe(1_075);
  });

  const found = async (names: readonly string[]) =>
    [...(await findTurns(db, names, at(0)))].map(([each, next]) => [each, next - start]).sort();

  it('are found by name, and those that were never taken are missing', async () => {
    expect(await found([])).toEqual([]);
    await take(0, 100, 0);
    await take(50, 100, 0, 'another');
    await take(90, 100, 0, 'a third');
    expect(await found(['one', 'another', 'none'])).toEqual([
      ['another', 150],
      ['one', 100],
    ]);
  });

  it('that passed are remembered for each name, replacing earlier times', async () => {
    await passTurns(db, ['one', 'another'], at(70));
    await passTurns(db, ['one'], at(30));
    expect(await found(['one', 'another'])).toEqual([
      ['another', 70],
      ['one', 30],
    ]);
  });

  describe('that were taken while a clock was half an hour ahead', () => {
    const ahead = 30 * 60_000;
    beforeEach(async () => {
      await take(ahead, 100, 2);
    });

    it('are free', async () => {
      expect(await attempt(0, 100, 0)).toBe('now');
      expect(await attempt(0, 100, 0)).toBe(100);
    });

    it('are reserved as after a pause', async () => {
      expect([await take(0, 100, 2), await take(0, 100, 2)]).toEqual([-200, -100]);
    });

    it('do not delay a post', async () => {
      expect(await found(['one'])).toEqual([]);
      await take(0, 100, 0);
      expect(await found(['one'])).toEqual([['one', 100]]);
    });

    it('are blocked as soon as a server asks to wait', async () => {
      await holdTurns(db, 'one', at(60_000));
      expect(await attempt(0, 100, 0)).toBe(60_000);
    });

    it('are not free if their pace allows that', async () => {
      const pace = { spacingMs: 100, burst: 0, aheadMs: 2 * ahead };
      expect((await limits.tryTurn('one', at(0), pace)).ok).toBe(false);
    });
  });

  it('are blocked until the requested time, which is never moved forward', async () => {
    await take(0, 100, 0);
    await take(0, 100, 0, 'another');
    await holdTurns(db, 'one', at(500));
    expect(await attempt(499, 100, 0)).toBe(500);
    await holdTurns(db, 'one', at(300));
    expect(await attempt(499, 100, 0)).toBe(500);
    expect(await attempt(100, 100, 0, 'another')).toBe('now');
    expect(await attempt(500, 100, 0)).toBe('now');
  });
});
