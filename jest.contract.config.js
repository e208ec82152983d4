/** The public contracts over real HTTP: api against real PostgreSQL, adapters against the sandbox. */
/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/contract/**/*.spec.ts'],
  testTimeout: 60_000,
};
