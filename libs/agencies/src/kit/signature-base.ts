import { MessageRefused } from '@birth/application';
import { createHash, timingSafeEqual, verify } from 'node:crypto';
import { type InnerList, parseDictionary, serializeInnerList, serializeItem } from 'structured-headers';
import type { AgencyKeyBook, KnownKey } from './signing-keys';

type Headers = Readonly<Record<string, string | string[] | undefined>>;
type HttpKey = Exclude<KnownKey, { algorithm: 'sm2' }>;

export interface FoundSignature {
  label: string;
  input: InnerList;
}

export const parameter = (input: InnerList, name: string): unknown => input[1].get(name);

const textOf = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? value.join(', ') : (value ?? '');

/** By its tag, not by its label. */
export function findSignature(headers: Headers, tag: string): FoundSignature {
  try {
    for (const [label, member] of parseDictionary(textOf(headers['signature-input']))) {
      const input = member as InnerList;
      if (Array.isArray(input[0]) && parameter(input, 'tag') === tag) return { label, input };
    }
  } catch {
    throw new MessageRefused('signature_input_unreadable');
  }
  throw new MessageRefused('no_signature');
}

export function signatureBytes(headers: Headers, label: string): Buffer {
  try {
    const [value] = parseDictionary(textOf(headers['signature'])).get(label) ?? [];
    if (value instanceof ArrayBuffer) return Buffer.from(value);
  } catch {
    throw new MessageRefused('signature_unreadable');
  }
  throw new MessageRefused('signature_unreadable');
}

/** Every one of these must be covered, as written in Signature-Input without its quotes (`@method;req`). */
export function refuseUncovered(input: InnerList, needed: readonly string[]): void {
  const covered = input[0].map((item) => serializeItem(item).replaceAll('"', ''));
  const isDoubled = new Set(covered).size !== covered.length;
  if (isDoubled || !needed.every((name) => covered.includes(name))) throw new MessageRefused('components_missing');
}

/** RFC 9421, 2.5. Components: by name, and whether of the request that a response answers. */
export function signatureBase(
  input: InnerList,
  valueOf: (name: string, isOfRequest: boolean) => string | undefined,
): Buffer {
  const lines = input[0].map((item) => {
    const value = valueOf(String(item[0]), item[1].get('req') === true);
    if (value === undefined) throw new MessageRefused('components_missing');
    return `${serializeItem(item)}: ${value.trim()}`;
  });
  return Buffer.from([...lines, `"@signature-params": ${serializeInnerList(input)}`].join('\n'));
}

/** The registered key of this owner. */
export function keyOf(keys: AgencyKeyBook, keyId: string, owner: string, now: number): HttpKey {
  const key = keys.find(keyId, now);
  if (key === undefined) throw new MessageRefused('unknown_key');
  if (key.owner !== owner) throw new MessageRefused('key_of_another');
  if (key.algorithm === 'sm2') throw new MessageRefused('another_algorithm');
  return key;
}

export function refuseUnsigned(
  key: HttpKey,
  { input, base, signature }: { input: InnerList; base: Buffer; signature: Buffer },
): void {
  if (parameter(input, 'alg') !== key.algorithm) throw new MessageRefused('another_algorithm');
  if (!isSigned(key, base, signature)) throw new MessageRefused('signature_wrong');
}

export const isSigned = (
  { algorithm, key }: Pick<HttpKey, 'algorithm' | 'key'>,
  base: Buffer,
  signature: Buffer,
): boolean =>
  algorithm === 'ed25519'
    ? verify(null, base, key, signature)
    : verify('sha256', base, { key, dsaEncoding: 'ieee-p1363' }, signature);

/** Recomputed over the raw bytes: a signature covers the header, not the body behind it. */
export function checkDigest(header: string | undefined, body: Buffer): void {
  const given = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):/.exec(header ?? '')?.[1];
  const expected = createHash('sha256').update(body).digest();
  const bytes = Buffer.from(given ?? '', 'base64');
  if (bytes.length !== expected.length || !timingSafeEqual(bytes, expected)) throw new MessageRefused('digest_wrong');
}

export const contentDigest = (body: Buffer): string =>
  `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
