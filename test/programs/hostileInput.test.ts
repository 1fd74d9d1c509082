import { createHmac } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { BotProcess } from '../../playground/botProcess';
import { freePort } from '../../playground/freePort';
import {
  ALICE,
  DB_MIGRATIONS,
  type SlackWorkspace,
  startSlack,
} from '../../playground/slack/index';
import { minimalEnvironment } from '../support/minimalEnvironment';

const script = resolve(__dirname, '../../dist/src/main.js');
const form = 'application/x-www-form-urlencoded';
const json = 'application/json';

let slack: SlackWorkspace;
let bot: BotProcess;
let port: number;

async function start(mode: 'http' | 'socket', preload?: string): Promise<void> {
  slack = await startSlack();
  port = await freePort();
  bot = new BotProcess(
    script,
    mkdtempSync(join(tmpdir(), 'ferry-hostile-')),
    { ...minimalEnvironment(slack, mode), PORT: String(port) },
    [],
    preload,
  );
  await until(() => bot.output.includes('"started"'), 'the start');
  if (mode === 'http') {
    slack.deliverTo({ mode: 'http', requestUrl: `http://127.0.0.1:${port}/slack/events` });
  }
}

async function stop(): Promise<void> {
  await bot.stop();
  await slack.close();
}

async function until(probe: () => boolean, what: string, timeoutMs = 20_000): Promise<void> {
  const latest = performance.now() + timeoutMs;
  while (!probe()) {
    if (performance.now() > latest) throw new Error(`${what}: ${bot.output.slice(-2_000)}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** The bot runs, reported no uncaught error, and still works. */
async function works(): Promise<void> {
  expect(bot.hasEnded).toBe(false);
  expect(bot.output).not.toContain('unhandled error; Ferry');
  const opened = slack.callsOf('views.open').length;
  await slack.as(ALICE).command(DB_MIGRATIONS, '/migrate');
  await slack.until(() => slack.callsOf('views.open').length > opened, {
    what: 'the form',
    timeoutMs: 10_000,
  });
}

const now = () => Math.floor(Date.now() / 1_000);
const signed = (body: string, at = now()): Record<string, string> => ({
  'x-slack-request-timestamp': String(at),
  'x-slack-signature': `v0=${createHmac('sha256', slack.signingSecret).update(`v0:${at}:${body}`).digest('hex')}`,
});

interface Answer {
  status: number;
  connection: string | undefined;
}

/** Sends a request. Several `pieces` are sent without a length. */
function post(
  headers: Record<string, string>,
  pieces: readonly string[],
  path = '/slack/events',
): Promise<Answer> {
  return new Promise((answered, failed) => {
    const whole =
      pieces.length === 1 ? { 'content-length': Buffer.byteLength(pieces[0] ?? '') } : {};
    const sent = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path,
        method: 'POST',
        agent: false,
        headers: { ...whole, ...headers },
      },
      (response) => {
        response.resume();
        answered({
          status: response.statusCode ?? 0,
          connection: response.headers.connection,
        });
        sent.destroy();
      },
    );
    sent.on('error', failed);
    for (const piece of pieces) sent.write(piece);
    sent.end();
  });
}

const deep = (levels: number, open: string, close: string) =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;
const manyKeys = JSON.stringify(
  Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [`k${index}`, index])),
);
const notDeliveries = [
  'null',
  '[]',
  '[null]',
  '"x"',
  '0',
  '-1e400',
  'true',
  '',
  '{',
  'nul',
  '\u0000',
];
const deliveries = [
  '{}',
  '{"event":null}',
  '{"event":"x"}',
  '{"event":[]}',
  '{"event":{}}',
  '{"event":{"type":null}}',
  '{"event":{"type":"error","channel":null,"item":null}}',
  '{"event":{"type":"app_home_opened"}}',
  '{"event":{"type":"app_home_opened","user":{"toString":1}}}',
  '{"type":null}',
  '{"type":"url_verification"}',
  '{"type":"block_actions"}',
  '{"type":"block_actions","actions":null}',
  '{"type":"block_actions","actions":[]}',
  '{"type":"block_actions","actions":[null],"user":null,"channel":null}',
  '{"type":"block_actions","actions":[{"action_id":"approve","type":"button"}]}',
  '{"type":"block_actions","actions":[{"action_id":"approve","type":"button","value":"[["}],"user":{"id":"U1"},"channel":7}',
  '{"type":"view_submission"}',
  '{"type":"view_submission","view":null,"user":null}',
  '{"type":"view_submission","view":{"callback_id":"request_migration","state":null}}',
  '{"type":"view_closed","view":[]}',
  '{"type":"block_suggestion","action_id":"value","value":null}',
  '{"type":"shortcut","callback_id":"request_migration"}',
  '{"type":"message_action","channel":null}',
  '{"command":"/migrate"}',
  '{"command":"/migrate","text":[],"user_id":{}}',
  '{"__proto__":{"type":"block_actions"},"constructor":null}',
  '{"authorizations":[null],"event":{"type":"message"}}',
  deep(100_000, '{"a":', '}'),
  `{"type":"view_submission","view":{"callback_id":"request_migration","state":{"values":${deep(50_000, '{"a":', '}')}}}}`,
  `{"event":${deep(50_000, '{"a":', '}')}}`,
  `{"type":"block_actions","actions":${deep(50_000, '[', ']')}}`,
  manyKeys,
];

describe('HTTP mode', () => {
  beforeAll(() => start('http'));
  afterAll(stop);

  it('refuses a signed body that Slack would not send, and continues', async () => {
    for (const text of [...notDeliveries, deep(100_000, '[', ']')]) {
      for (const [type, body] of [
        [json, text],
        [form, `payload=${encodeURIComponent(text)}`],
      ] as const) {
        const { status } = await post({ 'content-type': type, ...signed(body) }, [body]);
        expect([type, text.slice(0, 20), status]).toEqual([type, text.slice(0, 20), 400]);
      }
    }
    await works();
  });

  it('survives all other signed bodies, whatever they contain', async () => {
    const sent: (() => Promise<unknown>)[] = [];
    for (const text of deliveries) {
      for (const [type, body] of [
        [json, text],
        [form, `payload=${encodeURIComponent(text)}`],
        [form, text],
        [`${form}; charset=utf-8`, `payload=${text}`],
        ['multipart/form-data; boundary=x', text],
        ['', text],
      ] as const) {
        const piece = body.slice(0, 900_000);
        sent.push(() => post({ 'content-type': type, ...signed(piece) }, [piece]));
      }
    }
    // Bolt takes three seconds to give up on unknown requests.
    while (sent.length > 0) await Promise.all(sent.splice(0, 100).map((send) => send()));
    await works();
  }, 120_000);

  it('survives any signed JSON', async () => {
    const key = fc.constantFrom(
      'type',
      'event',
      'actions',
      'view',
      'user',
      'channel',
      'command',
      'id',
    );
    const word = fc.constantFrom(
      'block_actions',
      'view_submission',
      'error',
      '/migrate',
      'value',
      '',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        word,
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('tree'), { maxLength: 2 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    const samples = fc.sample(tree, { numRuns: 200, seed: 12 });
    for (let index = 0; index < samples.length; index += 100) {
      await Promise.all(
        samples.slice(index, index + 100).map((sample) => {
          const body = JSON.stringify(sample);
          return post({ 'content-type': json, ...signed(body) }, [body]);
        }),
      );
    }
    await works();
  }, 120_000);

  it('refuses by the headers alone, before the body has arrived', async () => {
    const some = '{"command":"/migrate"}';
    const opened = slack.callsOf('views.open').length;
    const cases: readonly [string, Record<string, string>, number][] = [
      ['no signature', {}, 401],
      ['no time', { 'x-slack-signature': signed(some)['x-slack-signature'] ?? '' }, 401],
      ['an empty signature', { ...signed(some), 'x-slack-signature': '' }, 401],
      ['another version', { ...signed(some), 'x-slack-signature': `v1=${'0'.repeat(64)}` }, 401],
      ['a short signature', { ...signed(some), 'x-slack-signature': 'v0=00' }, 401],
      ['no number', { ...signed(some), 'x-slack-request-timestamp': '1e9' }, 401],
      ['an old time', signed(some, now() - 301), 401],
      ['a future time', signed(some, now() + 310), 401],
      ['a large body', { ...signed(some), 'content-length': '1048577' }, 413],
    ];
    for (const [what, headers, status] of cases) {
      const began = performance.now();
      // The rest of the body never arrives.
      const text = await sayAndListen((socket) => {
        const lines = Object.entries({ 'content-length': '1000', ...headers }).map(
          ([name, value]) => `${name}: ${value}\r\n`,
        );
        socket.write(`POST /slack/events HTTP/1.1\r\nhost: ferry\r\n${lines.join('')}\r\n{`);
      });
      expect([what, text.slice(0, 12)]).toEqual([what, `HTTP/1.1 ${status}`]);
      expect(text.toLowerCase()).toContain('connection: close');
      expect(performance.now() - began).toBeLessThan(4_000);
    }
    expect(slack.callsOf('views.open')).toHaveLength(opened);
    expect(bot.output.match(/were refused/g)?.length).toBeLessThan(5);
    await works();
  });

  it('accepts no body above its limit, with or without a given length', async () => {
    const large = 'x'.repeat(1_048_577);
    const headers = { 'content-type': json, ...signed(large) };
    const refused = { status: 413, connection: 'close' };
    expect(await post(headers, [large])).toEqual(refused);
    expect(
      await post(
        headers,
        Array.from({ length: 30 }, () => large.slice(0, 100_000)),
      ),
    ).toEqual(refused);
    // Unsigned requests aren't even counted.
    expect(
      await post(
        { 'content-type': json },
        Array.from({ length: 80 }, () => large),
      ),
    ).toEqual({
      status: 401,
      connection: 'close',
    });
    await works();
  });

  it('refuses other paths and methods without reading their bodies', async () => {
    const body = ['x'.repeat(200_000), 'y'.repeat(200_000)];
    for (const path of ['/', '/slack/events/', '//slack/events', '/slack/events%00', '/healthz']) {
      expect(await post({}, body, path)).toEqual({ status: 404, connection: 'close' });
    }
    for (const line of [
      'PUT /slack/events',
      'TRACE /',
      'GET http://ferry/../etc/passwd',
      'GET *',
    ]) {
      const text = await sayAndListen((socket) =>
        socket.write(`${line} HTTP/1.1\r\nhost: ferry\r\n\r\n`),
      );
      expect(text).toMatch(/^HTTP\/1.1 404 /);
    }
    for (const nonsense of [
      '\u0000\u0001\u0002',
      'GET\r\n\r\n',
      `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
    ]) {
      const text = await sayAndListen((socket) => socket.write(nonsense));
      expect(text).toMatch(/^HTTP\/1.1 4\d\d /);
    }
    await works();
  });

  it('ends connections that are slow or idle, and keeps those in use', async () => {
    const began = performance.now();
    const slow = async (first: string, more: string): Promise<number> => {
      await sayAndListen((socket) => {
        socket.write(first);
        const drip = setInterval(() => socket.write(more), 300);
        socket.on('close', () => clearInterval(drip));
      });
      return performance.now() - began;
    };
    const [nothing, headers, body] = await Promise.all([
      slow('', ''),
      slow('GET /healthz HTTP/1.1\r\n', 'x'),
      slow(
        `POST /slack/events HTTP/1.1\r\nhost: ferry\r\ncontent-length: 1000\r\n${Object.entries(
          signed('x'),
        )
          .map((pair) => pair.join(': '))
          .join('\r\n')}\r\n\r\n`,
        'x',
      ),
    ]);
    expect(nothing).toBeLessThan(9_000);
    expect(headers).toBeLessThan(9_000);
    expect(body).toBeLessThan(15_000);
    // One connection answers repeatedly.
    const text = await new Promise<string>((done) => {
      const socket = connect(port, '127.0.0.1');
      let said = '';
      socket.on('data', (chunk) => {
        said += String(chunk);
        if (said.split('200 OK').length <= 3)
          socket.write('GET /healthz HTTP/1.1\r\nhost: f\r\n\r\n');
        else socket.destroy();
      });
      socket.on('close', () => done(said));
      socket.write('GET /healthz HTTP/1.1\r\nhost: f\r\n\r\n');
    });
    expect(text.split('200 OK')).toHaveLength(4);
    await works();
  }, 60_000);

  it('limits its connections, and idle ones never prevent a click', async () => {
    const sockets: Socket[] = [];
    let answered = 0;
    for (let index = 0; index < 200; index += 1) {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      socket.once('data', () => {
        answered += 1;
      });
      socket.write('GET /healthz HTTP/1.1\r\nhost: f\r\n\r\n');
      sockets.push(socket);
    }
    // Connections above the limit are closed without a response; others make idle ones close.
    await until(
      () => answered + sockets.filter(({ closed }) => closed).length >= 200,
      'an end for each',
    );
    expect(answered).toBeGreaterThanOrEqual(64);
    // A connection that was answered and closed may still be open here.
    await until(
      () => sockets.filter(({ closed }) => !closed).length <= 128,
      'no more than the limit',
    );
    await works();
    for (const socket of sockets) socket.destroy();
  }, 60_000);

  it('accepts a click after all connections of its limit became idle', async () => {
    const sockets = Array.from({ length: 128 }, () =>
      connect(port, '127.0.0.1').on('error', () => {}),
    );
    let answered = 0;
    for (const socket of sockets) {
      socket.once('data', () => {
        answered += 1;
      });
    }
    await until(() => sockets.every(({ connecting }) => !connecting), 'a connection for each');
    // No connection is idle before all of them are open.
    for (const socket of sockets) socket.write('GET /healthz HTTP/1.1\r\nhost: f\r\n\r\n');
    await until(() => answered === 128, 'a response for each');
    await works();
    for (const socket of sockets) socket.destroy();
  }, 60_000);
});

