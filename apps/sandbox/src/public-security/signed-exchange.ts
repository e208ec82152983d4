import { randomUUID, sign } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { KeyStore } from '../keys/key-store';
import type { PlatformKeys } from '../keys/platform-keys';
import { nowMs } from '../wire/clock';
import { bytesOf, digestOf, header, PlatformSignature, valueOf } from '../wire/platform-signature';

const PATH = '/public-security/exchange/';
const REFUSED = JSON.stringify({ cwdm: 'E101', cwxx: '签名无效', cwzd: [] });
const COVERED = '("@status" "content-digest" "content-type" "@method";req "@target-uri";req "signature";req)';

/** Requests to the front-end machine are signed by the platform, its replies by itself: docs/agencies/wire/signing.md section 4. */
export class SignedExchange {
  private readonly requests: PlatformSignature;

  constructor(
    private readonly own: KeyStore,
    platform: PlatformKeys,
  ) {
    this.requests = new PlatformSignature(platform);
  }

  register(fastify: FastifyInstance): void {
    fastify.addHook('preHandler', (request, reply, done) => {
      if (!request.url.startsWith(PATH) || this.requests.isSigned(request)) return done();
      void reply.code(401).header('content-type', 'application/json; charset=UTF-8').send(REFUSED);
    });
    fastify.addHook('onSend', (request, reply, payload, done) => {
      if (request.url.startsWith(PATH)) this.sign(request, reply, payload as string | Buffer | null);
      done(null, payload);
    });
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
