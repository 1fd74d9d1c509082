import { channel } from 'node:diagnostics_channel';
import { Duplex, PassThrough } from 'node:stream';
import { SocketModeReceiver } from '@slack/bolt';
import { silentLog } from '../../src/operations/log';
import { closeFrames } from '../../src/slack/closeFrame';
import { slackLogger } from '../../src/slack/log';

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
    open(path = '/link?a=b', socket: Duplex = new PassThrough()) {
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
  expect(first.destroyed).toBe(true);
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

it('reads each call once, however many attempts to connect failed', () => {
  const { authenticate } = begin();
  const readsOfACall = () => {
    let reads = 0;
    sent.publish({
      get request() {
        reads += 1;
        return { path: '/another' };
      },
      socket: new PassThrough(),
    });
    return reads;
  };
  // The channel belongs to the process, so connections of other tests may read it, too.
  const byOthers = readsOfACall();
  for (let count = 0; count < 3; count += 1) authenticate();
  expect(readsOfACall() - byOthers).toBe(1);
});

describe('the connection is ended', () => {
  const [isOpen, isClosing] = [1, 2];

  /** A client with a connection that Slack has opened, and how often the client ended it. */
  function opened() {
    const { authenticate, client, close, open } = begin();
    const end = jest.spyOn(client, 'disconnect').mockResolvedValue(undefined);
    authenticate();
    const socket = new Duplex({ read() {}, write: (_, __, done) => done() });
    open('/link?a=b', socket);
    const become = (readyState: number) => Reflect.set(client, 'websocket', { readyState });
    become(isOpen);
    const arrives = async () => {
      socket.push('a frame');
      await new Promise(setImmediate);
      return end.mock.calls.length;
    };
    return { arrives, become, client, close, ends: () => end.mock.calls.length };
  }

  it('when Slack has closed it, and not before', async () => {
    const { arrives, become, client } = opened();
    client.emit('connected');
    expect(await arrives()).toBe(0);
    become(isClosing);
    expect(await arrives()).toBe(1);
  });

  it('when Slack answers a close frame, once', async () => {
    const { arrives, become, client, close } = opened();
    client.emit('connected');
    close();
    await new Promise(setImmediate);
    become(isClosing);
    expect(await arrives()).toBe(1);
  });

  it('when Slack answers a close frame that was sent before it said hello', async () => {
    const { arrives, become, close } = opened();
    close();
    await new Promise(setImmediate);
    become(isClosing);
    expect(await arrives()).toBe(1);
  });

  it('after a close frame, if that of Slack has just arrived', async () => {
    const { become, close, ends } = opened();
    become(isClosing);
    close();
    expect(ends()).toBe(0);
    await new Promise(setImmediate);
    expect(ends()).toBe(1);
  });
});