/** Everything that the server sends on a connection until it closes it. */
function sayAndListen(say: (socket: Socket) => void): Promise<string> {
  return new Promise((done) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => say(socket));
    socket.on('data', (chunk) => {
      said += String(chunk);
      // Responses with keep-alive don't end the connection.
      if (/^HTTP\/1.1 200 /.test(said)) socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => done(said));
  });
}

describe('Socket Mode', () => {
  afterEach(stop);

  it('ignores frames that Slack would not send, and keeps the connection', async () => {
    await start('socket');
    const envelope = (type: unknown, payload: unknown) =>
      JSON.stringify({ envelope_id: 'e1', type, payload, accepts_response_payload: false });
    const frames: (string | Uint8Array)[] = [
      ...notDeliveries,
      ...deliveries,
      new Uint8Array([0, 1, 2, 255]),
      new TextEncoder().encode(envelope('interactive', null)),
      '{"type":"hello"}',
      ...['slash_commands', 'interactive', 'events_api'].flatMap((type) => [
        ...[null, [], 'x', 0].map((payload) => envelope(type, payload)),
        ...deliveries.map((text) => `{"envelope_id":"e","type":"${type}","payload":${text}}`),
        `{"type":"${type}"}`,
        `{"envelope_id":{},"type":"${type}","payload":{}}`,
      ]),
      ...[
        'error',
        'close',
        'ws_message',
        'slack_event',
        'disconnected',
        'outgoing_message',
      ].flatMap((name) => [
        envelope(name, { type: name }),
        envelope('events_api', { event: { type: name } }),
        envelope('events_api', { event: { type: name, channel: null, item: 'canary' } }),
      ]),
      envelope(null, {}),
      envelope(['interactive'], {}),
    ];
    const opened = slack.callsOf('apps.connections.open').length;
    // A command that waits behind all frames could be acknowledged too late.
    for (const frame of frames) await slack.socket.sendFrame(frame);
    await works();
    expect(slack.callsOf('apps.connections.open')).toHaveLength(opened);
    expect(bot.output).not.toContain('canary');
  }, 60_000);
});

