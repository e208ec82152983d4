/** Who may import whom: docs/architecture.md. */
const lib = (name) => `^libs/${name}/`;
const only = (name, allowed, comment) => ({
  name: `${name}-imports`,
  severity: 'error',
  comment,
  from: { path: lib(name), pathNot: '\\.spec\\.ts$' },
  to: { path: '^(libs|apps|seeds|test)/', pathNot: [name, ...allowed].map(lib) },
});
const packages = (name, path) => ({
  name: `${name}-packages`,
  severity: 'error',
  from: { path: lib(name), pathNot: '\\.spec\\.ts$' },
  to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'], ...path },
});

module.exports = {
  forbidden: [
    only('standards', [], 'standards import nothing'),
    packages('standards', { path: '.' }),
    only('domain', ['standards'], 'the domain knows the standards alone'),
    packages('domain', { path: '.' }),
    only('application', ['domain', 'standards', 'platform'], 'the outside is reached through ports'),
    packages('application', { path: 'node_modules/(typeorm|pg|bullmq|ioredis|undici|fastify|@fastify)/' }),
    only('agencies', ['application', 'domain', 'standards', 'platform'], 'adapters neither store nor queue'),
    packages('agencies', { path: 'node_modules/(typeorm|pg|bullmq|ioredis)/' }),
    only('persistence', ['application', 'domain', 'standards', 'platform'], 'stores implement ports'),
    packages('persistence', { path: 'node_modules/(bullmq|ioredis|undici)/' }),
    only('queue', ['application', 'domain', 'platform'], 'hints only'),
    only('platform', [], 'platform knows nobody'),
    {
      name: 'agencies-do-not-know-each-other',
      severity: 'error',
      from: { path: '^libs/agencies/src/(?!kit/)([^/]+)/' },
      to: { path: '^libs/agencies/src/[^/]+/', pathNot: '^libs/agencies/src/($1|kit)/' },
    },
    {
      name: 'apps-do-not-import-apps',
      severity: 'error',
      comment: 'standalone alone composes them',
      from: { path: '^apps/(?!standalone)([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'sandbox-shares-no-mistakes',
      severity: 'error',
      from: { path: '^apps/sandbox/src/' },
      to: { path: '^libs/', pathNot: '^libs/(platform|standards)/' },
    },
    {
      name: 'conformance-neither-stores-nor-queues',
      severity: 'error',
      comment: 'an agency is tried with the adapter alone',
      from: { path: '^apps/conformance/src/' },
      to: { path: '^(libs|seeds|test)/', pathNot: '^libs/(agencies|application|domain|standards|platform)/' },
    },
    {
      name: 'verifier-needs-nothing',
      severity: 'error',
      comment: 'who checks our evidence trusts none of our code but this, and no package',
      from: { path: '^apps/verifier/src/' },
      to: { path: '^(libs|seeds|test|node_modules)/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-drawers',
      severity: 'error',
      comment: 'folders are named after what they do',
      from: {},
      to: { path: '/(common|shared|utils|core|helpers)/', pathNot: 'node_modules' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^dist/|\\.spec\\.ts$|^apps/[^/]+/test/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
