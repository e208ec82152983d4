// Every level in turn; ends with the one line that people and CI read.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runWithin } from './run-within.mjs';

const LEVELS = [
  ['unit and model', 'jest.config.js', []],
  ['integration', 'jest.integration.config.js', ['--runInBand']],
  ['contract', 'jest.contract.config.js', ['--runInBand']],
  ['end to end', 'jest.e2e.config.js', ['--runInBand']],
];
/** On a second Node, whose binary OTHER_NODE names: what is pure, and the whole as newcomers start it. */
const LEVELS_OF_OTHER_NODE = [
  ['unit and model', 'jest.config.js', []],
  [
    'the commands',
    'jest.e2e.config.js',
    ['--runInBand', 'test/e2e/commands.spec.ts', '-t', '^(?!.*without interfaces)'],
  ],
];
/** Also the longest level ends well before, on two slow cores. */
const LIMIT_MS = 14 * 60_000;
/** Runs have temporary folders of their own; what Jest compiled stays for the next. */
const CACHE = join('node_modules', '.cache', 'jest');

const hasRedis = process.env.REDIS_URL !== undefined || spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) {
  console.error('Tests need Redis: install redis-server (Debian: apt-get install -y redis-server) or set REDIS_URL.');
  process.exit(1);
}

let passed = 0;
let failed = 0;
const results = mkdtempSync(join(tmpdir(), 'birth-results-'));
process.on('exit', () => rmSync(results, { recursive: true, force: true }));

async function level(node, [name, config, flags]) {
  console.log(`== ${name}`);
  const file = join(results, 'level.json');
  rmSync(file, { force: true });
  const jest = ['node_modules/jest/bin/jest.js', '-c', config, '--forceExit', '--cacheDirectory', CACHE];
  const args = [...jest, '--json', `--outputFile=${file}`, ...flags];
  const isGood = await runWithin({ name, limitMs: LIMIT_MS, command: node, args });
  const counted = countIn(file);
  passed += counted.passed;
  failed += counted.failed;
  // killed, or it could not even start
  if (!isGood && counted.failed === 0) failed += 1;
}

function countIn(file) {
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: result.numPassedTests, failed: result.numFailedTests + result.numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

console.log('== check');
const check = { name: 'check', limitMs: LIMIT_MS, command: 'npm', args: ['run', '--silent', 'check'] };
if (await runWithin(check)) passed += 1;
else failed += 1;
const build = { name: 'build', limitMs: LIMIT_MS, command: process.execPath, args: ['scripts/build.mjs'] };
if (!(await runWithin(build))) process.exit(1);
for (const each of LEVELS) await level(process.execPath, each);
const other = process.env.OTHER_NODE ?? '';
if (other !== '') {
  const { stdout } = spawnSync(other, ['--version'], { encoding: 'utf8' });
  const version = (stdout ?? '').trim() || 'a Node that does not start';
  for (const [name, config, flags] of LEVELS_OF_OTHER_NODE)
    await level(other, [`${name}, on ${version}`, config, flags]);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
