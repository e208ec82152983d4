import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readSm2PrivateKey, readSm2PublicKey, type Sm2PrivateKey, type Sm2PublicKey } from './sm2';

export const HTTP_ALGORITHMS = ['ed25519', 'ecdsa-p256-sha256'] as const;
export type HttpAlgorithm = (typeof HTTP_ALGORITHMS)[number];
export type KeyAlgorithm = HttpAlgorithm | 'sm2';

const KEY_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** A public key of an agency, as its file names it. */
export interface AgencyKey {
  keyId: string;
  /** Agency code or `hospital`. */
  owner: string;
  algorithm: KeyAlgorithm;
  publicKeyPem: string;
  /** A hospital's key speaks of the births of this hospital alone. */
  officeCode?: string;
  /** ISO 8601 with offset; from then on it is refused. */
  validUntil?: string;
}

/** A private key of ours, as its file names it. */
export interface OwnKey {
  keyId: string;
  algorithm: KeyAlgorithm;
  privateKeyPem: string;
}

type Known = { keyId: string; owner: string; officeCode?: string; endsAt: number };
export type KnownKey = Known & ({ algorithm: HttpAlgorithm; key: KeyObject } | { algorithm: 'sm2'; key: Sm2PublicKey });

/** Public keys by their id; several of an owner may be valid at once. */
export class AgencyKeyBook {
  private readonly keys: ReadonlyMap<string, KnownKey>;

  constructor(keys: readonly AgencyKey[]) {
    this.keys = byId(keys, knownKey);
  }

  static parse(text: string): AgencyKeyBook {
    return new AgencyKeyBook(JSON.parse(text) as AgencyKey[]);
  }

  find(keyId: string, now: number): KnownKey | undefined {
    const key = this.keys.get(keyId);
    return key !== undefined && now < key.endsAt ? key : undefined;
  }
}

export type SigningKey = { keyId: string } & (
  { algorithm: HttpAlgorithm; key: KeyObject } | { algorithm: 'sm2'; key: Sm2PrivateKey }
);

type KeyFor<A extends KeyAlgorithm> = A extends 'sm2'
  ? Extract<SigningKey, { algorithm: 'sm2' }>
  : Exclude<SigningKey, { algorithm: 'sm2' }>;

/** Our private keys; the first of an algorithm signs. */
export class OwnKeyBook {
  private readonly keys: ReadonlyMap<string, SigningKey>;

  constructor(keys: readonly OwnKey[]) {
    this.keys = byId(keys, signingKey);
  }

  static parse(text: string): OwnKeyBook {
    return new OwnKeyBook(JSON.parse(text) as OwnKey[]);
  }

  first<A extends KeyAlgorithm>(algorithm: A): KeyFor<A> | undefined {
    return [...this.keys.values()].find((key): key is KeyFor<A> => key.algorithm === algorithm);
  }
}

function byId<T extends { keyId: string }, R>(keys: readonly T[], read: (key: T) => R): Map<string, R> {
  const found = new Map<string, R>();
  for (const key of keys) {
    if (!KEY_ID.test(key.keyId) || found.has(key.keyId)) throw new Error('a key id is missing, unfit or doubled');
    found.set(key.keyId, read(key));
  }
  return found;
}

function knownKey({ keyId, owner, officeCode, algorithm, publicKeyPem, validUntil }: AgencyKey): KnownKey {
  const endsAt = validUntil === undefined ? Infinity : Date.parse(validUntil);
  if (Number.isNaN(endsAt)) throw new Error('validUntil is no time');
  const known = { keyId, owner, ...(officeCode === undefined ? {} : { officeCode }), endsAt };
  if (algorithm === 'sm2') return { ...known, algorithm, key: readSm2PublicKey(publicKeyPem) };
  return { ...known, algorithm, key: fitting(createPublicKey(publicKeyPem), algorithm) };
}

function signingKey({ keyId, algorithm, privateKeyPem }: OwnKey): SigningKey {
  if (algorithm === 'sm2') return { keyId, algorithm, key: readSm2PrivateKey(privateKeyPem) };
  return { keyId, algorithm, key: fitting(createPrivateKey(privateKeyPem), algorithm) };
}

/** A key of another kind would sign and verify something else under this name. */
function fitting(key: KeyObject, algorithm: HttpAlgorithm): KeyObject {
  const isFitting =
    algorithm === 'ed25519'
      ? key.asymmetricKeyType === 'ed25519'
      : key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  if (!isFitting) throw new Error('a key is of another algorithm than its file says');
  return key;
}
