import { type Logger, LogLevel } from '@slack/web-api';
import type { Log } from '../ports/log';
import { failureOf } from './platformError';

/**
 * A logger for Slack's libraries. Their debug lines contain whole payloads with typed passwords, so
 * they are dropped at every log level.
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

/** A library may put the whole page of a proxy into its text. */
const longestText = 300;

/** Logs only the message: the libraries' objects include requests and headers. */
function describe(part: unknown): string {
  if (part instanceof Error) return `${part.name}: ${failureOf(part)}`;
  return typeof part === 'string' ? part.slice(0, longestText) : typeof part;
}
