import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files of tests run in processes of their own: each leaves here which operations it saw answered. */
const folder = join(tmpdir(), `birth-answered-operations-${process.env['ANSWERED_RUN'] ?? process.pid}`);

export function forgetAnswered(): void {
  process.env['ANSWERED_RUN'] = String(process.pid);
  rmSync(folder, { recursive: true, force: true });
}

export function noteAnswered(names: Iterable<string>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${process.pid}-${Date.now()}.json`), JSON.stringify([...names]));
}

export function takeAnswered(): Set<string> {
  mkdirSync(folder, { recursive: true });
  const lists = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as string[]);
  rmSync(folder, { recursive: true, force: true });
  return new Set(lists.flat());
}
