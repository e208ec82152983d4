import type { WebhookMessage, WebhookSender } from '@birth/application';
import type { WebhookReply } from '@birth/domain';

/** The doors of receivers, played by the test. */
export class TestWebhooks implements WebhookSender {
  readonly sent: (WebhookMessage & { receiver: string })[] = [];
  /** What the next attempts get: an HTTP status, or null where nobody is reached. */
  status: (message: WebhookMessage) => number | null = () => 204;
  retryAfterMs = 0;

  hasAddress(): boolean {
    return true;
  }

  send(receiver: string, message: WebhookMessage): Promise<WebhookReply> {
    this.sent.push({ receiver, ...message });
    const status = this.status(message);
    return Promise.resolve({
      status,
      isWhole: status !== null,
      isUnreached: status === null,
      retryAfterMs: this.retryAfterMs,
    });
  }
}
