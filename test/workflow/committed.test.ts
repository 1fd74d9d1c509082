import { type CommitContext, commit, recordIf, type Step } from '../../src/workflow/commit';
import { manualClock } from '../support/manualClock';
import { type StoreOn, storeOn } from '../support/storeOn';

describe('a committed decision', () => {
  let store: StoreOn;
  beforeEach(async () => {
    store = await storeOn('sqlite');
  });
  afterEach(() => store.close());

  /** The context of a decision, and what it woke and logged. */
  const around = () => {
    const noted: string[] = [];
    const note = (message: string) => void noted.push(message);
    const context: CommitContext = {
      clock: manualClock(),
      log: { info: note, warn: note, error: note },
      metrics: { measure: () => {} },
      store: store.requests,
      wakeAnnouncer: () => note('announcer'),
      wakeLauncher: (changed) => note(`launcher ${changed?.id} ${changed?.state.status}`),
    };
    return { context, noted };
  };
  const by = { userId: 'UASK', name: 'UASK' };
  const withdraw = (at: Date): Step => ({
    ...{ kind: 'record', by },
    transition: { state: { status: 'withdrawn', by, at }, event: { type: 'withdrawn' } },
  });

  it('is recorded, and wakes the workers', async () => {
    const { id } = await store.ask();
    const { context, noted } = around();
    const result = await commit(context, id, (_, now) => withdraw(now));
    expect(result).toMatchObject({ kind: 'recorded', request: { state: { status: 'withdrawn' } } });
    expect(noted).toEqual(['request changed', `launcher ${id} withdrawn`, 'announcer']);
  });

  it('changes nothing if there is nothing to do, or no such request', async () => {
    const { id, version } = await store.ask();
    const refusal = { code: 'guest' } as const;
    const decline = { kind: 'decline', refusal } as const;
    const { context, noted } = around();
    expect(await commit(context, id, () => recordIf(undefined))).toEqual({ kind: 'nothing' });
    expect(await commit(context, id, () => decline)).toEqual({
      ...{ kind: 'refused', refusal, step: decline },
    });
    expect(await commit(context, id + 1, (_, now) => withdraw(now))).toEqual({
      kind: 'not_found',
    });
    expect((await store.requests.find(id))?.version).toBe(version);
    expect(noted).toEqual([]);
  });

  it('that is refused is recorded as an attempt, and wakes nobody', async () => {
    const { id, state } = await store.ask();
    const { context, noted } = around();
    const refusal = { code: 'guest' } as const;
    const step = { kind: 'refuse', by, action: 'approve', refusal } as const;
    const refused = await commit(context, id, () => step);
    expect(refused).toEqual({ kind: 'refused', refusal, step });
    expect(await store.requests.find(id)).toMatchObject({ version: 2, state });
    expect((await store.requests.events(id, 1))[0]).toMatchObject({
      ...{ by, payload: { type: 'attempt_refused', action: 'approve', refusal } },
    });
    expect(noted).toEqual(['request changed']);
  });

  it('is made on the result of what Ferry records first', async () => {
    const { id } = await store.ask();
    const versions: number[] = [];
    const { context } = around();
    await commit(context, id, ({ state, version }, now) => {
      versions.push(version);
      return version === 1
        ? { kind: 'record_first', transition: { state, event: { type: 'reminded', number: 1 } } }
        : withdraw(now);
    });
    expect(versions).toEqual([1, 2]);
    expect((await store.requests.events(id, 1)).map((event) => event.by?.userId)).toEqual([
      undefined,
      'UASK',
    ]);
  });
});
