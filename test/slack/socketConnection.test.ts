import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { freePort } from '../../playground/freePort';
import { leaveOpen } from '../../playground/slack/delivery/socketMode';
import { type SlackWorkspace, startSlack } from '../../playground/slack/index';
import type { WebProxy } from '../../src/domain/proxy';
import { Secret } from '../../src/domain/secrets/secret';
import { silentLog } from '../../src/operations/log';
import { createApp } from '../../src/slack/createApp';
import { socketConnection } from '../../src/slack/socketConnection';
import { type ConnectProxy, connectProxy } from '../support/connectProxy';
import { eventually } from '../support/eventually';
import { limitsDuring } from '../support/limitsDuring';
import { listenLocally, portOf } from '../support/listenLocally';
import { manualClock } from '../support/manualClock';
import { movableClock } from '../support/movableClock';

let slack: SlackWorkspace;
beforeEach(async () => {
  slack = await startSlack();
});
afterEach(() => slack.close());

function connect({ apiUrl, proxy }: { apiUrl?: string; proxy?: WebProxy } = {}) {
  const clock = movableClock();
  const lines: string[] = [];
  const fields: Readonly<Record<string, unknown>>[] = [];
  const note = (message: string, facts: Readonly<Record<string, unknown>> = {}) => {
    lines.push(message);
    fields.push(facts);
  };
  const connection = socketConnection({
    appToken: slack.appToken,
    apiUrl: apiUrl ?? slack.apiUrl,
    proxy,
    clock,
    log: { info: note, warn: note, error: note },
    metrics: { measure: () => {} },
    random: () => 0.5,
    onChange: () => {},
  });
  return { clock, connection, fields, lines };
}
const opens = () => slack.callsOf('apps.connections.open').length;

it('does not reconnect endlessly if every connection ends at once', async () => {
  const { clock, connection } = connect();
  await connection.start();
  for (let ends = 0; ends < 4; ends += 1) {
    await slack.until(() => slack.socket.connections > 0, { what: 'a connection' });
    slack.socket.drop();
    await slack.until(() => slack.socket.connections === 0, { what: 'its end' });
    if (ends > 0) clock.advance(3_000);
  }
  const before = opens();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(opens() - before).toBeLessThanOrEqual(1);
  await connection.stop();
});

