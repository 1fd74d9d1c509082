import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { parse, populate } from 'dotenv';
import { failure, type Result, success } from '../domain/result';
import { decodeText } from '../domain/text/decodeText';
import { harmless } from '../domain/text/typedText';
import { locales, type Messages, preferredLocale } from '../i18n/locales';

/** The arguments and output of a command. */
export interface CommandLine {
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** The text of the `.env` file that settings were read from; '' if there is none. */
  envFile: string;
  /** The machine's clock, in ms since 1970. */
  now(): number;
  stdout: Writable;
  stderr: Writable;
}

/** What a command reports to the program that started it. */
export const exitCodes = {
  fine: 0,
  /** A check found a problem, or the command failed. */
  failed: 1,
  /** The command could not begin, or its arguments are invalid. */
  refused: 2,
} as const;

/** Prints why a command ends. Returns its exit code. */
export const refuseWith =
  (stderr: Writable) =>
  (message: string, code: number = exitCodes.refused): number => {
    stderr.write(`${harmless(message, 'paragraphs')}\n`);
    return code;
  };

/** The text of `.env`, which is '' if there is none, or why it can't be read. */
function readEnvFile({ notText }: Messages['commandLine']['envFile']): Result<string, string> {
  try {
    const text = decodeText(readFileSync('.env'));
    return text === undefined ? failure(notText) : success(text);
  } catch (error) {
    const code = String(error instanceof Error ? Reflect.get(error, 'code') : error);
    return code === 'ENOENT' ? success('') : failure(code);
  }
}

/** If the reader of the output has gone, the command still has its exit code. */
function unlessUnread(error: Error): void {
  if (Reflect.get(error, 'code') !== 'EPIPE') throw error;
}

/**
 * Runs a command as this process, which stays alive if it resolves to no exit code. Settings in the environment override
 * those in `.env`.
 */
export function runAsProcess(command: (line: CommandLine) => Promise<number | undefined>): void {
  const { argv, env, stdout, stderr } = process;
  const { now } = Date;
  for (const stream of [stdout, stderr]) stream.on('error', unlessUnread);
  const { envFile: words } = locales[preferredLocale(env)].commandLine;
  const read = readEnvFile(words);
  if (!read.ok) stderr.write(`${words.unreadable(read.problem)}\n`);
  const envFile = read.ok ? read.value : '';
  populate(env, parse(envFile));
  command({ args: argv.slice(2), env, envFile, now, stdout, stderr }).then(
    (code) => {
      if (code !== undefined) process.exitCode = code;
    },
    (error: unknown) => {
      // Only the error's message is printed, because libraries may attach secrets to errors.
      const message = error instanceof Error ? error.message : String(error);
      process.exitCode = refuseWith(stderr)(message, exitCodes.failed);
    },
  );
}
