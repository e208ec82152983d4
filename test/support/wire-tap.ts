import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';

export interface WireReply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export interface Passed {
  method: string;
  /** With query, as it stood in the request line. */
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/** What happens on the line: `instead` never reaches the other side, `after` is done to what it answered. */
export type Trouble =
  { instead: Omit<WireReply, 'body'> & { body?: string } } | { after: (reply: WireReply) => WireReply | 'reset' };

const BETWEEN_HOPS = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'expect']);

/** A line to another server which keeps what went over it, byte for byte, and can be disturbed. */
export class WireTap {
  passed: Passed[] = [];
  /** In force until it is taken away. */
  trouble: Trouble | null = null;
  url = '';
  private readonly server: Server = createServer((incoming, reply) => {
    this.pass(incoming, reply).catch(() => reply.destroy());
  });

  private constructor(private readonly target: string) {}

  static async to(target: string): Promise<WireTap> {
    const tap = new WireTap(target);
    await new Promise<void>((resolve) => tap.server.listen(0, '127.0.0.1', resolve));
    tap.url = `http://127.0.0.1:${(tap.server.address() as AddressInfo).port}`;
    return tap;
  }

  quiet(): void {
    this.passed = [];
    this.trouble = null;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async pass(incoming: IncomingMessage, reply: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = '', url: path = '', headers } = incoming;
    const passed = { method, path, headers, body: Buffer.concat(chunks) };
    this.passed.push(passed);
    const { trouble } = this;
    if (trouble !== null && 'instead' in trouble) {
      const { status, headers: given, body = '' } = trouble.instead;
      return write(reply, { status, headers: given, body: Buffer.from(body) });
    }
    const answered = await this.forward(passed, reply);
    const said = trouble === null ? answered : trouble.after(answered);
    if (said === 'reset') reply.destroy();
    else write(reply, said);
  }

  /** Ends with the caller's patience. */
  private async forward({ method, path, headers, body }: Passed, reply: ServerResponse): Promise<WireReply> {
    const gone = new AbortController();
    reply.on('close', () => gone.abort());
    const answered = await request(this.target + path, {
      method: method as 'GET',
      headers: endToEnd(headers),
      body: body.length === 0 ? null : body,
      signal: gone.signal,
    });
    const bytes = Buffer.from(await answered.body.arrayBuffer());
    return { status: answered.statusCode, headers: endToEnd(answered.headers), body: bytes };
  }
}

const endToEnd = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || BETWEEN_HOPS.has(name) ? [] : [[name, String(value)]],
    ),
  );

const write = (reply: ServerResponse, { status, headers, body }: WireReply): void =>
  void reply.writeHead(status, headers).end(body);
