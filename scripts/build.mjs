// Compiles apps and libs into dist (SWC), only when a source is newer than the last build.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const STAMP = 'dist/.built';
const isForced = process.argv.includes('--force');

function newest(folder) {
  return Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true }).map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
    }),
  );
}

const changedAt = Math.max(
  newest('apps'),
  newest('libs'),
  statSync('.swcrc').mtimeMs,
  statSync('package.json').mtimeMs,
);
if (!isForced && existsSync(STAMP) && statSync(STAMP).mtimeMs >= changedAt) process.exit(0);
rmSync('dist', { recursive: true, force: true });
const built = spawnSync(
  process.execPath,
  [
    'node_modules/@swc/cli/bin/swc.js',
    'apps',
    'libs',
    '-d',
    'dist',
    '--ignore',
    '**/*.spec.ts',
    '--ignore',
    '**/test/**',
    '--quiet',
  ],
  { stdio: 'inherit' },
);
if (built.status !== 0) process.exit(built.status ?? 1);
writeFileSync(STAMP, '');
