import type {
  ApplicationStatus,
  CaseState,
  ConsentVia,
  CustodyEntry,
  NewbornState,
  OverallPromise,
  PaperKind,
  Reason,
  StepRecord,
  StepState,
  TaskKind,
  UnheardParent,
  WorkKind,
  WorkRecord,
} from '@birth/domain';
import type { MessageReference, PaymentDue } from './agency-adapter';
import type { BirthRecord } from './birth-records';
import type { DossierSections, SectionName } from './dossier';
import type { PersonVerification, ReferredMaterial } from './government-portal';
import type { ChainedExchange } from './evidence';
import type { Hint } from './hint-queue';

/** A case loaded under its lock, in one transaction, with what is needed to write it back. */
export interface LoadedCase {
  state: CaseState;
  caseNumber: string;
  applicantSubject: string;
  /** The other parent learns nothing of this case (policy P7). */
  isProtected: boolean;
  /** Hash chain of step_event: sequence and digest of the last event. */
  chain: { seq: number; head: Buffer };
  /** The same of its exchanges. */
  exchangeChain: { seq: number; head: Buffer };
  /** What parents were asked and said; known where all sections are loaded. */
  consents: readonly CaseConsent[];
  /** Guardians who were asked to go on with the case; known likewise. */
  guardians: readonly Pick<CaseConsent, 'id' | 'state' | 'expiresAt'>[];
  /** Opens sealed sections of a newborn with the case's key, only those named. */
  open<S extends SectionName>(newbornIndex: number, sections: readonly S[]): Pick<DossierSections, S>;
  /** Opens a step's sealed columns; null where empty. */
  openStep(stepId: string): StepSecrets;
  /** The mother's records that this case may use, as they are under the lock; empty unless asked for. */
  records: readonly BirthRecord[];
}

