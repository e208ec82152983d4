import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../apps/standalone/src/embedded';
import { until } from '../../apps/standalone/src/embedded/until';

const STANDALONE = join(process.cwd(), 'dist', 'apps', 'standalone', 'src');
const START_MS = 60_000;

/** Everything of ours that runs on this machine. */
function ourProcesses(): string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((line) => /dist\/apps\/|birth-pg|postgres -D|redis-server 127\.0\.0\.1/.test(line))
    .map((line) => line.trim())
    .sort();
}

interface Ended {
  code: number | null;
  out: string;
  errors: string;
}

function running(program: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  const child: ChildProcess = spawn(process.execPath, [join(STANDALONE, program), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', errors: '' };
  child.stdout?.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said.errors += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, ...said })));
  return { child, said, ended };
}

describe('the commands that newcomers type', () => {
  const before = ourProcesses();
  afterEach(() => expect(ourProcesses()).toEqual(before));

  it.each([
    ['one process on PostgreSQL', ['--json']],
    ['separate processes on Redis', ['--json', '--split', '--queue=redis']],
  ])('demo, %s: nothing lost, doubled, ownerless or unexpected', async (_name, args) => {
    const { code, out, errors } = await running('demo.js', args).ended;
    const report = JSON.parse(out.trim().split('\n').at(-1) ?? '') as Record<string, number>;
    expect({ code, report }).toMatchObject({ code: 0, report: { lost: 0, doubled: 0, ownerless: 0, unexpected: 0 } });
    expect(report['applications']).toBeGreaterThanOrEqual(60);
    expect(Object.keys(report)).toEqual([
      'applications',
      'newborns',
      'steps',
      'waitingForPeople',
      'lost',
      'doubled',
      'ownerless',
      'unexpected',
      'seconds',
    ]);
    expect(errors).toContain('ordinary-couple');
  });

  it('start stays up, introduces itself, and Ctrl-C leaves nothing behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'birth-start-'));
    const port = await freePort();
    const { child, said, ended } = running('start.js', [], { PORT: String(port), DATA_DIR: folder });
    await until(() => said.out.includes('Ctrl-C stops everything'), START_MS, `start to say that it runs`);
    const token = /mother\s+(\S+)/.exec(said.out)?.[1] ?? '';
    const response = await fetch(`http://127.0.0.1:${port}/v1/applications`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(200);
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
    rmSync(folder, { recursive: true, force: true });
  });
});
