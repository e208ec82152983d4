import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from '../../../../apps/api/src/api.module';
import { createApi } from '../../../../apps/api/src/create-api';
import { freePort, startPostgres, type RunningPostgres } from '../../../../apps/standalone/src/embedded';
import { AgencySigner } from './agency-signer';
import { birthNotification, type Family } from './family';
import { IdentityProvider } from './identity-provider';

export interface Sent {
  method?: string;
  token?: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** Idempotency-Key; a new one by default, none with null. */
  key?: string | null;
}

export interface Answer {
  status: number;
  headers: Headers;
  // Shapes are the public contract's; the tests read them as any client would.
  body: any;
}

const OWNERS = ['health-commission', 'disease-control', 'public-security', 'hospital'] as const;
export type Owner = (typeof OWNERS)[number];
/** Nothing listens there: every test also shows that applications are taken without Redis. */
const NO_REDIS = 'redis://127.0.0.1:1';

/** The api as it runs in production, on a PostgreSQL of its own. */
export class RunningApi {
  readonly logged: string[] = [];

  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    readonly postgres: RunningPostgres,
    readonly issuer: IdentityProvider,
    private readonly signers: Readonly<Record<Owner, AgencySigner>>,
    private readonly folder: string,
  ) {}

  static async start(): Promise<RunningApi> {
    const folder = mkdtempSync(join(tmpdir(), 'birth-api-'));
    const [postgres, issuer, port] = await Promise.all([startPostgres(), IdentityProvider.start(), freePort()]);
    const signers = Object.fromEntries(OWNERS.map((owner) => [owner, new AgencySigner(owner)]));
    const url = `http://127.0.0.1:${port}`;
    writeFileSync(join(folder, 'public.json'), JSON.stringify(Object.values(signers).map(published)));
    Object.assign(process.env, settings({ folder, url, issuer: issuer.issuer, database: postgres.url }));
    const app = await createApi(ApiModule, { log() {}, error() {}, warn() {} });
    await app.listen(port, '127.0.0.1');
    return new RunningApi(app, url, postgres, issuer, signers as Record<Owner, AgencySigner>, folder);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.issuer.stop();
    await this.postgres.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  signer(owner: Owner): AgencySigner {
    return this.signers[owner];
  }

  async send(
    path: string,
    { method = 'GET', token, headers = {}, body, key = randomUUID() }: Sent = {},
  ): Promise<Answer> {
    const isText = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData;
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(key === null || method === 'GET' ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      redirect: 'manual',
      ...(body === undefined ? {} : { body: (isText ? body : JSON.stringify(body)) as string }),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  /** As an agency or hospital sends it. */
  signed(owner: Owner, path: string, body: string, wish: Parameters<AgencySigner['headers']>[1] = {}): Promise<Answer> {
    const method = body === '' ? 'GET' : 'POST';
    const headers = this.signer(owner).headers({ method, url: this.url + path, body }, wish);
    return this.send(path, { method, headers, key: null, ...(body === '' ? {} : { body }) });
  }

  /** The hospital tells of the birth, the mother files: id, case number and steps as the family got them. */
  async file(family: Family): Promise<{ token: string; recordId: string; answer: Answer }> {
    const token = await this.issuer.parent(family);
    const recordId = await this.notify(family);
    const answer = await this.send('/v1/applications', { method: 'POST', token, body: family.form(recordId) });
    return { token, recordId, answer };
  }

  async notify(family: Family): Promise<string> {
    const told = await this.signed(
      'hospital',
      '/agency/v1/birth-notifications',
      birthNotification(family, randomUUID()),
    );
    if (told.status !== 200) throw new Error(`birth notification: ${told.status}`);
    const { body } = await this.send('/v1/birth-records', { token: await this.issuer.parent(family) });
    return (body.items as { id: string }[])[0]!.id;
  }
}

const published = ({ keyId, owner, publicKeyPem }: AgencySigner) => ({
  keyId,
  owner,
  publicKeyPem,
  algorithm: 'ed25519',
});

function settings(at: { folder: string; url: string; issuer: string; database: string }): Record<string, string> {
  const secret = randomBytes(32).toString('hex');
  return {
    DATABASE_URL: at.database,
    QUEUE_URL: NO_REDIS,
    MASTER_KEY: secret,
    LOOKUP_KEY: randomBytes(32).toString('hex'),
    AGENCY_KEYS_FILE: join(at.folder, 'public.json'),
    HEALTH_COMMISSION_URL: 'http://127.0.0.1:1/health-commission',
    HEALTH_COMMISSION_TOKEN: secret,
    DISEASE_CONTROL_URL: 'http://127.0.0.1:1/disease-control',
    DISEASE_CONTROL_TOKEN: secret,
    PUBLIC_SECURITY_URL: 'http://127.0.0.1:1/public-security',
    MEDICAL_INSURANCE_URL: 'http://127.0.0.1:1/medical-insurance',
    MEDICAL_INSURANCE_HMAC_KEY: secret,
    MEDICAL_INSURANCE_SM4_KEY: randomBytes(16).toString('hex'),
    HUMAN_RESOURCES_URL: 'http://127.0.0.1:1/human-resources',
    TOKEN_ISSUER: at.issuer,
    JWKS_URL: `${at.issuer}/jwks.json`,
    PORT: new URL(at.url).port,
    PUBLIC_URL: at.url,
  };
}
