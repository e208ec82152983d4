import { Problem } from '@birth/platform';
import { Injectable } from '@nestjs/common';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { ApiConfig } from '../api.config';

const ALGORITHMS = ['ES256', 'PS256', 'EdDSA'];
const CLOCK_TOLERANCE_S = 5;
/** Keys come from the issuer's set alone, never from the token. */
const KEY_HEADERS = ['jwk', 'jku', 'x5u', 'x5c'];

/** Verifies OIDC access tokens (RFC 9068): issuer, audience, type, times, algorithm by an allowlist. */
@Injectable()
export class TokenVerifier {
  private readonly keys: ReturnType<typeof createRemoteJWKSet>;

  constructor(private readonly config: ApiConfig) {
    this.keys = createRemoteJWKSet(new URL(config.JWKS_URL), { cooldownDuration: 5_000, timeoutDuration: 5_000 });
  }

  /** Throws Problem 401 without detail. */
  async verify(authorization: string | undefined, audience: 'applicant' | 'clerk'): Promise<JWTPayload> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new Problem(401, 'token_required');
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keys, {
        issuer: this.config.TOKEN_ISSUER,
        audience,
        algorithms: ALGORITHMS,
        typ: 'at+jwt',
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      if (KEY_HEADERS.some((header) => header in protectedHeader)) throw new Error('key in token');
      return payload;
    } catch {
      throw new Problem(401, 'token_invalid');
    }
  }
}
