import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STANDALONE = join(process.cwd(), 'dist', 'apps', 'standalone', 'src');
const CLUSTERS = '/var/tmp';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  errors: string;
}

/** A driver as people start it, with what it starts and makes told apart from everybody else's. */
export class Program {
  readonly said = { out: '', errors: '' };
  readonly ended: Promise<Ended>;
  readonly child: ChildProcess;
  /** Where it makes its folders. */
  readonly temporary = mkdtempSync(join(tmpdir(), 'birth-program-'));
  /** A folder in the PATH, which every process of the run inherits. */
  private readonly mark = `/nowhere/${randomUUID()}`;
  private readonly clustersBefore = new Set(clusters());

  constructor(command: readonly string[], env: Record<string, string> = {}) {
    this.child = spawn(process.execPath, command, {
      env: { ...process.env, ...env, TMPDIR: this.temporary, PATH: `${process.env['PATH']}:${this.mark}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.said.out += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.said.errors += chunk.toString()));
    this.ended = new Promise<Ended>((resolve) =>
      this.child.once('close', (code, signal) => resolve({ code, signal, ...this.said })),
    );
  }

  /** Command lines of the processes of this run that live now. */
  processes(): string[] {
    return allProcesses().filter((line) => line.includes(this.mark));
  }

  /** What the run should have taken along: its processes, its folders, its clusters. */
  leftovers(): string[] {
    const living = allProcesses();
    const isDeserted = (name: string): boolean => !living.some((line) => line.includes(name));
    const ownClusters = clusters().filter((name) => !this.clustersBefore.has(name) && isDeserted(name));
    const folders = existsSync(this.temporary) ? readdirSync(this.temporary) : [];
    return [...this.processes(), ...folders, ...ownClusters];
  }

  forget(): void {
    rmSync(this.temporary, { recursive: true, force: true });
  }
}

export const driver = (name: string, args: readonly string[] = [], env: Record<string, string> = {}): Program =>
  new Program([join(STANDALONE, name), ...args], env);

/** With their environments, as `ps` of Linux and macOS shows them. */
function allProcesses(): string[] {
  const { stdout } = spawnSync('ps', ['axeww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  return stdout.split('\n').filter((line) => !line.includes('<defunct>'));
}

const clusters = (): string[] => readdirSync(CLUSTERS).filter((name) => name.startsWith('birth-pg-'));
