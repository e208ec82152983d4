import { readFileSync, statSync } from 'node:fs';

const LOOK_EVERY_MS = 5_000;
/** A file that cannot be read may hide a revocation: what it said before counts no longer than this. */
const KEPT_MS = 240_000;

export interface KeyFileOptions<T> {
  path: string;
  parse(text: string): T;
  /** What holds when nothing readable has been there for too long. */
  nothing: T;
  onTrouble(message: string): void;
  /** Milliseconds of a clock that nobody sets. */
  now?(): number;
}

/**
 * Keys in a file that is read again when it changes: a revoked key is refused within five minutes, without a restart.
 * The first reading throws, so that nothing starts without its keys.
 */
export class KeyFile<T> {
  private held: T;
  private stamp: string;
  private lookedAt: number;
  private goodAt: number;

  constructor(private readonly options: KeyFileOptions<T>) {
    this.stamp = this.stampOf();
    this.held = this.load();
    this.lookedAt = this.goodAt = this.now();
  }

  read(): T {
    const now = this.now();
    if (now - this.lookedAt < LOOK_EVERY_MS) return this.held;
    this.lookedAt = now;
    try {
      this.look();
      this.goodAt = now;
    } catch {
      this.options.onTrouble(`keys cannot be read: ${this.options.path}`);
      this.stamp = '';
      if (now - this.goodAt > KEPT_MS) this.held = this.options.nothing;
    }
    return this.held;
  }

  private look(): void {
    const stamp = this.stampOf();
    if (stamp === this.stamp) return;
    this.held = this.load();
    this.stamp = stamp;
  }

  private load(): T {
    return this.options.parse(readFileSync(this.options.path, 'utf8'));
  }

  private stampOf(): string {
    const { mtimeMs, ctimeMs, ino, size } = statSync(this.options.path);
    return [mtimeMs, ctimeMs, ino, size].join('/');
  }

  private readonly now = (): number => this.options.now?.() ?? performance.now();
}
