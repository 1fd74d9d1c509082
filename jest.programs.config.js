/**
 * Tests that start what is built, and the programs in `scripts/`.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/programs/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
