import type { FileSigner } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { KeyRing } from '../sealing/key-ring';

/** PKCS #8 of an Ed25519 key up to its 32 bytes (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Its key is made from the master key, for files alone: the same in every process, nowhere stored. */
@Injectable()
export class FileKeys implements FileSigner {
  private readonly secret: KeyObject;
  private readonly open: KeyObject;
  private readonly keyId: string;

  constructor(keys: KeyRing) {
    const key = Buffer.concat([PKCS8_HEAD, keys.signingSeed('batch')]);
    this.secret = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    this.open = createPublicKey(this.secret);
    const spki = this.open.export({ format: 'der', type: 'spki' });
    this.keyId = createHash('sha256').update(spki).digest('base64url').slice(0, 12);
  }

  sign(bytes: Buffer): { keyId: string; signature: Buffer } {
    return { keyId: this.keyId, signature: sign(null, bytes, this.secret) };
  }

  publicKey(): Readonly<Record<string, string>> {
    const { kty, crv, x } = this.open.export({ format: 'jwk' }) as Record<'kty' | 'crv' | 'x', string>;
    return { kty, crv, x, kid: this.keyId, alg: 'EdDSA', use: 'sig' };
  }
}
