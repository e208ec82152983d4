/** Conventional commits with the lib or app as scope; the body says why. */
module.exports = {
  extends: ['@commitlint/config-conventional'],
  rules: {
    'header-max-length': [2, 'always', 110],
    'body-max-line-length': [0],
    'subject-case': [0],
    'scope-enum': [0],
  },
};
