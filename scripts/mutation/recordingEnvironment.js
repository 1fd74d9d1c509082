const { readFileSync } = require('node:fs');
const { relative } = require('node:path');
const SharedEnvironment = require('../../test/support/sharedEnvironment');
const forgetProduct = require('./forgetProduct');
const { hashOf } = require('./units');
const { writeRecord } = require('./records');

/**
 * Records which test of a file executes which unit. Code that runs outside of tests belongs to all
 * of them.
 */
class RecordingEnvironment extends SharedEnvironment {
  constructor(config, context) {
    super();
    this.rootDir = config.projectConfig.rootDir;
    forgetProduct(this.rootDir);
    this.testPath = context.testPath;
    this.loaded = [];
    this.tests = [];
    this.started = 0;
    this.sources = new Map();
    this.global.noteUnits = (path, hash, keys) => {
      const ran = new Uint8Array(keys.length);
      this.loaded.push({ path, keys, ran });
      if (!this.sources.has(path)) this.sources.set(path, { hash, hits: new Map() });
      return ran;
    };
  }

  /** Records what ran since the last call, for a test or, with -1, for all of them. */
  collect(test) {
    for (const { path, keys, ran } of this.loaded) {
      const { hits } = this.sources.get(path);
      for (let index = ran.indexOf(1); index !== -1; index = ran.indexOf(1, index + 1)) {
        const tests = hits.get(keys[index]) ?? new Set();
        hits.set(keys[index], tests.add(test));
      }
      ran.fill(0);
    }
  }

  handleTestEvent(event) {
    const { name } = event;
    if (name === 'test_start') {
      this.collect(this.tests.length === 0 ? -1 : this.tests.length - 1);
      this.startedAt = performance.now();
      this.started += 1;
    }
    if (name === 'hook_start' && event.hook.type === 'beforeAll')
      this.collect(this.tests.length - 1);
    if (name === 'hook_success' && event.hook.type === 'beforeAll') this.collect(-1);
    if (name === 'test_done' && event.test.errors.length === 0) {
      this.tests.push({
        ordinal: this.started - 1,
        ms: Math.round(performance.now() - this.startedAt),
      });
      this.collect(this.tests.length - 1);
    }
  }

  async teardown() {
    this.collect(-1);
    const sources = {};
    for (const [path, { hash, hits }] of this.sources) {
      const units = {};
      for (const [key, tests] of hits) units[key] = tests.has(-1) ? 'all' : bits(tests);
      sources[path] = { hash, units };
    }
    const testFile = relative(this.rootDir, this.testPath);
    writeRecord(this.rootDir, testFile, {
      hash: hashOf(readFileSync(this.testPath, 'utf8')),
      tests: this.tests,
      sources,
    });
    await super.teardown();
  }
}

/**
 * One bit per test, in base64, because a flow's file has a hundred tests and executes thousands of
 * units.
 */
function bits(tests) {
  const bytes = Buffer.alloc((Math.max(...tests) >> 3) + 1);
  for (const test of tests) bytes[test >> 3] |= 1 << (test & 7);
  return bytes.toString('base64');
}

module.exports = RecordingEnvironment;
