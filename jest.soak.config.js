/**
 * Tests that are too long for `npm test`: every fault in every place, all combinations of which
 * `npm test` tries some, and several real processes that are killed and paused. `SOAK=short`, the
 * default in CI, shortens the last part.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/soak/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 3_600_000,
};
