import { exampleForm } from '../../playground/exampleForm';
import { aDraft } from '../support/aForm';
import { aRule } from '../support/aRule';
import { databases } from '../support/startTestFerry';
import { storedOf } from '../support/storedOf';
import { began, minutes, type StoreOn, storeOn } from '../support/storeOn';

const by = { userId: 'UBOB', name: 'Bob' };
const operation = { name: 'create_job' } as const;
const typed = { 'SrcInfo.Password': { kind: 'typed' } } as const;
const sealed = { 'SrcInfo.Password': 'sealed' };

describe.each(databases)('on %s, a request', (name) => {
  let store: StoreOn;
  beforeEach(async () => {
    store = await storeOn(name);
  });
  afterEach(() => store.close());

  it('is stored with everything that was submitted, and its first event', async () => {
    const rule = aRule({ channel: 'C2', expiryMs: 60_000 });
    const { parameters } = aDraft({ JobName: 'orders' });
    const observed = { nameTaken: { kind: 'job', jobId: 'dts-other' } } as const;
    const request = await store.ask({
      ...{ origin: 'V1/1', askedIn: 'C9', rule, parameters, observed, sealed, secrets: typed },
      reason: 'The old server is full.',
      requester: { userId: 'UASK', name: 'Asker' },
    });
    const expected = {
      ...{ id: request.id, origin: 'V1/1', version: 1, revision: 1, revisedBy: 'V1/1' },
      ...{ editors: [], askedIn: 'C9', rule, channel: 'C2', parameters, secrets: typed, observed },
      requester: { userId: 'UASK', name: 'Asker' },
      reason: 'The old server is full.',
      askedAt: began,
      state: expect.objectContaining({ status: 'pending', since: began, expireAt: minutes(1) }),
      job: undefined,
      altered: [],
    };
    expect(request).toEqual(expected);
    expect(await store.requests.find(request.id)).toEqual(expected);
    expect(await store.requests.sealedSecrets(request.id)).toEqual(sealed);
    expect(await store.requests.events(request.id, 0)).toEqual([
      {
        ...{ requestId: request.id, seq: 1, revision: 1, at: began },
        by: { userId: 'UASK', name: 'Asker' },
        payload: { type: 'requested' },
      },
    ]);
    const { requests } = await store.workload(began);
    expect(requests.find(({ state }) => state === 'pending')).toEqual({
      state: 'pending',
      count: 1,
    });
  });

  it('says in its first event which rule created its job, if that needed no approval', async () => {
    const { id } = await store.ask({ rule: aRule({ name: 'quick', approve: 'before_start' }) });
    const [event] = await store.requests.events(id, 0);
    expect(event?.payload).toEqual({ type: 'requested', automatic: 'quick' });
  });

  it.each([
    ['editors', '[1]'],
    ['rule', '{}'],
    ['parameters', '{}'],
    ['secrets', '{"SrcInfo.Password":{"kind":"guessed"}}'],
    ['observed', '{"source":{}}'],
    ['state', '{"status":"pending"}'],
  ] as const)('is not read if its %s is damaged: %s', async (column, damage) => {
    const request = await store.ask();
    await store.db
      .updateTable('requests')
      .set({ [column]: damage })
      .where('id', '=', request.id)
      .execute();
    await expect(store.requests.find(request.id)).rejects.toThrow();
  });

  it('is stored once for each form, and returned unchanged after that', async () => {
    const first = await store.add({ origin: 'V1/1', reason: 'one' });
    const again = await store.add({ origin: 'V1/1', reason: 'two' });
    expect(first).toMatchObject({ added: true });
    expect(again).toEqual({ ...first, added: false });
    expect(await store.requests.events(storedOf(first).id, 1)).toEqual([]);
  });

  it('is refused if the requester has too many other open requests', async () => {
    const stored = await store.ask({ origin: 'V1/1' });
    await store.ask({ who: 'UBOB' });
    await store.watchJob('dts-w');
    await store.withdraw(await store.ask());
    expect(await store.add({ origin: 'V2/1' }, 1)).toEqual({ kind: 'too_many', open: 1 });
    expect(await store.add({ origin: 'V1/1' }, 1)).toMatchObject({ added: false });
    expect(await store.add({ origin: 'V3/1' }, 2)).toMatchObject({ added: true });
    await store.withdraw(stored);
    expect(await store.add({ origin: 'V4/1' }, 2)).toMatchObject({ added: true });
  });

  it('uses up no number if it is refused', async () => {
    const { id } = await store.ask({ who: 'UBOB' });
    expect(await store.add({ origin: 'V2/1', who: 'UBOB' }, 1)).toMatchObject({ kind: 'too_many' });
    expect((await store.ask({ origin: 'V3/1' })).id).toBe(id + 1);
  });

  it('changes with its event, and only from the version that was read', async () => {
    const request = await store.ask({ secrets: typed, sealed });
    const state = { status: 'denied', by, at: minutes(1), reason: 'no' } as const;
    const denial = { state, event: { type: 'denied', reason: 'no' }, by, at: minutes(1) } as const;
    const delivery = 'D1';
    expect(await store.requests.isHandled(delivery)).toBe(false);
    const denied = await store.requests.record({ request, ...denial, delivery });
    expect(denied).toMatchObject({ version: 2, revision: 1, state, altered: [] });
    expect(await store.requests.find(request.id)).toEqual(denied);
    expect(await store.requests.isHandled(delivery)).toBe(true);
    expect(await store.requests.isHandled('D2')).toBe(false);
    expect(await store.requests.record({ request, ...denial, delivery: 'D2' })).toBeUndefined();
    expect(await store.requests.isHandled('D2')).toBe(false);
    expect(await store.requests.events(request.id, 1)).toEqual([
      {
        ...{ requestId: request.id, seq: 2, revision: 1, at: minutes(1), by },
        payload: { type: 'denied', reason: 'no' },
      },
    ]);
    const unknown = { ...request, id: 9_999 };
    expect(await store.requests.record({ request: unknown, ...denial })).toBeUndefined();
  });

  it('keeps typed secrets until its state needs none', async () => {
    const [request, other] = [
      await store.ask({ secrets: typed, sealed }),
      await store.ask({ secrets: typed, sealed }),
    ];
    const approvals = [{ by, at: began, revision: 1, from: [], confirmed: false }];
    const approved = await store.move(
      request,
      { status: 'approved', operation, approvals, attempts: 0 },
      { type: 'approved', count: 1, required: 1 },
    );
    expect(await store.requests.sealedSecrets(request.id)).toEqual(sealed);
    await store.create(approved);
    expect(await store.requests.sealedSecrets(request.id)).toEqual({});
    expect(await store.requests.sealedSecrets(other.id)).toEqual(sealed);
  });

  it('has the parameters, secrets, reason and rule of its newest revision', async () => {
    const [request, other] = [
      await store.ask({ secrets: typed, sealed }),
      await store.ask({ secrets: typed, sealed }),
    ];
    const { parameters } = aDraft({ JobName: 'renamed' });
    const rule = aRule({ name: 'strict', required: 2 });
    const stored = { 'SrcInfo.Password': { kind: 'env', name: 'SOURCE' } } as const;
    const revision = {
      ...{ origin: 'V9/2', parameters, reason: 'another reason', secrets: stored, rule },
      observed: {},
      sealed: { 'DstInfo.Password': 'sealed again' },
      revision: 2,
      editors: ['UBOB'],
    };
    const edited = await store.requests.record({
      ...{ request, by, at: minutes(1), revised: revision, state: request.state },
      event: { type: 'edited', differences: [], voided: 0 },
    });
    expect(edited).toMatchObject({
      ...{ revision: 2, revisedBy: 'V9/2', editors: ['UBOB'], parameters, secrets: stored, rule },
      ...{ reason: 'another reason', observed: {}, version: 2, altered: [] },
    });
    expect(await store.requests.find(request.id)).toEqual(edited);
    expect(await store.requests.liveNamesakes('renamed', '')).toHaveLength(1);
    expect(await store.requests.sealedSecrets(request.id)).toEqual(revision.sealed);
    expect(await store.requests.sealedSecrets(other.id)).toEqual(sealed);
    expect((await store.requests.events(request.id, 1))[0]?.revision).toBe(2);
  });

  it('has the rule that applies since an event', async () => {
    const request = await store.ask();
    const rule = aRule({ name: 'strict' });
    const changed = await store.requests.record({
      ...{ request, state: request.state, rule, by: undefined, at: minutes(1) },
      event: {
        type: 'rule_changed',
        from: 'usual',
        to: 'strict',
        voided: 0,
        lapsed: [],
        reopened: false,
      },
    });
    expect(changed?.rule).toEqual(rule);
    expect((await store.requests.find(request.id))?.rule).toEqual(rule);
  });

  it('has its job as Ferry saw it', async () => {
    const created = await store.create(await store.ask());
    expect(created.job).toBeUndefined();
    await store.see(created, 'running', minutes(2));
    const found = await store.requests.find(created.id);
    expect(found?.job).toMatchObject({
      ...{ status: 'running', api: '2021-12-06', since: minutes(2), seenAt: minutes(2) },
    });
  });

  it('shows which of the jobs belong to other requests', async () => {
    const [one, other] = [
      await store.create(await store.ask()),
      await store.create(await store.ask()),
    ];
    await store.create(await store.ask());
    await store.watchJob('dts-w');
    const jobs = [`dts-${one.id}`, `dts-${other.id}`, 'dts-w', 'dts-free'];
    expect(await store.requests.jobsTaken(one, jobs)).toEqual(
      new Map([[`dts-${other.id}`, other.id]]),
    );
    expect(await store.requests.jobsTaken(one, [])).toEqual(new Map());
  });

  it('is contested while another one with its job name has a call with an unknown outcome', async () => {
    const named = (JobName: string) => ({ entries: { JobName } });
    const [one, rival, stranger] = [
      await store.ask(named('orders')),
      await store.ask(named('orders')),
      await store.ask(named('others')),
    ];
    const isContested = () => store.requests.isContested(one);
    const call = { operation, approvals: [], attempt: 1, calledAt: began };
    const launch = (request: typeof one) =>
      store.move(
        request,
        { status: 'launching', ...call },
        { type: 'launched', operation: 'create_job', attempt: 1 },
      );
    expect(await isContested()).toBe(false);
    await launch(stranger);
    expect(await isContested()).toBe(false);
    const launching = await launch(rival);
    expect(await isContested()).toBe(true);
    await store.create(launching);
    expect(await isContested()).toBe(false);
    await launch(one);
    expect(await isContested()).toBe(false);
  });

  it('is due at its time, unless it is already being worked on', async () => {
    const due = (at: Date, except: readonly number[] = []) => store.requests.due(at, except);
    const rule = aRule({ expiryMs: 600_000, reminders: { afterMs: [], mention: [] } });
    const [late, early] = [
      await store.ask({ rule, at: minutes(5) }),
      await store.ask({ rule, at: began }),
    ];
    await store.withdraw(await store.ask({ rule }));
    expect(await due(minutes(9))).toEqual({ ids: [], next: minutes(10) });
    expect(await due(minutes(10))).toEqual({ ids: [early.id], next: minutes(15) });
    expect(await due(minutes(15))).toEqual({ ids: [early.id, late.id], next: undefined });
    expect(await due(minutes(15), [early.id])).toEqual({ ids: [late.id], next: undefined });
    const leases = store.leases('launching');
    await leases.take(early.id, minutes(15), minutes(20));
    if (name === 'postgres') {
      expect(await due(minutes(15))).toEqual({ ids: [late.id], next: minutes(20) });
      expect(await due(minutes(20))).toEqual({ ids: [early.id, late.id], next: undefined });
      await store.leases('announcing').take(late.id, minutes(15), minutes(20));
      expect((await due(minutes(15))).ids).toEqual([late.id]);
    } else expect((await due(minutes(15))).ids).toEqual([early.id, late.id]);
  });

  it('is due in batches of a hundred, the longest overdue first', async () => {
    const rule = aRule({ expiryMs: 60_000 });
    const ids: number[] = [];
    for (let count = 0; count < 102; count += 1)
      ids.unshift((await store.ask({ rule, at: minutes(-count) })).id);
    expect((await store.requests.due(minutes(10), [])).ids).toEqual(ids.slice(0, 100));
  });

  it('remembers each interaction once', async () => {
    await store.requests.remember('D1', began);
    await store.requests.remember('D1', minutes(5));
    expect(await store.requests.isHandled('D1')).toBe(true);
    await store.retention.forgetDeliveries(began);
    expect(await store.requests.isHandled('D1')).toBe(true);
    await store.retention.forgetDeliveries(minutes(1));
    expect(await store.requests.isHandled('D1')).toBe(false);
  });

  it('keeps the hour of a scheduled job and every other parameter', async () => {
    const entries = { ...exampleForm, 'MigrateOption.MigrateType': '3' };
    const { parameters } = aDraft(entries);
    const request = await store.ask({ parameters });
    expect((await store.requests.find(request.id))?.parameters).toEqual(parameters);
  });
});
