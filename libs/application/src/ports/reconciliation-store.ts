import type { AgencyCode, Cure, Difference, DifferenceKind, RecordStanding } from '@birth/domain';
import type { ClerkScope } from '../clerk/clerk-scope';
import type { OnceRow, StoredResponse } from './case-store';

export const RUN_STATES = ['asked', 'running', 'done', 'failed'] as const;
/** How the agency was asked: by its list, by a question for each step, or not at all because it answers neither. */
export const RECONCILED_BY = ['list', 'check', 'nothing'] as const;

export interface ReconciliationRun {
  id: string;
  agency: AgencyCode;
  /** YYYY-MM-DD in Asia/Shanghai. */
  day: string;
  isNightly: boolean;
  attempts: number;
}

export interface FoundDifference extends Difference {
  applicationId: string | null;
  officeCode: string | null;
  /** When a person should have looked; epoch ms. */
  dueAt: number;
}

export interface RunReport {
  by: (typeof RECONCILED_BY)[number];
  ours: number;
  theirs: number;
  asked: number;
  differences: readonly FoundDifference[];
  /** Steps that this run had a word about: their differences are gone unless they are found again. */
  comparedSteps: readonly string[];
}

export interface RunRow extends ReconciliationRun {
  state: (typeof RUN_STATES)[number];
  askedAt: number;
  endedAt: number | null;
  by: RunReport['by'] | null;
  ours: number;
  theirs: number;
  asked: number;
  differences: Readonly<Partial<Record<DifferenceKind, number>>>;
  /** Why it failed: a name of the agency's wire, or a code. */
  failure: string | null;
}

export interface OpenDifference {
  id: string;
  agency: AgencyCode;
  officeCode: string | null;
  kind: DifferenceKind;
  cure: Cure;
  stepId: string | null;
  applicationId: string | null;
  caseNumber: string | null;
  ours: RecordStanding | null;
  theirs: RecordStanding | null;
  /** By which the agency finds what nobody here knows; null for our own steps. */
  unknown: { key: string | null; receipt: string | null } | null;
  foundAt: number;
  seenAt: number;
  dueAt: number;
}

/** Runs, and differences that last over nights until they are gone. */
export interface ReconciliationStore {
  /** One run an agency and day, however many processes plan it. */
  planNight(day: string, agencies: readonly AgencyCode[], now: number): Promise<void>;
  /** A run on demand, once by its key; while one of the agency is open, that one. */
  ask(request: {
    once: Extract<OnceRow, { kind: 'idempotency' }>;
    run: { id: string; agency: AgencyCode; day: string; askedBy: string; askedAt: number };
    respond: (id: string) => StoredResponse;
  }): Promise<StoredResponse>;
  /** The next open run, for this process alone until its lease ends. */
  take(now: number, leaseMs: number): Promise<ReconciliationRun | null>;
  /** Cases with a step of this agency's interface that changed since, is open, or has an open difference. */
  cases(agency: AgencyCode, since: number): Promise<string[]>;
  /** Since when there is something of the agency that nobody here knows; null: nothing. */
  unknownSince(agency: AgencyCode): Promise<number | null>;
  finish(run: ReconciliationRun, report: RunReport, now: number): Promise<void>;
  postpone(run: ReconciliationRun, until: number): Promise<void>;
  fail(run: ReconciliationRun, failure: string, now: number): Promise<void>;
  runs(scope: ClerkScope, limit: number): Promise<RunRow[]>;
  open(scope: ClerkScope, limit: number): Promise<OpenDifference[]>;
}
export const RECONCILIATION_STORE = Symbol('RECONCILIATION_STORE');
