import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SignJWT } from 'jose';
import { SandboxConfig } from '../sandbox.config';
import { nowMs } from '../wire/clock';
import { KeyStore } from './key-store';

export const TOKEN_KEY_ID = 'sandbox-token-1';
const HOUR_S = 3600;

export interface TokenOrder {
  subject: string;
  audience: string;
  roles: string[];
  claims: Record<string, unknown>;
}

/** Access tokens as of RFC 9068, an hour long. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: KeyStore,
    private readonly config: SandboxConfig,
  ) {}

  sign({ subject, audience, roles, claims }: TokenOrder): Promise<string> {
    const issuedAt = Math.floor(nowMs() / 1000);
    return new SignJWT({ roles, ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: TOKEN_KEY_ID })
      .setIssuer(this.config.SANDBOX_ISSUER)
      .setSubject(subject)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + HOUR_S)
      .setJti(randomUUID())
      .sign(this.keys.token);
  }
}
