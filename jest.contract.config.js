/** The public contracts over real HTTP: api against real PostgreSQL, adapters against the sandbox. */
/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/contract/**/*.spec.ts'],
  globalSetup: '<rootDir>/test/support/operations-setup.ts',
  globalTeardown: '<rootDir>/test/support/operations-teardown.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/check-answers.ts'],
  testTimeout: 60_000,
};
