import type { QueueName, ReleasePlan, StepCode, StepMode, Channel, InsuranceBasis, WorkKind } from '@birth/domain';
import type { DossierSections, SectionName } from './dossier';
import type { Hint } from './hint-queue';

export interface ClaimedWork {
  applicationId: string;
  caseNumber: string;
  stepId: string;
  newbornIndex: number;
  kind: WorkKind;
  queue: QueueName;
  code: StepCode;
  qualifier: string;
  mode: StepMode;
  channel: Channel;
  basis: InsuranceBasis | null;
  officeCode: string;
  generation: number;
  leaseToken: string;
  leaseUntil: number;
  attempts: number;
  failures: number;
  /** What the row said before this claim: something of this generation may have reached the agency. */
  maybeSentBefore: boolean;
  /** Its case comes from an earlier time: the agency may know more of it than these rows. */
  isRestored: boolean;
  /** When this row was claimed before; null on the first attempt. Epoch ms. */
  previousAttemptAt: number | null;
  receipt: string | null;
  earlierReceipt: string | null;
  /** Asked about because the family, or the agency's register, says that it was done at a counter (policy P14). */
  isReportedDone: boolean;
  /** Something of it may have reached the agency. */
  wasSent: boolean;
  /** Of a POLL nothing, unless it was reported done. */
  open<S extends SectionName>(sections: readonly S[]): Pick<DossierSections, S>;
}

export interface ClaimOptions {
  now: number;
  leaseMs: number;
  /** B and D: the claim of a CALL sets maybe_sent and commits durably: it is the intent. */
  setsMaybeSent: boolean;
  /** A and C: the claim may be lost in a crash of PostgreSQL (synchronous_commit off). */
  durable: boolean;
}

export interface FeedPlan extends ReleasePlan {
  /** Of these, calls that were tried before. */
  retries: number;
}

/** The hot table. Locks `work` only, SKIP LOCKED, never the application. */
export interface WorkStore {
  /** One row by hint: step, kind and offer match and no live lease; sets the lease and due_at = lease end. null = stale hint. */
  claim(hint: Hint, options: ClaimOptions): Promise<ClaimedWork | null>;
  /** The key that an agency will name when it calls back, before it is called. */
  rememberKey(work: Pick<ClaimedWork, 'applicationId' | 'stepId' | 'generation'>, key: string): Promise<void>;
  /**
   * Rows due now, oldest first, and the last that came: due_at = now + visibility, a new offer where a lease ran out.
   * Repeated calls above the plan's wait for another visibility.
   */
  feed(queue: QueueName, plan: FeedPlan, options: { now: number; visibilityMs: number }): Promise<Hint[]>;
  pause(queue: QueueName, until: number): Promise<void>;
  answered(queue: QueueName, at: number): Promise<void>;
  /** Calls that were offered and never claimed fall due at once: the queue's storage was lost. A WITHDRAW may wait for a live call. */
  hurry(queue: QueueName, now: number): Promise<number>;
}

export const WORK_STORE = Symbol('WORK_STORE');
