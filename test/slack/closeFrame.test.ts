import { channel } from 'node:diagnostics_channel';
import { PassThrough } from 'node:stream';
import { SocketModeReceiver } from '@slack/bolt';
import { closeFrames } from '../../src/slack/closeFrame';
import { slackLogger } from '../../src/slack/log';
import { silentLog } from '../support/silentLog';

const sent = channel('undici:client:sendHeaders');

/** A client, and what undici publishes when it opens a connection for it. */
function begin() {
  const { client } = new SocketModeReceiver({
    appToken: 'xapp-only-for-tests',
    logger: slackLogger(silentLog, 'socket'),
  });
  const close = closeFrames(client);
  return {
    client,
    close,
    authenticate: () => client.emit('authenticated', { url: 'wss://slack.example.com/link?a=b' }),
    open(path = '/link?a=b') {
      const socket = new PassThrough();
      sent.publish({ request: { path }, socket });
      return socket;
    },
  };
}

it('sends a masked close frame on the connection of the client', () => {
  const { authenticate, close, open } = begin();
  authenticate();
  const socket = open();
  expect(close()).toBe(true);
  const frame = socket.read();
  expect([...frame.subarray(0, 2)]).toEqual([0x88, 0x82]);
  const [mask, code] = [frame.subarray(2, 6), frame.subarray(6)];
  expect([...code].map((byte, index) => byte ^ mask[index])).toEqual([0x03, 0xe8]);
});

it('sends nothing before there is a connection, and nothing on others', () => {
  const { authenticate, close, open } = begin();
  expect(close()).toBe(false);
  authenticate();
  expect(close()).toBe(false);
  const other = open('/other');
  expect(close()).toBe(false);
  expect(other.read()).toBeNull();
  open();
  expect(close()).toBe(true);
});

it('sends nothing after the connection ended, and then uses the next one', () => {
  const { authenticate, client, close, open } = begin();
  authenticate();
  const first = open();
  client.emit('disconnected');
  expect(close()).toBe(false);
  expect(first.read()).toBeNull();
  authenticate();
  const second = open();
  expect(close()).toBe(true);
  expect(second.read()).not.toBeNull();
  second.end();
  expect(close()).toBe(false);
});

it.each([
  ['', 1],
  [', also after an attempt that failed before it', 2],
])('uses the first connection to its address%s', (_, attempts) => {
  const { authenticate, close, open } = begin();
  for (let count = 0; count < attempts; count += 1) authenticate();
  const first = open();
  const later = open();
  expect(close()).toBe(true);
  expect(first.read()).not.toBeNull();
  expect(later.read()).toBeNull();
});
