import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs a command in a process group and a temporary folder of its own; true when it ended well. One that hangs is told
 * as a failure: its whole group is killed, its servers end with it (each has a guard), its folder goes.
 */
export async function runWithin({ name, limitMs, command, args, env = {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'birth-run-'));
  const child = spawn(command, args, {
    stdio: 'inherit',
    // a group of its own: Ctrl-C is handed on below
    detached: true,
    env: { ...process.env, FORCE_COLOR: '0', ...env, TMPDIR: folder },
  });
  const killGroup = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // nobody of it is left
    }
  };
  const interrupt = () => {
    killGroup();
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const limit = setTimeout(() => {
    console.error(`${name} hung: killed after ${limitMs / 1000} s`);
    killGroup();
  }, limitMs);
  const isGood = await new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
  clearTimeout(limit);
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  // also what a level that ended left running
  killGroup();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  return isGood;
}
