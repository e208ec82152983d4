import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

/** The sandbox compiled to a directory of its own, to be started as a real process and killed. */
export class CompiledSandbox {
  readonly directory = mkdtempSync(join(tmpdir(), 'sandbox-built-'));

  constructor() {
    const swc = join(ROOT, 'node_modules/@swc/cli/bin/swc.js');
    const sources = ['apps/sandbox/src', 'libs/platform/src'];
    const built = spawnSync(process.execPath, [swc, ...sources, '-d', this.directory, '--config-file', '.swcrc'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    if (built.status !== 0) throw new Error(`not compiled: ${built.stderr}`);
  }

  async start(
    environment: Readonly<Record<string, string>>,
    stdin: 'ignore' | 'pipe' = 'ignore',
  ): Promise<SandboxProcess> {
    const main = join(this.directory, 'apps/sandbox/src/main.js');
    const child = spawn(process.execPath, [main], {
      env: {
        NODE_PATH: join(ROOT, 'node_modules'),
        SANDBOX_PORT: '0',
        SANDBOX_DATA_DIR: join(this.directory, 'data'),
        SANDBOX_KEYS_DIR: join(this.directory, 'keys'),
        ...environment,
      },
      stdio: [stdin, 'pipe', 'pipe'],
    });
    return { child, ...(await ready(child)), exited: exitOf(child) };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export interface SandboxProcess {
  child: ChildProcess;
  url: string;
  line: string;
  exited: Promise<number | NodeJS.Signals | null>;
}

function ready(child: ChildProcess): Promise<{ url: string; line: string }> {
  return new Promise((done, failed) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const url = /^sandbox ready on (\S+)\n/.exec(output)?.[1];
      if (url !== undefined) done({ url, line: output });
    });
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('exit', () => failed(new Error(`ended before it was ready: ${errors}`)));
  });
}

const exitOf = (child: ChildProcess): Promise<number | NodeJS.Signals | null> =>
  new Promise((done) => child.on('exit', (code, signal) => done(signal ?? code)));
