import type { WebProxy } from '../domain/proxy';
import type { Secret } from '../domain/secrets/secret';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import type { Metrics } from '../ports/metrics';
import type { SlackConnection } from './connection';
import { httpConnection } from './httpConnection';
import { socketConnection } from './socketConnection';

/** How Slack reaches this process: over a socket that Ferry opens, or by HTTP requests to Ferry. */
export type ConnectionSettings =
  | { mode: 'socket'; appToken: Secret }
  | { mode: 'http'; signingSecret: Secret };

export function createConnection(
  {
    apiUrl,
    connection,
    proxy,
  }: { apiUrl: string; connection: ConnectionSettings; proxy: WebProxy | undefined },
  surroundings: {
    clock: Clock;
    /** The machine's time, for the timestamps of Slack's signatures. */
    machineClock: Clock;
    log: Log;
    metrics: Metrics;
    /** Returns a number from 0 to below 1, for the jitter of delays. */
    random(): number;
    onChange(isUp: boolean): void;
  },
): SlackConnection {
  const { clock, machineClock, log, metrics, random, onChange } = surroundings;
  return connection.mode === 'http'
    ? httpConnection({
        signingSecret: connection.signingSecret.reveal(),
        log,
        clock: machineClock,
        onChange,
      })
    : socketConnection({
        appToken: connection.appToken.reveal(),
        apiUrl,
        proxy,
        clock,
        log,
        metrics,
        random,
        onChange,
      });
}
