import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type CryptoKey, type JWK, SignJWT, type JWTHeaderParameters } from 'jose';

export interface TokenWish {
  alg?: string;
  key?: CryptoKey | Uint8Array;
  header?: Partial<JWTHeaderParameters> & Record<string, unknown>;
  issuer?: string;
  audience?: string;
  subject?: string | null;
  issuedAt?: number | null;
  expiresAt?: number | null;
  notBefore?: number;
  claims?: Record<string, unknown>;
}

const LIFETIME_S = 600;
export const nowS = (): number => Math.floor(Date.now() / 1000);

/** An issuer of our own, so that every forgery can be made with the right and with the wrong keys. */
export class IdentityProvider {
  private constructor(
    private readonly server: Server,
    readonly issuer: string,
    readonly keys: Readonly<Record<string, CryptoKey>>,
    readonly publicKeys: readonly JWK[],
  ) {}

  static async start(): Promise<IdentityProvider> {
    const keys: Record<string, CryptoKey> = {};
    const published: JWK[] = [];
    for (const alg of ['ES256', 'PS256', 'EdDSA', 'RS256']) {
      const pair = await generateKeyPair(alg, { extractable: true });
      keys[alg] = pair.privateKey;
      published.push({ ...(await exportJWK(pair.publicKey)), kid: `key-${alg}`, use: 'sig' });
    }
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: published }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return new IdentityProvider(server, issuer, keys, published);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  sign(wish: TokenWish = {}): Promise<string> {
    const { alg = 'ES256', subject = 'someone', audience = 'applicant' } = wish;
    const { issuedAt = nowS(), expiresAt = nowS() + LIFETIME_S } = wish;
    const jwt = new SignJWT({ ...(wish.claims ?? {}) })
      .setProtectedHeader({ alg, typ: 'at+jwt', kid: `key-${alg}`, ...wish.header } as JWTHeaderParameters)
      .setIssuer(wish.issuer ?? this.issuer)
      .setAudience(audience);
    if (subject !== null) jwt.setSubject(subject);
    if (issuedAt !== null) jwt.setIssuedAt(issuedAt);
    if (expiresAt !== null) jwt.setExpirationTime(expiresAt);
    if (wish.notBefore !== undefined) jwt.setNotBefore(wish.notBefore);
    const key = wish.key ?? this.keys[alg];
    if (key === undefined) throw new Error(`no key for ${alg}`);
    return jwt.sign(key);
  }

  /** A parent who proved who he or she is. */
  parent({ name, number }: { name: string; number: string }): Promise<string> {
    const identity = { type: 'resident_id_card', number, name };
    return this.sign({ subject: `p-${number.slice(-8)}`, claims: { verified_identity: identity } });
  }

  clerk(role: string, scope: Record<string, string[]> = {}): Promise<string> {
    return this.sign({ subject: `clerk-${role}`, audience: 'clerk', claims: { roles: [role], ...scope } });
  }
}
