import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningPostgres, startPostgres } from '../../apps/standalone/src/embedded';

/** The postmaster that owns a kept cluster. */
const postmaster = (dir: string): number =>
  Number(readFileSync(join(dir, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);

describe('the embedded PostgreSQL', () => {
  // below /var/tmp, which the server's user can enter
  const dir = mkdtempSync('/var/tmp/birth-kept-');
  chmodSync(dir, 0o755);
  let postgres: RunningPostgres | null = null;
  let stranger: ChildProcess | null = null;
  afterEach(async () => {
    await postgres?.stop();
    stranger?.kill('SIGKILL');
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('stops at once when a signal has ended it before', async () => {
    postgres = await startPostgres({ dir });
    const pid = postmaster(dir);
    process.kill(pid, 'SIGKILL');
    await postgres.stop();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('falls back on harder signals when a server does not hear', async () => {
    postgres = await startPostgres({ dir });
    const pid = postmaster(dir);
    process.kill(pid, 'SIGSTOP');
    await postgres.stop({ patienceMs: 300 });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('leaves a stranger alone that has the number of a server long gone', async () => {
    postgres = await startPostgres({ dir });
    const file = join(dir, 'data', 'postmaster.pid');
    const lines = readFileSync(file, 'utf8');
    await postgres.stop();
    stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'postgres'], { stdio: 'ignore' });
    writeFileSync(file, lines.replace(/^\d+/, String(stranger.pid)));
    // what PostgreSQL itself thinks of the number is its own affair
    postgres = await startPostgres({ dir }).catch(() => null);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  });
});
