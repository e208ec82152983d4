import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

export interface SignedMessage {
  method: string;
  /** Scheme, host, path and query as the other side knows them. */
  url: string;
  body: string;
}

export interface SignatureWish {
  created?: number;
  nonce?: string;
  components?: readonly string[];
  tag?: string;
  alg?: string;
  /** Parameters that are left out. */
  without?: readonly string[];
}

/** Signs as docs/agencies/wire/signing.md says; written apart from the platform's own verifier. */
export class AgencySigner {
  private readonly privateKey: KeyObject;
  readonly publicKeyPem: string;

  constructor(
    readonly owner: string,
    readonly keyId = `${owner}-1`,
    key: KeyObject = generateKeyPairSync('ed25519').privateKey,
  ) {
    this.privateKey = key;
    this.publicKeyPem = String(createPublicKey(key).export({ type: 'spki', format: 'pem' }));
  }

  headers({ method, url, body }: SignedMessage, wish: SignatureWish = {}): Record<string, string> {
    const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
    const values: Record<string, string> = { '@method': method, '@target-uri': url };
    const content = body === '' ? {} : { 'content-digest': digest, 'content-type': 'application/json' };
    const covered = wish.components ?? ['@method', '@target-uri', ...Object.keys(content)];
    const all = { ...values, ...content } as Record<string, string>;
    const list = covered.map((name) => `"${name}"`).join(' ');
    const given = Object.entries({
      created: String(wish.created ?? Math.floor(Date.now() / 1000)),
      nonce: `"${wish.nonce ?? randomUUID()}"`,
      keyid: `"${this.keyId}"`,
      alg: `"${wish.alg ?? 'ed25519'}"`,
      tag: `"${wish.tag ?? 'birth-agency'}"`,
    }).filter(([name]) => wish.without?.includes(name) !== true);
    const parameters = [`(${list})`, ...given.map(([name, value]) => `${name}=${value}`)].join(';');
    const base = [...covered.map((name) => `"${name}": ${all[name] ?? ''}`), `"@signature-params": ${parameters}`];
    const signature = sign(null, Buffer.from(base.join('\n')), this.privateKey).toString('base64');
    return { ...content, 'signature-input': `birth=${parameters}`, signature: `birth=:${signature}:` };
  }
}
