import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { config as loadDotenv } from 'dotenv';
import { harmless } from '../domain/text/typedText';

/** What a command is called with, and where it prints. */
export interface CommandLine {
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** The text of the `.env` file that settings were read from; '' if there is none. */
  envFile: string;
  stdout: Writable;
  stderr: Writable;
}

/** The text of `.env`, or '' if it cannot be read. */
export function readEnvFile(): string {
  try {
    return readFileSync('.env', 'utf8');
  } catch {
    return '';
  }
}

/** Runs a command as this process, with the settings of `.env` where the environment has none. */
export function runAsProcess(command: (line: CommandLine) => Promise<number>): void {
  loadDotenv({ quiet: true });
  const { argv, env, stdout, stderr } = process;
  command({ args: argv.slice(2), env, envFile: readEnvFile(), stdout, stderr }).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      // Of an error of a library only its message: what it attached may hold more.
      const message = error instanceof Error ? error.message : String(error);
      stderr.write(`${harmless(message, 'paragraphs')}\n`);
      process.exitCode = 1;
    },
  );
}
