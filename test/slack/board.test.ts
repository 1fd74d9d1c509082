import {
  ALICE,
  DB_MIGRATIONS,
  type SlackWorkspace,
  startSlack,
} from '../../playground/slack/index';
import { BOT_ID } from '../../playground/slack/workspace/seed';
import { type FollowedJob, followed } from '../../src/domain/job/followed';
import type { EventPayload, RequestEvent } from '../../src/domain/request/requestEvent';
import { silentLog } from '../../src/operations/log';
import { createBoard } from '../../src/slack/board';
import { interactiveClient } from '../../src/slack/clients';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { aSeenJob } from '../support/storeOn';
import { en } from '../support/words';

const at = new Date('2026-05-04T10:00:00Z');
const workspaceUrl = 'https://example.slack.com/';

let slack: SlackWorkspace;
beforeEach(async () => {
  slack = await startSlack();
});
afterEach(() => slack.close());

const board = (url: string | undefined = undefined) =>
  createBoard({
    ...{ botId: BOT_ID, messages: en, site: 'mainland', workspaceUrl: url },
    client: interactiveClient(slack.botToken, slack.apiUrl, silentLog),
  });
const request = aRequest({
  ...{ rule: aRule({ channel: DB_MIGRATIONS }), channel: DB_MIGRATIONS, askedAt: new Date() },
  requester: { userId: ALICE, name: 'Alice' },
});
const eventOf = (payload: EventPayload, seq = 2): RequestEvent => ({
  ...{ requestId: request.id, seq, revision: 1, at, payload },
  by: { userId: ALICE, name: 'Alice' },
});
const withJob = (changes: Partial<FollowedJob>) =>
  aRequest({
    ...request,
    state: { status: 'created', approvals: [], jobId: 'dts-1', at },
    job: { ...aSeenJob('running'), ...changes },
  });
const stepping = (percent: number) => {
  const { since: _, seenAt: __, ...seen } = aSeenJob('running');
  const steps = [{ name: 'Export', status: 'running' as const, percent }];
  return withJob(followed(undefined, { ...seen, steps }, at));
};
/** What a call of the board left in the thread, without what Slack adds. */
const posts = () => slack.callsOf('chat.postMessage').map(({ args }) => args);
const updates = () => slack.callsOf('chat.update').map(({ args }) => args);
const textAt = (ts: string) => slack.messages(DB_MIGRATIONS).find((each) => each.ts === ts)?.text;

it.each(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long'])(
  'a reply whose layout Slack refuses with %s is posted as its text alone',
  async (error) => {
    const event = eventOf({ type: 'withdrawn' });
    const card = await board().postCard(request);
    slack.faults.next('chat.postMessage', { kind: 'error', error });
    await board().reply(card, request, event, {});
    const [, refused, plain] = posts();
    expect(refused).toHaveProperty('blocks');
    expect(plain).not.toHaveProperty('blocks');
    expect(plain?.['text']).toBe(refused?.['text']);
    expect(await board().hasReply(card, request, event)).toBe(true);
  },
);

it.each(['msg_too_long', 'internal_error', '<html>'])(
  'a reply that Slack refuses with %s is not posted without its buttons',
  async (error) => {
    const card = await board().postCard(request);
    slack.faults.next('chat.postMessage', { kind: 'error', error });
    const reply = board().reply(card, request, eventOf({ type: 'withdrawn' }), {});
    await expect(reply).rejects.toThrow(error);
    expect(posts()).toHaveLength(2);
  },
);

describe('a card', () => {
  it('is drawn again if its job changes, but not for a lag in the same range', () => {
    const digest = (changes: Partial<FollowedJob>) =>
      board().digest(withJob({ status: 'ready_complete', ...changes }));
    const drawn = digest({ lagSeconds: 0, lagMegabytes: 0 });
    expect(digest({ lagSeconds: 4, lagMegabytes: 4 })).toBe(drawn);
    expect(digest({ lagSeconds: 60, lagMegabytes: 0 })).not.toBe(drawn);
    expect(digest({ lagSeconds: 0, lagMegabytes: 60 })).not.toBe(drawn);
    expect(digest({ lagSeconds: 0, lagMegabytes: 0, status: 'paused' })).not.toBe(drawn);
    expect(board().digest(request)).not.toBe(drawn);
  });

  it('is found, and updated in place', async () => {
    const card = await board().postCard(request);
    expect(card).toEqual({
      channel: DB_MIGRATIONS,
      ts: expect.any(String),
      digest: board().digest(request),
    });
    expect(await board().findCard(request)).toEqual({ ...card, digest: '' });
    expect(await board().findCard({ ...request, origin: 'V8' })).toBeUndefined();
    const created = withJob({});
    expect(await board().updateCard(created, card)).toEqual({
      ...card,
      digest: board().digest(created),
    });
    expect(updates()).toMatchObject([{ channel: DB_MIGRATIONS, ts: card.ts }]);
    expect(textAt(card.ts)).toBe(updates()[0]?.['text']);
    expect(posts()).toHaveLength(1);
  });
});

