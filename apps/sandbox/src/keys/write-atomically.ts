import { renameSync, writeFileSync } from 'node:fs';

/** A reader sees the whole file or none. */
export function writeAtomically(path: string, content: string, mode: number): void {
  const partial = `${path}.${process.pid}.new`;
  writeFileSync(partial, content, { mode });
  renameSync(partial, path);
}
