import { createServer, type Server } from 'node:http';
import { BOT_ID } from '../../playground/slack/workspace/seed';
import { followed } from '../../src/domain/job/followed';
import type { RequestEvent } from '../../src/domain/request/requestEvent';
import { silentLog } from '../../src/operations/log';
import { createAlarms } from '../../src/slack/alarms';
import { createBoard } from '../../src/slack/board';
import { interactiveClient } from '../../src/slack/clients';
import { createMail } from '../../src/slack/mail';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { listenLocally } from '../support/listenLocally';
import { aSeenJob } from '../support/storeOn';
import { en } from '../support/words';

/** Calls of a server with two pages of messages, of which the second has the wanted one. */
const calls: { method: string; args: Readonly<Record<string, string>> }[] = [];
let found: object;
let server: Server;
let client: ReturnType<typeof interactiveClient>;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const args = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    const method = request.url?.replace('/api/', '') ?? '';
    calls.push({ method, args });
    // Another app copied the mark.
    const forged = { ts: '2.1', bot_id: 'BANOTHER', metadata: found };
    const pages =
      args['cursor'] === 'second'
        ? { messages: [forged, { ts: '2.2', bot_id: BOT_ID, metadata: found }] }
        : { messages: [{ ts: '1.1' }], response_metadata: { next_cursor: 'second' } };
    const answers: Readonly<Record<string, object>> = {
      'conversations.history': pages,
      'conversations.replies': pages,
      'conversations.open': { channel: { id: 'D1' } },
      'chat.postMessage': { channel: 'C1', ts: '3.3' },
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, ...answers[method] }));
  });
  const port = await listenLocally(server);
  client = interactiveClient('xoxb-only-for-tests', `http://127.0.0.1:${port}/api/`, silentLog);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  calls.length = 0;
});

const askedAt = new Date('2026-05-04T10:00:00Z');
const eventAt = new Date('2026-05-04T11:00:00Z');
const request = aRequest({
  askedAt,
  rule: aRule({
    breakGlassNotify: [
      { kind: 'channel', channelId: 'C9' },
      { kind: 'user', userId: 'U9' },
    ],
  }),
});
const event: RequestEvent = {
  requestId: request.id,
  seq: 5,
  revision: 1,
  at: eventAt,
  by: { userId: 'UEVA', name: 'Eva' },
  payload: { type: 'break_glass', reason: 'fire' },
};
const card = { channel: 'C1', ts: '1700000000.000100', digest: '' };
const board = () =>
  createBoard({ botId: BOT_ID, client, messages: en, site: 'mainland', workspaceUrl: undefined });
const mail = () =>
  createMail({
    botId: BOT_ID,
    client,
    messages: en,
    messagesFor: async () => en,
    site: 'mainland',
    workspaceUrl: undefined,
  });
const oldest = (at: Date) => String(at.getTime() / 1_000 - 60);
const payload = { origin: request.origin, event: event.seq };

it.each<[string, string, object, object, () => Promise<unknown>, unknown]>([
  [
    'the card in its channel',
    'conversations.history',
    { event_type: 'ferry_card', event_payload: { ...payload, event: 0 } },
    { channel: 'C1', oldest: oldest(askedAt) },
    () => board().findCard(request),
    { channel: 'C1', ts: '2.2', digest: '' },
  ],
  [
    "a reply in the card's thread",
    'conversations.replies',
    { event_type: 'ferry_reply', event_payload: payload },
    { channel: 'C1', ts: card.ts },
    () => board().hasReply(card, request, event),
    true,
  ],
  [
    "the progress of a job in the card's thread",
    'conversations.replies',
    { event_type: 'ferry_progress', event_payload: { ...payload, event: 0 } },
    { channel: 'C1', ts: card.ts },
    () => board().findProgress(card, request),
    '2.2',
  ],
  [
    'a direct message to the requester',
    'conversations.history',
    { event_type: 'ferry_direct', event_payload: payload },
    { channel: 'D1', oldest: oldest(eventAt) },
    () => mail().wasSent(request, event),
    true,
  ],
])('finds %s on any page', async (_, method, mark, args, search, result) => {
  found = mark;
  expect(await search()).toEqual(result);
  const common = { ...args, include_all_metadata: 'true', limit: '200' };
  const searches = calls.filter((each) => each.method === method).map((each) => each.args);
  expect(searches).toEqual([common, { ...common, cursor: 'second' }]);
});

