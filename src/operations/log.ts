import pino, { type DestinationStream } from 'pino';
import { hideSecrets, Secret } from '../domain/secrets/secret';
import { terminalJson } from '../domain/text/typedText';
import type { Log } from '../ports/log';
import type { Trace } from '../ports/logLines';

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Logs nothing: for commands, which print their own results. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

type Fields = Readonly<Record<string, unknown>>;

/**
 * Logs JSON lines to standard output that are safe to print on a terminal. It redacts fields named
 * like a credential, and texts that contain one of `secrets` or a part of one. Of an error, it logs
 * only the name, message, code and stack, and nothing that a library attached (requests, headers,
 * bodies). The first argument of each function is a fixed phrase and is written unchanged.
 */
export function createLog(
  level: LogLevel,
  {
    destination,
    secrets = [],
  }: { destination?: DestinationStream; secrets?: readonly Secret[] } = {},
): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: ['password', 'token', 'secret', '*.password', '*.token', '*.secret'],
      censor: '[secret]',
    },
    hooks: { streamWrite: terminalJson },
  };
  const logger = destination === undefined ? pino(options) : pino(options, destination);
  const clean = (fields: Fields = {}): object =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, withoutSecrets(secrets, value)]),
    );
  return {
    info: (line: string, fields?: Fields) => logger.info(clean(fields), line),
    warn: (line: string, fields?: Fields) => logger.warn(clean(fields), line),
    error: (line: string, fields?: Fields) => logger.error(clean(fields), line),
  };
}

/** Library objects may be circular. Ferry's own are less deep. */
const mostDepth = 8;

function withoutSecrets(secrets: readonly Secret[], value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return hideSecrets(secrets, value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (value instanceof Secret) return String(value);
  if (depth === mostDepth) return '…';
  if (Array.isArray(value)) return value.map((each) => withoutSecrets(secrets, each, depth + 1));
  const fields = value instanceof Error ? describeError(value) : value;
  return Object.fromEntries(
    Object.entries(fields).map(([name, each]) => [name, withoutSecrets(secrets, each, depth + 1)]),
  );
}

/**
 * Where an error came from, without its message. The message of an unexpected error may quote what
 * was being read, which could include a password.
 */
export function traceOf(error: unknown): Trace {
  if (!(error instanceof Error)) return { name: typeof error };
  const code: unknown = Reflect.get(error, 'code');
  const frames = (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
    .map((line) => line.trim());
  return { name: error.name, ...(typeof code === 'string' ? { code } : {}), frames };
}

function describeError(error: Error): Record<string, unknown> {
  const code: unknown = Reflect.get(error, 'code');
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    stack: error.stack,
  };
}
