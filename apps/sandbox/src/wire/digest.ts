import { createHash } from 'node:crypto';

/** Tells two request bodies apart. */
export const digestOf = (body: unknown): string =>
  createHash('sha256')
    .update(Buffer.isBuffer(body) ? body : '')
    .digest('base64');