it('reports a revoked token once, retries slowly, and recovers', async () => {
  const { clock, connection, lines } = connect();
  expect(await connection.start()).toBeUndefined();
  slack.faults.next('apps.connections.open', { kind: 'error', error: 'token_revoked' }, 3);
  const first = opens();
  slack.socket.drop();
  for (let tries = 1; tries <= 3; tries += 1) {
    await slack.until(() => opens() === first + tries, { what: `try ${tries}` });
    await new Promise((resolve) => setTimeout(resolve, 50));
    clock.advance(59_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(opens()).toBe(first + tries);
    clock.advance(2_000);
  }
  await slack.until(() => slack.socket.connections > 0, { what: 'the connection' });
  expect(
    lines.filter((line) => line.includes('Slack is unreachable over the socket')),
  ).toHaveLength(1);
  await connection.stop();
});

it.each([
  ...['account_inactive', 'app_uninstalled', 'invalid_auth', 'missing_scope', 'no_permission'],
  ...['not_allowed_token_type', 'not_authed', 'team_disabled', 'token_expired', 'token_revoked'],
])('reports at startup that it can never connect because of %s', async (error) => {
  slack.faults.next('apps.connections.open', { kind: 'error', error });
  const { connection } = connect();
  expect(await connection.start()).toBe(error);
  expect(connection.isUp()).toBe(false);
  await connection.stop();
});

it.each(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'])(
  'connects in spite of a temporary error: %s',
  async (error) => {
    slack.faults.next('apps.connections.open', { kind: 'error', error });
    const { connection } = connect();
    expect(await connection.start()).toBeUndefined();
    expect(connection.isUp()).toBe(true);
    await connection.stop();
  },
);

it('logs only the start of a page that a proxy returns instead of an answer of Slack', async () => {
  const page = `<html>${'more'.repeat(1_000)}</html>`;
  slack.faults.next('apps.connections.open', { kind: 'error', error: page });
  const { connection, fields } = connect();
  expect(await connection.start()).toBeUndefined();
  const reasons = fields.flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
  expect(reasons).toEqual([
    `the response is not from Slack: ${JSON.stringify(page.slice(0, 100))}`,
  ]);
  await connection.stop();
});

it('waits ten seconds for the URL of the socket', async () => {
  const { connection } = connect();
  expect(await limitsDuring(() => connection.start())).toEqual([10_000]);
  await connection.stop();
});

it('stops once its connection is closed', async () => {
  const { connection } = connect();
  await connection.start();
  await connection.stop();
  expect(slack.socket.connections).toBe(0);
  expect(connection.isUp()).toBe(false);
});

it.each([
  'account_inactive',
  'app_uninstalled',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'team_disabled',
  'token_expired',
  'token_revoked',
])('reports at the start that Slack answers %s, which no retry changes', async (error) => {
  slack.faults.next('apps.connections.open', { kind: 'error', error }, 10);
  const { connection } = connect();
  expect(await connection.start()).toBe(error);
  expect(connection.isUp()).toBe(false);
  await connection.stop();
});

describe('with a proxy, the socket', () => {
  let proxy: ConnectProxy;
  let apiUrl: string;
  beforeEach(async () => {
    proxy = await connectProxy('ferry:password', new Map());
    const port = await freePort();
    await slack.close();
    slack = await startSlack({ port, publicUrl: 'https://slack.test' });
    apiUrl = `http://127.0.0.1:${port}/api/`;
  });
  afterEach(() => proxy.close());

  it.each([
    ['', ['slack.test:443']],
    ['other.test', ['slack.test:443']],
    ['slack.test', []],
  ])('is opened through it unless %j excepts its host', async (except, targets) => {
    const url = new Secret(`http://ferry:password@127.0.0.1:${proxy.port}`);
    const { connection, lines } = connect({ apiUrl, proxy: { url, except } });
    void connection.start();
    const failed = () => lines.includes('Slack is unreachable over the socket; retrying');
    await eventually('the first failure', failed);
    expect([...new Set(proxy.targets)]).toEqual(targets);
    await connection.stop();
  });
});

describe('with a server that behaves as a test says', () => {
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0).reverse()) stop();
  });

  /** A clock on which nobody waits between attempts. It notes how long they would have waited. */
  function hastyClock() {
    const helloMs = 10_000;
    const clock = manualClock();
    const delays: number[] = [];
    return {
      ...clock,
      delays,
      sleepUntil(at: Date, signal?: AbortSignal): Promise<void> {
        const ms = at.getTime() - clock.now().getTime();
        if (ms === helloMs) return clock.sleepUntil(at, signal);
        delays.push(ms);
        return clock.advance(ms);
      },
    };
  }

  /** A server whose connections do what `greet` says, and a client with its clock. */
  async function begin<Clock extends ReturnType<typeof manualClock>>(
    clock: Clock,
    greet: (socket: WebSocket, count: number) => void,
    {
      answering,
      proxy,
      status = 200,
    }: { answering?: Promise<void>; proxy?: WebProxy; status?: number } = {},
  ) {
    let opened = 0;
    let accepted = 0;
    const server = createServer(async (_, response) => {
      opened += 1;
      await answering;
      response.statusCode = status;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${portOf(server)}/link` }));
    });
    const open = new Set<Duplex>();
    server.on('upgrade', (_, socket) => {
      leaveOpen(socket);
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    });
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket) => {
      accepted += 1;
      greet(socket, accepted);
    });
    const port = await listenLocally(server);
    stops.push(() => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
    });
    const lines: { message: string; fields: unknown }[] = [];
    const changes: boolean[] = [];
    const note = (message: string, fields?: unknown) => void lines.push({ message, fields });
    const connection = socketConnection({
      appToken: 'xapp-only-for-tests',
      apiUrl: `http://127.0.0.1:${port}/api/`,
      ...{ clock, proxy },
      log: { info: note, warn: note, error: note },
      metrics: { measure: () => {} },
      random: () => 0.5,
      onChange: (isUp) => void changes.push(isUp),
    });
    return {
      ...{ changes, clock, connection, lines, open, sockets },
      opened: () => opened,
      accepted: () => accepted,
    };
  }
  const hello = (socket: WebSocket) => socket.send('{"type":"hello","num_connections":1}');
  /** Waits for responses that are on their way. */
  const arrivals = () => new Promise((resolve) => setTimeout(resolve, 40));

  it.each([
    ['and confirms that its connection is closed', false],
    ['nor confirms that its connection is closed', true],
  ])(
    'opens another connection at once if Slack does not say hello within ten seconds, %s',
    async (_, isPaused) => {
      const { accepted, changes, clock, connection, lines } = await begin(
        manualClock(),
        (socket, count) => {
          if (count > 1) hello(socket);
          else if (isPaused) socket.pause();
        },
      );
      const started = connection.start();
      await eventually('the first connection', () => accepted() === 1);
      await clock.advance(9_999);
      await arrivals();
      expect(accepted()).toBe(1);
      expect(connection.isUp()).toBe(false);
      await clock.advance(1);
      expect(await started).toBeUndefined();
      expect(accepted()).toBe(2);
      expect(connection.isUp()).toBe(true);
      expect(changes).toEqual([true]);
      await arrivals();
      expect(accepted()).toBe(2);
      expect(connection.isUp()).toBe(true);
      expect(clock.sleeping()).toBe(0);
      expect(lines.map(({ message }) => message)).toEqual([
        'Slack is unreachable over the socket; retrying',
        'connected to Slack',
      ]);
      expect(lines[0]?.fields).toEqual({ reason: 'Slack did not say hello in time', failures: 1 });
      await connection.stop();
      expect(changes).toEqual([true, false]);
      expect(lines.at(-1)?.message).toBe('the connection to Slack is closed');
    },
  );

  it('retries a failed connection at once, and then with doubling delays up to half a minute', async () => {
    const { clock, connection, lines, opened } = await begin(hastyClock(), hello, { status: 500 });
    connection.start();
    await eventually('eight delays', () => clock.delays.length >= 8);
    const stopping = connection.stop();
    const tries = opened();
    await stopping;
    const expected = [750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500, 22_500];
    expect(clock.delays.slice(0, 8)).toEqual(expected);
    expect(lines.filter(({ message }) => message.includes('unreachable'))).toHaveLength(1);
    expect(connection.isUp()).toBe(false);
    await arrivals();
    expect(opened()).toBeLessThanOrEqual(tries + 1);
  });

  it('treats a connection as failed if it lasts less than ten seconds, and reopens others at once', async () => {
    const { accepted, clock, connection, sockets } = await begin(hastyClock(), hello);
    await connection.start();
    /** The delays after a connection of this length. */
    const delaysAfter = async (lengthMs: number) => {
      const [before, already] = [accepted(), clock.delays.length];
      await clock.advance(lengthMs);
      for (const socket of sockets.clients) socket.terminate();
      await eventually('the next connection', () => accepted() > before && connection.isUp());
      return clock.delays.slice(already);
    };
    expect(await delaysAfter(9_999)).toEqual([]);
    expect(await delaysAfter(9_999)).toEqual([750]);
    expect(await delaysAfter(10_000)).toEqual([]);
    expect(await delaysAfter(0)).toEqual([]);
    expect(await delaysAfter(0)).toEqual([750]);
    expect(await delaysAfter(0)).toEqual([1_500]);
    await connection.stop();
  });

  describe.each<[string, { proxy?: WebProxy }]>([
    ['without a proxy', {}],
    // The API of this server has no TLS, so a proxy for HTTPS is set and not used.
    ['with a proxy', { proxy: { url: new Secret('http://127.0.0.1:9'), except: '' } }],
  ])('%s', (_, proxied) => {
    it.each<[string, (socket: WebSocket) => void]>([
      ['answers the close frame', (socket) => socket.send('{"type":"disconnect"}')],
      [
        'announces its close frame',
        (socket) => {
          socket.send('{"type":"disconnect"}');
          socket.close(1000);
        },
      ],
      ['does not announce its close frame', (socket) => socket.close(1000)],
    ])('is replaced and ended at once if Slack %s', async (_, end) => {
      const { accepted, clock, connection, lines, open, sockets } = await begin(
        manualClock(),
        hello,
        proxied,
      );
      await connection.start();
      for (let count = 2; count <= 4; count += 1) {
        await clock.advance(10_000);
        for (const socket of sockets.clients) end(socket);
        await eventually('the next connection', () => accepted() === count && connection.isUp());
        await eventually('the end of the last one', () => open.size === 1);
      }
      expect(clock.sleeping()).toBe(0);
      await connection.stop();
      await eventually('the end', () => open.size === 0);
      // The library would report that Slack no longer answers its pings.
      expect([...new Set(lines.map(({ message }) => message))]).toEqual([
        'connected to Slack',
        'the connection to Slack is closed',
      ]);
    });
  });

  it.each([
    ['before its hello', false],
    ['after its hello', true],
  ])('logs once why Slack ends each connection %s', async (_, greets) => {
    const { accepted, connection, lines } = await begin(hastyClock(), (socket, count) => {
      if (greets || count > 3) hello(socket);
      if (count <= 3) socket.send('{"type":"disconnect","reason":"link_disabled"}');
    });
    await connection.start();
    await eventually('a connection that lasts', () => accepted() === 4 && connection.isUp());
    expect(lines.filter(({ message }) => message.includes('unreachable'))).toEqual([
      {
        message: 'Slack is unreachable over the socket; retrying',
        fields: { reason: 'link_disabled', failures: 1 },
      },
    ]);
    await connection.stop();
  });

  it('is never up if it is stopped while it connects', async () => {
    const greeted: WebSocket[] = [];
    const clock = manualClock();
    const { changes, connection, lines, sockets } = await begin(clock, (socket) => {
      greeted.push(socket);
    });
    void connection.start();
    await eventually('the connection', () => greeted.length === 1);
    const stopping = connection.stop();
    for (const socket of greeted) hello(socket);
    // If the library has not seen the connection yet, it closes it at the second call.
    await eventually('the end of the connection', async () => {
      await clock.advance(100);
      return sockets.clients.size === 0;
    });
    await stopping;
    expect(connection.isUp()).toBe(false);
    expect(changes).toEqual([]);
    expect(lines).toEqual([]);
    expect(greeted.length).toBe(1);
  });

  describe('stopped while Slack looks up the URL of the socket', () => {
    async function stopEarly() {
      let answer = (): void => {};
      const answering = new Promise<void>((resolve) => {
        answer = resolve;
      });
      const base = await begin(manualClock(), hello, { answering });
      void base.connection.start();
      await eventually('the call', () => base.opened() === 1);
      let stopped = false;
      const stopping = base.connection.stop().then(() => {
        stopped = true;
      });
      await base.clock.advance(1_000);
      await arrivals();
      expect(stopped).toBe(false);
      return { ...base, answer, stopping };
    }

    it('closes the socket that opens then, and is never up', async () => {
      const { answer, changes, connection, lines, open, stopping } = await stopEarly();
      answer();
      await stopping;
      await eventually('the end of the socket', () => open.size === 0);
      expect(connection.isUp()).toBe(false);
      expect({ changes, lines }).toEqual({ changes: [], lines: [] });
    });

    it('ends after another second without an answer', async () => {
      const { answer, clock, connection, stopping } = await stopEarly();
      await clock.advance(1_000);
      await stopping;
      expect(connection.isUp()).toBe(false);
      answer();
    });
  });

  it('stops after a second if the peer does not confirm the end', async () => {
    const { clock, connection, sockets } = await begin(manualClock(), hello);
    await connection.start();
    for (const socket of sockets.clients) socket.pause();
    let stopped = false;
    const stopping = connection.stop().then(() => {
      stopped = true;
    });
    await clock.advance(999);
    await arrivals();
    expect(stopped).toBe(false);
    await clock.advance(1);
    await stopping;
    expect(connection.isUp()).toBe(false);
  });

  describe('an acknowledgement', () => {
    const command = (id: string) =>
      JSON.stringify({
        ...{ type: 'slash_commands', envelope_id: id, accepts_response_payload: true },
        payload: { command: '/migrate', text: id, team_id: 'T1', user_id: 'U2' },
      });
    const read = z.object({ envelope_id: z.string(), payload: z.object({ text: z.string() }) });
    /** Lets everything that is ready run, up to the bytes that are written to sockets. */
    const turns = async (count = 5) => {
      for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
    };

    it('for a delivery that no handler could take is not sent, and the log has only the kind of error', async () => {
      let received = 0;
      const { connection, lines } = await begin(manualClock(), (socket) => {
        socket.on('message', () => {
          received += 1;
        });
        hello(socket);
        socket.send(command('canary'));
      });
      const app = createApp({
        ...{ token: 'xoxb-only-for-tests', apiUrl: slack.apiUrl, connection },
        identity: { botId: 'B1', botUserId: 'U1', teamId: 'T1', workspaceUrl: '', scopes: [] },
        log: silentLog,
        metrics: { measure: () => {} },
      }).app;
      app.processEvent = () => Promise.reject(new TypeError('canary'));
      await connection.start();
      const message = 'a delivery from Slack could not be handled';
      await eventually('the line', () => lines.some((line) => line.message === message));
      await arrivals();
      expect(received).toBe(0);
      expect(lines.find((line) => line.message === message)?.fields).toEqual({
        reason: 'TypeError',
      });
      expect(JSON.stringify(lines)).not.toContain('canary');
      await connection.stop();
    });

    /** A server that notes on which connection each command is acknowledged, and an app that does so in `handle`. */
    async function serve(
      handle: (ack: (text: string) => Promise<void>, text: string) => Promise<void> = (ack, text) =>
        ack(text),
    ) {
      const acknowledged: string[] = [];
      const links: WebSocket[] = [];
      const base = await begin(manualClock(), (socket, count) => {
        links.push(socket);
        socket.on('message', (data) => {
          const { envelope_id, payload } = read.parse(JSON.parse(String(data)));
          acknowledged.push(`${envelope_id} on ${count}: ${payload.text}`);
        });
        hello(socket);
      });
      const { app } = createApp({
        ...{ token: 'xoxb-only-for-tests', apiUrl: slack.apiUrl, connection: base.connection },
        identity: { botId: 'B1', botUserId: 'U1', teamId: 'T1', workspaceUrl: '', scopes: [] },
        log: silentLog,
        metrics: { measure: () => {} },
      });
      app.command('/migrate', ({ ack, command: { text } }) => handle(ack, text));
      await base.connection.start();
      const link = (count: number): WebSocket => {
        const socket = links[count - 1];
        if (socket === undefined) throw new Error(`no connection ${count}`);
        return socket;
      };
      /** Sends commands on a connection whose close frame the server has not read. */
      const cross = async (count: number, ...ids: string[]) => {
        await eventually(`connection ${count}`, () => links.length >= count);
        for (const id of ids) link(count).send(command(id));
        link(count).resume();
      };
      return { ...base, acknowledged, cross, link, links };
    }

    it('for a click that crosses the close frame is sent over another connection', async () => {
      const { acknowledged, connection, cross, link, links } = await serve();
      link(1).pause();
      const stopping = connection.stop();
      await turns();
      await cross(1, 'a', 'b');
      await stopping;
      expect(acknowledged.sort()).toEqual(['a on 2: a', 'b on 2: b']);
      expect(links).toHaveLength(2);
      expect(link(2).readyState).not.toBe(link(2).OPEN);
      expect(connection.isUp()).toBe(false);
    });

    it('for a click that crosses it after Slack announced the end is sent over the next connection', async () => {
      const { acknowledged, changes, connection, cross, link, links } = await serve();
      link(1).pause();
      link(1).send('{"type":"disconnect","reason":"warning"}');
      await arrivals();
      await cross(1, 'a');
      await eventually('the acknowledgement', () => acknowledged.length > 0);
      expect(acknowledged).toEqual(['a on 2: a']);
      expect(changes).toEqual([true, false, true]);
      await connection.stop();
      expect(links).toHaveLength(2);
    });

    it('of a slow handler is sent before the other connection is closed', async () => {
      let finish = (): void => {};
      const { acknowledged, connection, cross, link, links } = await serve(async (ack, text) => {
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        await ack(text);
      });
      link(1).pause();
      const stopping = connection.stop();
      await turns();
      await cross(1, 'a');
      await eventually('the other connection', () => links.length === 2);
      await arrivals();
      finish();
      await stopping;
      expect(acknowledged).toEqual(['a on 2: a']);
      expect(links).toHaveLength(2);
    });

    it('is sent even if Slack never confirms that the first connection is closed', async () => {
      const { acknowledged, clock, connection, link } = await serve();
      link(1).pause();
      const stopping = connection.stop();
      await turns();
      link(1).send(command('a'));
      await turns();
      await arrivals();
      await clock.advance(1_000);
      await stopping;
      expect(acknowledged).toEqual(['a on 2: a']);
    });

    it('of a slow handler is sent before the connection is closed', async () => {
      let finish = (): void => {};
      const { acknowledged, connection, link, links } = await serve(async (ack, text) => {
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        await ack(text);
      });
      link(1).send(command('a'));
      await arrivals();
      let stopped = false;
      const stopping = connection.stop().then(() => {
        stopped = true;
      });
      await arrivals();
      expect(stopped).toBe(false);
      expect(link(1).readyState).toBe(link(1).OPEN);
      finish();
      await stopping;
      expect(acknowledged).toEqual(['a on 1: a']);
      expect(links).toHaveLength(1);
    });

    it('is sent over the next connection if Slack ends the one of the click', async () => {
      let finish = (): void => {};
      const { acknowledged, changes, connection, link, links } = await serve(async (ack, text) => {
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        await ack(text);
      });
      link(1).send(command('a'));
      await arrivals();
      link(1).terminate();
      await eventually('the end', () => changes.includes(false));
      finish();
      await eventually('the acknowledgement', () => acknowledged.length > 0);
      expect(acknowledged).toEqual(['a on 2: a']);
      await connection.stop();
      expect(links).toHaveLength(2);
    });

    it('that a handler left out does not delay the stop', async () => {
      const { acknowledged, connection, link, links } = await serve(async () => {});
      link(1).send(command('a'));
      await arrivals();
      await connection.stop();
      expect({ acknowledged, links: links.length }).toEqual({ acknowledged: [], links: 1 });
    });

    it('of a handler that hangs delays the stop by five seconds at most', async () => {
      const { acknowledged, clock, connection, link, links } = await serve(
        () => new Promise(() => {}),
      );
      link(1).send(command('a'));
      await arrivals();
      let stopped = false;
      const stopping = connection.stop().then(() => {
        stopped = true;
      });
      await clock.advance(4_999);
      await arrivals();
      expect(stopped).toBe(false);
      await clock.advance(1);
      await stopping;
      expect(acknowledged).toEqual([]);
      expect(links).toHaveLength(1);
      expect(clock.sleeping()).toBe(0);
    });
  });
});
