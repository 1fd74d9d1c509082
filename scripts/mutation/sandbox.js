const { fork } = require('node:child_process');
const {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** The files that tests read. The rest of the repository is left out. */
const copied = [
  'src',
  'handlers',
  'views',
  'playground',
  'test',
  'scripts',
  'docs',
  'jest.config.js',
  'package.json',
  'tsconfig.json',
  'manifest.yml',
  'policy.example.yml',
  '.env.example',
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'package-lock.json',
  '.npmrc',
];
const linked = ['node_modules', 'dist'];

const restartBytes = 2_500_000_000;
/**
 * A process that doesn't respond for this long, and computes for as long, is in an endless loop.
 */
const loopSeconds = 15;
const ticksPerSecond = 100;

/** The processor time of a process, in seconds. */
function cpuSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return 0;
  }
}

/** A copy of the repository in which a warm process runs chosen tests against one changed file. */
function createSandbox(root) {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-mutation-'));
  for (const name of copied) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  for (const name of linked) symlinkSync(join(root, name), join(folder, name));
  let child;
  let written;

  async function started() {
    if (child?.connected === true) return child;
    child = fork(
      join(root, 'node_modules/jest/bin/jest.js'),
      ['--config', 'scripts/mutation/jest.config.js', '--runInBand', '--forceExit', '--ci'],
      {
        cwd: folder,
        execArgv: ['--single-threaded', '--no-opt', '--max-old-space-size=4096'],
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        detached: true,
        env: { ...process.env, FAST_CHECK_SEED: '20260101' },
      },
    );
    const starting = child;
    await new Promise((resolve, reject) => {
      const ready = ({ kind, folder: temporary }) => {
        if (kind !== 'ready') return;
        written = temporary;
        starting.off('message', ready);
        resolve();
      };
      starting.on('message', ready);
      starting.once('exit', (code) => reject(new Error(`Jest did not start: ${code}`)));
    });
    return child;
  }

  /** Ends the process group, which includes its PostgreSQL. */
  function end() {
    if (child === undefined) return;
    const { pid } = child;
    child = undefined;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // The process has ended.
    }
    if (written !== undefined) rmSync(written, { recursive: true, force: true });
    written = undefined;
  }

  /**
   * Runs tests of one file against a changed source file.
   *
   * @returns `{ kind: 'ran', ran, failed }`, or `looped` or `crashed`
   */
  async function run(order) {
    const running = await started();
    const outcome = await new Promise((resolve) => {
      let silentSince = performance.now();
      let usedThen = cpuSeconds(running.pid);
      const watch = setInterval(() => {
        if (performance.now() - silentSince < loopSeconds * 1000) return;
        if (cpuSeconds(running.pid) - usedThen < loopSeconds) return;
        finish({ kind: 'looped' });
      }, 500);
      const heard = (message) => {
        if (message.kind === 'ran') return finish(message);
        silentSince = performance.now();
        usedThen = cpuSeconds(running.pid);
      };
      const exited = () => finish({ kind: 'crashed' });
      const finish = (result) => {
        clearInterval(watch);
        running.off('message', heard);
        running.off('exit', exited);
        resolve(result);
      };
      running.on('message', heard);
      running.once('exit', exited);
      running.send(order);
    });
    const timedOut =
      outcome.failed !== undefined && /Exceeded timeout/.test(outcome.failed.message);
    if (outcome.kind !== 'ran' || timedOut || outcome.memory > restartBytes) end();
    return outcome;
  }

  return {
    run,
    restore(file, text) {
      writeFileSync(join(folder, file), text);
    },
    close() {
      end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

module.exports = { createSandbox };
