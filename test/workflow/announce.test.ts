import type { Announcement } from '../../src/domain/channel/announcement';
import type { MigrationRequest, RequestState } from '../../src/domain/request/request';
import type { EventPayload } from '../../src/domain/request/requestEvent';
import { type AnnounceContext, announce } from '../../src/workflow/announce';
import { aRule } from '../support/aRule';
import { fail } from '../support/fail';
import { aSeenJob, began, minutes, type StoreOn, storeOn } from '../support/storeOn';

let store: StoreOn;
let now: Date;
/** What Slack was asked to do, in order. */
let done: unknown[];
let logged: unknown[];
/** The board's answers that differ from the usual ones. */
let answers: Partial<AnnounceContext['board']>;
let context: AnnounceContext;

const archived = new Error('archived');
const gone = new Error('the card was deleted');

beforeEach(async () => {
  store = await storeOn('sqlite');
  now = minutes(1);
  done = [];
  logged = [];
  answers = {};
  const note = (level: string) => (words: string, about?: unknown) =>
    void logged.push([level, words, about]);
  context = {
    clock: { now: () => now, sleepUntil: async () => {} },
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    metrics: { measure() {} },
    postsPerSecond: 1,
    announcements: store.announcements,
    store: store.requests,
    jobs: store.jobs,
    watches: store.watches,
    rateLimits: store.rateLimits,
    wakeInformer: () => void done.push('wake informer'),
    board: {
      digest: ({ version }) => answers.digest?.(aRequestWith(version)) ?? `v${version}`,
      async postCard(request) {
        done.push(['card', request.id]);
        await answers.postCard?.(request);
        return { channel: request.channel, ts: `1.${request.id}`, digest: 'posted' };
      },
      findCard: async (request) => answers.findCard?.(request),
      async updateCard(request, card) {
        done.push(['update', card.ts]);
        return (
          (await answers.updateCard?.(request, card)) ?? { ...card, digest: `v${request.version}` }
        );
      },
      isTold: (_, { payload }) => payload.type !== 'requested' && payload.type !== 'launched',
      async reply(card, _, event, about) {
        done.push(['reply', card.ts, event.payload.type, about.approval?.payload.type]);
        await answers.reply?.(card, _, event, about);
      },
      async closeReply(_, __, event) {
        done.push(['close', event.payload.type]);
      },
      hasReply: async (...about) => (await answers.hasReply?.(...about)) ?? false,
      progressDigest: (request) => answers.progressDigest?.(request),
      async postProgress() {
        done.push('progress');
        return '1.99';
      },
      findProgress: async (...about) => answers.findProgress?.(...about),
      async updateProgress(_, ts) {
        done.push(['progress', ts]);
        return (await answers.updateProgress?.(_, ts, aRequestWith(1))) ?? 'updated';
      },
      postDigest: async () => {},
      hasDigest: async () => false,
      isCardGone: (error) => error === gone,
      channelProblem: (error) => (error === archived ? 'archived' : undefined),
    },
  };
});
afterEach(() => store.close());

let known: MigrationRequest;
const aRequestWith = (version: number): MigrationRequest => ({ ...known, version });

const run = (id = known.id) => announce(context, id);
const told = () => store.announcements.find(known.id, 'channel');
const save = async (changes: Partial<Announcement>) =>
  store.announcements.save(known.id, 'channel', { ...(await told()), ...changes });
const event = async (
  payload: EventPayload,
  at = began,
  by?: { userId: string; name: string },
  state?: RequestState,
) => {
  const request = await store.requests.find(known.id);
  if (request === undefined) throw new Error('no request');
  const recorded = await store.requests.record({
    request,
    state: state ?? request.state,
    event: payload,
    by,
    at,
  });
  if (recorded === undefined) throw new Error('not recorded');
  known = recorded;
};
const problem = { kind: 'not_sent', detail: 'no route' } as const;
const bob = { userId: 'UBOB', name: 'Bob' };

it('does nothing about a request that does not exist', async () => {
  expect(await run(99)).toBeUndefined();
  expect(done).toEqual([]);
});

