const { AsyncLocalStorage } = require('node:async_hooks');
const { ModuleMocker } = require('jest-mock');

/** What Jest leaves on the global object, which would affect the next test file. */
const leftBehind = /^(EVENT_HANDLERS|JEST_STATE_SYMBOL|TEST_TIMEOUT_SYMBOL)$/;

/**
 * Jest keeps the current test in an AsyncLocalStorage, for which Node runs hooks at each promise: a
 * tenth of the processor time. Tests run one after another here, so one value is enough.
 */
const values = new WeakMap();
AsyncLocalStorage.prototype.getStore = function () {
  return values.get(this);
};
AsyncLocalStorage.prototype.run = function (value, callback, ...args) {
  const before = values.get(this);
  const restore = () => values.set(this, before);
  values.set(this, value);
  const result = callback(...args);
  if (!(result instanceof Promise)) restore();
  else result.then(restore, restore);
  return result;
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
