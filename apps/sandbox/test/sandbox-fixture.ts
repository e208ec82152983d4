import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { request } from 'undici';
import { createSandbox } from '../src/create-sandbox';
import type { LedgerEntry } from '../src/ledger/ledger-entry';
import type { Stage } from '../src/cases/stage';
import type { EffectSummary } from '../src/ledger/effects';
import { SandboxConfig } from '../src/sandbox.config';
import { platformHeaders, platformKey } from './platform-signature';

export interface HttpReply {
  status: number;
  type: string;
  bytes: Buffer;
  headers: Record<string, string | string[] | undefined>;
  json<T = Record<string, unknown>>(): T;
}

/** A sandbox of its own on a free port, with its own directories; `restart` keeps the directories. */
export class SandboxFixture {
  readonly directory = mkdtempSync(join(tmpdir(), 'sandbox-'));
  private app!: NestFastifyApplication;
  url = '';

  private constructor(private readonly overrides: Partial<SandboxConfig>) {}

  static async start(overrides: Partial<SandboxConfig> = {}): Promise<SandboxFixture> {
    const fixture = new SandboxFixture(overrides);
    await fixture.listen();
    return fixture;
  }

  config(): SandboxConfig {
    return Object.assign(new SandboxConfig(), {
      SANDBOX_PORT: 0,
      SANDBOX_PACE_MS: 30,
      SANDBOX_DATA_DIR: join(this.directory, 'data'),
      SANDBOX_KEYS_DIR: join(this.directory, 'keys'),
      ...this.overrides,
    });
  }

  async stop(): Promise<void> {
    await this.app.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  async restart(): Promise<void> {
    await this.app.close();
    await this.listen();
  }

  async send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, options: SendOptions = {}): Promise<HttpReply> {
    const {
      value,
      body = value === undefined ? null : JSON.stringify(value),
      headers = {},
      timeoutMs = 5_000,
    } = options;
    const reply = await request(this.url + path, {
      method,
      headers: { 'content-type': 'application/json', ...this.signed(method, path, body), ...headers },
      body,
      headersTimeout: timeoutMs,
    });
    const bytes = Buffer.from(await reply.body.arrayBuffer());
    return {
      status: reply.statusCode,
      type: String(reply.headers['content-type'] ?? ''),
      bytes,
      headers: reply.headers,
      json: <T>() => JSON.parse(bytes.toString('utf8')) as T,
    };
  }

  /** As the front-end machine of public-security expects every request. */
  private signed(method: string, path: string, body: Buffer | string | null): Record<string, string> {
    if (!path.startsWith('/public-security/exchange/')) return {};
    const key = platformKey(this.config().SANDBOX_KEYS_DIR, 'ecdsa-p256-sha256');
    return platformHeaders({ method, url: this.url + path, body }, key);
  }

  /** Through the government gateway, with a fresh nonce. */
  gateway(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    value?: unknown,
    headers: Record<string, string> = {},
  ): Promise<HttpReply> {
    return this.send(method, path, { value, headers: { ...gatewayHeaders(), ...headers } });
  }

  async script(agency: string, value: unknown): Promise<void> {
    const reply = await this.send('PUT', `/_sandbox/scenarios/${agency}`, { value });
    if (reply.status !== 200) throw new Error(`scenario refused: ${reply.bytes.toString()}`);
  }

  async ledger(agency: string): Promise<{ entries: LedgerEntry[]; effects: EffectSummary }> {
    const reply = await this.send('GET', `/_sandbox/ledger?agency=${agency}`);
    const { entries, effects } = reply.json<{ entries: LedgerEntry[]; effects: Record<string, EffectSummary> }>();
    const own = effects[agency];
    if (own === undefined) throw new Error('no effects');
    return { entries, effects: own };
  }

  /** Every stage that a case of this key passed, from the agency's own file. */
  stages(agency: string, key: string): Stage[] {
    const lines = readFileSync(join(this.config().SANDBOX_DATA_DIR, `${agency}.jsonl`), 'utf8')
      .trimEnd()
      .split('\n');
    const entries = lines.map((line) => JSON.parse(line) as { key: string; snapshot: { stage: Stage } });
    return entries.filter((entry) => entry.key === key).map(({ snapshot }) => snapshot.stage);
  }

  private async listen(): Promise<void> {
    this.app = await createSandbox(this.config());
    await this.app.listen(0, '127.0.0.1');
    this.url = `http://127.0.0.1:${(this.app.getHttpServer().address() as AddressInfo).port}`;
  }
}

interface SendOptions {
  value?: unknown;
  body?: Buffer | string | null;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

/** docs/agencies/wire/signing.md section 1, written again from the document. */
export function gatewayHeaders(
  token = 'sandbox-gateway-token',
  at = Math.floor(Date.now() / 1000),
): Record<string, string> {
  const timestamp = String(at);
  const nonce = randomUUID();
  const signature = createHash('sha256')
    .update(timestamp + token + nonce + timestamp)
    .digest('hex')
    .toUpperCase();
  return {
    'x-tif-paasid': 'birth-one-thing',
    'x-tif-timestamp': timestamp,
    'x-tif-nonce': nonce,
    'x-tif-signature': signature,
  };
}

/** Polls until the value is as wanted; the last value is in the error. */
export async function until<T>(read: () => Promise<T> | T, wanted: (value: T) => boolean, ms = 5_000): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(value)}`);
    await pause(5);
  }
}

const SURNAMES = [...'王李张刘陈杨黄赵周吴'];
const GIVEN = [...'安宁乐欣悦辰昕瑞子然'];
const at = (from: readonly string[], index: number): string => from[index % from.length] ?? '';
let names = 0;

/** A made-up name; never a real person's, and no two of a test run are the same. */
export function someName(): string {
  names += 1;
  return at(SURNAMES, names) + at(GIVEN, names) + at(GIVEN, Math.floor(names / 10)) + String(names);
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643 check character, written apart from the sandbox's. */
export function checkCharacter(seventeen: string): string {
  let sum = 0;
  for (const [index, weight] of WEIGHTS.entries()) sum += weight * Number(seventeen[index]);
  return '10X98765432'.charAt(sum % 11);
}

let people = 0;

/** A made-up ID number of an adult, or of someone born on that day; no two of a test run are the same. */
export function someIdNumber(birthDate?: string): string {
  people += 1;
  const adult = `19${70 + Math.floor(people / 1_000)}0412`;
  const first = `500235${birthDate ?? adult}${String(people % 1_000).padStart(3, '0')}`;
  return first + checkCharacter(first);
}
