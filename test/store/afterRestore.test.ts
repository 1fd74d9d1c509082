import type { MigrationRequest } from '../../src/domain/request/request';
import { success } from '../../src/domain/result';
import { prepareRestored } from '../../src/store/afterRestore';
import { databases } from '../support/startTestFerry';
import { began, bobsApproval, minutes, type StoreOn, storeOn } from '../support/storeOn';

const problem = { kind: 'not_sent', detail: 'no route' } as const;
const card = (ts: string) => ({ channel: 'C1', ts, digest: 'd' });

describe.each(databases)('on %s, a restored database', (name) => {
  let store: StoreOn;
  beforeEach(async () => {
    store = await storeOn(name);
  });
  afterEach(() => store.close());

  /** Gives an open request a job. */
  const withJob = async (request: MigrationRequest) => {
    const jobId = `dts-${request.id}`;
    await store.move(
      request,
      { status: 'prepared', approvals: [], jobId, at: began, since: began, reminders: 0 },
      { type: 'created', how: 'answered', jobId, approve: 'before_start' },
    );
    return request;
  };
  /** Its job was not created. Someone may have retried it after the backup. */
  const fail = (request: MigrationRequest) =>
    store.move(
      request,
      { status: 'failed', approvals: [bobsApproval], problem, at: began },
      { type: 'failed', operation: 'create_job', problem },
    );
  const prepare = (now = minutes(60)) => prepareRestored(store.db, name, now);

  it('is left as it is while a process works on one of its requests', async () => {
    const { id } = await store.ask();
    await store.leases('launching').take(id, began, minutes(1));
    const rows = () => store.db.selectFrom('leases').selectAll().execute();
    const held = await rows();
    // With SQLite there is a single process, which needs no leases.
    const isShared = name === 'postgres';
    expect(held).toHaveLength(isShared ? 1 : 0);
    const refused = { ok: false, problem: 'in_use' };
    expect(await prepare(began)).toMatchObject(isShared ? refused : { ok: true });
    expect(await rows()).toEqual(held);
    if (isShared) expect((await store.ask()).id).toBe(id + 1);
    expect(await prepare(minutes(1))).toMatchObject({ ok: true });
  });

  it('skips a thousand numbers of requests', async () => {
    const before = await store.ask();
    await prepare();
    expect((await store.ask()).id).toBe(before.id + 1_001);
    await prepare();
    expect((await store.ask()).id).toBe(before.id + 2_002);
  });

  it('skips them also before the first request', async () => {
    await prepare();
    expect((await store.ask()).id).toBeGreaterThan(1_000);
  });

  it('has the cards of open requests drawn again, with the replies that nobody posted', async () => {
    const posted = async (ts: string | undefined) => {
      const request = await store.ask();
      const announcement = {
        ...{ card: ts === undefined ? undefined : card(ts), toldSeq: 1, sending: undefined },
        ...{ seenVersion: 1, holdUntil: undefined },
      };
      for (const [audience, kind] of [
        ['channel', 'announcing'],
        ['requester', 'informing'],
      ] as const) {
        await store.leases(kind).take(request.id, began, minutes(60));
        await store.announcements.save(request.id, audience, announcement);
      }
      return request;
    };
    const open = await posted('1.1');
    const withNews = await store.ask();
    const changed = await posted('1.2');
    await withJob(changed);
    const failed = await posted('1.4');
    await fail(failed);
    const ended = await posted('1.3');
    await store.withdraw(ended);
    const cardless = await posted(undefined);
    const find = (id: number, audience: 'channel' | 'requester' = 'channel') =>
      store.announcements.find(id, audience);
    const before = {
      ended: await find(ended.id),
      cardless: await find(cardless.id),
      withNews: await find(withNews.id),
      direct: await find(open.id, 'requester'),
    };
    await prepare();
    for (const [id, ts] of [
      [open.id, '1.1'],
      [changed.id, '1.2'],
      [failed.id, '1.4'],
    ] as const) {
      expect(await find(id)).toMatchObject({
        card: { ...card(ts), digest: '' },
        toldSeq: 1,
        seenVersion: 0,
      });
    }
    expect({
      ended: await find(ended.id),
      cardless: await find(cardless.id),
      withNews: await find(withNews.id),
      direct: await find(open.id, 'requester'),
    }).toEqual(before);
    const pace = { spacingMs: 0, burst: 100 };
    const due = (await store.announcements.due('channel', minutes(1), [], pace)).ids;
    expect(due.toSorted((one, other) => one - other)).toEqual(
      [open.id, withNews.id, changed.id, failed.id, ended.id].toSorted((one, other) => one - other),
    );
  });

  it('names the open and failed requests without a job, in order', async () => {
    const { id, parameters } = await store.ask();
    await withJob(await store.ask());
    await store.create(await store.ask());
    await store.withdraw(await store.ask());
    await store.watchJob('dts-watched');
    const failed = await store.ask({ entries: { JobName: 'the-failed-one' } });
    await fail(failed);
    const last = await store.ask({ entries: { JobName: 'the-last-one' } });
    expect(await prepare()).toEqual(
      success([
        { id, status: 'pending', jobName: parameters.JobName },
        { id: failed.id, status: 'failed', jobName: 'the-failed-one' },
        { id: last.id, status: 'pending', jobName: 'the-last-one' },
      ]),
    );
  });
});
