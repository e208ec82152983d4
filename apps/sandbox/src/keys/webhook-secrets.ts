import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { SandboxConfig } from '../sandbox.config';
import { KeyStore } from './key-store';
import { writeAtomically } from './write-atomically';

/** Receivers that are pushed to. */
const PUSHED = ['education-commission'] as const;

/** One secret a receiver, made in SANDBOX_KEYS_DIR at the first start; `webhooks.json` beside them is for the platform. */
@Injectable()
export class WebhookSecrets {
  private readonly secrets: ReadonlyMap<string, string>;

  /** @param _keys has made the folder */
  constructor(
    private readonly config: SandboxConfig,
    _keys: KeyStore,
  ) {
    this.secrets = new Map(PUSHED.map((receiver) => [receiver, this.secretOf(receiver)]));
    const { SANDBOX_URL: url, SANDBOX_PORT: port } = config;
    const base = url === '' ? `http://127.0.0.1:${port}` : url;
    const addresses = [...this.secrets].map(([receiver, secret]) => ({
      receiver,
      url: `${base}/receivers/${receiver}/webhooks`,
      secrets: [secret],
    }));
    writeAtomically(this.at('webhooks.json'), `${JSON.stringify(addresses, null, 2)}\n`, 0o600);
  }

  of(receiver: string): readonly string[] {
    const secret = this.secrets.get(receiver);
    return secret === undefined ? [] : [secret];
  }

  private secretOf(receiver: string): string {
    const path = this.at(`${receiver}.webhook-secret`);
    if (!existsSync(path)) writeAtomically(path, `whsec_${randomBytes(32).toString('base64')}`, 0o600);
    return readFileSync(path, 'utf8');
  }

  private at(name: string): string {
    return join(this.config.SANDBOX_KEYS_DIR, name);
  }
}
