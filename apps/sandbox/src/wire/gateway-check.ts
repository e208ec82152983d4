import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SandboxConfig } from '../sandbox.config';
import { json, type WireReply } from './wire-reply';
import { nowMs } from './clock';

const WINDOW_S = 300;

/** The government gateway in front of the health agencies: docs/agencies/wire/signing.md section 1. */
@Injectable()
export class GatewayCheck {
  /** Two generations of nonces: what is older than both is too old by its timestamp anyway. */
  private recent = new Set<string>();
  private former = new Set<string>();
  private turnedAt = nowMs();

  constructor(private readonly config: SandboxConfig) {}

  /** Null when the gateway lets the request through. */
  refusal(request: FastifyRequest): WireReply | null {
    const [paasid, timestamp, nonce, signature] = ['paasid', 'timestamp', 'nonce', 'signature'].map((name) =>
      String(request.headers[`x-tif-${name}`] ?? ''),
    ) as [string, string, string, string];
    if (paasid !== this.config.SANDBOX_GATEWAY_PAASID || !/^[A-Za-z0-9-]{8,64}$/.test(nonce)) return refused('2001');
    if (!this.signed(timestamp, nonce, signature)) return refused('2001');
    if (!(Math.abs(nowMs() / 1000 - Number(timestamp)) <= WINDOW_S)) return refused('2002');
    return this.seen(nonce) ? refused('2003') : null;
  }

  private signed(timestamp: string, nonce: string, signature: string): boolean {
    const text = timestamp + this.config.SANDBOX_GATEWAY_TOKEN + nonce + timestamp;
    const expected = createHash('sha256').update(text).digest('hex').toUpperCase();
    return signature.length === expected.length && timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
  }

  private seen(nonce: string): boolean {
    if (nowMs() - this.turnedAt > 2 * WINDOW_S * 1000) {
      this.former = this.recent;
      this.recent = new Set();
      this.turnedAt = nowMs();
    }
    if (this.recent.has(nonce) || this.former.has(nonce)) return true;
    this.recent.add(nonce);
    return false;
  }
}

const TEXTS = { '2001': 'signature', '2002': 'timestamp', '2003': 'nonce used before' } as const;
const refused = (code: keyof typeof TEXTS): WireReply => json(401, { code, message: TEXTS[code] });