describe('a reply', () => {
  it.each<[boolean | undefined, EventPayload]>([
    [true, { type: 'break_glass', reason: 'fire' }],
    [undefined, { type: 'denied', reason: 'no' }],
    [undefined, { type: 'withdrawn' }],
  ])('is shown in the channel, too (%s): %j', async (broadcast, payload) => {
    const card = await board().postCard(request);
    const event = eventOf(payload);
    expect(board().isTold(request, event)).toBe(true);
    expect(await board().hasReply(card, request, event)).toBe(false);
    await board().reply(card, request, event, {});
    expect(posts()[1]).toMatchObject({ channel: DB_MIGRATIONS, thread_ts: card.ts });
    expect(posts()[1]?.['reply_broadcast']).toBe(broadcast === undefined ? undefined : 'true');
    expect(await board().hasReply(card, request, event)).toBe(true);
    expect(await board().hasReply(card, request, { ...event, seq: 3 })).toBe(false);
  });

  it('is not posted about an event that has none', async () => {
    const card = await board().postCard(request);
    const event = eventOf({ type: 'requested' }, 1);
    expect(board().isTold(request, event)).toBe(false);
    await board().reply(card, request, event, {});
    expect(posts()).toHaveLength(1);
  });

  const failed = eventOf({
    ...{ type: 'failed', operation: 'create_job' },
    problem: { kind: 'not_sent', detail: 'no route' },
  });
  const failure = {
    ...request,
    state: {
      ...{ status: 'failed' as const, approvals: [], at },
      problem: { kind: 'not_sent' as const, detail: 'no route' },
    },
  };

  it('loses its buttons once nobody can act on it', async () => {
    const card = await board().postCard(failure);
    await board().reply(card, failure, failed, {});
    const [reply] = slack.messages(DB_MIGRATIONS).filter(({ threadTs }) => threadTs === card.ts);
    await board().closeReply(card, failure, failed);
    expect(updates()).toMatchObject([{ channel: DB_MIGRATIONS, ts: reply?.ts }]);
    const closed = slack.messages(DB_MIGRATIONS).find(({ ts }) => ts === reply?.ts);
    expect(JSON.stringify(reply?.blocks)).toContain('"type":"button"');
    expect(JSON.stringify(closed?.blocks)).not.toContain('"type":"button"');
  });

  it('that does not exist is not closed', async () => {
    const card = await board().postCard(failure);
    await board().closeReply(card, failure, failed);
    expect(updates()).toEqual([]);
  });

  it('may be deleted while it is closed, and every other problem is reported', async () => {
    const card = await board().postCard(failure);
    await board().reply(card, failure, failed, {});
    slack.faults.next('chat.update', { kind: 'error', error: 'message_not_found' });
    await board().closeReply(card, failure, failed);
    slack.faults.next('chat.update', { kind: 'error', error: 'internal_error' });
    const closing = board().closeReply(card, failure, failed);
    await expect(closing).rejects.toThrow('internal_error');
  });
});

describe('the progress of a job', () => {
  it('is found, and updated in place until it is gone', async () => {
    const [early, late] = [stepping(5), stepping(60)];
    const card = await board().postCard(early);
    expect(await board().findProgress(card, early)).toBeUndefined();
    const ts = await board().postProgress(card, early);
    expect(posts()[1]).toMatchObject({ channel: DB_MIGRATIONS, thread_ts: card.ts });
    expect(posts()[1]).not.toHaveProperty('reply_broadcast');
    expect(await board().findProgress(card, early)).toBe(ts);
    expect(await board().updateProgress(card, ts, late)).toBe('updated');
    expect(updates()).toMatchObject([{ channel: DB_MIGRATIONS, ts }]);
    expect(board().progressDigest(late)).not.toBe(board().progressDigest(early));
    slack.faults.next('chat.update', { kind: 'error', error: 'message_not_found' });
    expect(await board().updateProgress(card, ts, late)).toBe('gone');
    slack.faults.next('chat.update', { kind: 'error', error: 'internal_error' });
    await expect(board().updateProgress(card, ts, late)).rejects.toThrow('internal_error');
  });

  it('is not shown before the first step', async () => {
    const none = withJob({});
    expect(board().progressDigest(none)).toBeUndefined();
    const card = await board().postCard(none);
    await expect(board().postProgress(card, none)).rejects.toThrow('no progress');
    expect(await board().updateProgress(card, card.ts, none)).toBe('updated');
    expect(updates()).toEqual([]);
    expect(posts()).toHaveLength(1);
  });
});

describe('the list of jobs', () => {
  const jobs = { requests: [withJob({})], more: false, page: 0, unsure: false };
  const cards = new Map([
    [request.id, { channel: DB_MIGRATIONS, ts: '1700000000.000100', digest: '' }],
  ]);

  it('is found in its channel from the time on at which it was due', async () => {
    expect(await board().hasDigest(DB_MIGRATIONS, new Date())).toBe(false);
    slack.as(ALICE).sayWithApp(DB_MIGRATIONS, { event_type: 'ferry_digest', event_payload: {} });
    expect(await board().hasDigest(DB_MIGRATIONS, new Date())).toBe(false);
    await board().postDigest(DB_MIGRATIONS, jobs, new Map());
    expect(posts()).toMatchObject([{ channel: DB_MIGRATIONS }]);
    expect(await board().hasDigest(DB_MIGRATIONS, new Date())).toBe(true);
    // The clocks may differ by a minute.
    expect(await board().hasDigest(DB_MIGRATIONS, new Date(Date.now() + 120_000))).toBe(false);
  });

  it.each([
    ['links cards', workspaceUrl, cards, true],
    ['links no card of an unknown workspace', undefined, cards, false],
    ['links no request without a card', workspaceUrl, new Map(), false],
  ] as const)('%s', async (_, url, posted, isLinked) => {
    await board(url).postDigest(DB_MIGRATIONS, jobs, posted);
    const link = `${workspaceUrl}archives/${DB_MIGRATIONS}/p1700000000000100`;
    expect(JSON.stringify(posts()).includes(link)).toBe(isLinked);
  });
});
