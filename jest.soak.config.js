/**
 * What takes longer than `npm test` may: real processes, killed, paused and in numbers. `SOAK=short`,
 * the default under CI, does less of the same.
 * @type {import('jest').Config}
 */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/soak/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 3_600_000,
};
