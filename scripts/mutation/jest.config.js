const { resolve } = require('node:path');
const tests = require('../../jest.config.js');

/**
 * Runs chosen tests repeatedly in one warm process, against the changes that `npm run mutation`
 * sends.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...tests,
  rootDir: resolve(__dirname, '../..'),
  runner: '<rootDir>/scripts/mutation/runner.js',
  testEnvironment: '<rootDir>/scripts/mutation/choosingEnvironment.js',
  reporters: [],
};
