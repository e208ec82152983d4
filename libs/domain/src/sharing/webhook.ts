/** What an attempt to push one delivery came to. */
export const WEBHOOK_OUTCOMES = ['taken', 'refused', 'gone', 'unanswered'] as const;
export type WebhookOutcome = (typeof WEBHOOK_OUTCOMES)[number];

/** Pushed without success for so long, a delivery is a person's: three days pass a weekend. */
export const WEBHOOK_PATIENCE_MS = 3 * 86_400_000;

export interface WebhookReply {
  /** HTTP; null: nobody answered. */
  status: number | null;
  /** The reply came to its end and can be believed. */
  isWhole: boolean;
  /** Nothing was reached at all. */
  isUnreached: boolean;
  retryAfterMs: number;
}

/** Standard Webhooks 1.0: any 2xx takes it, 410 says that nobody will; what is overloaded or broken has read nothing. */
export function webhookOutcome({ status, isWhole }: Pick<WebhookReply, 'status' | 'isWhole'>): WebhookOutcome {
  if (status === null || status === 429 || status >= 500) return 'unanswered';
  if (status === 410) return 'gone';
  const isTaken = isWhole && status >= 200 && status < 300;
  return isTaken ? 'taken' : 'refused';
}

/** As long as the receiver asks for or our own back-off says, and never longer than the cap. */
export const webhookPauseMs = (retryAfterMs: number, backOffMs: number, capMs: number): number =>
  Math.min(Math.max(retryAfterMs, backOffMs), capMs);
