import { spawnSync } from 'node:child_process';

/**
 * Fails if a production dependency has a known vulnerability of high or critical severity. If the
 * registry can't answer, it says so and succeeds.
 *
 *     node scripts/auditDependencies.mjs
 */
const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
const found = read(stdout)?.metadata?.vulnerabilities;
if (found === undefined) {
  console.log('dependencies: the registry does not answer npm audit');
} else {
  const grave = found.high + found.critical;
  const rest = found.total - grave;
  console.log(`dependencies: ${grave} vulnerabilities of high severity, ${rest} others`);
  if (grave > 0) process.exitCode = 1;
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