describe('a card', () => {
  beforeEach(async () => {
    known = await store.ask();
  });

  it('is posted once, without a search, and updated when it would show something else', async () => {
    answers.findCard = () => fail();
    expect(await run()).toBeUndefined();
    expect(done).toEqual([['card', known.id]]);
    const card = { channel: 'C1', ts: `1.${known.id}`, digest: 'posted' };
    expect(await told()).toEqual({
      ...{ card, toldSeq: 1, sending: undefined, seenVersion: 0, holdUntil: undefined },
    });
    await run();
    expect(done.at(-1)).toEqual(['update', card.ts]);
    expect((await told()).seenVersion).toBe(1);
    const count = done.length;
    await run();
    expect(done).toHaveLength(count);
  });

  it('waits for the turn of its channel', async () => {
    const post = { place: 'C1', requesterId: 'UASK', isCard: true };
    for (let count = 0; count < 11; count += 1)
      await store.announcements.takePostTurn(post, now, { spacingMs: 1_000, burst: 10 });
    await run();
    expect(done).toEqual([]);
    expect(await told()).toMatchObject({ card: undefined, seenVersion: 1, sending: undefined });
  });

  it('is searched for if it may have been posted before a crash', async () => {
    await save({ sending: 0 });
    answers.findCard = async () => ({ channel: 'C1', ts: '1.5', digest: 'v1' });
    await run();
    expect(done).toEqual([]);
    answers.findCard = async () => ({ channel: 'C1', ts: '1.5', digest: 'old' });
    await save({ sending: 0, toldSeq: 0 });
    await run();
    expect(done).toEqual([['update', '1.5']]);
    expect(await told()).toMatchObject({ card: { ts: '1.5' }, sending: undefined });
  });

  it('is posted if the search finds nothing, or the message was deleted', async () => {
    await save({ sending: 0 });
    await run();
    expect(done).toEqual([['card', known.id]]);
    answers.updateCard = async () => 'gone';
    await run();
    expect(done.slice(1)).toEqual([
      ['update', `1.${known.id}`],
      ['card', known.id],
    ]);
  });

  it('is not replaced while a reply to it may be in transit', async () => {
    await run();
    await event({ type: 'denied', reason: 'no' }, began, bob);
    await save({ sending: 2 });
    answers.hasReply = async () => true;
    await run();
    expect(done).toEqual([
      ['card', known.id],
      ['update', `1.${known.id}`],
    ]);
    expect(await told()).toMatchObject({ sending: undefined, toldSeq: 2 });
  });
});

