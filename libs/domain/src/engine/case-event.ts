import type { StepWay } from '../case-plan';
import type { Coverage } from '../insurance/insured';
import type { Demand } from '../decoupling/forbidden-demands';
import type { PaperMove } from '../papers/move-paper';
import type { CustodyEvent } from '../papers/paper';
import type {
  AnswerKind,
  AnswerVia,
  Channel,
  CheckOutcome,
  Hold,
  IdentityFact,
  InsuranceBasis,
  MotherUnable,
  WorkKind,
} from '../vocabulary';
import type { DeathRetractedEvent } from './death-retracted';
import type { MotherAloneEvent } from './mother-alone';
import type { RatedEvent } from './rated';
import type { ParentDeathEvent, ParentDeathRetractedEvent } from './parent-death';

/** Online by the parent, or signed on paper at the hospital's desk and recorded by a clerk (P7). */
export type ConsentVia = 'online' | 'desk';

export type ConfirmationStanding = 'open' | 'refused' | 'given';

/** Everything that can happen to a case. Codes and times only: no personal data reaches decide(). */
export type CaseEvent =
  | { type: 'filed' }
  | AnsweredEvent
  | PutOffEvent
  | ContractBrokenEvent
  | { type: 'checked_not_found'; stepId: string; kind: WorkKind; leaseToken: string; retryAt: number }
  | { type: 'deadline_fired'; stepId: string; leaseToken: string }
  | { type: 'hold_placed'; newbornIndex: number; hold: Hold }
  | { type: 'hold_lifted'; newbornIndex: number; hold: Hold }
  | {
      type: 'confirmation_changed';
      /** `consent_ended`: this parent can give no word any more, as a clerk has seen. */
      change: 'consent_asked' | 'consent_agreed' | 'consent_refused' | 'consent_ended';
      parent: 'mother' | 'father';
      via: ConsentVia;
      /** Where the confirmations of all parents who are asked stand now. */
      stands: ConfirmationStanding;
    }
  /** The hospital's desk has seen that this record is the child's, where the mother cannot say so herself (P3, P7). */
  | { type: 'record_linked'; newbornIndex: number; mother: MotherUnable }
  | { type: 'birth_confirmed'; newbornIndex: number; bornOn: string }
  /** The hospital says that it treats the child, or does so no more (P11). */
  | { type: 'hospital_stay_told'; newbornIndex: number; inHospital: boolean }
  /** The hospital mended its record; `told`: steps whose agency is told something else by it. */
  | { type: 'birth_corrected'; newbornIndex: number; bornOn: string; told: readonly string[] }
  /** The hospital now says of the record that it is another birth's. */
  | { type: 'birth_disputed'; newbornIndex: number }
  | DeathRetractedEvent
  | ParentDeathEvent
  | ParentDeathRetractedEvent
  | { type: 'death_reported'; newbornIndex: number; reportedBy: DeathReporter }
  /** This parent, or the guardian whom a clerk named, goes on with the case instead of who filed it. */
  | { type: 'applicant_changed'; parent: 'mother' | 'father' | 'guardian' }
  /** A clerk has seen whose word can no longer be had, and whom the child's guardian is (P16). */
  | { type: 'guardian_named'; mother: boolean; father: boolean }
  /** The other parent is to learn nothing of the case, or may again (P7). */
  | { type: 'protection_changed'; isProtected: boolean }
  | MotherAloneEvent
  | { type: 'name_decided'; newbornIndex: number; ways: readonly StepWay[] }
  /**
   * `ways`: how the steps of this newborn are done with what the family changed. `told`: other steps whose agency is told
   * something else by it; `isNameOnly`: the child's name and nothing else was changed.
   */
  | { type: 'corrected'; stepId: string; ways: readonly StepWay[]; told?: readonly string[]; isNameOnly?: boolean }
  | { type: 'reapplied'; stepId: string }
  | { type: 'withdrawal_requested'; stepId: string }
  | { type: 'done_elsewhere'; stepId: string }
  | { type: 'external_result'; stepId: string }
  | { type: 'basis_switched'; stepId: string; basis: InsuranceBasis }
  /** `channel`: how the new office answers. */
  | { type: 'office_assigned'; stepId: string; officeCode: string; channel: Channel }
  | { type: 'clerk_retried'; stepId: string; evidenceNotSent: boolean }
  | { type: 'clerk_checked'; stepId: string }
  | { type: 'check_answered'; stepId: string; outcome: CheckOutcome }
  /** `differs`: in what the registration that is confirmed differs; `isRenamed`: the case's own name becomes the registered one. */
  | {
      type: 'clerk_verified';
      stepId: string;
      confirmed: boolean;
      differs?: readonly IdentityFact[];
      isRenamed?: boolean;
    }
  | { type: 'clerk_resolved'; stepId: string; decision: ClerkDecision }
  /** A receiver of shared data says that these fields are wrong (P19). */
  | { type: 'share_disputed'; stepId: string; receiver: string; fields: readonly string[] }
  | { type: 'paper_moved'; paperId: string; move: PaperMove }
  | RatedEvent
  | { type: 'demand_reported'; stepId: string; demand: Demand }
  | DemandDecidedEvent;

