import type {
  AgencyCode,
  ApplicationStatus,
  Demand,
  Light,
  LightDates,
  Owner,
  Reason,
  StepCode,
  StepState,
  TaskKind,
} from '@birth/domain';
import type { ClerkScope } from '../clerk/clerk-scope';
import type { AgencyText, IdentityPaper, OnceRow, StepEventRow, StoredResponse } from './case-store';

/** Plain reads of rows for pages and lists. No lock, no decision. Times epoch ms. */
export interface CaseSummary {
  id: string;
  caseNumber: string;
  status: ApplicationStatus;
  filedAt: number;
  newborns: number;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface PageRequest {
  cursor: string | null;
  limit: number;
}

export interface TailEvent {
  /** Position of the tail: `${xid}.${id}`. */
  cursor: string;
  applicationId: string;
  event: StepEventRow;
  agency: AgencyCode | null;
  officeCode: string | null;
}

export interface CaseReads {
  listOwn(subject: string, cursor: string | null, limit: number): Promise<Page<CaseSummary>>;
  /** What a subject is to a case: who filed it, a parent who confirmed (unless the case is protected), or nobody. */
  relation(applicationId: string, subject: string): Promise<'applicant' | 'confirmed_parent' | null>;
  /** The account by which this parent confirmed online; null where there is none, or the case is kept from this parent. */
  confirmedParent(applicationId: string, parent: 'mother' | 'father'): Promise<string | null>;
  /** Events of a case after a sequence number, oldest first. */
  events(applicationId: string, afterSeq: number, limit: number): Promise<StepEventRow[]>;
  /** Why clerks acted, in their own words, by the sequence number of the event that each belongs to. */
  reasons(applicationId: string): Promise<ReadonlyMap<number, string>>;
  /** Events of all cases after a tail position, visible to every snapshot (xid < xmin); null cursor = from now. */
  tail(cursor: string | null, limit: number): Promise<{ events: TailEvent[]; cursor: string }>;
  byCaseNumber(
    caseNumber: string,
  ): Promise<{ applicationId: string; queryPasswordHash: string; failedTries: number } | null>;
  countTrackFailure(applicationId: string): Promise<number>;
}
export const CASE_READS = Symbol('CASE_READS');

export interface ClerkStepFilter {
  state?: StepState;
  agency?: AgencyCode;
  office?: string;
  owner?: Owner;
  code?: StepCode;
  light?: Light;
  overallLight?: Light;
  minAgeDays?: number;
}

export interface ClerkStepSearch {
  scope: ClerkScope;
  filter: ClerkStepFilter;
  lights: LightDates;
}

/** How many of the steps found have each value; values that none has are left out. */
export interface ClerkStepCounts {
  total: number;
  state: Partial<Record<StepState, number>>;
  agency: Partial<Record<AgencyCode, number>>;
  owner: Partial<Record<Owner, number>>;
  light: Partial<Record<Light, number>>;
  /** Of the promise of each step's whole case; steps of cases without one are left out. */
  overallLight: Partial<Record<Light, number>>;
  breaches: ClerkBreachCounts;
}

/** What is past while the step is open. Limits that were past at the filing are nobody's breach (P10). */
export interface ClerkBreachCounts {
  promise: number;
  statutory: number;
  overall: number;
  lateOnArrival: number;
}

export interface ClerkStepRow {
  stepId: string;
  applicationId: string;
  caseNumber: string;
  newbornIndex: number;
  code: StepCode;
  agency: AgencyCode;
  officeCode: string;
  /** Who was asked in place of an office that is late. */
  overdueWith: 'deputy' | 'coordinator' | null;
  state: StepState;
  reason: Reason;
  owner: Owner;
  version: number;
  nextAt: number | null;
  promisedOn: string | null;
  statutorySafeAt: string | null;
  light: Light;
  /** Of the whole case; null while it has no promise. */
  overallPromisedOn: string | null;
  overallLight: Light | null;
  attempts: number;
  updatedAt: number;
}

export interface AgencyOverview {
  agency: AgencyCode;
  /** Calls, polls and withdrawals owed to it, due or not. */
  backlog: number;
  dueNow: number;
  /** When the first of them is due; null without any. */
  oldestDueAt: number | null;
  inFlight: number;
  pausedUntil: number;
  lastAnsweredAt: number;
}

export interface ClerkReads {
  /** Open steps, newest case first; lights as the dates of the day say (lightOf() in SQL). */
  steps(search: ClerkStepSearch, page: PageRequest): Promise<Page<ClerkStepRow>>;
  /** Over all pages. */
  counts(search: ClerkStepSearch): Promise<ClerkStepCounts>;
  inScope(scope: ClerkScope, applicationId: string): Promise<boolean>;
  /** One line for each of these agencies, in their order; offices limit the work that is counted (empty = all). */
  agencies(agencies: readonly AgencyCode[], offices: readonly string[], now: number): Promise<AgencyOverview[]>;
  openTasks(applicationId: string): Promise<OpenTask[]>;
}
export const CLERK_READS = Symbol('CLERK_READS');

export interface OpenTask {
  id: string;
  stepId: string | null;
  kind: TaskKind;
  reason: string;
  agency: AgencyCode | null;
  officeCode: string | null;
  openedAt: number;
  dueAt: number;
}

/** Demands for forbidden papers (policy P8). */
export interface DemandReads {
  /** Of those made from `from` until before `to`, one line an office and paper. */
  counts(scope: ClerkScope, from: Date, to: Date): Promise<DemandCount[]>;
  /** Those that wait for the county coordinator, nearest limit first. */
  open(scope: ClerkScope, limit: number): Promise<OpenDemand[]>;
}
export const DEMAND_READS = Symbol('DEMAND_READS');

export interface DemandCount {
  agency: AgencyCode;
  officeCode: string;
  demand: Demand;
  /** Found in an agency's words. */
  found: number;
  /** Told by families. */
  reported: number;
  /** Not decided yet. */
  open: number;
  /** Of both, those that the coordinator let pass: the words asked for nothing forbidden. */
  released: number;
}

export interface OpenDemand extends OpenTask {
  applicationId: string;
  caseNumber: string;
}

export interface WorklistItem extends OpenTask {
  stepId: string;
  code: StepCode;
  qualifier: string;
  key: string;
  generation: number;
  caseNumber: string;
  /** The fields that this office may see, opened for this reply. */
  payload: unknown;
}

export interface WorklistReads {
  open(
    agency: AgencyCode,
    officeCode: string | null,
    cursor: string | null,
    limit: number,
  ): Promise<Page<WorklistItem>>;
  task(taskId: string): Promise<{
    id: string;
    stepId: string;
    code: StepCode;
    qualifier: string;
    agency: string;
    officeCode: string | null;
    generation: number;
    open: boolean;
  } | null>;
}
export const WORKLIST_READS = Symbol('WORKLIST_READS');

/** Where a request to confirm is kept; what it says is read with its case. */
export interface ConsentRef {
  id: string;
  applicationId: string;
}

export interface ConsentStore {
  /** By its token (256 random bits, only the HMAC is stored) or its id; null = unknown. */
  find(tokenOrId: string): Promise<ConsentRef | null>;
  /** What a guardian with this paper was asked; null where the token is of another or of nobody. */
  findGuardian(token: string, identity: IdentityPaper): Promise<ConsentRef | null>;
  /** Open ones of open cases that ask the parent with this paper, newest first. */
  waitingFor(identity: IdentityPaper, now: number, limit: number): Promise<ConsentRef[]>;
}
export const CONSENT_STORE = Symbol('CONSENT_STORE');

export interface MaterialStore {
  /** One transaction with its idempotency row; the first answer again for the same key and bytes. */
  save(input: {
    once: Extract<OnceRow, { kind: 'idempotency' }>;
    material: { id: string; subject: string; mediaType: string; bytes: Buffer; createdAt: number };
    response: StoredResponse;
  }): Promise<StoredResponse>;
  exists(id: string, subject: string): Promise<boolean>;
  /** null when unknown or another subject's. */
  open(id: string, subject: string): Promise<{ mediaType: string; bytes: Buffer } | null>;
}
export const MATERIAL_STORE = Symbol('MATERIAL_STORE');

export interface StepTexts {
  receipt: string | null;
  agencyText: AgencyText | null;
}
