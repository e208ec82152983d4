import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Sm2Verifier } from '../medical-insurance/sm2';
import { SandboxConfig } from '../sandbox.config';
import { writeAtomically } from './write-atomically';

export interface PlatformKey {
  algorithm: 'ecdsa-p256-sha256' | 'sm2';
  key: KeyObject;
  sm2: Sm2Verifier | null;
}

interface Entry {
  keyId: string;
  algorithm: PlatformKey['algorithm'];
  publicKeyPem: string;
}

const CURVES = { 'ecdsa-p256-sha256': 'P-256', sm2: 'SM2' } as const;

/**
 * The platform's public keys, read again whenever their file changes: what is taken out is refused from then on.
 * Where no file is named, a trial's keys of both sides are made: the private ones, for the platform, in `platform.json`.
 */
@Injectable()
export class PlatformKeys {
  private readonly path: string;
  private readAt = '';
  private keys: ReadonlyMap<string, PlatformKey> = new Map();

  constructor({ SANDBOX_PLATFORM_KEYS_FILE: file, SANDBOX_KEYS_DIR: folder }: SandboxConfig) {
    this.path = file === '' ? join(folder, 'platform-public.json') : file;
    if (file === '' && !existsSync(this.path)) this.makeForTrial(folder);
  }

  find(keyId: string): PlatformKey | undefined {
    const { mtimeMs, ino, size } = statSync(this.path);
    const stamp = [mtimeMs, ino, size].join('/');
    if (stamp !== this.readAt) {
      this.keys = read(this.path);
      this.readAt = stamp;
    }
    return this.keys.get(keyId);
  }

  private makeForTrial(folder: string): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const made = (Object.keys(CURVES) as PlatformKey['algorithm'][]).map((algorithm) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: CURVES[algorithm] });
      const keyId = `platform-${algorithm === 'sm2' ? 'sm2' : 'p256'}-1`;
      const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
      return { keyId, algorithm, privateKeyPem, publicKeyPem };
    });
    const secret = made.map(({ publicKeyPem: _public, ...entry }) => entry);
    const open = made.map(({ privateKeyPem: _secret, ...entry }) => entry);
    writeAtomically(join(folder, 'platform.json'), JSON.stringify(secret, null, 2), 0o600);
    writeAtomically(this.path, JSON.stringify(open, null, 2), 0o644);
  }
}

function read(path: string): ReadonlyMap<string, PlatformKey> {
  const entries = JSON.parse(readFileSync(path, 'utf8')) as Entry[];
  return new Map(
    entries.map(({ keyId, algorithm, publicKeyPem }) => {
      const key = createPublicKey(publicKeyPem);
      return [keyId, { algorithm, key, sm2: algorithm === 'sm2' ? new Sm2Verifier(key) : null }];
    }),
  );
}
