import { type KyselyPlugin, sql } from 'kysely';
import { createStore } from '../../src/store/createStore';
import { unsynced } from '../../src/store/unsynced';
import { began, type StoreOn, storeOn } from '../support/storeOn';

const pace = { spacingMs: 1_000, burst: 0 };
const told = { toldSeq: 1, seenVersion: 1, card: undefined, holdUntil: undefined };

describe('on SQLite, a change', () => {
  let on: StoreOn;
  beforeEach(async () => {
    on = await storeOn('sqlite');
  });
  afterEach(() => on.close());

  /** 1: a commit doesn't wait for the disk. 2: it does. */
  const level = async () => {
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(on.db);
    return rows[0]?.synchronous;
  };

  /** True if the change waits for the disk. */
  const waits = async (change: (store: ReturnType<typeof createStore>) => Promise<unknown>) => {
    let isRelaxed = false;
    const observer: KyselyPlugin = {
      transformQuery({ node }) {
        if (node.kind === 'RawNode') isRelaxed ||= node.sqlFragments.join().includes('normal');
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    await change(createStore(on.db.withPlugin(observer), 'sqlite', () => began));
    expect(await level()).toBe(2);
    return !isRelaxed;
  };

  it('of a request waits for the disk', async () => {
    const request = await on.ask();
    const state = { status: 'withdrawn', by: request.requester, at: began } as const;
    const event = { type: 'withdrawn' } as const;
    const change = { request, state, event, by: request.requester, at: began };
    expect(await waits(({ requests }) => requests.record(change))).toBe(true);
  });

  it('before a post waits, so that Ferry searches for the post; one after it does not', async () => {
    const { id } = await on.ask();
    const before = { ...told, sending: 1 };
    const after = { ...told, sending: undefined };
    expect(await waits(({ announcements }) => announcements.save(id, 'channel', before))).toBe(
      true,
    );
    expect(await waits(({ announcements }) => announcements.save(id, 'channel', after))).toBe(
      false,
    );
  });

  it('of a turn or a slot does not wait', async () => {
    const take = () => waits(({ rateLimits }) => rateLimits.takeTurn('x', began, pace));
    expect(await take()).toBe(false);
    const slots = { count: 1, holdMs: 1_000 };
    expect(await waits(({ rateLimits }) => rateLimits.trySlot('x', began, slots))).toBe(false);
    const slot = { name: 'x#0000', heldUntil: began };
    expect(await waits(({ rateLimits }) => rateLimits.freeSlot(slot, began))).toBe(false);
    const post = { place: 'C1', requesterId: 'UASK', isCard: true };
    const takePost = () => waits((store) => store.announcements.takePostTurn(post, began, pace));
    expect(await takePost()).toBe(false);
  });

  it('that shows whether the database accepts writes waits', async () => {
    expect(await waits((store) => store.probe(began))).toBe(true);
  });

  it('after a failed one waits again', async () => {
    const failed = unsynced(on.db, 'sqlite', async (db) => {
      expect((await sql<{ synchronous: number }>`pragma synchronous`.execute(db)).rows).toEqual([
        { synchronous: 1 },
      ]);
      throw new Error('refused');
    });
    await expect(failed).rejects.toThrow('refused');
    expect(await level()).toBe(2);
  });
});
