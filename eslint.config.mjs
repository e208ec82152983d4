import tseslint from 'typescript-eslint';

const DATE_SYNTAX = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Pure: the moment is an argument.' },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Pure: the moment is an argument.',
  },
  {
    selector:
      'FunctionDeclaration[async=true], MethodDefinition[value.async=true], ArrowFunctionExpression[async=true]',
    message: 'Pure code is synchronous.',
  },
];

const MANY_PARAMETERS = [
  'FunctionDeclaration[params.length>4]',
  'ArrowFunctionExpression[params.length>4]',
  "MethodDefinition[kind!='constructor'] > FunctionExpression[params.length>4]",
].map((selector) => ({ selector, message: 'At most four parameters: name what belongs together.' }));

export default tseslint.config(
  {
    ignores: ['dist', 'node_modules', '.data', '*.config.*', '*.js', '*.cjs', '*.mjs', 'scripts', 'test/import-rules'],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Promise.reject of what was caught, errors of other libraries
      '@typescript-eslint/only-throw-error': 'off',
      curly: ['error', 'multi-line'],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // a switch over a closed set of codes counts once
      complexity: ['error', { max: 10, variant: 'modified' }],
      // constructors are lists of collaborators, filled by Nest
      'no-restricted-syntax': ['error', ...MANY_PARAMETERS],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Use readConfig().' }],
    },
  },
  // settings are read in one place; the drivers hand them to their children
  {
    files: ['libs/platform/src/**/*.ts', 'apps/standalone/src/**/*.ts', 'test/**/*.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['libs/domain/src/**/*.ts', 'libs/standards/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/*.spec-support.ts'],
    rules: {
      'no-restricted-globals': ['error', 'fetch', 'setTimeout', 'process', 'crypto'],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
      'no-restricted-syntax': ['error', ...DATE_SYNTAX, ...MANY_PARAMETERS],
    },
  },
  // a controller's parameters are its contract: each is one decorated part of the request
  { files: ['apps/*/src/**/*.controller.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: [
      '**/*.spec.ts',
      '**/*.spec-support.ts',
      'test/**/*.ts',
      'apps/sandbox/test/**/*.ts',
      'apps/standalone/src/samples/generator/**/*.ts',
    ],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': ['error', 500],
      complexity: ['error', { max: 15, variant: 'modified' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  // families are told apart by what changes them
  {
    files: ['apps/standalone/src/samples/generator/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }] },
  },
  // tables of data, texts and SQL
  {
    files: [
      'libs/standards/src/data/**/*.ts',
      'libs/application/src/views/words.ts',
      'apps/api/src/http/problem-catalogue.ts',
      'libs/persistence/src/migrations/**/*.ts',
    ],
    rules: { 'max-lines': 'off' },
  },
);
