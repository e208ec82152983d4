import type { FileVerifier } from '@birth/application';
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { AgencyKey } from './http-message-signature';

/** Files that an agency's side made, by the same keys as its messages. */
export class AgencyFileVerifier implements FileVerifier {
  private readonly keys: ReadonlyMap<string, AgencyKey & { key: KeyObject }>;

  constructor(keys: readonly AgencyKey[]) {
    this.keys = new Map(keys.map((key) => [key.keyId, { ...key, key: createPublicKey(key.publicKeyPem) }]));
  }

  isSigned(owner: string, keyId: string, bytes: Buffer, signature: Buffer): boolean {
    const found = this.keys.get(keyId);
    if (found === undefined || found.owner !== owner || signature.length === 0) return false;
    return found.algorithm === 'ed25519'
      ? verify(null, bytes, found.key, signature)
      : verify('sha256', bytes, { key: found.key, dsaEncoding: 'ieee-p1363' }, signature);
  }
}
