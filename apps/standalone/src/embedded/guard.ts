import { type ChildProcess, spawn } from 'node:child_process';

/** Ends the server, then takes its folder away: $1 pid, $2 signal, $3 folder or nothing. A word on its input calls it off. */
const SCRIPT = `read -r word && exit 0
kill -s "$2" "$1" 2>/dev/null
while kill -0 "$1" 2>/dev/null; do sleep 0.1; done
[ -z "$3" ] || rm -rf "$3"`;

export interface Guarded {
  pid: number | undefined;
  signal: 'INT' | 'QUIT' | 'TERM';
  /** Removed with the server. */
  folder?: string;
}

/**
 * Servers run in groups of their own, so that Ctrl-C reaches the driver first. A driver that dies without a word cannot
 * stop them: a shell that reads from the driver notices its end and does it. Returns how to call it off.
 */
export function guard({ pid, signal, folder = '' }: Guarded): () => void {
  if (pid === undefined) return () => undefined;
  const shell: ChildProcess = spawn('/bin/sh', ['-c', SCRIPT, 'guard', String(pid), signal, folder], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  shell.stdin?.on('error', () => undefined);
  (shell.stdin as unknown as { unref?: () => void }).unref?.();
  return () => void shell.stdin?.end('done\n');
}
