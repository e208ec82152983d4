import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, request } from 'undici';
import { AccessTokens } from '../keys/access-tokens';
import { SandboxConfig } from '../sandbox.config';
import { isObject } from './field-check';

const TIMEOUT_MS = 10_000;
const RENEW_MS = 30 * 60_000;

export interface ClerkReply {
  status: number;
  body: Record<string, unknown>;
}

/** Calls of an office's own clerk, who carries files. */
@Injectable()
export class ClerkClient implements OnApplicationShutdown {
  private readonly agent = new Agent({ connections: 16, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  private readonly tokens = new Map<string, { token: Promise<string>; until: number }>();

  constructor(
    private readonly config: SandboxConfig,
    private readonly access: AccessTokens,
  ) {}

  /** null when no reply came. */
  async call(office: string, path: string, body?: object): Promise<ClerkReply | null> {
    try {
      const method = body === undefined ? 'GET' : 'POST';
      const reply = await request(this.config.PLATFORM_URL.replace(/\/$/, '') + path, {
        method,
        headers: await this.headers(office, method),
        body: body === undefined ? null : JSON.stringify(body),
        dispatcher: this.agent,
      });
      const answer: unknown = await reply.body.json();
      return { status: reply.statusCode, body: isObject(answer) ? answer : {} };
    } catch {
      return null;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  private async headers(office: string, method: 'GET' | 'POST'): Promise<Record<string, string>> {
    const authorization = `Bearer ${await this.token(office)}`;
    if (method === 'GET') return { authorization };
    return { authorization, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  }

  private token(office: string): Promise<string> {
    const known = this.tokens.get(office);
    if (known !== undefined && known.until > Date.now()) return known.token;
    const claims = { regions: ['*'], agencies: ['*'], offices: [office] };
    const token = this.access.sign({ subject: `clerk-${office}`, audience: 'clerk', roles: ['clerk'], claims });
    this.tokens.set(office, { token, until: Date.now() + RENEW_MS });
    return token;
  }
}
