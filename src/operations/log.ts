import pino, { type DestinationStream } from 'pino';

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/**
 * JSON lines on standard output. Fields named like a credential are redacted; of an error only its
 * name, message, code and stack are written, never what a library attached to it (requests,
 * headers, bodies).
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: describeError },
    redact: {
      paths: ['password', 'token', 'secret', '*.password', '*.token', '*.secret'],
      censor: '[secret]',
    },
  };
  const logger = destination === undefined ? pino(options) : pino(options, destination);
  return {
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
  };
}

/**
 * Where an error came from, without its message: of an error that nobody expected, the message may quote
 * what was being read, a password among it.
 */
export function placeOf(error: unknown): {
  name: string;
  code?: string;
  frames?: readonly string[];
} {
  if (!(error instanceof Error)) return { name: typeof error };
  const code: unknown = Reflect.get(error, 'code');
  const frames = (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
    .map((line) => line.trim());
  return { name: error.name, ...(typeof code === 'string' ? { code } : {}), frames };
}

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const code: unknown = Reflect.get(error, 'code');
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    stack: error.stack,
  };
}
