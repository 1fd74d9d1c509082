/** Shared by the runner and its tests' environment, which run in the same process. */
module.exports = {
  /** The tests to run: their positions in the file with their usual ms; `undefined` for all. */
  tests: undefined,
  /** Multiplies the timeout of a test. */
  patience: 1,
  /** The first test that failed. */
  failed: undefined,
};
