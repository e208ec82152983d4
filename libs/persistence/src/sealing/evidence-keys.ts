import type { EvidenceSigner, PublicEvidenceKey } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { sign } from 'node:crypto';
import { signingKey, type SigningKey } from './ed25519';
import { KeyRing } from './key-ring';

/** Its key is made from the master key, for this purpose alone: the same in every process, nowhere stored. */
@Injectable()
export class EvidenceKeys implements EvidenceSigner {
  private readonly key: SigningKey;

  constructor(keys: KeyRing) {
    this.key = signingKey(keys.signingSeed('evidence'));
  }

  get keyId(): string {
    return this.key.thumbprint;
  }

  sign(bytes: Buffer): Buffer {
    return sign(null, bytes, this.key.secret);
  }

  publicKey(): PublicEvidenceKey {
    const { kty, crv, x } = this.key.open.export({ format: 'jwk' }) as Record<'kty' | 'crv' | 'x', string>;
    return { kty, crv, x, kid: this.keyId };
  }
}
