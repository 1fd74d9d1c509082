const { AsyncLocalStorage } = require('node:async_hooks');
const { ModuleMocker } = require('jest-mock');

/** What Jest leaves on the global object, which would affect the next test file. */
const leftBehind = /^(EVENT_HANDLERS|JEST_STATE_SYMBOL|TEST_TIMEOUT_SYMBOL)$/;

/**
 * Jest creates a storage for each test file and never disables it. Node copies each enabled one into
 * each promise, so that the hundredth test file would copy a hundred.
 */
const enabled = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...args) {
  enabled.add(this);
  return run.apply(this, args);
};

/**
 * Runs test files in the context of their process, in which `sharedRuntime` loads the product.
 * Jest's own environment has a context per file, which accesses globals through a proxy and shares
 * no code.
 */
module.exports = class SharedEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  #before = { console, setTimeout, exit: process.exit, env: { ...process.env } };

  async setup() {}

  async teardown() {
    for (const storage of enabled) storage.disable();
    enabled.clear();
    const { exit, env, ...globals } = this.#before;
    Object.assign(globalThis, globals);
    process.exit = exit;
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
      if (leftBehind.test(symbol.description ?? '')) delete globalThis[symbol];
    }
  }

  getVmContext() {
    return null;
  }
};
