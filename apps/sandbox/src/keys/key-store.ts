import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { AGENCIES, type Agency } from '../agencies';
import { SandboxConfig } from '../sandbox.config';
import { writeAtomically } from './write-atomically';

/** Departments that are told of newborns and ask for it. */
const RECEIVERS = [
  'health-population',
  'education-commission',
  'civil-affairs',
  'medical-insurance-population',
] as const;
export type Signer = Agency | 'hospital' | 'government-portal' | (typeof RECEIVERS)[number];

const SIGNERS: readonly Signer[] = [...AGENCIES, 'hospital', 'government-portal', ...RECEIVERS];

/** Private keys in SANDBOX_KEYS_DIR, made there at the first start; `public.json` beside them is for the platform. */
@Injectable()
export class KeyStore {
  private readonly signing: ReadonlyMap<Signer, KeyObject>;
  /** ES256, for access tokens. */
  readonly token: KeyObject;
  /** SM2, for the envelopes of medical-insurance. */
  readonly envelope: KeyObject;
  readonly envelopeKeyId = 'medical-insurance-sm2-1';

  constructor(private readonly config: SandboxConfig) {
    mkdirSync(config.SANDBOX_KEYS_DIR, { recursive: true, mode: 0o700 });
    this.signing = new Map(SIGNERS.map((name) => [name, this.load(name, makeEd25519)]));
    this.token = this.load('token', makeP256);
    this.envelope = this.load('medical-insurance-sm2', makeSm2);
    this.publish();
  }

  keyId(signer: Signer): string {
    return `${signer}-1`;
  }

  privateKey(signer: Signer): KeyObject {
    const key = this.signing.get(signer);
    if (key === undefined) throw new Error(`no key of ${signer}`);
    return key;
  }

  private load(name: string, make: () => KeyObject): KeyObject {
    const path = join(this.config.SANDBOX_KEYS_DIR, `${name}.key.pem`);
    if (existsSync(path)) return createPrivateKey(readFileSync(path));
    const key = make();
    writeAtomically(path, key.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600);
    return key;
  }

  private publish(): void {
    const keys = SIGNERS.map((owner) => ({
      keyId: this.keyId(owner),
      owner,
      algorithm: 'ed25519',
      publicKeyPem: publicPem(this.privateKey(owner)),
    }));
    const sm2 = {
      keyId: this.envelopeKeyId,
      owner: 'medical-insurance',
      algorithm: 'sm2',
      publicKeyPem: publicPem(this.envelope),
    };
    const text = JSON.stringify([...keys, sm2], null, 2);
    writeAtomically(join(this.config.SANDBOX_KEYS_DIR, 'public.json'), `${text}\n`, 0o644);
  }
}

const publicPem = (key: KeyObject): string => createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();

const makeEd25519 = (): KeyObject => generateKeyPairSync('ed25519').privateKey;
const makeP256 = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const makeSm2 = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey;