export interface CaseConsent {
  id: string;
  parent: 'mother' | 'father';
  purposes: readonly ConsentPurpose[];
  /** `replaced`: asked again since, its token opens nothing. */
  state: 'open' | 'agreed' | 'refused' | 'replaced';
  askedAt: number;
  expiresAt: number;
  answeredAt: number | null;
  /** The parent's own words, or the clerk's where it was signed at the desk. */
  reason: string | null;
  via: ConsentVia | null;
}
export const CONSENT_PURPOSES = ['certificate_data', 'child_name', 'surname_or_ethnicity', 'birth_record'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

export interface StepSecrets {
  receipt: string | null;
  earlierReceipt: string | null;
  /** The agency's words of the present state (correction, action, refusal) as JSON. */
  agencyText: AgencyText | null;
}

export interface AgencyText {
  text: string;
  /** The agency's own code, as its dictionary names it. */
  code?: string;
  fields?: readonly string[];
  refusal?: { reason: string; legalBasis: string; documentNumber: string; office: string; remedy: string };
  /** `previousFen`: what was asked before, where the amount has changed. */
  payment?: PaymentDue & { previousFen: number | null };
}

/** One row of the append-only history; codes only, no personal data. The caller computes the chain. */
export interface StepEventRow {
  seq: number;
  stepId: string | null;
  newbornIndex: number | null;
  type: string;
  fromState: StepState | null;
  toState: StepState | null;
  reason: Reason | null;
  actor: Actor;
  /** Subject of a clerk or parent token; agency code for agencies. Never a name. */
  actorId: string | null;
  detail: Readonly<Record<string, string | number | boolean | null>>;
  at: number;
  previousHash: Buffer;
  hash: Buffer;
}

export const ACTORS = ['applicant', 'other_parent', 'agency', 'hospital', 'clerk', 'platform'] as const;
export type Actor = (typeof ACTORS)[number];

export interface WorkWrite extends WorkRecord {
  /** True: the row gets the next number of the sequence; false: it keeps the one it has. */
  renewOffer: boolean;
}

export interface TaskWrite {
  id: string;
  stepId: string | null;
  kind: TaskKind;
  /** Why, as a code. */
  reason: string;
  agency: string | null;
  officeCode: string | null;
  dueAt: number;
  /** What the worklist's office needs to see, sealed. */
  payload?: unknown;
}

/** Everything that one decision changes; written in one statement after the lock. */
export interface CaseWrite {
  status: ApplicationStatus;
  overall: OverallPromise | null;
  newborns: readonly NewbornState[];
  /** null: as before. */
  unheard: readonly UnheardParent[] | null;
  /** null: as before. */
  rating: CaseState['rating'];
  /** New or changed steps only, whole rows. */
  steps: readonly StepRecord[];
  putWork: readonly WorkWrite[];
  deleteWork: readonly { stepId: string; kind: WorkKind }[];
  events: readonly StepEventRow[];
  /** Who goes on with the case; null: nobody else. */
  applicantSubject: string | null;
  /** Whether the other parent is kept from the case from now on; null: as before. */
  isProtected: boolean | null;
  /** Why a clerk acts; sealed, kept beside the first of these events. */
  eventReason: string | null;
  /** Papers whose way is followed from now on. */
  papers: readonly PaperWrite[];
  /** What happened to papers; appended. */
  custody: readonly CustodyWrite[];
  openTasks: readonly TaskWrite[];
  /** Open tasks of these steps (and kinds) end now. */
  closeTasks: readonly { stepId: string; kinds: readonly TaskKind[] }[];
  secrets: readonly StepSecretWrite[];
  sections: readonly SectionWrite[];
  exchanges: readonly ChainedExchange[];
  /** The case is closed: its newborn tokens are deleted so that a new case may be opened. */
  releaseTokens: boolean;
  consentAnswers: readonly ConsentAnswerWrite[];
  /** Asked anew; what the same parent was asked before opens nothing from now on. */
  consentRequests: readonly ConsentDraft<AskedPerson>[];
  /** What these parents were asked and have not agreed to opens nothing from now on. */
  endedConsents: readonly AskedPerson[];
  /** A receipt is the agency's name for the step: kept as a keyed token so that messages can be matched by it. */
  receiptTokens: readonly { stepId: string; agency: string; receipt: string; generation: number }[];
  /** Records that newborns of this case use from now on. */
  takenRecords: readonly { newbornIndex: number; recordId: string }[];
  /** Further texts by which a second filing for the same newborn is found. */
  newbornTokens: readonly string[];
  /** The same of a newborn whose case may have been closed: taken again, or the whole change fails as a duplicate. */
  reclaimedNewborn: readonly string[];
}

export interface PaperWrite {
  id: string;
  newbornIndex: number;
  kind: PaperKind;
  openedAt: number;
}

export interface CustodyWrite extends CustodyEntry {
  /** Sealed. */
  waybill: string | null;
}

export interface ConsentAnswerWrite {
  id: string;
  answer: 'agreed' | 'refused';
  /** Who answered online and may follow the case; null where a clerk recorded it. */
  subject: string | null;
  via: ConsentVia;
  /** Sealed. */
  reason: string | null;
  /** The mother agreed: this father may see the records that the case uses, now and later. */
  sharesRecordsWith: IdentityPaper | null;
}

export interface IdentityPaper {
  type: string;
  number: string;
}

export interface StepSecretWrite {
  stepId: string;
  receipt?: string | null;
  earlierReceipt?: string | null;
  agencyText?: AgencyText | null;
}

/** `merge` writes keys into the stored object (results); otherwise the section is replaced. */
export interface SectionWrite {
  /** null: a section of the whole case (mother, father, applicant, relation). */
  newbornIndex: number | null;
  section: SectionName;
  value: unknown;
}

export type CaseRef = { applicationId: string } | { stepId: string };

export interface InboxRow {
  kind: 'inbox';
  agency: string;
  messageId: string;
  nonce: string;
  digest: Buffer;
  receivedAt: number;
  body: Buffer;
  keyId: string;
}

/** First row of a transaction: makes an effect happen once. */
export type OnceRow =
  | InboxRow
  /** A message that was kept until its step is known: taken from there once. */
  | { kind: 'kept'; agency: string; messageId: string; body: Buffer }
  | { kind: 'idempotency'; subject: string; route: string; key: string; body: string };

export type ChangeOutcome =
  | { outcome: 'saved'; write: CaseWrite; hints: readonly Hint[]; response?: StoredResponse }
  /** The decision wrote nothing. */
  | { outcome: 'unchanged' }
  /** Inbox: the same message was taken before (same nonce, id and digest). */
  | { outcome: 'duplicate' }
  /** Inbox: nonce or message id was used for something else. */
  | { outcome: 'reused' }
  /** Idempotency: the first answer of the same key and body. */
  | { outcome: 'replayed'; response: StoredResponse }
  /** Another case of the same newborn was opened since this one ended. */
  | DuplicateNewborn
  | { outcome: 'unknown_case' };

/** An open case for the same newborn, and who filed it. */
export interface DuplicateNewborn {
  outcome: 'duplicate_newborn';
  applicationId: string;
  caseNumber: string;
  applicantSubject: string;
}

export interface StoredResponse {
  status: number;
  body: unknown;
}

export interface ChangeRequest {
  ref: CaseRef;
  once?: OnceRow;
  /** Sealed sections that `decide` may open; results alone unless named. */
  sections?: readonly SectionName[] | 'all';
  /** Reads (and locks) the mother's birth records after the case when a newborn waits for one, or for her word. */
  records?: boolean;
  /** The record that a clerk names, read and locked after the case; `records` holds it alone, if no other case uses it. */
  namedRecord?: { office: string; recordNumber: string };
  /** How an inbox row without effect is marked ('recorded', 'conflict', ...); the decision may override it. */
  decide(loaded: LoadedCase): CaseDecision;
  /** Hints whose rows are due now get the visibility as due time and come back for offering. Agencies with a closed gate are left out. */
  offerable?: (queue: string) => boolean;
  visibilityMs: number;
  now: number;
}

export interface CaseDecision {
  /** null: nothing to write but the once row. */
  write: CaseWrite | null;
  /** Kept with the inbox row: applied, recorded, conflict, ignored. */
  disposition?: string;
  /** Kept with the idempotency row as the first answer. */
  response?: StoredResponse;
}

/**
 * The one door to a case: lock order once row → lookup tokens → application → steps → work; one write; commit.
 * Throws Problem('idempotency_key_reused' 422 | 'idempotency_in_progress' 409) for the idempotency row.
 */
export interface CaseStore {
  change(request: ChangeRequest): Promise<ChangeOutcome>;
  file(request: FileRequest): Promise<FileOutcome>;
  /** Reads a case without a lock, for showing it. null = unknown. */
  read(applicationId: string): Promise<LoadedCase | null>;
  /** The case of a step that one of our keys or an agency's receipt names; null = unknown. */
  findStep(agency: string, reference: MessageReference): Promise<{ stepId: string; generation: number | null } | null>;
}

export interface FileRequest {
  once: Extract<OnceRow, { kind: 'idempotency' }>;
  applicationId: string;
  channel: string;
  applicantSubject: string;
  definitionVersion: string;
  newborns: readonly NewbornState[];
  sections: readonly SectionWrite[];
  write: CaseWrite;
  filedAt: number;
  /** One per known parent and newborn: parent's ID number, birth date, delivery order. */
  duplicateTokens: readonly string[];
  /** Linked hospital record of each newborn, where there is one, with what it said when the case was planned. */
  birthRecords: readonly ({ id: string; outcome: BirthRecord['outcome'] } | null)[];
  /** The mother of each newborn whose record is still owed; null where none is waited for. */
  recordOwedTo: readonly (IdentityPaper | null)[];
  /** Argon2/scrypt hash of the query password of POST /v1/track. */
  queryPasswordHash: string;
  consents: readonly ConsentDraft[];
  offerable?: (queue: string) => boolean;
  visibilityMs: number;
  /** Filed at the city's portal. */
  portal?: PortalCase;
  /** Renders the 201 once the case number is known. */
  respond(caseNumber: string): StoredResponse;
}

/** A paper of the portal, and as what it is kept here. */
export interface KeptReference extends ReferredMaterial {
  materialId: string;
}

export interface PortalCase {
  /** The portal's own. */
  caseNumber: string;
  /** As it stands in the inbox; from now on under the case's key. */
  message: InboxRow;
  /** Sealed. */
  filed: { verification: PersonVerification; materials: readonly KeptReference[] };
}

export type AskedPerson = CaseConsent['parent'] | 'guardian';

export interface ConsentDraft<P extends AskedPerson = CaseConsent['parent']> {
  id: string;
  /** Who is asked. */
  parent: P;
  /** By which the verified parent finds what he or she is asked; kept as a keyed token. */
  identity: IdentityPaper;
  purposes: readonly ConsentPurpose[];
  /** 256 random bits, base64url; only its HMAC is stored. */
  token: string;
  askedAt: number;
  expiresAt: number;
}

export type FileOutcome =
  | { outcome: 'filed'; caseNumber: string; response: StoredResponse; hints: readonly Hint[] }
  | { outcome: 'replayed'; response: StoredResponse }
  /** The hospital said otherwise since the case was planned: nothing was stored. */
  | { outcome: 'record_changed' }
  | DuplicateNewborn;

export const CASE_STORE = Symbol('CASE_STORE');
