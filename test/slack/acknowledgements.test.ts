import { SocketModeClient } from '@slack/socket-mode';
import { keepAcknowledgements } from '../../src/slack/acknowledgements';
import { manualClock, settled } from '../support/manualClock';

describe('an acknowledgement', () => {
  let clock: ReturnType<typeof manualClock>;
  /** What was sent to Slack, and how many attempts fail before. */
  let sent: unknown[];
  let failures: number;
  let client: SocketModeClient;
  /** What the handler does with a delivery. */
  let handle: (ack: (response?: unknown) => Promise<void>) => Promise<void>;
  let acknowledgements: ReturnType<typeof keepAcknowledgements>;
  let problems: unknown[];

  beforeEach(() => {
    sent = [];
    failures = 0;
    problems = [];
    clock = manualClock();
    client = new SocketModeClient({ appToken: 'xapp-1-A1-1-a', autoReconnectEnabled: false });
    handle = (ack) => ack('answer');
    client.on('slack_event', ({ ack }) =>
      handle(ack).catch((error: unknown) => void problems.push(error)),
    );
    acknowledgements = keepAcknowledgements(client, clock);
  });

  const deliver = async (): Promise<void> => {
    client.emit('slack_event', {
      async ack(response: unknown) {
        if (failures > 0) {
          failures -= 1;
          throw new Error('not connected');
        }
        sent.push(response);
      },
    });
    await settled();
  };
  const connect = async (): Promise<void> => {
    client.emit('connected');
    await settled();
  };

  it('is sent at once while a connection is open', async () => {
    await connect();
    await deliver();
    expect(sent).toEqual(['answer']);
    expect(acknowledgements.arePending()).toBe(false);
  });

  it.each([
    ['a pause', () => acknowledgements.pause()],
    ['the end of the connection', () => client.emit('disconnected')],
  ])('waits for the next connection after %s', async (_, end) => {
    await connect();
    end();
    await deliver();
    expect(sent).toEqual([]);
    expect(acknowledgements.arePending()).toBe(true);
    await connect();
    expect(sent).toEqual(['answer']);
    expect(acknowledgements.arePending()).toBe(false);
  });

  it('that could not be sent is sent over the next connection', async () => {
    await connect();
    failures = 1;
    await deliver();
    expect(sent).toEqual([]);
    expect(acknowledgements.arePending()).toBe(true);
    await connect();
    expect(sent).toEqual(['answer']);
    expect(problems).toEqual([]);
  });

  it('is given up after five seconds, because Slack has shown an error', async () => {
    await connect();
    failures = 2;
    await deliver();
    await clock.advance(4_999);
    expect(acknowledgements.arePending()).toBe(true);
    await clock.advance(1);
    expect(acknowledgements.arePending()).toBe(false);
    await connect();
    expect(problems).toEqual([new Error('not connected')]);
    expect(sent).toEqual([]);
  });

  it('is not awaited from a handler that hangs or fails', async () => {
    await connect();
    handle = () => new Promise(() => {});
    await deliver();
    expect(acknowledgements.arePending()).toBe(true);
    await clock.advance(5_000);
    expect(acknowledgements.arePending()).toBe(false);
    handle = () => Promise.reject(new Error('a bug'));
    await deliver();
    expect(acknowledgements.arePending()).toBe(false);
  });

  it('is settled when the last of several is sent', async () => {
    await deliver();
    await deliver();
    let isSettled = false;
    const settling = acknowledgements.settled().then(() => {
      isSettled = true;
    });
    await settled();
    expect(isSettled).toBe(false);
    await connect();
    await settling;
    expect(sent).toEqual(['answer', 'answer']);
  });

  it('leaves no timer behind', async () => {
    await connect();
    await deliver();
    expect(clock.sleeping()).toBe(0);
  });
});
