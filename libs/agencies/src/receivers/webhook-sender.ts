import { AgencyUnavailable, type WebhookMessage, type WebhookSender } from '@birth/application';
import type { WebhookReply } from '@birth/domain';
import type { Clock } from '@birth/platform';
import { AgencyHttp } from '../kit/agency-http';
import { webhookHeaders } from '../kit/standard-webhooks';
import type { WebhookAddress, WebhookBook } from './webhook-book';

const JSON_TYPE = 'application/json';
/** Nobody reads what a receiver says besides its status. */
const MAX_REPLY = 65_536;
/** Every one is an answer; the use case says what it means. */
const STATUSES = Array.from({ length: 400 }, (_, at) => 100 + at);

interface Door {
  url: string;
  http: AgencyHttp;
}

/** Signs and pushes as Standard Webhooks 1.0 says; an address or secret that changed in the file holds from the next attempt. */
export class HttpWebhookSender implements WebhookSender {
  private readonly doors = new Map<string, Door>();

  constructor(
    private readonly book: () => WebhookBook,
    private readonly clock: Clock,
  ) {}

  hasAddress(receiver: string): boolean {
    return this.book().find(receiver) !== undefined;
  }

  async send(receiver: string, message: WebhookMessage, deadlineAt: number): Promise<WebhookReply> {
    const address = this.book().find(receiver);
    if (address === undefined) return { status: null, isWhole: false, isUnreached: false, retryAfterMs: 0 };
    let status: number | null = null;
    const [newest, older] = address.secrets;
    const secrets: [string, ...string[]] = older === undefined ? [newest] : [newest, older];
    const signed = webhookHeaders(message, secrets, this.clock.now());
    try {
      await this.doorOf(address).fetchFile({
        method: 'POST',
        path: new URL(address.url).pathname,
        headers: { ...signed, 'content-type': JSON_TYPE },
        body: message.body,
        accepts: '',
        deadlineAt,
        evidence: { record: (kept) => void (status = kept.status) },
        understands: STATUSES,
        maxBytes: MAX_REPLY,
      });
      return { status, isWhole: true, isUnreached: false, retryAfterMs: 0 };
    } catch (error) {
      const unavailable = error instanceof AgencyUnavailable ? error : undefined;
      const isUnreached = unavailable !== undefined && status === null;
      return { status, isWhole: false, isUnreached, retryAfterMs: unavailable?.retryAfterMs ?? 0 };
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.doors.values()].map(({ http }) => http.close()));
  }

  private doorOf({ receiver, url }: WebhookAddress): AgencyHttp {
    const known = this.doors.get(receiver);
    if (known?.url === url) return known.http;
    void known?.http.close();
    // the address as it is written, with its last slash
    const http = new AgencyHttp({ url: new URL(url).origin }, this.clock);
    this.doors.set(receiver, { url, http });
    return http;
  }
}
