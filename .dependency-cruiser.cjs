/**
 * The import rules of docs/architecture.md. `scripts/checkArchitecture.mjs` runs them, and also
 * fails if it has read no file.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
const product = '^(src|handlers|views)/';

/** A folder may import itself, the allowed places, and nothing else of the product. */
function mayImport(from, allowed) {
  return {
    name: `${from}-imports`,
    comment: `${from} may import itself and: ${allowed.join(', ') || 'nothing else'}`,
    severity: 'error',
    from: { path: `^${from}/` },
    to: { path: product, pathNot: [`^${from}/`, ...allowed.map((path) => `^${path}/`)] },
  };
}

/** Only its door may import a library. */
function door(library, places) {
  return {
    name: `door-${library.replace(/\W+/g, '-')}`,
    comment: `${library} is imported under ${places.join(', ')} alone`,
    severity: 'error',
    from: { path: product, pathNot: places.map((place) => `^${place}`) },
    to: { path: `node_modules/${library}` },
  };
}

module.exports = {
  forbidden: [
    mayImport('src/domain', []),
    mayImport('src/ports', ['src/domain']),
    mayImport('src/i18n', ['src/domain']),
    mayImport('views', ['src/domain', 'src/i18n']),
    mayImport('src/store', ['src/domain', 'src/ports']),
    mayImport('src/tencentcloud', ['src/domain', 'src/ports']),
    mayImport('src/secrets', ['src/domain', 'src/ports']),
    mayImport('src/policyFile', ['src/domain', 'src/ports']),
    mayImport('src/slack', ['src/domain', 'src/ports', 'src/i18n', 'views']),
    mayImport('src/operations', ['src/domain', 'src/ports']),
    mayImport('src/workflow', ['src/domain', 'src/ports']),
    mayImport('handlers', ['src/workflow', 'src/domain', 'src/ports', 'src/i18n', 'views']),
    {
      name: 'domain-libraries',
      comment: 'the domain is pure: zod, and libraries that only compute',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: ['^src/domain/', 'node_modules/(zod|fastest-levenshtein|ipaddr\\.js)/'] },
    },
    {
      name: 'ports-libraries',
      comment: 'a port speaks of the domain alone; no library shows through it',
      severity: 'error',
      from: { path: '^src/ports/' },
      to: { pathNot: ['^src/(ports|domain)/'] },
    },
    {
      name: 'migrations-import-nothing',
      comment: 'a released migration never changes, so it keeps copies of what it needs',
      severity: 'error',
      from: { path: '^src/store/migrations/\\d' },
      to: { pathNot: ['node_modules/(kysely|zod)/', '^(node:)?crypto$'] },
    },
    door('tencentcloud-sdk-nodejs', ['src/tencentcloud/']),
    door('(kysely|better-sqlite3|pg)(/|$)', ['src/store/']),
    door('undici', ['src/slack/', 'src/tencentcloud/', 'src/operations/']),
    door('jose', ['src/secrets/']),
    door('yaml', ['src/policyFile/']),
    door('@slack/(bolt|web-api|socket-mode)', ['handlers/', 'src/slack/']),
    door('(commander|dotenv)', ['src/commandLine/']),
    door('(pino|prom-client)(/|$)', ['src/operations/']),
    {
      name: 'only-the-root-composes',
      comment: 'app.ts and the entry points put parts together; no part knows them',
      severity: 'error',
      from: {
        path: product,
        pathNot: '^src/((app|startFromEnvironment|main|runBot)\\.ts$|commandLine/)',
      },
      to: { path: '^src/((app|startFromEnvironment|main|runBot)\\.ts$|commandLine/)' },
    },
    {
      name: 'product-knows-no-playground',
      comment: 'the product imports neither the playground nor tests',
      severity: 'error',
      from: { path: product },
      to: { path: '^(playground|test)/' },
    },
    {
      name: 'stand-ins-know-no-product',
      comment:
        'the two servers speak wire protocols; only the demo starts the product, as a process',
      severity: 'error',
      from: { path: '^playground/' },
      to: { path: product },
    },
    {
      name: 'stand-ins-stand-alone',
      comment: 'each server is of use to any app: it knows neither the other, nor demo, nor page',
      severity: 'error',
      from: { path: '^playground/(slack|tencentcloud)/' },
      to: { path: '^(playground|test)/', pathNot: '^playground/$1/' },
    },
    {
      name: 'the-page-runs-in-a-browser',
      comment:
        'what the browser runs imports preact, types, and what of the workspace only computes',
      severity: 'error',
      from: { path: '^playground/page/client/' },
      to: {
        pathNot: [
          '^playground/page/(client/|words\\.ts$)',
          '^playground/slack/(json|blocks/(mrkdwn|slots)|workspace/seed)\\.ts$',
          'node_modules/preact/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-cycles',
      comment: 'a cycle has no first file to read',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-to-dev-dependencies',
      severity: 'error',
      from: { path: product },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
};
