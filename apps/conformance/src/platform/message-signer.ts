import { createHash, type KeyObject, randomUUID, sign } from 'node:crypto';

export interface SignatureWish {
  /** Seconds from now. */
  ageS?: number;
  nonce?: string;
}

/** Signs as docs/agencies/wire/signing.md says, apart from the platform's own code. */
export class MessageSigner {
  constructor(
    private readonly keyId: string,
    private readonly key: KeyObject,
  ) {}

  headers(url: string, body: Buffer, { ageS = 0, nonce = randomUUID() }: SignatureWish = {}): Record<string, string> {
    const content = {
      'content-digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
      'content-type': 'application/json',
    };
    const values = { '@method': 'POST', '@target-uri': url, ...content };
    const names = Object.keys(values).map((name) => `"${name}"`);
    const created = Math.floor(Date.now() / 1000) - ageS;
    const parameters = `(${names.join(' ')});created=${created};nonce="${nonce}";keyid="${this.keyId}";alg="ed25519";tag="birth-agency"`;
    const lines = Object.entries(values).map(([name, value]) => `"${name}": ${value}`);
    const base = [...lines, `"@signature-params": ${parameters}`].join('\n');
    const signature = sign(null, Buffer.from(base), this.key).toString('base64');
    return { ...content, 'signature-input': `birth=${parameters}`, signature: `birth=:${signature}:` };
  }
}
