import { SocketModeReceiver } from '@slack/bolt';
import { EnvHttpProxyAgent } from 'undici';
import type { WebProxy } from '../domain/proxy';
import { backoffMs } from '../domain/time/backoff';
import { after } from '../domain/time/offset';
import { within } from '../domain/time/within';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import type { Metrics } from '../ports/metrics';
import { keepAcknowledgements } from './acknowledgements';
import { interactiveOptions } from './clients';
import { closeFrames } from './closeFrame';
import type { SlackConnection } from './connection';
import { slackLogger } from './log';
import { failureOf, platformError } from './platformError';
import { guardFrames } from './socketFrames';

export interface SocketOptions {
  appToken: string;
  apiUrl: string;
  proxy?: WebProxy | undefined;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  /** Returns a number from 0 to below 1, for the jitter of delays. */
  random(): number;
  onChange(isUp: boolean): void;
}

const helloTimeoutMs = 10_000;
/** How long Slack may take to confirm that a connection is closed, in ms. */
const closeTimeoutMs = 1_000;
/** The longest time that a stop takes, so that a call to DTS can still end after it. In ms. */
const longestStopMs = 6_000;
/** A connection that ended sooner is treated as failed, so the next one waits. In ms. */
const soundMs = 10_000;
/** The delay for a revoked token or a disabled app, which only a person can fix. In ms. */
const hopelessDelayMs = 60_000;

/** Slack's errors for a token or app that can never connect. */
const hopeless = new Set([
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
]);

/**
 * Socket Mode with its own reconnects. The library's reconnect ends the process when Slack answers
 * 5xx, and waits five seconds after every `disconnect` frame. Here, a closed socket is reopened at
 * once, and failures are followed by a growing, jittered delay.
 */
export function socketConnection(options: SocketOptions): SlackConnection {
  const { appToken, apiUrl, clock, log, metrics, proxy, random, onChange } = options;
  const logger = slackLogger(log, 'socket');
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger,
    ...(proxy === undefined ? {} : { dispatcher: dispatcherFor(proxy) }),
    // The library's own handler logs the error's text, which may quote what was delivered.
    async processEventErrorHandler({ error }) {
      log.error('a delivery from Slack could not be handled', { reason: error.name });
      return false;
    },
    installerOptions: {
      clientOptions: { ...interactiveOptions(apiUrl, log, metrics), timeout: 10_000 },
    },
  });
  const { client } = receiver;
  const sendCloseFrame = closeFrames(client);
  const acknowledgements = keepAcknowledgements(client, clock);
  const stopping = new AbortController();
  const first = firstOutcome();
  let up = false;
  /** Why Slack ends this connection, unless it is routine. */
  let endedFor: string | undefined;
  let running: Promise<void> | undefined;
  let closed = (): void => {};
  client.on('disconnected', () => closed());

  const change = (isUp: boolean): void => {
    if (up === isUp) return;
    up = isUp;
    onChange(isUp);
    log.info(isUp ? 'connected to Slack' : 'the connection to Slack is closed');
  };

  /** Never rejects. The second call closes the connection without waiting for the peer. */
  const disconnectAtOnce = async (): Promise<void> => {
    client.disconnect().catch(() => {});
    await client.disconnect().catch(() => {});
  };

  /** Resolves when Slack has said hello. Rejects if that takes too long. */
  const open = async (): Promise<void> => {
    const attempt = new AbortController();
    const tooLate = clock
      .sleepUntil(after(clock.now(), helloTimeoutMs), attempt.signal)
      .then(() => {
        throw new Error('Slack did not say hello in time');
      });
    try {
      await Promise.race([client.start(), tooLate]);
    } catch (error) {
      // The late end of this socket would look like the end of the next one.
      await disconnectAtOnce();
      throw error;
    } finally {
      attempt.abort();
    }
  };

  /** Resolves when the connection is closed. Never rejects. */
  const close = async (): Promise<void> => {
    let isGone = false;
    const gone = new Promise<void>((resolve) => {
      client.once('disconnected', () => {
        isGone = true;
        resolve();
      });
    });
    acknowledgements.pause();
    if (!sendCloseFrame()) client.disconnect().catch(() => {});
    // A socket whose peer is gone may never confirm that it is closed.
    await within(clock, gone, closeTimeoutMs);
    if (!isGone) await disconnectAtOnce();
  };
  guardFrames(client, log, (reason) => {
    endedFor = reason;
    void close();
  });

  /** One connection, from its opening to its end. */
  const connectOnce = async (): Promise<void> => {
    const untilClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    endedFor = undefined;
    await open();
    if (stopping.signal.aborted) return close();
    change(true);
    first.resolve(undefined);
    await untilClosed;
  };

  const backoff = { firstMs: 1_000, mostMs: 30_000, jitter: { from: 0.5, to: 1, random } };
  const supervise = async (): Promise<void> => {
    let failures = 0;
    let stated = '';
    while (!stopping.signal.aborted) {
      const began = clock.now().getTime();
      let isHopeless = false;
      let reason = '';
      try {
        await connectOnce();
        failures = clock.now().getTime() - began >= soundMs ? 0 : failures + 1;
        reason = endedFor ?? '';
      } catch (error) {
        failures += 1;
        const named = platformError(error);
        if (named !== undefined && hopeless.has(named)) {
          isHopeless = true;
          first.resolve(named);
        }
        const says = error instanceof Error ? failureOf(error) : 'closed before hello';
        reason = named ?? endedFor ?? says;
      }
      if (reason !== '' && reason !== stated && !stopping.signal.aborted) {
        log.error('Slack is unreachable over the socket; retrying', { reason, failures });
      }
      stated = reason;
      change(false);
      // The first retry is immediate, because Slack routinely closes connections.
      const growing = failures <= 1 ? 0 : backoffMs(backoff, failures - 1);
      const delayMs = isHopeless ? hopelessDelayMs : growing;
      if (delayMs > 0) {
        await clock.sleepUntil(after(clock.now(), delayMs), stopping.signal);
      }
    }
  };

  /**
   * Closes the connection. If anything arrives while it closes, Ferry opens another connection to
   * acknowledge that, and closes it in the same way. Never rejects.
   */
  const leave = async (until: Date): Promise<void> => {
    if (up && acknowledgements.arePending()) await acknowledgements.settled();
    await close();
    while (acknowledgements.arePending() && clock.now() < until) {
      const isBack = await open().then(
        () => true,
        () => false,
      );
      if (isBack) await acknowledgements.settled();
      await close();
    }
  };

  return {
    receiver,
    start() {
      running ??= supervise();
      return first.outcome;
    },
    isUp: () => up,
    async stop() {
      stopping.abort();
      const until = after(clock.now(), longestStopMs);
      await within(clock, leave(until), longestStopMs);
      if (running !== undefined) await within(clock, running, closeTimeoutMs);
      change(false);
    },
    listener: undefined,
  };
}

/** The library makes its own connections, which the global dispatcher does not affect. */
const dispatcherFor = ({ except, url }: WebProxy): EnvHttpProxyAgent =>
  new EnvHttpProxyAgent({ httpProxy: '', httpsProxy: url.reveal(), noProxy: except });

/** Resolves to `undefined` once connected, or to Slack's reason if connecting can't succeed. */
function firstOutcome(): {
  outcome: Promise<string | undefined>;
  resolve(reason: string | undefined): void;
} {
  let resolve = (_: string | undefined): void => {};
  const outcome = new Promise<string | undefined>((settle) => {
    resolve = settle;
  });
  return { outcome, resolve: (reason) => resolve(reason) };
}
