import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 32 characters that nobody confuses on paper. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 16;
const SALT_BYTES = 16;

/** 80 random bits, shown once on the receipt. A random secret of this size needs no slow hash; it is salted all the same. */
export function newQueryPassword(): { password: string; hash: string } {
  const password = [...randomBytes(LENGTH)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
  const salt = randomBytes(SALT_BYTES).toString('hex');
  return { password, hash: `${salt}:${digest(salt, password).toString('hex')}` };
}

export function isQueryPassword(password: string, hash: string): boolean {
  const [salt = '', expected = ''] = hash.split(':');
  return timingSafeEqual(digest(salt, password.toUpperCase()), Buffer.from(expected, 'hex'));
}

const digest = (salt: string, password: string): Buffer => createHash('sha256').update(salt).update(password).digest();
