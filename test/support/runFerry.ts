import { ferry } from '../../src/commandLine/ferry';
import { printed } from './printed';

export interface Ran {
  code: number | undefined;
  stdout: string;
  stderr: string;
}

/** Runs a command of the program `ferry` in this process. */
export async function runFerry(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
  envFile = '',
  now = Date.now,
): Promise<Ran> {
  const out = printed();
  const err = printed();
  const line = { args, env, envFile, now, stdout: out.stream, stderr: err.stream };
  const code = await ferry(line, async () => {
    throw new Error('the bot would have started');
  });
  return { code, stdout: out.text(), stderr: err.text() };
}
