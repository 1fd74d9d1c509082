const { resolve } = require('node:path');
const tests = require('../../jest.config.js');

const [[pattern, [, swcOptions]]] = Object.entries(tests.transform);

/**
 * `npm test -- --config scripts/mutation/jest.record.config.js` runs the tests of `npm test` and records which
 * parts of the product each test executes, for `npm run mutation`.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...tests,
  rootDir: resolve(__dirname, '../..'),
  transform: { [pattern]: ['<rootDir>/scripts/mutation/recordingTransform.js', swcOptions] },
  testEnvironment: '<rootDir>/scripts/mutation/recordingEnvironment.js',
};
