import type { SocketModeReceiver } from '@slack/bolt';
import { after } from '../domain/time/offset';
import type { Clock } from '../ports/clock';

type Client = SocketModeReceiver['client'];

/** What the client emits for each envelope. `ack` sends on the connection that is open by then. */
interface Envelope {
  ack(response?: unknown): Promise<void>;
}

/** How long an acknowledgement is worth sending, in ms. Slack shows an error after three seconds. */
const patienceMs = 5_000;

export interface Acknowledgements {
  /** Sends nothing until the next connection, because this one gets a close frame. */
  pause(): void;
  /** True if Slack waits for an acknowledgement. */
  arePending(): boolean;
  /** Resolves at a moment when Slack waits for no acknowledgement. Under load, that may never come. */
  settled(): Promise<void>;
}

/**
 * Sends an acknowledgement over the next connection if its own has closed. A WebSocket carries
 * nothing after its close frame, so a click that crosses this frame would be lost otherwise. Slack's
 * SDK for Python sends them over another connection, too.
 */
export function keepAcknowledgements(client: Client, clock: Clock): Acknowledgements {
  const [take] = client.listeners('slack_event');
  client.removeAllListeners('slack_event');
  const pending = new Set<object>();
  let isOpen = false;
  /** Ends the waits for a change of `isOpen` or `pending`. */
  let wake = new AbortController();
  const changed = (): void => {
    wake.abort('changed');
    wake = new AbortController();
  };
  const opened = (isOpenNow: boolean) => (): void => {
    isOpen = isOpenNow;
    changed();
  };
  client.on('connected', opened(true));
  const pause = opened(false);
  client.on('disconnected', pause);

  client.on('slack_event', (envelope: Envelope) => {
    const until = after(clock.now(), patienceMs);
    const isLate = (): boolean => clock.now() >= until;
    const answered = new AbortController();
    const forget = (): void => {
      pending.delete(envelope);
      answered.abort('answered');
      changed();
    };
    pending.add(envelope);
    // A handler may hang. Most of them acknowledge before this turn of the event loop ends.
    setImmediate(() => void clock.sleepUntil(until, answered.signal).then(forget));
    const handled: unknown = take?.({
      ...envelope,
      async ack(response?: unknown): Promise<void> {
        for (;;) {
          while (!isOpen && !isLate()) {
            await clock.sleepUntil(until, AbortSignal.any([wake.signal, answered.signal]));
          }
          try {
            await envelope.ack(response);
            return forget();
          } catch (error) {
            if (isLate()) throw error;
            isOpen = false;
          }
        }
      },
    });
    // A handler that failed acknowledges nothing.
    void Promise.resolve(handled).finally(forget);
  });

  return {
    pause,
    arePending: () => pending.size > 0,
    async settled() {
      while (pending.size > 0)
        await new Promise((resolve) => {
          wake.signal.addEventListener('abort', resolve);
        });
    },
  };
}
