import { Pool } from 'undici';
import { ContractCheck, type HeardAnswer } from './contract-check';

/** Addresses of the public contract; the sandbox has others. */
const PUBLIC = /^\/(v1|clerk|agency|health|openapi)(\/|\.|$)/;
const READABLE = /json/;

/**
 * Every answer that a test hears from the api, over fetch or through the driver's client, is held against the
 * committed contract; what differs fails the test that heard it.
 */
export class HeardAnswers {
  readonly check = new ContractCheck();
  private readonly found: string[] = [];

  listen(): () => void {
    const stops = [this.listenToFetch(), this.listenToPools()];
    return () => stops.forEach((stop) => stop());
  }

  /** What differed since the last time. */
  take(): string[] {
    return this.found.splice(0);
  }

  event(template: string, data: unknown): void {
    this.found.push(...this.check.eventViolations(template, data));
  }

  private hear(heard: Omit<HeardAnswer, 'body'>, text: string | null): void {
    if (!PUBLIC.test(heard.path.split('?')[0] ?? '')) return;
    const body: unknown = text === null || !READABLE.test(heard.type) ? null : JSON.parse(text);
    this.found.push(...this.check.violations({ ...heard, body }));
  }

  private listenToFetch(): () => void {
    const plain = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const response = await plain(input, init);
      const { pathname, search } = new URL(response.url);
      const type = response.headers.get('content-type') ?? '';
      const text = READABLE.test(type) ? await response.clone().text() : null;
      this.hear({ method: init?.method ?? 'GET', path: pathname + search, status: response.status, type }, text);
      return response;
    };
    return () => void (globalThis.fetch = plain);
  }

  private listenToPools(): () => void {
    const plain = Pool.prototype.request;
    const hear = this.hear.bind(this);
    Pool.prototype.request = async function (this: Pool, ...args: unknown[]) {
      const response = await (plain as (...all: unknown[]) => ReturnType<Pool['request']>).apply(this, args);
      const { method, path } = args[0] as { method: string; path: string };
      const { body, statusCode, headers } = response;
      const text = body.text.bind(body);
      body.text = async () => {
        const read = await text();
        hear({ method, path, status: statusCode, type: String(headers['content-type'] ?? '') }, read);
        return read;
      };
      return response;
    };
    return () => void (Pool.prototype.request = plain);
  }
}
