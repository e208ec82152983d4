export type JsonProblem =
  'malformed_json' | 'too_deep' | 'duplicate_key' | 'forbidden_key' | 'nul_character' | 'lone_surrogate';

/** JSON that must not be read; names the rule, never the text. */
export class StrictJsonError extends Error {
  override readonly name = 'StrictJsonError';
  constructor(readonly problem: JsonProblem) {
    super(problem);
  }
}

const MAX_DEPTH = 32;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;

/**
 * RFC 8259 as I-JSON (RFC 7493): one meaning only. Refuses duplicate keys, keys that reach a prototype, NUL, lone
 * surrogates and nesting beyond 32. One pass over the text, then the platform's own parser.
 */
export function parseStrictJson(text: string): unknown {
  new KeyScan(text).run();
  const value = parse(text);
  if (text.includes('\\u')) checkStrings(value);
  return value;
}

/** Bytes must be UTF-8 without a mark. */
export function parseStrictJsonBytes(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new StrictJsonError('malformed_json');
  }
  return parseStrictJson(text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new StrictJsonError(text.includes('\0') ? 'nul_character' : 'malformed_json');
  }
}

function checkStrings(value: unknown): void {
  if (typeof value === 'string') return checkString(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    checkString(key);
    checkStrings(item);
  }
}

function checkString(text: string): void {
  if (text.includes('\0')) throw new StrictJsonError('nul_character');
  if (/[\uD800-\uDFFF]/u.test(text)) throw new StrictJsonError('lone_surrogate');
}

/** Looks at structure and keys only; what is not JSON at all is left to the parser. */
class KeyScan {
  /** Keys of each open object; null for an array. */
  private readonly open: (Set<string> | null)[] = [];
  private at = 0;
  private expectsKey = false;

  constructor(private readonly text: string) {}

  run(): void {
    for (; this.at < this.text.length; this.at += 1) this.step(this.text.charCodeAt(this.at));
  }

  private step(code: number): void {
    switch (code) {
      case QUOTE:
        return this.string();
      case OPEN_OBJECT:
        return this.push(new Set());
      case OPEN_ARRAY:
        return this.push(null);
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        this.open.pop();
        this.expectsKey = false;
        return;
      case COMMA:
        this.expectsKey = this.open.at(-1) instanceof Set;
        return;
      case COLON:
        this.expectsKey = false;
        return;
    }
  }

  private push(keys: Set<string> | null): void {
    this.open.push(keys);
    this.expectsKey = keys !== null;
    if (this.open.length > MAX_DEPTH) throw new StrictJsonError('too_deep');
  }

  private string(): void {
    const start = this.at + 1;
    let end = start;
    let isEscaped = false;
    for (; end < this.text.length; end += 1) {
      const code = this.text.charCodeAt(end);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        isEscaped = true;
        end += 1;
      }
    }
    if (this.expectsKey) this.key(start, end, isEscaped);
    this.at = end;
  }

  private key(start: number, end: number, isEscaped: boolean): void {
    const raw = this.text.slice(start, end);
    const key = isEscaped ? String(parse(`"${raw}"`)) : raw;
    const keys = this.open.at(-1);
    if (FORBIDDEN_KEYS.has(key)) throw new StrictJsonError('forbidden_key');
    if (keys?.has(key)) throw new StrictJsonError('duplicate_key');
    keys?.add(key);
  }
}
