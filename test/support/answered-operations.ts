import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files of tests run in processes of their own: each leaves here which operations it saw answered. */
const folderOf = (run: string): string => join(tmpdir(), `birth-answered-operations-${run}`);
/** Set for the level that asks for it, and for the processes that it starts. */
const thisRun = (): string | undefined => process.env['ANSWERED_RUN'];

export function forgetAnswered(): void {
  process.env['ANSWERED_RUN'] = String(process.pid);
  rmSync(folderOf(String(process.pid)), { recursive: true, force: true });
}

export function noteAnswered(names: Iterable<string>): void {
  const run = thisRun();
  if (run === undefined) return;
  mkdirSync(folderOf(run), { recursive: true });
  writeFileSync(join(folderOf(run), `${process.pid}-${Date.now()}.json`), JSON.stringify([...names]));
}

export function takeAnswered(): Set<string> {
  const folder = folderOf(thisRun() ?? '');
  mkdirSync(folder, { recursive: true });
  const lists = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as string[]);
  rmSync(folder, { recursive: true, force: true });
  return new Set(lists.flat());
}
