// Proves that the import rules catch what they forbid: every file below test/import-rules breaks the rule
// that its first line names, and nothing else may be reported.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const FIXTURES = join(ROOT, 'test', 'import-rules');

const files = readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name));
const expected = files
  .map((file) => [relative(FIXTURES, file), /^\/\/ breaks: (\S+)/.exec(readFileSync(file, 'utf8'))?.[1]])
  .filter(([, rule]) => rule !== 'nothing')
  .map(([file, rule]) => `${file}: ${rule}`);

const cli = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
const config = join(ROOT, '.dependency-cruiser.cjs');
const run = spawnSync(process.execPath, [cli, '--config', config, '--output-type', 'json', 'apps', 'libs'], {
  cwd: FIXTURES,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
const { summary } = JSON.parse(run.stdout);
const found = [...new Set(summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`))];

const { forbidden } = createRequire(import.meta.url)(config);
const problems = [
  ...expected.filter((line) => !found.includes(line)).map((line) => `not caught  ${line}`),
  ...found.filter((line) => !expected.includes(line)).map((line) => `not meant   ${line}`),
  ...forbidden
    .filter(({ name }) => !expected.some((line) => line.endsWith(`: ${name}`)))
    .map(({ name }) => `no fixture breaks ${name}`),
];
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
