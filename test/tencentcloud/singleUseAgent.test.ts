import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, request as requestOverTls } from 'node:https';
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EndCall } from '../../src/ports/callPace';
import { singleUseAgent } from '../../src/tencentcloud/singleUseAgent';
import { eventually } from '../support/eventually';
import { listenLocally } from '../support/listenLocally';

/** A release that the test controls, and whether it was awaited. */
function heldRelease() {
  const state = { awaited: false, gone: false, ends: 0, give: (): void => {} };
  const given = new Promise<void>((resolve) => {
    state.give = resolve;
  });
  const release = async (gone: AbortSignal): Promise<EndCall> => {
    state.awaited = true;
    gone.addEventListener('abort', () => {
      state.gone = true;
    });
    await given;
    return () => {
      state.ends += 1;
    };
  };
  return { state, release };
}

const until = (probe: () => boolean): Promise<void> => eventually('the next step', probe, 2);

it('sends no byte over plain HTTP before it is released', async () => {
  let received = '';
  const server = createTcpServer((socket) => {
    socket.on('data', (bytes) => {
      received += bytes;
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    });
  });
  const port = await listenLocally(server);
  const { state, release } = heldRelease();
  const { agent, progress, close } = singleUseAgent('http:', release);
  const answered = new Promise((resolve, reject) => {
    request({ port, agent, method: 'POST' }, resolve).on('error', reject).end('secret');
  });
  await until(() => state.awaited);
  await sleep(50);
  expect(received).toBe('');
  expect(progress.sent).toBe(false);
  state.give();
  await answered;
  expect(received).toContain('secret');
  expect(progress.sent).toBe(true);
  expect(state.ends).toBe(0);
  close();
  expect(state.ends).toBe(1);
  server.close();
});

it('sends no byte over TLS before the handshake is done and it is released', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-tls-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  const options = ['-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
  execFileSync('openssl', ['req', '-x509', ...options, '-keyout', `${key}`, '-out', `${cert}`], {
    stdio: 'ignore',
  });
  let requests = 0;
  const files = { key: readFileSync(`${key}`), cert: readFileSync(`${cert}`) };
  const server = createServer(files, (_, response) => {
    requests += 1;
    response.end();
  });
  const port = await listenLocally(server);
  const { state, release } = heldRelease();
  const { agent, progress, close } = singleUseAgent('https:', release);
  const sent = { port, agent, host: 'localhost', ca: files.cert, method: 'POST' };
  const answered = new Promise((resolve, reject) => {
    requestOverTls(sent, resolve).on('error', reject).end('secret');
  });
  await until(() => state.awaited);
  await sleep(50);
  expect(requests).toBe(0);
  expect(progress.sent).toBe(false);
  state.give();
  await answered;
  expect(requests).toBe(1);
  expect(progress.sent).toBe(true);
  close();
  server.close();
  rmSync(folder, { recursive: true });
});

it.each([
  ['the server closes the connection', (end: () => void) => end()],
  ['the call is abandoned', (_: () => void, close: () => void) => close()],
])('fails without sending if %s before the release', async (_, happen) => {
  const ends: (() => void)[] = [];
  const server = createTcpServer((socket) => {
    ends.push(() => socket.end());
    socket.on('error', () => {});
  });
  const port = await listenLocally(server);
  const { state, release } = heldRelease();
  const { agent, progress, close } = singleUseAgent('http:', release);
  const failed = new Promise<Error>((resolve) => {
    request({ port, agent, method: 'POST' }).on('error', resolve).end('secret');
  });
  await until(() => state.awaited && ends.length > 0);
  happen(() => ends[0]?.(), close);
  expect((await failed).message).toBe('the connection was closed before the call was sent');
  expect(state.gone).toBe(true);
  state.give();
  await sleep(10);
  expect(progress.sent).toBe(false);
  close();
  expect(state.ends).toBe(1);
  server.close();
});

