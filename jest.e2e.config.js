/** The whole platform as processes, with kill -9 in the middle. */
/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/{e2e,faults}/**/*.spec.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/support/check-answers.ts'],
  testTimeout: 240_000,
};
