import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  json: Record<string, unknown>;
}

export type Answer = (received: Received) => { status: number; body?: unknown };

/** The platform's side as seen by the agencies: keeps what it got, answers as told. */
export class PlatformDouble {
  readonly received: Received[] = [];
  answer: Answer = () => ({ status: 200 });
  private readonly server: Server;

  private constructor() {
    this.server = createServer((incoming, reply) => {
      void this.keep(incoming).then((received) => {
        const { status, body } = this.answer(received);
        reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
      });
    });
  }

  static async start(): Promise<PlatformDouble> {
    const double = new PlatformDouble();
    await new Promise<void>((done) => double.server.listen(0, '127.0.0.1', done));
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Every message is refused so often before it is taken, whoever else sends meanwhile. */
  refuseFirst(times: number, status: number): void {
    const refused = new Map<unknown, number>();
    this.answer = ({ json: { messageId } }) => {
      const before = refused.get(messageId) ?? 0;
      refused.set(messageId, before + 1);
      return { status: before < times ? status : 200 };
    };
  }

  messages(path: string): Record<string, unknown>[] {
    return this.received.filter(({ url }) => url === this.url + path).map(({ json }) => json);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((done) => this.server.close(() => done()));
  }

  private async keep(incoming: IncomingMessage): Promise<Received> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const received: Received = {
      method: incoming.method ?? '',
      url: this.url + (incoming.url ?? ''),
      headers: incoming.headers as Record<string, string>,
      body,
      json: body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Record<string, unknown>),
    };
    this.received.push(received);
    return received;
  }
}