it('ends without sending if it is released at the moment it is abandoned', async () => {
  const server = createTcpServer((socket) => socket.on('error', () => {}));
  const port = await listenLocally(server);
  const { state, release } = heldRelease();
  const { agent, progress, close } = singleUseAgent('http:', release);
  const failed = new Promise((resolve) => {
    request({ port, agent, method: 'POST' }).on('error', resolve).end('secret');
  });
  await until(() => state.awaited);
  state.give();
  close();
  await failed;
  expect({ ends: state.ends, sent: progress.sent }).toEqual({ ends: 1, sent: false });
  server.close();
});

it.each<[string, (socket: Socket) => void]>([
  ['breaks', (socket) => socket.resetAndDestroy()],
  ['ends', (socket) => socket.end()],
])('a connection that %s after the call was sent is reported by the call alone', async (_, end) => {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => end(socket));
  });
  const port = await listenLocally(server);
  const { state, release } = heldRelease();
  const { agent, progress, close } = singleUseAgent('http:', release);
  const failed = new Promise<Error>((resolve) => {
    request({ port, agent, method: 'POST' }).on('error', resolve).end('secret');
  });
  await until(() => state.awaited);
  state.give();
  expect(await failed).toMatchObject({ code: 'ECONNRESET' });
  await sleep(10);
  expect({ gone: state.gone, sent: progress.sent }).toEqual({ gone: false, sent: true });
  close();
  server.close();
});

it('fails without sending and closes the connection if the release is refused', async () => {
  let isClosed = false;
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.on('close', () => {
      isClosed = true;
    });
    socket.resume();
  });
  const port = await listenLocally(server);
  const { agent, progress, close } = singleUseAgent('http:', async () => {
    throw new Error('too late');
  });
  const failed = new Promise<Error>((resolve) => {
    request({ port, agent, method: 'POST' }).on('error', resolve).end('secret');
  });
  expect((await failed).message).toBe('too late');
  await until(() => isClosed);
  expect(progress.sent).toBe(false);
  close();
  server.close();
});

describe('through a tunnel', () => {
  let received: string;
  let server: Server;
  let port: number;
  beforeEach(async () => {
    received = '';
    server = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        received += bytes;
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
      });
    });
    port = await listenLocally(server);
  });
  afterEach(() => {
    server.close();
  });

  /** A request over the connection that `tunnel` opens. Resolves to its end. */
  function call(tunnel: (abandon: AbortSignal) => Promise<Socket>) {
    const { state, release } = heldRelease();
    const used = singleUseAgent('http:', release, tunnel);
    const ended = new Promise<'answered' | Error>((resolve) => {
      const sent = request({ host: 'nowhere.invalid', agent: used.agent, method: 'POST' }, () =>
        resolve('answered'),
      );
      sent.on('error', resolve).end('secret');
    });
    return { ...used, ended, state };
  }

  it('sends nothing before it is released, and uses no other connection', async () => {
    const { close, ended, progress, state } = call(async () => connect(port, '127.0.0.1'));
    await until(() => state.awaited);
    await sleep(20);
    expect([received, progress.sent]).toEqual(['', false]);
    state.give();
    expect(await ended).toBe('answered');
    expect(received).toContain('secret');
    close();
  });

  it.each([
    [new Error('the proxy responded HTTP 407'), 'the proxy responded HTTP 407'],
    ['no error at all', 'no error at all'],
  ])('fails without sending if the tunnel fails: %s', async (reason, message) => {
    const { close, ended, progress, state } = call(() => Promise.reject(reason));
    expect(await ended).toMatchObject({ message });
    expect([progress.sent, state.awaited]).toEqual([false, false]);
    close();
  });

  it('closes a connection that is established after the call was abandoned', async () => {
    let opened: Socket | undefined;
    let isAbandoned = false;
    const { close, ended, progress } = call(async (abandon) => {
      await until(() => abandon.aborted);
      isAbandoned = true;
      opened = connect(port, '127.0.0.1');
      return opened;
    });
    close();
    expect(await ended).toBeInstanceOf(Error);
    await until(() => opened?.destroyed === true);
    expect([isAbandoned, progress.sent, received]).toEqual([true, false, '']);
  });
});
