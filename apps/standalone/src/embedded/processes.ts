import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

export interface ChildOptions {
  /** Compiled program. */
  program: string;
  env: Record<string, string>;
  /** Its output goes here. */
  logFile: string;
}

const PATIENCE_MS = 15_000;

/** A Node program of ours as a child: it sends `ready` over its channel and ends when the channel closes. */
export class Child {
  private process: ChildProcess | null = null;

  constructor(private readonly options: ChildOptions) {}

  get pid(): number | null {
    return this.process?.pid ?? null;
  }

  get isRunning(): boolean {
    return this.process !== null && this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Resolves when the program says that it is ready; rejects when it ends before. */
  start(): Promise<void> {
    const { program, env, logFile } = this.options;
    const log = openSync(logFile, 'a', 0o600);
    const child = spawn(process.execPath, ['--enable-source-maps', program], {
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', ...env },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.process = child;
    return new Promise((resolve, reject) => {
      child.on('message', (message) => message === 'ready' && resolve());
      child.once('exit', (code, signal) => reject(new Error(`${program} ended (${signal ?? code}), see ${logFile}`)));
    });
  }

  onExit(listener: () => void): void {
    this.process?.once('exit', listener);
  }

  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.process;
    if (child === null || !this.isRunning) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const lastWord = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    await ended;
    clearTimeout(lastWord);
  }
}
