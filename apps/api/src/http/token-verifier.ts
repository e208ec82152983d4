import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createRemoteJWKSet, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import { ApiConfig } from '../api.config';

const ALGORITHMS = ['ES256', 'PS256', 'EdDSA'];
const CLOCK_TOLERANCE_S = 5;
/** Keys come from the issuer's set alone, never from the token. */
const KEY_HEADERS = ['jwk', 'jku', 'x5u', 'x5c'];

/** jose's codes for a key set that could not be had: the issuer's trouble, not the caller's. */
const NO_KEY_SET = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']);
const RETRY_S = 5;

/** Verifies OIDC access tokens (RFC 9068): issuer, audience, type, times, algorithm by an allowlist. */
@Injectable()
export class TokenVerifier {
  private readonly keys: ReturnType<typeof createRemoteJWKSet>;

  constructor(
    private readonly config: ApiConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.keys = createRemoteJWKSet(new URL(config.JWKS_URL), { cooldownDuration: 5_000, timeoutDuration: 5_000 });
  }

  /** Throws Problem 401 without detail; 503 while the issuer's keys cannot be read. */
  async verify(authorization: string | undefined, audience: 'applicant' | 'clerk'): Promise<JWTPayload> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new Problem(401, 'token_required');
    if (!isHeaderAllowed(token)) throw new Problem(401, 'token_invalid');
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        issuer: this.config.TOKEN_ISSUER,
        audience,
        algorithms: ALGORITHMS,
        typ: 'at+jwt',
        clockTolerance: CLOCK_TOLERANCE_S,
        currentDate: new Date(this.clock.now()),
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      return payload;
    } catch (error) {
      throw refusal(error);
    }
  }
}

function isHeaderAllowed(token: string): boolean {
  try {
    const header = decodeProtectedHeader(token);
    return !KEY_HEADERS.some((name) => name in header);
  } catch {
    return false;
  }
}

function refusal(error: unknown): Problem {
  const { code } = error as { code?: string };
  const isFetch = error instanceof TypeError && error.cause !== undefined;
  if (isFetch || NO_KEY_SET.has(code ?? '')) return new Problem(503, 'unavailable', { retryAfterSeconds: RETRY_S });
  return new Problem(401, 'token_invalid');
}
