import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createVerifier, httpbis } from 'http-message-signatures';
import type { Received } from './platform-double';

interface PublishedKey {
  keyId: string;
  owner: string;
  algorithm: string;
  publicKeyPem: string;
}

/** Verifies with an implementation that is not ours: the npm package http-message-signatures. */
export async function isSigned(message: Received, keysFile: string): Promise<boolean> {
  const keys = JSON.parse(readFileSync(keysFile, 'utf8')) as PublishedKey[];
  const verified = await httpbis.verifyMessage(
    {
      keyLookup: ({ keyid }) => {
        const key = keys.find((one) => one.keyId === keyid);
        if (key === undefined) throw new Error('unknown key');
        return Promise.resolve({
          id: key.keyId,
          algs: ['ed25519'],
          verify: createVerifier(key.publicKeyPem, 'ed25519'),
        });
      },
      requiredFields: componentsOf(message),
      requiredParams: ['created', 'nonce', 'keyid', 'alg', 'tag'],
    },
    { method: message.method, url: message.url, headers: message.headers },
  );
  return verified === true && hasItsDigest(message);
}

const componentsOf = ({ method }: Received): string[] =>
  method === 'GET' ? ['@method', '@target-uri'] : ['@method', '@target-uri', 'content-digest', 'content-type'];

function hasItsDigest({ method, headers, body }: Received): boolean {
  if (method === 'GET') return true;
  const digest = createHash('sha256').update(body).digest('base64');
  return headers['content-digest'] === `sha-256=:${digest}:`;
}
