import { createServer, type Server } from 'node:http';
import { clockSkewMs } from '../../src/slack/clockSkew';
import { limitsDuring } from '../support/limitsDuring';
import { listenLocally } from '../support/listenLocally';

let server: Server;
let asked: string[];
let headers: Record<string, string>;
let status: number;
let port: number;
beforeEach(async () => {
  asked = [];
  status = 200;
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.sendDate = false;
    response.writeHead(status, headers).end('{"ok":true}');
  });
  port = await listenLocally(server);
});
afterEach(() => server.close());

const sent = new Date('2026-05-04T10:00:00Z');
const skewAt = (now: number) => clockSkewMs(`http://127.0.0.1:${port}/api/`, () => now);

it('is awaited for five seconds', async () => {
  headers = { date: sent.toUTCString() };
  expect(await limitsDuring(() => skewAt(sent.getTime()))).toEqual([5_000]);
});

it.each([0, 90_000, -90_000])(
  'is the difference to the time of the response: %i ms',
  async (ms) => {
    headers = { date: sent.toUTCString() };
    expect(await skewAt(sent.getTime() + ms)).toBe(ms);
    expect(asked).toEqual(['POST /api/api.test']);
  },
);

it('is also known from an error, and from a redirect, which is not followed', async () => {
  headers = { date: sent.toUTCString(), location: '/elsewhere' };
  for (const each of [307, 503]) {
    status = each;
    expect(await skewAt(sent.getTime())).toBe(0);
  }
  expect(asked).toEqual(['POST /api/api.test', 'POST /api/api.test']);
});

it.each<[string, Record<string, string>]>([
  ['without a time', {}],
  ['with an unreadable time', { date: 'soon' }],
])('is unknown from a response %s', async (_, others) => {
  headers = others;
  expect(await skewAt(sent.getTime())).toBeUndefined();
  expect(asked).toHaveLength(1);
});

it('is unknown without a response', async () => {
  expect(await clockSkewMs('http://127.0.0.1:9/api/', Date.now)).toBeUndefined();
});
