import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { KeyPair } from './key-pair';
import { type AgencyKey, AgencyKeyBook, type KeyAlgorithm, type OwnKey, OwnKeyBook } from './signing-keys';

export interface MadeKey {
  keyId: string;
  algorithm: KeyAlgorithm;
  privateKey: KeyObject;
  privateKeyPem: string;
  publicKeyPem: string;
}

const make = (algorithm: KeyAlgorithm): { privateKey: KeyObject; publicKey: KeyObject } => {
  if (algorithm === 'ed25519') return generateKeyPairSync('ed25519');
  return generateKeyPairSync('ec', { namedCurve: algorithm === 'sm2' ? 'SM2' : 'P-256' });
};

export function madeKey(keyId: string, algorithm: KeyAlgorithm): MadeKey {
  const { privateKey, publicKey } = make(algorithm);
  const privateKeyPem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const publicKeyPem = String(publicKey.export({ type: 'spki', format: 'pem' }));
  return { keyId, algorithm, privateKey, privateKeyPem, publicKeyPem };
}

export const asOwnKey = ({ keyId, algorithm, privateKeyPem }: MadeKey): OwnKey => ({ keyId, algorithm, privateKeyPem });

export const asAgencyKey = ({ keyId, algorithm, publicKeyPem }: MadeKey, owner: string): AgencyKey => ({
  keyId,
  owner,
  algorithm,
  publicKeyPem,
});

export function keyPair(own: readonly OwnKey[], agencies: readonly AgencyKey[]): KeyPair {
  const [ours, theirs] = [new OwnKeyBook(own), new AgencyKeyBook(agencies)];
  return { own: () => ours, agencies: () => theirs };
}
