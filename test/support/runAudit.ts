import { audit } from '../../src/commandLine/audit';
import { printed } from './printed';

export interface Audit {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs an audit command in this process. */
export async function runAudit(
  env: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<Audit> {
  const out = printed();
  const err = printed();
  const code = await audit({ args, env, envFile: '', stdout: out.stream, stderr: err.stream });
  return { code, stdout: out.text(), stderr: err.text() };
}
