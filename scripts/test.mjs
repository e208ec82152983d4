// Every level in turn; ends with the one line that people and CI read.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LEVELS = [
  ['unit and model', 'jest.config.js', []],
  ['integration', 'jest.integration.config.js', ['--runInBand']],
  ['contract', 'jest.contract.config.js', ['--runInBand']],
  ['end to end', 'jest.e2e.config.js', ['--runInBand']],
];

const hasRedis = process.env.REDIS_URL !== undefined || spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) {
  console.error('Tests need Redis: install redis-server (Debian: apt-get install -y redis-server) or set REDIS_URL.');
  process.exit(1);
}

/** A level that hangs is a failure that is told, not a build that never ends. */
const LEVEL_LIMIT_MS = 14 * 60_000;

let passed = 0;
let failed = 0;
const run = (command, args) =>
  spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, FORCE_COLOR: '0' },
    timeout: LEVEL_LIMIT_MS,
    killSignal: 'SIGKILL',
  }).status === 0;
const count = (isGood) => (isGood ? (passed += 1) : (failed += 1));

console.log('== check');
count(run('npm', ['run', '--silent', 'check']));
if (!run(process.execPath, ['scripts/build.mjs'])) process.exit(1);
for (const [name, config, flags] of LEVELS) {
  console.log(`== ${name}`);
  const file = join(tmpdir(), `birth-tests-${process.pid}.json`);
  const isGood = run(process.execPath, [
    'node_modules/jest/bin/jest.js',
    '-c',
    config,
    '--forceExit',
    '--json',
    `--outputFile=${file}`,
    ...flags,
  ]);
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'));
    passed += result.numPassedTests;
    failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
    rmSync(file);
  } catch {
    if (!isGood) failed += 1;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
