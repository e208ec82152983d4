import { hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';

const KEY_BYTES = 32;

/** A 32-byte key out of a file or a text (hex or base64). Throws with the setting's name, never with its value. */
export function readKey(name: string, text: string | undefined, file: string | undefined): Buffer {
  const encoded = (file === undefined ? text : readFileSync(file, 'utf8'))?.trim();
  if (encoded === undefined || encoded === '') throw new Error(`${name} or ${name}_FILE is needed`);
  const key = Buffer.from(encoded, /^[0-9a-f]{64}$/i.test(encoded) ? 'hex' : 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`${name} must be 32 bytes, hex or base64`);
  return key;
}

/** One key for one purpose (RFC 5869, HKDF-SHA-256). */
export const deriveKey = (key: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `birth-one-thing/${purpose}`, KEY_BYTES));
