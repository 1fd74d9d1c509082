const { readFileSync, utimesSync, writeFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { default: TestRunner } = require('jest-runner');
const choice = require('./choice');
const forgetProduct = require('./forgetProduct');

const heartbeatMs = 500;

/**
 * Jest's runner for test files that the parent process sends. Modules load and compile much faster
 * than in a new process.
 */
class WarmRunner extends TestRunner {
  async runTests(tests, watcher) {
    const byPath = new Map(
      tests.map((test) => [relative(test.context.config.rootDir, test.path), test]),
    );
    const [{ context }] = tests;
    const { rootDir } = context.config;
    let result;
    this.on('test-file-success', ([, testResult]) => {
      result = testResult;
    });
    this.on('test-file-failure', ([, error]) => {
      choice.failed ??= { name: '', message: String(error?.message ?? error).slice(0, 400) };
    });

    /** Runs a file until a test fails. Returns the first failure with its message. */
    const runFile = async ({ testFile, only, patience }) => {
      const test = byPath.get(testFile);
      if (test === undefined) return { ran: 0 };
      choice.tests = only === undefined ? undefined : new Map(only);
      choice.patience = patience;
      choice.failed = undefined;
      result = undefined;
      await super.runTests([test], watcher, { serial: true });
      const { failed } = choice;
      if (failed !== undefined) return { ran: 1, failed };
      if (result?.testExecError !== undefined)
        return {
          ran: 0,
          failed: { name: '', message: String(result.testExecError.message).slice(0, 400) },
        };
      return { ran: result?.numPassingTests ?? 0 };
    };

    let writes = 0;
    /**
     * Writes a file if its text changed, with a new modification time, which is part of Jest's cache
     * key. Returns true if it wrote the file.
     */
    const write = ({ file, text }) => {
      const path = join(rootDir, file);
      if (readFileSync(path, 'utf8') === text && loaded.get(file) === text) return false;
      writeFileSync(path, text);
      writes += 1;
      utimesSync(path, writes, writes);
      loaded.set(file, text);
      return true;
    };
    const loaded = new Map();

    const heartbeat = setInterval(() => process.send({ kind: 'alive' }), heartbeatMs);
    await new Promise((resolve) => {
      process.on('message', async (order) => {
        if (order.kind === 'stop') return resolve();
        if (write(order)) forgetProduct(rootDir);
        const ran = await runFile(order);
        process.send({ kind: 'ran', ...ran, memory: process.memoryUsage().rss });
      });
      process.on('disconnect', resolve);
      // `globalSetup` chose the folder. This process may be killed before `globalTeardown` removes
      // it.
      process.send({ kind: 'ready', folder: process.env.TMPDIR });
    });
    clearInterval(heartbeat);
  }
}

module.exports = WarmRunner;
