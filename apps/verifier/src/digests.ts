import { createHash } from 'node:crypto';

export const START = Buffer.alloc(32);

export function sha256(...parts: (Buffer | string)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export const bytesOfHex = (text: string): Buffer => Buffer.from(text, 'hex');

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** RFC 6962: a leaf can never be read as a node. */
export const leafHash = (data: Buffer): Buffer => sha256(Buffer.from([0]), data);
export const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.from([1]), left, right);
