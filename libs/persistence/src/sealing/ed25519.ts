import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** PKCS #8 of an Ed25519 key up to its 32 bytes (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface SigningKey {
  secret: KeyObject;
  open: KeyObject;
  /** SHA-256 of the public key (SubjectPublicKeyInfo), base64url. */
  thumbprint: string;
}

export function signingKey(seed: Buffer): SigningKey {
  const secret = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
  const open = createPublicKey(secret);
  const spki = open.export({ format: 'der', type: 'spki' });
  return { secret, open, thumbprint: createHash('sha256').update(spki).digest('base64url') };
}
