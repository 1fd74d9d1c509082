import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '../../src/domain/policy/policy';
import { createStore } from '../../src/store/createStore';
import type { Database } from '../../src/store/database';
import { createReview } from '../../src/workflow/reviewRules';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { aDraft } from '../support/aForm';
import { aRule } from '../support/aRule';

const now = new Date('2026-05-04T10:00:00Z');
const count = 30;
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the review of open requests', () => {
  let folder: string;
  let db: Database;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-review-'));
    db = await openOrFail(await aDatabase('sqlite', folder));
    const { requests } = createStore(db, 'sqlite', () => now);
    for (let index = 0; index < count; index += 1) {
      await requests.add(
        {
          ...{ origin: `V${index}`, at: now, askedIn: 'C1', reason: 'why', rule: aRule() },
          requester: { userId: 'UASK', name: 'Asker' },
          parameters: aDraft().parameters,
          secrets: {},
          observed: {},
          sealed: {},
        },
        count,
      );
    }
  });
  afterAll(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });

  /** A review under a policy with another quorum. `info` gets a line for each changed request. */
  const reviewOf = (
    info: (line: string, facts?: unknown) => void,
    quorum = 2,
    begins: () => void = () => {},
    error: (line: string, facts?: unknown) => void = () => {},
  ) => {
    const policy: Policy = { rules: [], otherwise: aRule({ required: quorum }) };
    const { requests } = createStore(db, 'sqlite', () => now);
    const store: typeof requests = {
      ...requests,
      async open() {
        begins();
        return requests.open();
      },
    };
    return createReview({
      clock: { now: () => now, sleepUntil: nextTurn },
      log: {
        info,
        warn() {},
        error,
      },
      metrics: { measure() {} },
      store,
      directory: {
        person: async () => ({ name: '', standing: 'member' }),
        standing: async () => 'member',
        sees: async () => 'yes',
        isAmong: async () => 'yes',
      },
      policy: () => policy,
      wakeAnnouncer() {},
      wakeLauncher() {},
    });
  };

  it('ends at once when Ferry stops', async () => {
    const changed: unknown[] = [];
    const review = reviewOf((_, facts) => changed.push(facts));
    let ended = false;
    const running = review.run().then(() => {
      ended = true;
    });
    while (changed.length < 3) await nextTurn();
    await review.stop();
    expect(ended).toBe(true);
    await running;
    expect(changed.length).toBeLessThan(count);
  });

  it('lets other work run in between', async () => {
    let changed = 0;
    const review = reviewOf(() => {
      changed += 1;
    });
    let ended = false;
    const running = review.run().then(() => {
      ended = true;
    });
    let turns = 0;
    while (!ended) {
      await nextTurn();
      turns += 1;
    }
    await running;
    expect(changed).toBeGreaterThan(10);
    expect(turns).toBeGreaterThan(changed);
  });

  it('begins after an earlier one has ended', async () => {
    let changed = 0;
    const changedBefore: number[] = [];
    const review = reviewOf(
      () => {
        changed += 1;
      },
      3,
      () => changedBefore.push(changed),
    );
    await Promise.all([review.run(), review.run()]);
    expect(changedBefore).toEqual([0, count]);
  });

  describe('if requests are damaged', () => {
    const whole = new Map<number, string>();
    const damage = async (...ids: number[]): Promise<void> => {
      const rows = await db.selectFrom('requests').select(['id', 'state']).execute();
      for (const { id, state } of rows.filter((row) => ids.includes(row.id))) {
        whole.set(id, state);
        await db.updateTable('requests').set({ state: 'damaged' }).where('id', '=', id).execute();
      }
    };
    afterEach(async () => {
      for (const [id, state] of whole) {
        await db.updateTable('requests').set({ state }).where('id', '=', id).execute();
      }
      whole.clear();
    });

    const reviewed = async (quorum: number) => {
      let changed = 0;
      const failed: unknown[] = [];
      const note = (message: string, fields?: unknown) => void failed.push({ message, fields });
      const count = () => {
        changed += 1;
      };
      await reviewOf(count, quorum, () => {}, note).run();
      return { changed, failed };
    };
    const message = 'the rules of waiting requests could not be reviewed';
    const lineFor = (request: number) => ({
      message,
      fields: { request, error: expect.any(Error) },
    });

    it('names each of them, and reviews the others', async () => {
      const ids = [3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23];
      await damage(...ids);
      expect(await reviewed(4)).toEqual({
        changed: count - ids.length,
        failed: ids.map(lineFor),
      });
    });

    it('ends after ten in a row, because then the store must be the problem', async () => {
      const ids = Array.from({ length: 11 }, (_, index) => index + 3);
      await damage(...ids);
      expect(await reviewed(5)).toEqual({ changed: 2, failed: ids.slice(0, 10).map(lineFor) });
    });
  });

  it('names none if the list of requests could not be read', async () => {
    const lines: unknown[] = [];
    const note = (message: string, fields?: unknown) => void lines.push({ message, fields });
    const error = new Error('no store');
    const failing = () => {
      throw error;
    };
    await reviewOf(() => {}, 2, failing, note).run();
    const message = 'the rules of waiting requests could not be reviewed';
    expect(lines).toEqual([{ message, fields: { request: undefined, error } }]);
  });
});
