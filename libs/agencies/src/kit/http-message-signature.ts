import { MessageRefused, type MessageVerifier, type RawMessage, type VerifiedMessage } from '@birth/application';
import { createHash, createPublicKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import { type InnerList, parseDictionary, serializeInnerList } from 'structured-headers';

const TAG = 'birth-agency';
const MAX_AGE_S = 60;
const MAX_AHEAD_S = 10;
const NONCE = /^.{16,128}$/;
const WITH_BODY = ['@method', '@target-uri', 'content-digest', 'content-type'];
const WITHOUT_BODY = ['@method', '@target-uri'];

export interface AgencyKey {
  keyId: string;
  /** Agency code or `hospital`. */
  owner: string;
  algorithm: 'ed25519' | 'ecdsa-p256-sha256';
  publicKeyPem: string;
}

/** Verifies RFC 9421 signatures with RFC 9530 digests; two keys of an owner may be valid at once. */
export class HttpMessageVerifier implements MessageVerifier {
  private readonly keys: ReadonlyMap<string, AgencyKey & { key: KeyObject }>;

  constructor(
    keys: readonly AgencyKey[],
    private readonly now: () => number,
  ) {
    this.keys = new Map(keys.map((key) => [key.keyId, { ...key, key: createPublicKey(key.publicKeyPem) }]));
  }

  verify(owner: string, message: RawMessage): VerifiedMessage {
    const signature = findSignature(message);
    try {
      return this.verified(owner, message, signature);
    } catch (error) {
      if (error instanceof MessageRefused) throw new MessageRefused(error.code, this.registered(signature.input));
      throw error;
    }
  }

  private verified(owner: string, message: RawMessage, { label, input }: FoundSignature): VerifiedMessage {
    const { keyid, nonce } = this.checkedParameters(input, message);
    const key = this.keys.get(keyid);
    if (key === undefined) throw new MessageRefused('unknown_key');
    if (key.owner !== owner) throw new MessageRefused('key_of_another');
    if (parameter(input, 'alg') !== key.algorithm) throw new MessageRefused('another_algorithm');
    const base = Buffer.from(signatureBase(message, input));
    if (!isSigned(key, base, signatureBytes(message, label))) throw new MessageRefused('signature_wrong');
    checkDigest(message);
    return { keyId: keyid, nonce };
  }

  private registered(input: InnerList): string | null {
    const keyid = parameter(input, 'keyid');
    return typeof keyid === 'string' && this.keys.has(keyid) ? keyid : null;
  }

  private checkedParameters(input: InnerList, message: RawMessage): { keyid: string; nonce: string } {
    const covered = input[0].map(([name]) => String(name));
    const needed = message.body.length > 0 ? WITH_BODY : WITHOUT_BODY;
    if (!needed.every((component) => covered.includes(component))) throw new MessageRefused('components_missing');
    const created = parameter(input, 'created');
    const ageS = this.now() / 1000 - Number(created);
    if (typeof created !== 'number' || ageS > MAX_AGE_S || ageS < -MAX_AHEAD_S) {
      throw new MessageRefused('created_out_of_window');
    }
    const nonce = parameter(input, 'nonce');
    const keyid = parameter(input, 'keyid');
    if (typeof nonce !== 'string' || !NONCE.test(nonce) || typeof keyid !== 'string') {
      throw new MessageRefused('nonce_or_key_missing');
    }
    return { keyid, nonce };
  }
}

const parameter = (input: InnerList, name: string): unknown => input[1].get(name);

interface FoundSignature {
  label: string;
  input: InnerList;
}

/** By its tag, not by its label. */
function findSignature({ headers }: RawMessage): FoundSignature {
  try {
    for (const [label, member] of parseDictionary(headers['signature-input'] ?? '')) {
      const input = member as InnerList;
      if (Array.isArray(input[0]) && parameter(input, 'tag') === TAG) return { label, input };
    }
  } catch {
    throw new MessageRefused('signature_input_unreadable');
  }
  throw new MessageRefused('no_signature');
}

function signatureBytes({ headers }: RawMessage, label: string): Buffer {
  try {
    const [value] = parseDictionary(headers['signature'] ?? '').get(label) ?? [];
    if (value instanceof ArrayBuffer) return Buffer.from(value);
  } catch {
    throw new MessageRefused('signature_unreadable');
  }
  throw new MessageRefused('signature_unreadable');
}

/** RFC 9421, 2.5. */
export function signatureBase(message: RawMessage, input: InnerList): string {
  const lines = input[0].map(([name]) => `"${String(name)}": ${component(message, String(name))}`);
  return [...lines, `"@signature-params": ${serializeInnerList(input)}`].join('\n');
}

function component(message: RawMessage, name: string): string {
  if (name === '@method') return message.method;
  if (name === '@target-uri') return message.url;
  const value = message.headers[name];
  if (value === undefined || name.startsWith('@')) throw new MessageRefused('components_missing');
  return value.trim();
}

const isSigned = ({ algorithm, key }: AgencyKey & { key: KeyObject }, base: Buffer, signature: Buffer): boolean =>
  algorithm === 'ed25519'
    ? verify(null, base, key, signature)
    : verify('sha256', base, { key, dsaEncoding: 'ieee-p1363' }, signature);

/** Recomputed over the raw bytes: a signature covers the header, not the body behind it. */
function checkDigest({ headers, body }: RawMessage): void {
  if (body.length === 0) return;
  const given = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):/.exec(headers['content-digest'] ?? '')?.[1];
  const expected = createHash('sha256').update(body).digest();
  const bytes = Buffer.from(given ?? '', 'base64');
  if (bytes.length !== expected.length || !timingSafeEqual(bytes, expected)) throw new MessageRefused('digest_wrong');
}
