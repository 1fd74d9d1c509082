import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startTestFerry } from '../support/startTestFerry';
import { anything, en, saying } from '../support/words';

it('runs as a separate program, which exits cleanly when its output is no longer read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-audit-'));
  const env = { PATH: process.env['PATH'], DATABASE_URL: `sqlite:${join(folder, 'ferry.db')}` };
  const test = await startTestFerry({ DATABASE_URL: env.DATABASE_URL });
  for (let count = 0; count < 12; count += 1) await test.request({ JobName: `job-${count}` });
  await test.stop();
  const program = resolve(__dirname, '../../dist/src/main.js');
  const run = (shell: string) =>
    promisify(execFile)('bash', ['--norc', '-c', `set -o pipefail; ${shell}`], {
      cwd: folder,
      env,
    });
  const { stdout, stderr } = await run(`node ${program} audit verify`);
  expect(stdout).toMatch(saying(en.audit.whole(12, anything)));
  expect(stderr).toBe('');
  const first = await run(`node ${program} audit export | (head -c 1; sleep 1)`);
  expect(first).toEqual({ stdout: '{', stderr: '' });
  // The reader ends before anything is written.
  expect(await run(`(sleep 0.5; node ${program} audit verify) | true`)).toEqual({
    stdout: '',
    stderr: '',
  });
  await expect(run(`node ${program} audit erase`)).rejects.toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(saying(en.audit.arguments.command)),
  });
});
