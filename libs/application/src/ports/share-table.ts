import type { SharedFact } from '@birth/domain';

/** A row that its receiver gave back as wrong; the words and fields are the receiver's and not checked yet. */
export interface DoubtedRow {
  deliveryId: string;
  receiver: string;
  applicationId: string;
  newbornIndex: number;
  about: SharedFact;
  errorText: string | null;
  errorFields: unknown;
}

/** The table through which receivers of mode `exchange_table` are told (P19); rows are written with the deliveries. */
export interface ShareTable {
  /** Rows that their receivers have: noted as received, and their content wiped. */
  takeReceipts(now: number): Promise<number>;
  doubted(limit: number): Promise<DoubtedRow[]>;
  /** It was read; its content is wiped as well. */
  doubtTaken(deliveryId: string, now: number): Promise<void>;
  /** What nobody took since before `before` is a person's. */
  tellUntaken(before: number, times: { now: number; dueAt: number }): Promise<void>;
  /** What was not taken, and everything told `since`, stands there anew; tasks of the receiver end. */
  writeAgain(
    receiver: string,
    request: { since: number | null; now: number; by: string; reason: string },
  ): Promise<number>;
}
export const SHARE_TABLE = Symbol('SHARE_TABLE');
