import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const script = resolve(__dirname, '../../dist/src/audit.js');

export interface Audit {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs an auditor's command as a process of its own, until it ends. */
export function runAudit(env: Readonly<Record<string, string>>, ...args: string[]): Promise<Audit> {
  const { PATH = '' } = process.env;
  const cwd = mkdtempSync(join(tmpdir(), 'ferry-audit-'));
  return new Promise((done) => {
    const options = { cwd, env: { PATH, ...env }, maxBuffer: 64 * 1_048_576 };
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