/** What the county coordinator may decide: the agency may say it, or it may not ask for that. */
export const DEMAND_DECISIONS = ['released', 'overruled'] as const;
export type DemandDecision = (typeof DEMAND_DECISIONS)[number];

export interface DemandDecidedEvent {
  type: 'demand_decided';
  stepId: string;
  decision: DemandDecision;
  /** The answer that is kept back; null where only the family told of a demand. */
  held: AnsweredEvent | null;
}

/** Who may report a death (P16). */
export type DeathReporter = 'hospital' | 'parent' | 'clerk';

/** What a clerk decides where the machine may not go on by itself. */
export const CLERK_DECISIONS = [
  'older_result_taken',
  'withdrawal_confirmed',
  'withdrawal_refused',
  'family_spoken_with',
  'data_updated',
  'parent_death_seen_to',
  'rating_called_back',
] as const;
export type ClerkDecision = (typeof CLERK_DECISIONS)[number];

export interface AnsweredEvent {
  type: 'answered';
  stepId: string;
  /** null: the agency named only its receipt; belongs to the generation last sent. */
  generation: number | null;
  via: AnswerVia;
  kind: AnswerKind;
  detail?:
    | 'delivered'
    | 'in_progress'
    | 'waiting_for_paper'
    | 'verifying'
    | 'special_procedure'
    | 'coordinated_check'
    | 'payment_due'
    | 'payment_changed';
  /** What a completed payment brings: when it was paid (epoch ms), or that nothing is due, and what it covers. */
  premium?: { paidAt: number; isExempt: boolean; coverage: Coverage };
  /** The agency's own time (epoch ms) and sequence; arrival orders what lacks them. */
  occurredAt?: number;
  sequence?: number;
  hasReceipt: boolean;
  /** What is done was there before our request, and is not of its making (P14). */
  existed?: true;
  /** It stands under a parent's name (王芳之子). */
  isUnnamed?: true;
  /** In what the child that was registered differs from the case's, or from what the family reported of a counter. */
  differs?: readonly IdentityFact[];
  /** A completed step was answered again with results that differ from the stored ones. */
  resultsDiffer?: boolean;
  /** The agency wrote something else than what the step says of it now. */
  wordsDiffer?: boolean;
  /** What it says of the papers of the step, in this order. */
  papers?: readonly CustodyEvent[];
  /** Forbidden papers that its words ask for (P8); absent where they ask for none, or a person has allowed them. */
  demands?: readonly Demand[];
  /** The work row whose call brought the answer: what is still owed of it is put off. */
  work?: { kind: WorkKind; leaseToken: string };
}

/** What came back breaks the agreed interface; taken only while the lease still holds. */
export interface ContractBrokenEvent {
  type: 'contract_broken';
  stepId: string;
  kind: WorkKind;
  leaseToken: string;
  /** A name of the agency's wire. */
  field: string;
  /** The agency's own code of what is wrong, as its dictionary names it. */
  code?: string;
  retryAt: number;
}

/** Bookkeeping after a call without an answer; taken only while the lease still holds. */
export interface PutOffEvent {
  type: 'put_off';
  stepId: string;
  kind: WorkKind;
  leaseToken: string;
  cause: 'unavailable' | 'outcome_unknown';
  retryAt: number;
  /** The agency answered others since this row's previous attempt: only then does an attempt count as a failure. */
  countsAsFailure: boolean;
  /** Something of this generation may have reached the agency. */
  maybeSent: boolean;
}

export type Disposition = 'applied' | 'recorded' | 'conflict' | 'stale';

/** A person asked for something that the state does not allow; nothing was changed. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    /** Stable code, e.g. not_retryable. */
    readonly code: string,
  ) {
    super(code);
  }
}
