import type { Agency } from '../agencies';

export interface Newborn {
  name: string;
  sex: 'male' | 'female';
  /** ISO 8601 with offset. */
  bornAt: string;
}

/** Results in the platform's words, so that a test can compare them with what the platform stored. */
export type Results = Readonly<Record<string, string>>;

/** `final` = the one effect that a family would notice: certificate, record, ID number, enrolment, card application. */
/** `amended` = a finished case's newborn got another name. */
export type LedgerKind = 'received' | 'interim' | 'final' | 'amended' | 'withdrawn';

export interface LedgerEntry {
  at: string;
  agency: Agency;
  kind: LedgerKind;
  /** The sender's idempotency key; null where the wire carries none. */
  key: string | null;
  naturalKey: string;
  receipt: string;
  newborn: Newborn;
  results: Results | null;
  sequence: number;
}

/** A line of the file: the entry, and the whole case as it stood then, from which a restart goes on. */
export interface LedgerLine extends LedgerEntry {
  snapshot: { desk: string; id: string };
}
