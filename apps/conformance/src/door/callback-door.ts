import { AgencyKeyBook, HttpMessageVerifier } from '@birth/agencies';
import { MessageRefused } from '@birth/application';
import type { AgencyCode } from '@birth/domain';
import { readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What a sending meets: 204, 503, or a connection that ends without a word. */
export type Treatment = 'take' | 'refuse' | 'silence';

/** One arrival of a message. */
export interface Sending {
  at: number;
  treatment: Treatment;
  /** Why its signature does not hold; null: it holds. */
  refusal: string | null;
  nonce: string | null;
  body: Buffer;
  message: Readonly<Record<string, unknown>>;
}

export interface DoorOptions {
  host: string;
  /** 0: a free one. */
  port: number;
  /** How the agency reaches it; its own address otherwise. */
  url?: string;
  /** Read at each message: the agency may write its keys after the door is open. */
  keysFile: string;
}

const PATH = /^\/agency\/v1\/([a-z-]+)\/messages$/;

/** Our inbound side for one trial: takes down what comes, and treats it as the case wants. */
export class CallbackDoor {
  private readonly sendings = new Map<string, Sending[]>();
  private readonly treatments = new Map<string, Treatment[]>();
  private readonly verifier = new HttpMessageVerifier(
    () => AgencyKeyBook.parse(readFileSync(this.options.keysFile, 'utf8')),
    () => Date.now(),
  );

  private constructor(
    private readonly options: DoorOptions,
    private readonly server: Server,
    readonly url: string,
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.meet(request, response).catch(() => response.destroy());
    });
  }

  static async open(options: DoorOptions): Promise<CallbackDoor> {
    const server = createServer();
    await new Promise<void>((done, failed) => {
      server.once('error', failed).listen(options.port, options.host, done);
    });
    const own = `http://${options.host}:${(server.address() as AddressInfo).port}`;
    return new CallbackDoor(options, server, (options.url ?? own).replace(/\/$/, ''));
  }

  /** How the first sendings about a key are met; those after them are taken. */
  treat(key: string, treatments: readonly Treatment[]): void {
    this.treatments.set(key, [...treatments]);
  }

  heardOf(key: string): readonly Sending[] {
    return this.sendings.get(key) ?? [];
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async meet(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const owner = PATH.exec(request.url ?? '')?.[1];
    if (owner === undefined || request.method !== 'POST') return answer(response, 404);
    const message = parsed(body);
    const key = String(message['idempotencyKey']);
    const treatment = this.treatments.get(key)?.shift() ?? 'take';
    const refusal = this.refusalOf(owner as AgencyCode, request, body);
    const sending = { at: Date.now(), treatment, refusal, nonce: nonceOf(request.headers), body, message };
    this.sendings.set(key, [...this.heardOf(key), sending]);
    if (treatment === 'silence') return void request.socket.destroy();
    answer(response, treatment === 'take' ? 204 : 503);
  }

  private refusalOf(owner: AgencyCode, request: IncomingMessage, body: Buffer): string | null {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    try {
      this.verifier.verify(owner, { method: 'POST', url: this.url + (request.url ?? ''), headers, body });
      return null;
    } catch (error) {
      if (error instanceof MessageRefused) return error.code;
      throw error;
    }
  }
}

const nonceOf = (headers: IncomingHttpHeaders): string | null =>
  /;nonce="([^"]*)"/.exec(String(headers['signature-input']))?.[1] ?? null;

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, status === 503 ? { 'retry-after': '1' } : {}).end();
}

function parsed(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
