/** Real PostgreSQL and both queue backends; servers are started by the specs themselves. */
/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/integration/**/*.spec.ts'],
  testTimeout: 60_000,
};
