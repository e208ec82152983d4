import { createHash, randomUUID, sign, type KeyObject } from 'node:crypto';
import { nowMs } from './clock';

export interface OutgoingMessage {
  method: 'GET' | 'POST';
  /** The full address, query included, exactly as requested. */
  url: string;
  /** Raw bytes; null for a request without body. */
  body: Buffer | null;
}

export interface SigningKey {
  keyId: string;
  privateKey: KeyObject;
}

/**
 * Headers of a signed message: RFC 9421 with Ed25519 over method, target URI, RFC 9530 digest and content type.
 * The nonce is new each time, so that a repeated sending is not taken for a replay.
 */
export function signedHeaders(message: OutgoingMessage, key: SigningKey, now = nowMs()): Record<string, string> {
  const content = message.body === null ? {} : contentHeaders(message.body);
  const components = ['@method', '@target-uri', ...Object.keys(content)];
  const list = components.map((name) => `"${name}"`).join(' ');
  const created = Math.floor(now / 1000);
  const parameters = `(${list});created=${created};nonce="${randomUUID()}";keyid="${key.keyId}";alg="ed25519";tag="birth-agency"`;
  const values: Record<string, string> = { '@method': message.method, '@target-uri': message.url, ...content };
  const lines = components.map((name) => `"${name}": ${values[name] ?? ''}`);
  const base = [...lines, `"@signature-params": ${parameters}`].join('\n');
  const signature = sign(null, Buffer.from(base), key.privateKey).toString('base64');
  return { ...content, 'signature-input': `birth=${parameters}`, signature: `birth=:${signature}:` };
}

function contentHeaders(body: Buffer): Record<string, string> {
  const digest = createHash('sha256').update(body).digest('base64');
  return { 'content-digest': `sha-256=:${digest}:`, 'content-type': 'application/json' };
}
