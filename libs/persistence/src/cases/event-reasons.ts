import type { Statement } from '../batch';
import type { CaseSeal } from '../sealing/case-seal';

const rowOf = (seal: CaseSeal, seq: number): string => `${seal.caseId}/${seq}`;

/** Beside the first event of what the clerk did. */
export const keepReason = (seal: CaseSeal, seq: number, reason: string): Statement => ({
  name: 'keep_reason',
  text: 'insert into event_reason (application_id, seq, sealed) values ($1, $2, $3)',
  values: [seal.caseId, seq, seal.seal('event_reason', 'sealed', rowOf(seal, seq), reason)],
});

export interface ReasonRow {
  seq: number;
  sealed: Buffer;
  wrapped: Buffer;
}

export const reasonsOf = (applicationId: string): Statement => ({
  name: 'event_reasons',
  text: `select r.seq, r.sealed, k.wrapped from event_reason r join case_key k on k.case_id = r.application_id
    where r.application_id = $1`,
  values: [applicationId],
});

export const openReason = (seal: CaseSeal, { seq, sealed }: ReasonRow): string =>
  seal.open<string>('event_reason', 'sealed', rowOf(seal, seq), sealed);
