import { connect } from 'node:net';
import type { Route } from '../../src/operations/httpServer';
import { listen } from '../../src/operations/listen';

const local = { host: '127.0.0.1', port: 0 };
const partsWith = (
  routes: readonly Route[] = [],
  note: (message: string, fields?: object) => void = () => {},
) => ({
  log: { info: note, warn: note, error: note },
  version: '0.1.0',
  metrics: { text: async () => '', contentType: 'text/plain' },
  routes,
  note: () => undefined,
  obstacle: async () => undefined,
});

it('answers 500 if a handler fails, and logs its path without the query', async () => {
  const logged: unknown[] = [];
  const note = (message: string, fields?: object) => logged.push([message, fields]);
  const error = new Error('the disk is full');
  const handle = () => Promise.reject(error);
  const routes = [{ method: 'POST', path: '/slack/events', handle } as const];
  const listening = await listen(local, partsWith(routes, note));
  if (!listening.ok) throw new Error(listening.problem.kind);
  const url = `http://127.0.0.1:${listening.server.port}/slack/events?token=canary`;
  const response = await fetch(url, { method: 'POST', body: 'x' });
  expect([response.status, await response.text()]).toEqual([500, 'internal error\n']);
  expect(logged).toEqual([['a request failed', { path: '/slack/events', error }]]);
  await listening.server.stop();
});

it('says why it can’t listen, if the reason is a usual one', async () => {
  const parts = partsWith();
  const first = await listen(local, parts);
  if (!first.ok) throw new Error(first.problem.kind);
  const { port } = first.server;
  expect(await listen({ ...local, port }, parts)).toEqual({
    ...{ ok: false, problem: { kind: 'port_taken', port } },
  });
  await first.server.stop();
  expect(await listen({ host: '192.0.2.1', port: 0 }, parts)).toEqual({
    ...{ ok: false, problem: { kind: 'host_unusable', host: '192.0.2.1' } },
  });
});

describe('on one connection', () => {
  /** The responses to these packets, each sent once the response to the packet before has arrived. */
  async function responsesTo(packets: readonly string[]): Promise<number> {
    const listening = await listen(local, partsWith());
    if (!listening.ok) throw new Error(listening.problem.kind);
    const socket = connect(listening.server.port, '127.0.0.1');
    const [first = '', ...others] = packets;
    const received = await new Promise<string>((resolve) => {
      let all = '';
      socket.on('data', (data) => {
        all += data;
        const next = others.shift();
        if (next === undefined) socket.end();
        else socket.write(next);
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(all));
      socket.write(first);
    });
    await listening.server.stop();
    return received.split('HTTP/1.1 200 OK').length - 1;
  }
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;

  it('answers one request after the other', async () => {
    expect(await responsesTo([get('/healthz'), get('/metrics'), get('/readyz')])).toBe(3);
  });

  it.each(['/healthz', '/metrics', '/readyz'])(
    'answers at most one of many requests in a packet: %s',
    async (path) => {
      expect(await responsesTo([get(path).repeat(1_000)])).toBeLessThanOrEqual(1);
    },
  );
});
