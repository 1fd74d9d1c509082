import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { silentLog } from '../../src/operations/log';
import type { SlackConnection } from '../../src/slack/connection';
import { createApp } from '../../src/slack/createApp';
import { httpConnection } from '../../src/slack/httpConnection';
import { eventually } from '../support/eventually';
import { listenLocally } from '../support/listenLocally';
import { manualClock } from '../support/manualClock';

const signingSecret = 'only-for-tests';
const now = new Date('2026-05-04T10:00:00Z');
const sentAt = now.getTime() / 1_000;

let connection: SlackConnection;
let server: Server;
let url: string;
let logged: { message: string; fields: unknown }[];
let changes: boolean[];
let clock: ReturnType<typeof manualClock>;

beforeEach(async () => {
  logged = [];
  changes = [];
  clock = manualClock(now.getTime());
  const note = (message: string, fields?: unknown) => void logged.push({ message, fields });
  connection = httpConnection({
    signingSecret,
    log: { info: note, warn: note, error: note },
    clock: {
      now: () => clock.now(),
      sleepUntil: (at, signal) => clock.sleepUntil(at, signal),
    },
    onChange: (isUp) => void changes.push(isUp),
  });
  server = createServer(async (request, response) => {
    const refusal = await connection.listener?.(request, response);
    if (refusal !== undefined) response.writeHead(refusal.status).end(refusal.words);
  });
  const port = await listenLocally(server);
  url = `http://127.0.0.1:${port}/slack/events`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const signature = (body: string, at: string): string =>
  `v0=${createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex')}`;

/** The status and words that a request with these headers gets. */
async function send(body: string, headers: Readonly<Record<string, string>>) {
  const response = await fetch(url, { method: 'POST', body, headers });
  return [response.status, await response.text()];
}
const signed = (body: string, at = String(sentAt)) => ({
  'content-type': 'application/json',
  'x-slack-request-timestamp': at,
  'x-slack-signature': signature(body, at),
});

it('is up from start to stop, and reports both once', async () => {
  expect(connection.isUp()).toBe(false);
  expect(await connection.start()).toBeUndefined();
  expect(connection.isUp()).toBe(true);
  await connection.stop();
  expect(connection.isUp()).toBe(false);
  expect(changes).toEqual([true, false]);
});

it('refuses everything before its start and after its stop, without a log line', async () => {
  const refused = [503, 'not started, or stopping'];
  expect(await send('{}', signed('{}'))).toEqual(refused);
  await connection.start();
  await connection.stop();
  expect(await send('{}', signed('{}'))).toEqual(refused);
  expect(logged).toEqual([]);
});

it('refuses a body that turns out to be too large, although its length was not given', async () => {
  await connection.start();
  const body = new Blob(['x'.repeat(1_048_577)]).stream();
  const headers = signed('');
  const response = await fetch(url, { method: 'POST', body, headers, duplex: 'half' });
  expect([response.status, await response.text()]).toEqual([413, 'too large']);
});

it.each([-300, 300])('accepts a time that differs by %d s', async (skew) => {
  await connection.start();
  const at = String(sentAt + skew);
  // Bolt compares the time with the machine's clock, which is not the clock of this test.
  expect(await send('{}', signed('{}', at))).toEqual([401, 'the signature is wrong']);
});

describe('with a valid signature', () => {
  const signedNow = (body: string) => signed(body, String(Math.floor(Date.now() / 1_000)));
  beforeEach(async () => {
    // Bolt compares the time with the machine's clock.
    clock = manualClock(Date.now());
    await connection.start();
  });

  it.each(['[]', '7', 'null', '{"event":7}'])(
    'refuses a body that is not a delivery: %s',
    async (body) => {
      expect(await send(body, signedNow(body))).toEqual([400, 'not what Slack sends']);
      expect(logged[0]?.fields).toEqual({ reason: 'malformed', count: 1 });
    },
  );

  it('is answered before the connection stops', async () => {
    const app = createApp({
      ...{ token: 'xoxb-only-for-tests', apiUrl: 'http://127.0.0.1:9/api/', connection },
      identity: { botId: 'B1', botUserId: 'U1', teamId: 'T1', workspaceUrl: '', scopes: [] },
      log: silentLog,
      metrics: { measure: () => {} },
    }).app;
    let answer: (() => Promise<void>) | undefined;
    app.processEvent = async ({ ack }) => {
      answer = () => ack('late');
    };
    const body = new URLSearchParams({ command: '/migrate', text: '', user_id: 'U1' }).toString();
    const headers = { ...signedNow(body), 'content-type': 'application/x-www-form-urlencoded' };
    const sent = send(body, headers);
    await eventually('the delivery', () => answer !== undefined);
    let isStopped = false;
    const stopped = connection.stop().then(() => {
      isStopped = true;
    });
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    expect(isStopped).toBe(false);
    await answer?.();
    expect(await sent).toEqual([200, 'late']);
    // Long before the time that a missing answer has.
    for (let turn = 0; turn < 2_000 && !isStopped; turn += 1) await new Promise(setImmediate);
    expect(isStopped).toBe(true);
    await stopped;
  });

  it('is awaited for at most a second if its answer never comes', async () => {
    const app = createApp({
      ...{ token: 'xoxb-only-for-tests', apiUrl: 'http://127.0.0.1:9/api/', connection },
      identity: { botId: 'B1', botUserId: 'U1', teamId: 'T1', workspaceUrl: '', scopes: [] },
      log: silentLog,
      metrics: { measure: () => {} },
    }).app;
    let isDelivered = false;
    app.processEvent = async () => {
      isDelivered = true;
    };
    const body = new URLSearchParams({ command: '/migrate', text: '', user_id: 'U1' }).toString();
    const headers = { ...signedNow(body), 'content-type': 'application/x-www-form-urlencoded' };
    const sent = send(body, headers).catch(() => 'no answer');
    await eventually('the delivery', () => isDelivered);
    let isStopped = false;
    const stopped = connection.stop().then(() => {
      isStopped = true;
    });
    await clock.advance(999);
    expect(isStopped).toBe(false);
    await clock.advance(1);
    expect(isStopped).toBe(true);
    await stopped;
    server.closeAllConnections();
    expect(await sent).toBe('no answer');
  });

  it('answers a check of the URL', async () => {
    const body = '{"type":"url_verification","challenge":"c"}';
    expect(await send(body, signedNow(body))).toEqual([200, '{"challenge":"c"}']);
    expect(logged).toEqual([]);
  });
});

it.each([
  ['with a length', { 'content-length': '100' }, '{}'],
  ['in chunks', { 'transfer-encoding': 'chunked' }, '2\r\n{}\r\n'],
  ['in invalid chunks', { 'transfer-encoding': 'chunked' }, '2\r\n{}\r\nno number\r\n'],
])('reports a body that breaks off as such, not as unsigned: %s', async (_, length, part) => {
  await connection.start();
  const { port } = new URL(url);
  const socket = connectSocket(Number(port), '127.0.0.1');
  const headers = { ...signed('{}'), host: 'localhost', ...length };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.write(['POST /slack/events HTTP/1.1', ...lines, '', part].join('\r\n'));
  await new Promise((resolve) => server.once('request', resolve));
  socket.destroy();
  await eventually('the refusal', () => logged.length > 0);
  expect(logged[0]?.fields).toEqual({ reason: 'broken_off', count: 1 });
});

describe('a request is refused', () => {
  beforeEach(async () => void (await connection.start()));
  const { 'x-slack-signature': right } = signed('{}');
  const unsigned = [401, 'not signed'];

  it.each([
    ['without a signature', { 'x-slack-request-timestamp': String(sentAt) }, unsigned],
    ['without a time', { 'x-slack-signature': right }, unsigned],
    [
      'with a signature of another shape',
      { ...signed('{}'), 'x-slack-signature': `${right}0` },
      unsigned,
    ],
    [
      'with something before the signature',
      { ...signed('{}'), 'x-slack-signature': `x${right}` },
      unsigned,
    ],
    ['with a time of another shape', signed('{}', `${sentAt}s`), unsigned],
    ['with a time of 13 digits', signed('{}', `${sentAt}000`), unsigned],
    [
      'if it is 301 s old',
      signed('{}', String(sentAt - 301)),
      [401, 'signed too long ago, or in the future'],
    ],
    [
      'if it is 301 s early',
      signed('{}', String(sentAt + 301)),
      [401, 'signed too long ago, or in the future'],
    ],
    ['with the signature of another body', signed('{ }'), [401, 'the signature is wrong']],
  ] as const)('%s', async (_, headers, expected) => {
    expect(await send('{}', headers)).toEqual(expected);
  });

  it('if its body is larger than a megabyte', async () => {
    const large = 'x'.repeat(1_048_577);
    expect(await send(large, signed(large))).toEqual([413, 'too large']);
  });

  it('before its body arrives, if its headers say that it is too large', async () => {
    const { hostname, port } = new URL(url);
    const headers = { ...signed('{}'), 'content-length': '1048577' };
    const sending = request({ hostname, port, path: '/slack/events', method: 'POST', headers });
    sending.on('error', () => {});
    sending.flushHeaders();
    const [response] = await once(sending, 'response');
    expect(response.statusCode).toBe(413);
    sending.destroy();
  });

  it('and the log says so at most every ten seconds, with their number', async () => {
    const began = Math.round(performance.now());
    const time = jest.spyOn(performance, 'now');
    const counts = () =>
      logged.map(({ message, fields }) => {
        expect(message).toBe('requests to /slack/events were refused');
        return fields;
      });
    const refuse = async (ms: number, times: number) => {
      time.mockReturnValue(began + ms);
      for (let count = 0; count < times; count += 1) await send('{}', {});
    };
    const [one, three] = [1, 3].map((count) => ({ reason: 'no_signature', count }));
    await refuse(0, 2);
    expect(counts()).toEqual([one]);
    await refuse(9_999, 1);
    expect(counts()).toEqual([one]);
    await refuse(10_000, 1);
    expect(counts()).toEqual([one, three]);
    await refuse(20_000, 1);
    expect(counts()).toEqual([one, three, one]);
    time.mockRestore();
  });
});
