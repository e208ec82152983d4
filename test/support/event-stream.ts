export interface StreamEvent {
  id: string;
  data: Record<string, unknown> | null;
}

/** Reads an SSE answer over a real connection, as the HTML Living Standard says: ids stay, also without data. */
export class EventStream {
  readonly events: StreamEvent[] = [];
  lastId = '';
  private template = '';
  private readonly abort = new AbortController();
  private reading: Promise<void> = Promise.resolve();

  static async open(url: string, token: string, lastEventId?: string): Promise<EventStream> {
    const stream = new EventStream();
    stream.template = new URL(url).pathname.replace(/[0-9a-f-]{36}/, '{id}');
    const headers = {
      authorization: `Bearer ${token}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    };
    const response = await fetch(url, { headers, signal: stream.abort.signal });
    stream.reading = stream.read(response).catch(() => undefined);
    return stream;
  }

  /** Waits until the stream has shown it; the deadline names what was missing. */
  async until(what: string, isThere: (stream: EventStream) => boolean, patienceMs = 15_000): Promise<void> {
    const end = Date.now() + patienceMs;
    while (!isThere(this)) {
      if (Date.now() > end) throw new Error(`the stream never showed ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** The connection breaks, as in a tunnel. */
  async cut(): Promise<void> {
    this.abort.abort();
    await this.reading;
  }

  private async read(response: Response): Promise<void> {
    let text = '';
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      const blocks = (text + new TextDecoder().decode(chunk)).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    }
  }

  private take(block: string): void {
    const field = (name: string) =>
      block
        .split('\n')
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2);
    this.lastId = field('id') ?? this.lastId;
    const data = field('data');
    if (data !== undefined) {
      const event = JSON.parse(data) as Record<string, unknown>;
      globalThis.heardAnswers.event(this.template, event);
      this.events.push({ id: this.lastId, data: event });
    }
  }
}
