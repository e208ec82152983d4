import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { sha256 } from './digests';
import type { PackedKey } from './pack';

export type KnownKeys = ReadonlyMap<string, KeyObject>;

/** A key is called by the digest of itself (SubjectPublicKeyInfo): nothing else can bear its name. */
export function readKeys(keys: readonly PackedKey[]): { known: KnownKeys; complaints: string[] } {
  const read = keys.map(({ kty, crv, x, kid }) => {
    const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
    const name = sha256(key.export({ format: 'der', type: 'spki' })).toString('base64url');
    return { key, kid, isNamedSo: kty === 'OKP' && crv === 'Ed25519' && name === kid };
  });
  return {
    known: new Map(read.filter(({ isNamedSo }) => isNamedSo).map(({ kid, key }) => [kid, key])),
    complaints: read.filter(({ isNamedSo }) => !isNamedSo).map(() => 'key: it is not the one that it is called'),
  };
}

export function isSignedBy(keys: KnownKeys, keyId: string, text: string, signature: string): boolean {
  const key = keys.get(keyId);
  const bytes = Buffer.from(signature, 'base64url');
  return key !== undefined && bytes.toString('base64url') === signature && verify(null, Buffer.from(text), key, bytes);
}
