/**
 * What takes longer than `npm test` may: each fault in each place, and real processes, killed, paused and in
 * numbers. `SOAK=short`, the default under CI, does less of the latter.
 * @type {import('jest').Config}
 */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/soak/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 3_600_000,
};
