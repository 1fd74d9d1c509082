/** What the runner and the environment of its tests share: they are loaded into one process. */
module.exports = {
  /** The tests to run: their places in the file with the ms that each usually takes, or undefined for all. */
  tests: undefined,
  /** Multiplies the time that a test may take. */
  patience: 1,
  /** The first test that failed. */
  failed: undefined,
};
