import { closeSync, existsSync, fdatasyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** An append-only JSON Lines file. A line that a crash cut short is passed over; the next one starts on its own line. */
export class LineFile<T> {
  private readonly descriptor: number;
  /** What the file held when it was opened. */
  readonly loaded: readonly T[];

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
    this.loaded = before.split('\n').flatMap((line) => parseLine<T>(line));
    this.descriptor = openSync(path, 'a', 0o600);
    if (before !== '' && !before.endsWith('\n')) writeSync(this.descriptor, '\n');
  }

  /** On the disk when it returns. */
  append(line: T): void {
    writeSync(this.descriptor, `${JSON.stringify(line)}\n`);
    fdatasyncSync(this.descriptor);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

function parseLine<T>(line: string): T[] {
  if (line === '') return [];
  try {
    return [JSON.parse(line) as T];
  } catch {
    return [];
  }
}
