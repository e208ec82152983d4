// Every commit message is a conventional one (commitlint.config.js).
import { spawnSync } from 'node:child_process';

const git = (...args) => spawnSync('git', args, { encoding: 'utf8' });
const roots = git('rev-list', '--max-parents=0', 'HEAD');
// an archive without history has no messages to check
if (roots.status !== 0) process.exit(0);

const first = roots.stdout.trim().split('\n').at(-1);
const { status } = spawnSync(
  process.execPath,
  ['node_modules/@commitlint/cli/cli.js', '--from', first, '--to', 'HEAD'],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