it('finds the reports of an emergency on any page, and posts those that are missing', async () => {
  const workspaceUrl = 'https://example.slack.com/';
  const alarms = createAlarms({
    botId: BOT_ID,
    client,
    log: silentLog,
    messages: en,
    workspaceUrl,
  });
  const mark = { event_type: 'ferry_emergency', event_payload: payload };
  found = mark;
  await alarms.send(request, event, card);
  const searches = calls.filter(({ method }) => method === 'conversations.history');
  const common = { oldest: oldest(eventAt), include_all_metadata: 'true', limit: '200' };
  expect(searches.map(({ args }) => args)).toEqual([
    { ...common, channel: 'C9' },
    { ...common, channel: 'C9', cursor: 'second' },
    { ...common, channel: 'D1' },
    { ...common, channel: 'D1', cursor: 'second' },
  ]);
  expect(calls.filter(({ method }) => method === 'chat.postMessage')).toEqual([]);

  found = { ...mark, event_payload: { ...payload, event: 4 } };
  await alarms.send(request, event, card);
  const posts = calls.filter(({ method }) => method === 'chat.postMessage');
  expect(posts.map(({ args }) => [args['channel'], args['unfurl_links']])).toEqual([
    ['C9', 'false'],
    ['U9', 'false'],
  ]);
  for (const { args } of posts) {
    expect(JSON.parse(args['metadata'] ?? '')).toEqual(mark);
    expect(args['blocks']).toContain(`${workspaceUrl}archives/C1/p1700000000000100`);
  }
});

it('marks a reply, posts it in the thread, and shows an emergency in the channel', async () => {
  await board().reply(card, request, event, {});
  const [post] = calls.filter(({ method }) => method === 'chat.postMessage');
  expect(post?.args).toMatchObject({
    channel: 'C1',
    thread_ts: card.ts,
    unfurl_links: 'false',
    reply_broadcast: 'true',
  });
  expect(JSON.parse(post?.args['metadata'] ?? '')).toEqual({
    event_type: 'ferry_reply',
    event_payload: payload,
  });
});

it('marks a card', async () => {
  await board().postCard(request);
  const [post] = calls.filter(({ method }) => method === 'chat.postMessage');
  expect(post?.args).toMatchObject({ channel: request.channel, unfurl_links: 'false' });
  expect(JSON.parse(post?.args['metadata'] ?? '')).toEqual({
    event_type: 'ferry_card',
    event_payload: { ...payload, event: 0 },
  });
});

it('marks the progress of a job and the list of jobs', async () => {
  const { since: _, seenAt: __, ...seen } = aSeenJob('running');
  const steps = [{ name: 'Export', status: 'running', percent: 5 }] as const;
  const running = aRequest({ job: followed(undefined, { ...seen, steps }, askedAt) });
  const jobs = { requests: [running], more: false, page: 0, unsure: false };
  expect(await board().postProgress(card, running)).toBe('3.3');
  await board().postDigest('C1', jobs, new Map());
  const posts = calls.filter(({ method }) => method === 'chat.postMessage');
  expect(posts.map(({ args }) => [args['thread_ts'], args['unfurl_links']])).toEqual([
    [card.ts, 'false'],
    [undefined, 'false'],
  ]);
  expect(posts.map(({ args }) => JSON.parse(args['metadata'] ?? ''))).toEqual([
    { event_type: 'ferry_progress', event_payload: { origin: running.origin, event: 0 } },
    { event_type: 'ferry_digest', event_payload: {} },
  ]);
});

it('marks a direct message to the requester', async () => {
  const created: RequestEvent = {
    ...event,
    by: undefined,
    payload: { type: 'created', how: 'answered', jobId: 'dts-12345678' },
  };
  await mail().send(request, created, card);
  const [post] = calls.filter(({ method }) => method === 'chat.postMessage');
  expect(post?.args).toMatchObject({ channel: request.requester.userId, unfurl_links: 'false' });
  expect(JSON.parse(post?.args['metadata'] ?? '')).toEqual({
    event_type: 'ferry_direct',
    event_payload: payload,
  });
});

it('reports an emergency only if the rule names a place, and nothing else', () => {
  const alarms = createAlarms({
    botId: BOT_ID,
    client,
    log: silentLog,
    messages: en,
    workspaceUrl: undefined,
  });
  expect(alarms.isTold(request, event)).toBe(true);
  expect(alarms.isTold(aRequest(), event)).toBe(false);
  expect(alarms.isTold(request, { ...event, payload: { type: 'withdrawn' } })).toBe(false);
});

it('compares cards by a digest of 22 characters', () => {
  const digest = board().digest(request);
  expect(digest).toMatch(/^[\w-]{22}$/);
  expect(board().digest({ ...request, reason: 'another' })).not.toBe(digest);
});
