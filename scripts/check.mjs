/**
 * `npm run check`: runs every check, two at a time, and prints what each one says once it ends. Exits with 1 if a
 * check fails. TypeScript's second run is fast, because it keeps what it knows in `node_modules/.cache`.
 */
import { spawn } from 'node:child_process';

const tsc = 'node node_modules/typescript-7/bin/tsc --checkers 2 --noEmit';
const checks = [
  `${tsc} --incremental --tsBuildInfoFile node_modules/.cache/check.tsbuildinfo`,
  'node scripts/checkMessages.mjs',
  `${tsc} -p playground/page/client`,
  'node scripts/checkArchitecture.mjs',
  'node scripts/checkWords.mjs',
  'node scripts/checkPaths.mjs',
  'node scripts/checkDocuments.mjs',
  'biome check',
  'knip',
];

/** Resolves to the exit code. A check that a signal ended has failed. */
const run = (command) =>
  new Promise((ended) => {
    const check = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    for (const stream of [check.stdout, check.stderr]) stream.on('data', (part) => said.push(part));
    check.on('close', (code) => {
      process.stdout.write(Buffer.concat(said));
      if (code !== 0) process.stdout.write(`failed: ${command}\n`);
      ended(code ?? 1);
    });
  });

const codes = [];
const next = async () => {
  for (let command = checks.shift(); command !== undefined; command = checks.shift()) {
    codes.push(await run(command));
  }
};
await Promise.all([next(), next()]);
process.exitCode = codes.some((code) => code !== 0) ? 1 : 0;
