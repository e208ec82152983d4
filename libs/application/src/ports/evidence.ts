import type { ExchangeRecord } from './agency-adapter';

/** An exchange and the step that it is about. */
export type StepExchange = ExchangeRecord & { stepId: string; generation: number };

/** What the chain of a case's exchanges binds; nothing in it tells what was said. */
export interface ExchangeLink {
  id: string;
  seq: number;
  stepId: string;
  generation: number;
  direction: 'out' | 'in';
  method: string;
  path: string;
  status: number | null;
  startedAt: number;
  durationMs: number;
  /** Which keys signed the request and its reply; null where none is agreed, or none that we trust. */
  keyId: string | null;
  replyKeyId: string | null;
  /** SHA-256 of the salt and the bytes as they went over the wire; the salt is sealed with the bodies. */
  requestDigest: Buffer;
  /** null: no reply was kept. */
  replyDigest: Buffer | null;
}

export interface ChainedExchange extends Omit<StepExchange, 'keyId' | 'replyKeyId'>, ExchangeLink {
  salt: Buffer;
  previousHash: Buffer;
  hash: Buffer;
}
