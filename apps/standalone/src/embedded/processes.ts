import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { endChild, isAlive } from './end-child';

export interface ChildOptions {
  /** Compiled program. */
  program: string;
  env: Record<string, string>;
  /** Its output goes here. */
  logFile: string;
  /** 0 to 19: how far it stands back for the others where the processor is short. */
  niceness?: number;
}

/** A heap is collected before it grows: 160 to 180 MB a process instead of 240 to 290, at the same speed. */
const HEAP_LIMITS = ['--max-old-space-size=256'];
const PATIENCE_MS = 15_000;

/** A Node program of ours as a child: it sends `ready` over its channel and ends when the channel closes. */
export class Child {
  private process: ChildProcess | null = null;

  constructor(private readonly options: ChildOptions) {}

  get pid(): number | null {
    return this.process?.pid ?? null;
  }

  get isRunning(): boolean {
    return this.process !== null && isAlive(this.process);
  }

  /** Resolves when the program says that it is ready; rejects when it ends before. */
  start(): Promise<void> {
    const { program, env, logFile, niceness } = this.options;
    const log = openSync(logFile, 'a', 0o600);
    const { size } = fstatSync(log);
    const child = spawn(process.execPath, [...HEAP_LIMITS, program], {
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', ...env },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.process = child;
    if (child.pid !== undefined && niceness !== undefined) setPriority(child.pid, niceness);
    return new Promise((resolve, reject) => {
      child.on('message', (message) => message === 'ready' && resolve());
      child.once('exit', (code, signal) => {
        const why = firstError(readFileSync(logFile).subarray(size).toString('utf8'));
        reject(new Error(`${program} ended (${signal ?? code})${why}, see ${logFile}`));
      });
    });
  }

  onExit(listener: (signal: NodeJS.Signals | null) => void): void {
    this.process?.once('exit', (_code, signal) => listener(signal));
  }

  async kill(): Promise<void> {
    if (this.process !== null) await endChild(this.process, ['SIGKILL'], PATIENCE_MS);
  }

  async stop(): Promise<void> {
    if (this.process !== null) await endChild(this.process, ['SIGTERM', 'SIGKILL'], PATIENCE_MS);
  }
}

/** The reason that a program gave before it ended: its log may go with its folder. */
function firstError(log: string): string {
  const said = /"msg":"((?:[^"\\]|\\.)+)"/.exec(log)?.[1] ?? /^\w*Error: (.+)$/m.exec(log)?.[1];
  return said === undefined ? '' : `: ${said}`;
}
