import { createHash, randomUUID, sign, verify } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { KeyStore } from '../keys/key-store';
import type { PlatformKeys } from '../keys/platform-keys';
import { nowMs } from '../wire/clock';

const PATH = '/public-security/exchange/';
const MAX_AGE_S = 60;
const MAX_AHEAD_S = 10;
const INPUT =
  /^birth=(\(("@method" "@target-uri"(?: "content-digest" "content-type")?)\);created=(\d{10});nonce="([0-9a-f-]{16,64})";keyid="([A-Za-z0-9._-]{1,64})";alg="ecdsa-p256-sha256";tag="birth-platform")$/;
const SIGNATURE = /^birth=:([A-Za-z0-9+/]{86}==):$/;
const REFUSED = JSON.stringify({ cwdm: 'E101', cwxx: '签名无效', cwzd: [] });
const COVERED = '("@status" "content-digest" "content-type" "@method";req "@target-uri";req "signature";req)';

/** Requests to the front-end machine are signed by the platform, its replies by itself: docs/agencies/wire/signing.md section 4. */
export class SignedExchange {
  /** Nonces of the last one to two minutes; older ones are refused by their time. */
  private seen: [Set<string>, Set<string>] = [new Set(), new Set()];
  private turnedAt = nowMs();

  constructor(
    private readonly own: KeyStore,
    private readonly platform: PlatformKeys,
  ) {}

  register(fastify: FastifyInstance): void {
    fastify.addHook('preHandler', (request, reply, done) => {
      if (!request.url.startsWith(PATH) || this.isSigned(request)) return done();
      void reply.code(401).header('content-type', 'application/json; charset=UTF-8').send(REFUSED);
    });
    fastify.addHook('onSend', (request, reply, payload, done) => {
      if (request.url.startsWith(PATH)) this.sign(request, reply, payload as string | Buffer | null);
      done(null, payload);
    });
  }

  private isSigned(request: FastifyRequest): boolean {
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

  private sign(request: FastifyRequest, reply: FastifyReply, payload: string | Buffer | null): void {
    const digest = digestOf(bytesOf(payload));
    const created = Math.floor(nowMs() / 1000);
    const keyId = this.own.keyId('public-security');
    const parameters = `${COVERED};created=${created};nonce="${randomUUID()}";keyid="${keyId}";alg="ed25519";tag="birth-agency-reply"`;
    const base = [
      `"@status": ${reply.statusCode}`,
      `"content-digest": ${digest}`,
      `"content-type": ${String(reply.getHeader('content-type'))}`,
      `"@method";req: ${request.method}`,
      `"@target-uri";req: ${valueOf(request, '@target-uri')}`,
      `"signature";req: ${header(request, 'signature')}`,
      `"@signature-params": ${parameters}`,
    ].join('\n');
    const signature = sign(null, Buffer.from(base), this.own.privateKey('public-security')).toString('base64');
    void reply.headers({
      'content-digest': digest,
      'signature-input': `reply=${parameters}`,
      signature: `reply=:${signature}:`,
    });
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

const header = (request: FastifyRequest, name: string): string => String(request.headers[name] ?? '').trim();

const bytesOf = (body: string | Buffer | null | undefined): Buffer => Buffer.from(body ?? '');

const digestOf = (body: Buffer): string => `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;

function valueOf(request: FastifyRequest, name: string): string {
  if (name === '@method') return request.method;
  if (name === '@target-uri') return `http://${header(request, 'host')}${request.url}`;
  return header(request, name);
}
