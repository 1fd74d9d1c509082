import type { Writable } from 'node:stream';
import { config as loadDotenv } from 'dotenv';
import { harmless } from '../domain/text/typedText';

/** What a command is called with, and where it prints. */
export interface CommandLine {
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  stdout: Writable;
  stderr: Writable;
}

/** Runs a command as this process, with the settings of `.env` where the environment has none. */
export function runAsProcess(command: (line: CommandLine) => Promise<number>): void {
  loadDotenv({ quiet: true });
  const { argv, env, stdout, stderr } = process;
  command({ args: argv.slice(2), env, stdout, stderr }).then(
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
