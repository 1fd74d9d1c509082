const { createRequire, isBuiltin } = require('node:module');
const { sep } = require('node:path');
const vm = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');

const requireNatively = createRequire(__filename);

/** What runs each module of `test/`, which V8 compiles and optimizes once for all test files. */
const compiled = new Map();

/** Maps each module of the product to its TypeScript, for all test files of this process. */
const sourceMaps = new Map();

/**
 * Loads `test/` again for each test file, as Jest does. Node loads everything else once for all
 * test files of a process: loading the bot takes a second, and V8 makes warm code several times
 * faster. So no module outside of `test/` may keep state that one test file could leave to another.
 */
module.exports = class SharedRuntime extends JestRuntime {
  #loadedPerFile;

  constructor(config, ...rest) {
    super(config, ...rest);
    this.#loadedPerFile = `${config.rootDir}${sep}test${sep}`;
    const { executor, transformCache } = this;
    transformCache.sourceMaps = sourceMaps;
    executor.compile = (code, filename) => {
      const known = compiled.get(filename);
      if (known?.code === code) return known.run;
      const run = vm.compileFunction(code, executor.injectedModuleParameters, { filename });
      compiled.set(filename, { code, run });
      return run;
    };
    require.extensions['.ts'] = (module, filename) =>
      module._compile(transformCache.transform(filename), filename);
  }

  requireModuleOrMock(from, name) {
    if (isBuiltin(name)) return requireNatively(name);
    if (name === '@jest/globals') return super.requireModuleOrMock(from, name);
    const path = this._resolution.resolveCjs(from, name);
    return path.startsWith(this.#loadedPerFile)
      ? super.requireModuleOrMock(from, name)
      : requireNatively(path);
  }
};
