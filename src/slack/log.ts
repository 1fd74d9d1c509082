import { type Logger, LogLevel } from '@slack/web-api';
import type { Log } from '../ports/log';

/**
 * The logger that Slack's libraries are given. Their debug lines hold whole payloads, typed
 * passwords among them, so they are dropped at every level of Ferry's own log.
 */
export function slackLogger(log: Log, source: string): Logger {
  const write = (level: 'info' | 'warn' | 'error') => {
    return (...parts: unknown[]) =>
      log[level]('a library of Slack reports', { source, says: parts.map(describe).join(' ') });
  };
  return {
    debug: () => {},
    info: () => {},
    warn: write('warn'),
    error: write('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}

/** Errors by what they say alone: objects of the libraries carry requests and headers. */
function describe(part: unknown): string {
  if (part instanceof Error) return `${part.name}: ${part.message}`;
  return typeof part === 'string' ? part : typeof part;
}
