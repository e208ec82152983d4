import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';

export interface Answer {
  status: number;
  // Shapes are the public contract's; the driver reads them as any client in another language would.
  body: Record<string, unknown>;
}

export interface Person {
  name: string;
  identity: { type: string; number: string };
}

export interface Sending {
  method?: 'POST' | 'PUT';
  path: string;
  token: string;
  body?: unknown;
  /** Idempotency-Key; a new one unless given. */
  key?: string;
}

export const WHOLE_COUNTY = { regions: ['500235'], agencies: ['*'], offices: ['*'] };

/** A client of the public contract; calls again when the other side was restarting, with the same key. */
export class PlatformClient {
  private readonly api: Pool;
  private readonly sandbox: Pool;
  private readonly tokens = new Map<string, string>();

  constructor(
    private readonly apiUrl: string,
    sandboxUrl: string,
    private readonly patienceMs = 20_000,
  ) {
    this.api = new Pool(apiUrl, { connections: 64 });
    this.sandbox = new Pool(sandboxUrl, { connections: 16 });
  }

  async close(): Promise<void> {
    await Promise.all([this.api.destroy(), this.sandbox.destroy()]);
  }

  /** An access token of the sandbox's identity provider. */
  async token(person: Person): Promise<string> {
    const known = this.tokens.get(person.identity.number);
    if (known !== undefined) return known;
    const { name, identity } = person;
    const claims = { verified_identity: { ...identity, name } };
    const body = { subject: `p-${identity.number.slice(-8)}`, audience: 'applicant', claims };
    const token = await this.issue(body);
    this.tokens.set(identity.number, token);
    return token;
  }

  /** Of the whole county unless the claims say less. */
  clerkToken(role: string | [string, ...string[]], claims: Record<string, unknown> = WHOLE_COUNTY): Promise<string> {
    const roles = [role].flat();
    return this.issue({ subject: `clerk-${roles[0]}`, audience: 'clerk', roles, claims });
  }

  private async issue(body: Record<string, unknown>): Promise<string> {
    const { body: issued } = await this.control('POST', '/_sandbox/tokens', body);
    return String(issued['accessToken']);
  }

  control(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
    return this.patiently(
      () => call(this.sandbox, { method, path, body }),
      (status) => status < 500,
    );
  }

  get(path: string, token: string): Promise<Answer> {
    const headers = { authorization: `Bearer ${token}` };
    return this.patiently(() => call(this.api, { method: 'GET', path, headers }), isDefinite);
  }

  /** Once: the key stays the same however often the call is made. */
  send(request: Sending): Promise<Answer> {
    const { method = 'POST', path, token, body = {}, key = randomUUID() } = request;
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key };
    return this.patiently(() => call(this.api, { method, path, headers, body }), isDefinite);
  }

  /** One paper, as a phone sends it. */
  upload(token: string, bytes: Buffer): Promise<Answer> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)], { type: 'application/pdf' }), 'paper.pdf');
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() };
    const attempt = async (): Promise<Answer> => {
      const response = await fetch(`${this.apiUrl}/v1/materials`, {
        method: 'POST',
        headers,
        body: form,
      });
      return { status: response.status, body: (await response.json()) as Answer['body'] };
    };
    return this.patiently(attempt, isDefinite);
  }

  private async patiently(attempt: () => Promise<Answer>, isEnough: (status: number) => boolean): Promise<Answer> {
    const end = Date.now() + this.patienceMs;
    for (;;) {
      const answer = await attempt().catch((error: Error) => ({ status: 0, body: { error: error.name } }));
      if (answer.status !== 0 && isEnough(answer.status)) return answer;
      if (Date.now() > end) return answer;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** 5xx and "the first one is still running" are asked again; 401 while the identity provider restarts, too. */
const isDefinite = (status: number): boolean => status < 500 && status !== 401;

interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
}

async function call(pool: Pool, { method, path, headers = {}, body }: Call): Promise<Answer> {
  const text = body === undefined ? null : JSON.stringify(body);
  const type = text === null ? {} : { 'content-type': 'application/json' };
  const timeouts = { headersTimeout: 10_000, bodyTimeout: 10_000 };
  const response = await pool.request({ method, path, headers: { ...headers, ...type }, body: text, ...timeouts });
  const reply = await response.body.text();
  return { status: response.statusCode, body: reply === '' ? {} : (JSON.parse(reply) as Record<string, unknown>) };
}