describe('an unhandled error', () => {
  afterEach(stop);

  const preload = (): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'ferry-preload-')), 'fail.js');
    writeFileSync(
      file,
      `process.on('message', (how) => {
        if (how === 1) Promise.reject(new TypeError('canary\\n    at canary:1:1'));
        if (how === 2) Promise.reject('canary');
        if (how === 3) Promise.reject({ password: 'canary', message: 'canary' });
        if (how === 4) setTimeout(() => { throw new RangeError('canary'); });
      });`,
    );
    return file;
  };

  it('is logged only by its place, and Ferry continues after a rejection', async () => {
    await start('socket', preload());
    for (const how of [1, 2, 3]) bot.tell(how);
    await until(() => bot.output.split('unhandled error; Ferry').length === 4, 'three lines');
    expect(bot.output).toMatch(/TypeError.*fail\.js:\d+:\d+/);
    expect(bot.output).not.toContain('canary');
    expect(bot.hasEnded).toBe(false);
    const alice = slack.as(ALICE);
    await alice.command(DB_MIGRATIONS, '/migrate');
    await slack.until(() => alice.view(), { what: 'the form' });
  });

  it('ends Ferry with an error code after an exception', async () => {
    await start('socket', preload());
    bot.tell(4);
    expect(await bot.ended()).toBe(1);
    expect(bot.output).toMatch(/RangeError.*fail\.js:\d+:\d+.*uncaught error; Ferry stops/);
    expect(bot.output).not.toContain('canary');
  });
});
