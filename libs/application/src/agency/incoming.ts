import { AGENCIES, type AgencyCode } from '@birth/domain';
import { Problem } from '@birth/platform';
import { createHash } from 'node:crypto';
import { wireBytes } from '../exchange-chain';
import type { AgencyMessage, RawMessage } from '../ports/agency-adapter';
import { AgencyContractBroken, MessageRefused } from '../ports/agency-errors';
import type { InboxRow, OnceRow } from '../ports/case-store';
import type { StepExchange } from '../ports/evidence';
import type { InboxStore } from '../ports/inbox-store';
import type { VerifiedMessage } from '../ports/message-verifier';
import type { TakenAnswer } from './take-answer';

export interface Incoming extends VerifiedMessage {
  /** Agency code, or `hospital`. */
  agency: string;
  body: Buffer;
  receivedAt: number;
}

export const isAgency = (code: string): code is AgencyCode => (AGENCIES as readonly string[]).includes(code);

const digestOf = (body: Buffer): Buffer => createHash('sha256').update(body).digest();

export const inboxRow = (incoming: Incoming, messageId: string): InboxRow => ({
  ...incoming,
  messageId,
  kind: 'inbox',
  digest: digestOf(incoming.body),
});

/** A signed message that breaks the agreed format stays as evidence; its sender gets a Problem 400. */
export async function readOrKeep<T>(inbox: InboxStore, incoming: Incoming, read: (body: Buffer) => T): Promise<T> {
  try {
    return read(incoming.body);
  } catch (error) {
    const problem = error instanceof AgencyContractBroken ? new Problem(400, 'bad_message') : error;
    if (problem instanceof Problem) {
      refuseReused(await inbox.keepBroken({ ...incoming, digest: digestOf(incoming.body) }), incoming);
    }
    throw problem;
  }
}

export function refuseReused<T extends string>(
  outcome: T,
  { keyId }: VerifiedMessage,
): asserts outcome is Exclude<T, 'reused'> {
  if (outcome === 'reused') throw new MessageRefused('used_before', keyId);
}

type About = { stepId: string; generation: number };
type Arrived = Pick<Incoming, 'receivedAt' | 'keyId'>;

/** What came in, as evidence with the step that it is about. */
export const incomingExchange = (
  about: About,
  { method, url, body }: Pick<RawMessage, 'method' | 'url' | 'body'>,
  { receivedAt, keyId }: Arrived,
): StepExchange => ({
  ...about,
  direction: 'in',
  method,
  path: new URL(url, 'http://localhost').pathname,
  status: 200,
  startedAt: receivedAt,
  durationMs: 0,
  keyId,
  request: body.toString('utf8'),
  ...wireBytes('requestBytes', body.toString('utf8'), body),
  reply: null,
});

interface Callback {
  agency: AgencyCode;
  stepId: string;
  /** null: whichever was sent last. */
  generation: number | null;
  answer: AgencyMessage['answer'];
  once: OnceRow;
}

/** An agency's own message about a step, now or when its step became known. */
export const callbackAnswer = (
  { agency, ...said }: Callback,
  raw: Pick<RawMessage, 'method' | 'url' | 'body'>,
  arrived: Arrived,
): TakenAnswer => ({
  ...said,
  via: 'callback',
  by: { actor: 'agency', actorId: agency },
  exchanges: [incomingExchange({ stepId: said.stepId, generation: said.generation ?? 0 }, raw, arrived)],
});
