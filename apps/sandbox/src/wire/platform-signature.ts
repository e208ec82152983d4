import { createHash, verify } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { PlatformKeys } from '../keys/platform-keys';
import { nowMs } from './clock';

const MAX_AGE_S = 60;
const MAX_AHEAD_S = 10;
const INPUT =
  /^birth=(\(("@method" "@target-uri"(?: "content-digest" "content-type")?)\);created=(\d{10});nonce="([0-9a-f-]{16,64})";keyid="([A-Za-z0-9._-]{1,64})";alg="ecdsa-p256-sha256";tag="birth-platform")$/;
const SIGNATURE = /^birth=:([A-Za-z0-9+/]{86}==):$/;

/** What the platform signs as docs/agencies/wire/signing.md section 3 says, seen from one agency's door. */
export class PlatformSignature {
  /** Nonces of the last one to two minutes; older ones are refused by their time. */
  private seen: [Set<string>, Set<string>] = [new Set(), new Set()];
  private turnedAt = nowMs();

  constructor(private readonly platform: PlatformKeys) {}

  isSigned(request: FastifyRequest): boolean {
    const claim = claimOf(request);
    const key = claim === null ? undefined : this.platform.find(claim.keyId);
    if (claim === null || key?.algorithm !== 'ecdsa-p256-sha256' || !hasItsDigest(request, claim.names)) return false;
    const lines = claim.names.map((name) => `"${name}": ${valueOf(request, name)}`);
    const base = Buffer.from([...lines, `"@signature-params": ${claim.parameters}`].join('\n'));
    if (!verify('sha256', base, { key: key.key, dsaEncoding: 'ieee-p1363' }, claim.signature)) return false;
    return this.isFresh(claim.created, claim.nonce);
  }

  private isFresh(created: number, nonce: string): boolean {
    const ageS = nowMs() / 1000 - created;
    if (ageS > MAX_AGE_S || ageS < -MAX_AHEAD_S) return false;
    if (nowMs() - this.turnedAt > (MAX_AGE_S + MAX_AHEAD_S) * 1000) {
      this.seen = [new Set(), this.seen[0]];
      this.turnedAt = nowMs();
    }
    if (this.seen.some((nonces) => nonces.has(nonce))) return false;
    this.seen[0].add(nonce);
    return true;
  }
}

interface Claim {
  parameters: string;
  names: string[];
  created: number;
  nonce: string;
  keyId: string;
  signature: Buffer;
}

function claimOf(request: FastifyRequest): Claim | null {
  const input = INPUT.exec(header(request, 'signature-input'));
  const signature = SIGNATURE.exec(header(request, 'signature'));
  if (input === null || signature === null) return null;
  const [parameters, covered, created, nonce, keyId] = input.slice(1).map(String);
  return {
    parameters: parameters ?? '',
    names: (covered ?? '').replaceAll('"', '').split(' '),
    created: Number(created),
    nonce: nonce ?? '',
    keyId: keyId ?? '',
    signature: Buffer.from(String(signature[1]), 'base64'),
  };
}

function hasItsDigest(request: FastifyRequest, names: readonly string[]): boolean {
  const body = bytesOf(request.body as Buffer | null);
  if (body.length === 0) return true;
  return names.includes('content-digest') && header(request, 'content-digest') === digestOf(body);
}

export const header = (request: FastifyRequest, name: string): string => String(request.headers[name] ?? '').trim();

export const bytesOf = (body: string | Buffer | null | undefined): Buffer => Buffer.from(body ?? '');

export const digestOf = (body: Buffer): string => `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;

export function valueOf(request: FastifyRequest, name: string): string {
  if (name === '@method') return request.method;
  if (name === '@target-uri') return `http://${header(request, 'host')}${request.url}`;
  return header(request, name);
}
