import { createHash } from 'node:crypto';
import type { ExchangeRecord, RawMessage } from '../ports/agency-adapter';
import { MessageRefused } from '../ports/agency-errors';
import type { InboxRow } from '../ports/case-store';
import type { InboxStore } from '../ports/inbox-store';
import type { VerifiedMessage } from '../ports/message-verifier';

export interface Incoming extends VerifiedMessage {
  /** Agency code, or `hospital`. */
  agency: string;
  body: Buffer;
  receivedAt: number;
}

const digestOf = (body: Buffer): Buffer => createHash('sha256').update(body).digest();

export const inboxRow = (incoming: Incoming, messageId: string): InboxRow => ({
  ...incoming,
  messageId,
  kind: 'inbox',
  digest: digestOf(incoming.body),
});

/** A signed message that breaks the agreed format stays as evidence; the sender is told no more than that. */
export async function keepBroken(inbox: InboxStore, incoming: Incoming): Promise<void> {
  refuseReused(await inbox.keepBroken({ ...incoming, digest: digestOf(incoming.body) }));
}

export function refuseReused(outcome: string): void {
  if (outcome === 'reused') throw new MessageRefused('message id or nonce used before');
}

type About = { stepId: string; generation: number };

/** What came in, as evidence with the step that it is about. */
export const incomingExchange = (
  about: About,
  { method, url, body }: Pick<RawMessage, 'method' | 'url' | 'body'>,
  startedAt: number,
): ExchangeRecord & About => ({
  ...about,
  direction: 'in',
  method,
  path: new URL(url, 'http://localhost').pathname,
  status: 200,
  startedAt,
  durationMs: 0,
  request: body.toString('utf8'),
  reply: null,
});
