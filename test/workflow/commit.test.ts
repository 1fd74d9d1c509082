import { watchEnded } from '../../src/domain/request/watch';
import { commit, commitWatch } from '../../src/workflow/commit';
import { contextOn, type WholeContext } from '../support/contextOn';
import { began, minutes, type StoreOn, storeOn } from '../support/storeOn';

const by = { userId: 'UBOB', name: 'Bob' };
/** A transaction that lost its race. */
const lost = async () => undefined;

let store: StoreOn;
let context: WholeContext;
beforeEach(async () => {
  store = await storeOn('sqlite');
  ({ context } = contextOn(store));
});
afterEach(() => store.close());

describe('a change of a request', () => {
  it('is given up after 1,000 lost races', async () => {
    const { id, state } = await store.ask();
    let decisions = 0;
    const measured: unknown[] = [];
    const losing = {
      ...context,
      store: { ...store.requests, record: lost },
      metrics: { measure: (each: unknown) => void measured.push(each) },
    };
    const committing = commit(losing, id, () => {
      decisions += 1;
      return { kind: 'record', transition: { state, event: { type: 'requested' } } };
    });
    await expect(committing).rejects.toThrow(
      `request ${id} changed 1000 times during one decision`,
    );
    expect(decisions).toBe(1_000);
    expect(measured).toEqual([]);
    expect(await store.requests.events(id, 1)).toEqual([]);
  });

  it('is decided on the request that was just read, and on the newer one if it changed', async () => {
    const request = await store.ask();
    const remind = (read: typeof request, seen: number[]) =>
      commit(context, read, ({ state, version }) => {
        seen.push(version);
        return { kind: 'record', transition: { state, event: { type: 'reminded', number: 1 } } };
      });
    const first: number[] = [];
    await remind(request, first);
    expect(first).toEqual([1]);
    const late: number[] = [];
    expect(await remind(request, late)).toMatchObject({
      kind: 'recorded',
      request: { version: 3 },
    });
    expect(late).toEqual([1, 2]);
  });

  it('is not decided if the request does not exist, or is a watch', async () => {
    const watch = await store.watchJob('dts-1');
    for (const id of [watch.id, 99]) {
      const decide = jest.fn();
      expect(await commit(context, id, decide)).toEqual({ kind: 'not_found' });
      expect(decide).not.toHaveBeenCalled();
    }
  });
});

describe('a change of a watch', () => {
  it('is decided again on the newer watch if another change came first', async () => {
    const { id } = await store.watchJob('dts-1');
    const seen: string[] = [];
    const end = (at: Date) =>
      commitWatch(context, id, async (watch) => {
        seen.push(watch.state.status);
        if (seen.length === 1) await end(minutes(1));
        return watch.state.status === 'watching'
          ? { kind: 'record', transition: watchEnded(by, at), by }
          : { kind: 'decline', refusal: { code: 'handled_already' } };
      });
    expect(await end(began)).toEqual({ kind: 'refused', refusal: { code: 'handled_already' } });
    expect(seen).toEqual(['watching', 'watching', 'unwatched']);
    expect(await store.requests.announced(id)).toMatchObject({ state: { at: minutes(1) } });
  });

  it('that is declined is not recorded, and one that is refused is', async () => {
    const { id } = await store.watchJob('dts-1');
    const refusal = { code: 'may_not_watch' } as const;
    const refused = { kind: 'refused', refusal };
    expect(await commitWatch(context, id, () => ({ kind: 'decline', refusal }))).toEqual(refused);
    expect(await store.requests.events(id, 1)).toEqual([]);
    const step = { kind: 'refuse', by, refusal, delivery: 'D1' } as const;
    expect(await commitWatch(context, id, () => step)).toEqual(refused);
    expect(await store.requests.events(id, 1)).toMatchObject([
      { by, payload: { type: 'attempt_refused', action: 'unwatch', refusal } },
    ]);
    expect(await store.requests.isHandled('D1')).toBe(true);
  });

  it('is not decided if the watch does not exist, or is a request', async () => {
    const request = await store.ask();
    for (const id of [request.id, 99]) {
      const decide = jest.fn();
      expect(await commitWatch(context, id, decide)).toEqual({ kind: 'not_found' });
      expect(decide).not.toHaveBeenCalled();
    }
  });
});

describe('after a change', () => {
  const woken: string[] = [];
  beforeEach(() => {
    woken.length = 0;
    context = {
      ...context,
      wakeAnnouncer: () => void woken.push('announcer'),
      wakeLauncher: (changed) => void woken.push(`launcher for ${changed?.id}`),
    };
  });

  it('of a request, its card is brought up to date, and it may be launched', async () => {
    const { id, state } = await store.ask();
    const transition = { state, event: { type: 'look_again', operation: 'create_job' } } as const;
    await commit(context, id, () => ({ kind: 'record', transition }));
    expect(woken).toEqual([`launcher for ${id}`, 'announcer']);
  });

  it('of a watch, its card is brought up to date', async () => {
    const { id } = await store.watchJob('dts-1');
    await commitWatch(context, id, () => ({
      kind: 'record',
      by,
      transition: watchEnded(by, began),
    }));
    expect(woken).toEqual(['announcer']);
  });

  it('that was refused, nothing has to be brought up to date', async () => {
    const { id } = await store.watchJob('dts-1');
    const refusal = { code: 'own_request' } as const;
    await commitWatch(context, id, () => ({ kind: 'refuse', by, refusal, delivery: 'D1' }));
    expect(woken).toEqual([]);
  });
});
