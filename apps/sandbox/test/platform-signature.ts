import { createHash, createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface PlatformKey {
  keyId: string;
  algorithm: string;
  privateKeyPem: string;
}

/** The platform's key of an algorithm, as the sandbox made it for trials. */
export function platformKey(keysFolder: string, algorithm: string): PlatformKey {
  const keys = JSON.parse(readFileSync(join(keysFolder, 'platform.json'), 'utf8')) as PlatformKey[];
  const found = keys.find((key) => key.algorithm === algorithm);
  if (found === undefined) throw new Error(`no key of ${algorithm}`);
  return found;
}

export interface SignedRequest {
  method: string;
  url: string;
  body: Buffer | string | null;
  /** Seconds; now where it is left out. */
  created?: number;
}

/** docs/agencies/wire/signing.md section 4, written again from the document. */
export function platformHeaders(request: SignedRequest, key: PlatformKey): Record<string, string> {
  const { method, url, body, created = Math.floor(Date.now() / 1000) } = request;
  const digest = `sha-256=:${createHash('sha256')
    .update(body ?? '')
    .digest('base64')}:`;
  const content = body === null ? {} : { 'content-digest': digest, 'content-type': 'application/json' };
  const values: Record<string, string> = { '@method': method, '@target-uri': url, ...content };
  const list = Object.keys(values).map((name) => `"${name}"`);
  const parameters = `(${list.join(' ')});created=${created};nonce="${randomUUID()}";keyid="${key.keyId}";alg="ecdsa-p256-sha256";tag="birth-platform"`;
  const lines = Object.entries(values).map(([name, value]) => `"${name}": ${value}`);
  const base = [...lines, `"@signature-params": ${parameters}`].join('\n');
  const secret = createPrivateKey(key.privateKeyPem);
  const signature = sign('sha256', Buffer.from(base), { key: secret, dsaEncoding: 'ieee-p1363' });
  return {
    ...content,
    'signature-input': `birth=${parameters}`,
    signature: `birth=:${signature.toString('base64')}:`,
  };
}
