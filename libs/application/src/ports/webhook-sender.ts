import type { WebhookReply } from '@birth/domain';

export interface WebhookMessage {
  /** The delivery's own, the same on every attempt: by it a receiver knows what it has. */
  id: string;
  body: string;
}

/** Doors of receivers that are pushed to (P19); addresses and secrets are the operators'. */
export interface WebhookSender {
  hasAddress(receiver: string): boolean;
  /** One signed attempt. Whatever happens is in the reply. */
  send(receiver: string, message: WebhookMessage, deadlineAt: number): Promise<WebhookReply>;
}
export const WEBHOOK_SENDER = Symbol('WEBHOOK_SENDER');
