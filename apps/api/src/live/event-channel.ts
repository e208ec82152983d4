import type { FastifyReply, FastifyRequest } from 'fastify';

const HEARTBEAT_MS = 15_000;

/** One open SSE connection (HTML Living Standard, server-sent events). */
export class EventChannel {
  private readonly heartbeat: NodeJS.Timeout;
  private readonly closers: (() => void)[] = [];

  constructor(
    request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
    reply.raw.write(': open\n\n');
    this.heartbeat = setInterval(() => reply.raw.write(': still here\n\n'), HEARTBEAT_MS);
    request.raw.once('close', () => this.close());
  }

  send(id: string, data: unknown): void {
    this.reply.raw.write(`id: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  onClose(closer: () => void): void {
    this.closers.push(closer);
  }

  close(): void {
    clearInterval(this.heartbeat);
    for (const closer of this.closers.splice(0)) closer();
    this.reply.raw.end();
  }
}
