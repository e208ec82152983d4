import type { FastifyReply } from 'fastify';

const HEARTBEAT_MS = 15_000;
/** What a reader who does not read may hold in our memory. */
const MAX_UNREAD_BYTES = 1_048_576;

/** One open SSE connection (HTML Living Standard, server-sent events). */
export class EventChannel {
  private readonly heartbeat: NodeJS.Timeout;
  private readonly closers: (() => void)[] = [];
  private isOpen = true;

  constructor(private readonly reply: FastifyReply) {
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    });
    reply.raw.once('close', () => this.close());
    reply.raw.on('error', () => this.close());
    this.heartbeat = setInterval(() => this.write(': still here\n\n'), HEARTBEAT_MS);
    this.write(': open\n\n');
    if (reply.request.method === 'HEAD') this.close();
  }

  send(id: string, data: unknown): void {
    this.write(`id: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Moves the reader's Last-Event-ID without an event: an empty one is not dispatched. */
  mark(id: string): void {
    this.write(`id: ${id}\n\n`);
  }

  /** Resolves when the reader has taken what was written, or has left. */
  async roomToWrite(): Promise<void> {
    if (!this.isOpen || !this.reply.raw.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      this.reply.raw.once('drain', resolve);
      this.onClose(resolve);
    });
  }

  /** Runs `closer` once, at the latest now when the reader has left. */
  onClose(closer: () => void): void {
    if (this.isOpen) this.closers.push(closer);
    else closer();
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    clearInterval(this.heartbeat);
    for (const closer of this.closers.splice(0)) closer();
    this.reply.raw.end();
  }

  private write(text: string): void {
    if (!this.isOpen) return;
    if (this.reply.raw.writableLength > MAX_UNREAD_BYTES) return void this.reply.raw.destroy();
    this.reply.raw.write(text);
  }
}
