import type {
  CaseRecord,
  GivenRating,
  RecordKind,
  RecordSubject,
  ServiceCode,
  StepChange,
  StepMode,
} from '@birth/domain';

/** A step as the portal is told of it; no personal data. */
export interface ReportedStep {
  id: string;
  code: ServiceCode;
  newbornIndex: number;
  officeCode: string;
  mode: StepMode;
}

export interface ReportedCase {
  steps: readonly ReportedStep[];
  history: readonly StepChange[];
}

/** `step`: null of the whole case. */
export type NewRecord = CaseRecord & { step: ReportedStep | null };

/** One record on its way; its id is the key by which the portal knows it, however often it is sent. */
export interface PortalRecord {
  id: string;
  kind: RecordKind;
  about: RecordSubject;
  caseNumber: string;
  portalCaseNumber: string;
  /** What is reported of; null: of the whole case. */
  service: { code: ServiceCode; newbornIndex: number; officeCode: string } | null;
  /** What the family says of the whole case. */
  rating: GivenRating | null;
  /** When it happened. */
  at: number;
}

export interface SentRecord extends PortalRecord {
  /** Sendings so far, this one included. */
  attempts: number;
}

export const RECORD_STATES = ['owed', 'sent', 'acknowledged', 'refused'] as const;
export type RecordState = (typeof RECORD_STATES)[number];

export interface RecordRow extends PortalRecord {
  /** `sent`: on its way, and the portal has not said yet that it has it. */
  state: RecordState;
  attempts: number;
  sentAt: number | null;
  acknowledgedAt: number | null;
  nextAt: number | null;
  /** The portal's own code of a refusal. */
  refusal: string | null;
}

export interface CaseCompleteness {
  applicationId: string;
  caseNumber: string;
  portalCaseNumber: string;
  filedAt: number;
  isClosed: boolean;
  /** Steps that ended and of which no result was made yet, and a rating that was given and is no record yet. */
  missing: number;
  counts: Record<RecordState, number>;
}

export interface PortalRecordStore {
  /** Reads on in the history, of cases filed at the portal; tells how many entries it passed. One process at a time. */
  round(limit: number, now: number, decide: (changed: ReportedCase) => readonly NewRecord[]): Promise<number>;
  /** Due ones, of a case only the oldest; another process finds them again after the lease. */
  claim(limit: number, now: number, leaseMs: number): Promise<SentRecord[]>;
  acknowledged(id: string, at: number): Promise<void>;
  refused(id: string, code: string): Promise<void>;
  putOff(id: string, nextAt: number): Promise<void>;
  /** Owed again from now on; false: unknown. */
  resend(record: { applicationId: string; id: string }, at: number): Promise<boolean>;
  cases(after: string | null, limit: number): Promise<CaseCompleteness[]>;
  ofCase(applicationId: string): Promise<RecordRow[]>;
}
export const PORTAL_RECORD_STORE = Symbol('PORTAL_RECORD_STORE');
