/** Unit and model tests: no server, no network. Integration and above: jest.<level>.config.js. */
/** @type {import('jest').Config} */
module.exports = {
  rootDir: '.',
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
  testMatch: ['<rootDir>/{apps,libs,seeds}/**/*.spec.ts'],
  // servers are started in some of these, two suites at a time
  testTimeout: 30_000,
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  moduleNameMapper: { '^@birth/([^/]+)$': '<rootDir>/libs/$1/src' },
  transform: {
    '^.+\\.(t|m?j)s$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'commonjs' },
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
  },
  transformIgnorePatterns: require('./jest.esm-packages')(__dirname),
};