describe('a thread', () => {
  beforeEach(async () => {
    known = await store.ask();
    await run();
    done.length = 0;
  });
  const replies = () => done.filter((each) => Array.isArray(each) && each[0] === 'reply');
  const ts = () => `1.${known.id}`;

  it('has a reply for each event with words, in order, once', async () => {
    await event({ type: 'failed', operation: 'create_job', problem }, began);
    await event({ type: 'launched', operation: 'create_job', attempt: 1 }, began);
    await event({ type: 'denied', reason: 'no' }, began, bob);
    await run();
    expect(replies()).toEqual([
      ['reply', ts(), 'failed', undefined],
      ['reply', ts(), 'denied', undefined],
    ]);
    expect((await told()).toldSeq).toBe(4);
    await run();
    expect(replies()).toHaveLength(2);
  });

  it('continues where Slack failed, and searches for a reply that may be there', async () => {
    await event({ type: 'denied', reason: 'no' }, began, bob);
    answers.reply = async () => {
      throw new Error('the connection was lost');
    };
    await expect(run()).rejects.toThrow('the connection was lost');
    expect((await told()).sending).toBe(2);
    answers = { hasReply: async () => true };
    await run();
    expect(replies()).toHaveLength(1);
    expect(await told()).toMatchObject({ toldSeq: 2, sending: undefined });
  });

  it('continues below a new card if the card was deleted', async () => {
    await event({ type: 'denied', reason: 'no' }, began, bob);
    answers.reply = async () => {
      answers = { postCard: async () => ({ channel: 'C1', ts: '', digest: '' }) };
      throw gone;
    };
    await run();
    const [denied, card] = [
      ['reply', ts(), 'denied', undefined],
      ['card', known.id],
    ];
    expect(done).toEqual([['update', ts()], denied, card, denied]);
    expect(await told()).toMatchObject({ toldSeq: 2, sending: undefined });
  });

  it('fails if the new card is deleted, too', async () => {
    await event({ type: 'denied', reason: 'no' }, began, bob);
    answers.reply = async () => {
      throw gone;
    };
    await expect(run()).rejects.toThrow(gone);
    expect(replies()).toHaveLength(2);
  });

  it('waits for the turn of its channel', async () => {
    const post = { place: 'C1', requesterId: 'UASK', isCard: false };
    for (let count = 0; count < 10; count += 1)
      await store.announcements.takePostTurn(post, now, { spacingMs: 1_000, burst: 10 });
    await event({ type: 'denied', reason: 'no' }, began, bob);
    await run();
    expect(replies()).toEqual([]);
    expect(await told()).toMatchObject({ toldSeq: 1, seenVersion: 2 });
  });

  it('reports a last approval together with its effect', async () => {
    const approved = { type: 'approved', count: 1, required: 1, isEnough: true } as const;
    const approvals = [{ by: bob, at: now, revision: 1, from: [], confirmed: false }];
    const state = {
      status: 'approved',
      operation: { name: 'create_job' },
      approvals,
      attempts: 0,
    } as const;
    const recorded = await store.requests.record({
      ...{ request: known, state, event: approved, by: bob, at: now },
    });
    if (recorded === undefined) throw new Error('not recorded');
    known = recorded;
    await run();
    expect(replies()).toEqual([]);
    expect((await told()).holdUntil).toEqual(new Date(now.getTime() + 3_000));
    await event({ type: 'launched', operation: 'create_job', attempt: 1 }, now);
    await run();
    expect(replies()).toEqual([]);
    await event({ type: 'created', how: 'answered', jobId: 'dts-1' }, now);
    await run();
    expect(replies()).toEqual([['reply', ts(), 'created', 'approved']]);
    expect((await told()).toldSeq).toBe(4);
  });

  it('reports it alone if nothing follows, or a person acts next', async () => {
    const approved = { type: 'approved', count: 1, required: 1, isEnough: true } as const;
    await event(approved, now, bob);
    await event({ type: 'withdrawn' }, now, bob);
    await run();
    expect(replies()).toEqual([
      ['reply', ts(), 'approved', undefined],
      ['reply', ts(), 'withdrawn', undefined],
    ]);
    await event(approved, began, bob);
    await run();
    expect(replies().at(-1)).toStrictEqual(['reply', ts(), 'approved', undefined]);
  });

  it('loses the buttons of a failure that a person retries', async () => {
    await event({ type: 'failed', operation: 'create_job', problem }, began);
    await event(
      { type: 'try_again', operation: 'create_job', after: 'failed', voided: 0 },
      began,
      bob,
    );
    await run();
    expect(done).toContainEqual(['close', 'failed']);
    expect(replies()).toHaveLength(2);
  });

  it('gets no reminder that came too late, and gets it after the quiet hours otherwise', async () => {
    const quiet = { from: '00:00', to: '12:00', timeZone: 'UTC' };
    const rule = aRule({ reminders: { afterMs: [], mention: [], quiet } });
    known = await store.ask({ rule });
    await run();
    done.length = 0;
    await event({ type: 'reminded', number: 1 }, began);
    await run();
    expect(replies()).toEqual([]);
    expect(await told()).toMatchObject({ holdUntil: minutes(120), toldSeq: 1 });
    await event({ type: 'withdrawn' }, began, bob);
    await run();
    expect(replies()).toEqual([['reply', ts(), 'withdrawn', undefined]]);
    now = minutes(121);
    await event({ type: 'reminded', number: 2 }, began);
    await run();
    expect(replies().at(-1)).toStrictEqual(['reply', ts(), 'reminded', undefined]);
  });
});

describe('a reminder that was posted late', () => {
  beforeEach(async () => {
    known = await store.ask({ rule: aRule({ reminders: { afterMs: [], mention: [] } }) });
    await run();
    done.length = 0;
  });
  const replies = () =>
    done.flatMap((each) => (Array.isArray(each) && each[0] === 'reply' ? [each[2]] : []));

  it('is left out if a later one follows, but not because the channel was lost since', async () => {
    await event({ type: 'reminded', number: 1 }, began);
    await event({ type: 'reminded', number: 2 }, began);
    await event({ type: 'channel_lost', problem: 'archived' }, began);
    await run();
    expect(replies()).toEqual(['reminded', 'channel_lost']);
  });

  it('is left out if the request no longer waits', async () => {
    await event({ type: 'reminded', number: 1 }, began);
    const denied = { status: 'denied', by: bob, at: began, reason: 'no' } as const;
    await event({ type: 'denied', reason: 'no' }, began, bob, denied);
    await run();
    expect(replies()).toEqual(['denied']);
  });
});

describe('a channel in which Ferry cannot post', () => {
  const lost = ['error', 'cannot post in the channel of a request', expect.anything()];

  it('is recorded once, and Ferry retries every five minutes', async () => {
    known = await store.ask();
    answers.postCard = async () => {
      throw archived;
    };
    expect(await run()).toEqual(new Date(now.getTime() + 300_000));
    expect(await run()).toEqual(new Date(now.getTime() + 300_000));
    const events = await store.requests.events(known.id, 1);
    expect(events.map(({ payload }) => payload)).toEqual([
      { type: 'channel_lost', problem: 'archived' },
    ]);
    expect(done.filter((each) => each === 'wake informer')).toHaveLength(1);
    expect(logged.filter((line) => Array.isArray(line) && line[0] === 'error')).toEqual([
      [
        ...lost.slice(0, 2),
        { request: known.id, channel: 'C1', problem: 'archived', retryEveryMs: 300_000 },
      ],
    ]);
  });

  it('is reported in the log once messages arrive again', async () => {
    known = await store.ask();
    await event({ type: 'channel_lost', problem: 'archived' });
    await event({ type: 'denied', reason: 'no' }, began, bob);
    await run();
    expect(logged.filter((line) => Array.isArray(line) && line[1] !== 'request changed')).toEqual([
      ['info', 'the channel accepts messages again', { request: known.id, channel: 'C1' }],
    ]);
  });

  it('is recorded for a watch, too', async () => {
    const watch = await store.watchJob('dts-1');
    answers.postCard = async () => {
      throw archived;
    };
    known = await store.ask();
    expect(await run(watch.id)).toEqual(new Date(now.getTime() + 300_000));
    const events = await store.requests.events(watch.id, 1);
    expect(events.map(({ payload }) => payload.type)).toEqual(['channel_lost']);
    expect(await store.requests.announced(watch.id)).toMatchObject({
      state: { status: 'watching' },
    });
  });

  it('is not lost if Slack fails for another reason', async () => {
    known = await store.ask();
    answers.postCard = async () => {
      throw new Error('the connection was lost');
    };
    await expect(run()).rejects.toThrow('the connection was lost');
    expect(await store.requests.events(known.id, 1)).toEqual([]);
  });
});

describe('the progress of a job', () => {
  let digest: string;
  beforeEach(async () => {
    known = await store.create(await store.ask());
    await store.see(known, 'running', began, minutes(60));
    digest = 'first';
    answers.progressDigest = () => digest;
    await run();
    done = done.filter(
      (each) => each === 'progress' || (Array.isArray(each) && each[0] === 'progress'),
    );
  });
  const shown = () =>
    done.filter((each) => each === 'progress' || (Array.isArray(each) && each[0] === 'progress'));

  it('is posted once, and updated a minute later if it changed', async () => {
    expect(shown()).toEqual(['progress']);
    expect(await store.jobs.progress(known.id)).toEqual({ ts: '1.99', digest: 'first', at: now });
    await run();
    digest = 'second';
    now = new Date(minutes(2).getTime() - 1);
    await run();
    expect(shown()).toEqual(['progress']);
    now = minutes(2);
    await run();
    expect(shown()).toEqual(['progress', ['progress', '1.99']]);
    expect(await store.jobs.progress(known.id)).toEqual({ ts: '1.99', digest: 'second', at: now });
    now = minutes(4);
    await run();
    expect(shown()).toHaveLength(2);
  });

  it('is updated at once if the job has a new status', async () => {
    digest = 'second';
    now = new Date(minutes(1).getTime() + 3_000);
    const job = aSeenJob('ready_complete', new Date(minutes(1).getTime() + 2_000));
    await store.jobs.save(known, job, minutes(60));
    await run();
    expect(shown()).toEqual(['progress', ['progress', '1.99']]);
  });

  it('is posted again if the message was deleted, or searched for after a crash', async () => {
    answers.updateProgress = async () => 'gone';
    digest = 'second';
    now = minutes(2);
    await run();
    expect(shown()).toEqual(['progress', ['progress', '1.99'], 'progress']);
    await store.jobs.saveProgress(known.id, { ts: undefined, digest: '', at: minutes(2) });
    answers.updateProgress = async () => 'updated';
    answers.findProgress = async () => '1.77';
    now = minutes(4);
    await run();
    expect(shown().at(-1)).toEqual(['progress', '1.77']);
  });

  it('waits if there are many updates', async () => {
    for (let count = 0; count < 60; count += 1)
      await store.rateLimits.tryTurn('progress', minutes(2), { spacingMs: 1_500, burst: 10 });
    digest = 'second';
    now = minutes(2);
    await run();
    expect(shown()).toEqual(['progress']);
    now = new Date(minutes(2).getTime() + 1_500);
    await run();
    expect(shown()).toHaveLength(2);
  });

  it('is not posted before there is one', async () => {
    answers.progressDigest = () => undefined;
    known = await store.create(await store.ask());
    await store.see(known, 'running', began, minutes(60));
    await run();
    expect(shown()).toEqual(['progress']);
  });
});
