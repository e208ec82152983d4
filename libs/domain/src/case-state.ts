import type { DeliveryPlan } from './papers/delivery-plan';
import type { PaperRecord } from './papers/paper';
import type { Insured } from './insurance/insured';
import type { Rating } from './rating';
import type {
  AgencyCode,
  ApplicationStatus,
  Channel,
  CheckOutcome,
  CompletionSource,
  Hold,
  InsuranceBasis,
  MotherUnable,
  OfficeKind,
  Owner,
  Paper,
  QueueName,
  Reason,
  Route,
  StatutoryMeans,
  StepCode,
  StepMode,
  StepState,
  WorkKind,
} from './vocabulary';

/** Times are epoch milliseconds; dates are YYYY-MM-DD in Asia/Shanghai. No personal data in any of these. */
export interface CaseState {
  id: string;
  status: ApplicationStatus;
  definitionVersion: string;
  filedAt: number;
  newborns: readonly NewbornState[];
  steps: readonly StepRecord[];
  work: readonly WorkRecord[];
  /** null until all confirmations are there, and where no service is ours to promise. */
  overall: OverallPromise | null;
  /** One a parent at most. */
  unheard: readonly UnheardParent[];
  /** What the family said of it; null while it said nothing. */
  rating: Rating | null;
}

export type ParentRole = 'mother' | 'father';

/** A parent who is asked and reminded of nothing any more (P16). */
export interface UnheardParent {
  parent: ParentRole;
  because: MotherUnable;
  since: number;
  /** It is this parent who has the case, and nobody has taken it over yet. */
  hasCase: boolean;
  /** When a clerk found that it had been reported by mistake; null while it stands. */
  retractedAt: number | null;
}

export interface NewbornState {
  index: number;
  /** Provisional (claimed) until the hospital's record is known; null only when nothing was given. */
  bornOn: string;
  /** Newborn-level timers up to this moment have had their effect. */
  timersFiredUntil: number;
  /** When its death became known here (policy P16); null while nobody reported one. */
  deathReportedAt: number | null;
  /** When a clerk last found that it had been reported by mistake. */
  deathRetractedAt: number | null;
  /** Treated in hospital, as the hospital last said (policy P11). */
  inHospital: boolean;
  /** Papers whose way is followed; none where no step waits for one or hands one out. */
  papers: readonly PaperRecord[];
  /** Documents that the family wishes to have, and how. */
  deliveries: readonly DeliveryPlan[];
}

export interface StatutoryClock {
  rule: 'household_one_month' | 'vaccination_one_month' | 'insurance_ninety_days';
  dueAt: string;
  safeAt: string;
  /** dueAt lies in a year whose working days are not published yet. */
  estimated: boolean;
  lateOnArrival: boolean;
  /** Both null until the limit is met. */
  metBy: StatutoryMeans | null;
  metAt: number | null;
}

export interface PromiseClock {
  /** Day of acceptance (day 0); the first working day after it is 1. */
  startedOn: string;
  pausedOn: string | null;
  pausedWorkingDays: number;
  /** Counted over a year whose working days are not published yet. */
  estimated: boolean;
}

/** Of the whole case (联办承诺); while it is paused `promisedOn` is the day of before the pause. */
export interface OverallPromise extends PromiseClock {
  promisedOn: string;
  /** The day on which the last service ended. */
  endedOn: string | null;
}

/** Who owes an answer for the office, and by when (P2). */
export const DUTY_HOLDERS = ['office', 'deputy', 'coordinator'] as const;
export interface OfficeDuty {
  /** Since when this office owes its word. */
  since: number;
  with: (typeof DUTY_HOLDERS)[number];
  /** When the next one is asked; of the coordinator: when the answer is due. */
  dueAt: number;
}

/** 协查 with another place: asked when, answer due until, and what came of it. */
export interface CoordinatedCheck {
  askedAt: number;
  dueAt: number;
  /** null while it is open, and where the step ended without an answer. */
  outcome: CheckOutcome | null;
  answeredAt: number | null;
}

export interface StepRecord {
  id: string;
  newbornIndex: number;
  code: StepCode;
  qualifier: string;
  agency: AgencyCode;
  officeCode: string;
  officeKind: OfficeKind;
  /** Where another office accepts: its code, or the region (GB/T 2260) outside the county whose office it is. */
  acceptingOffice: string | null;
  /** The office that the rule had chosen before a clerk named another; null where the rule's stands. */
  assignedFrom: string | null;
  /** null while nobody waits for the office. */
  duty: OfficeDuty | null;
  /** The last one of this step. */
  coordinatedCheck: CoordinatedCheck | null;
  channel: Channel;
  mode: StepMode;
  route: Route;
  papers: readonly Paper[];
  state: StepState;
  reason: Reason;
  owner: Owner;
  holds: readonly Hold[];
  /** Only for medical_insurance; null elsewhere. */
  basis: InsuranceBasis | null;
  /** What was asked of the insurance, and what came of it: medical_insurance alone. */
  insured: Insured | null;
  generation: number;
  /** Highest generation of which something may have reached the agency; 0 = never sent. */
  sentGeneration: number;
  hasReceipt: boolean;
  /** When the agency got what it has not yet said to accept (P10); null where it said so at once. */
  deliveredAt: number | null;
  source: CompletionSource | null;
  promise: PromiseClock | null;
  promisedOn: string | null;
  statutory: StatutoryClock | null;
  /** Order of the last interim answer applied: the agency's own time or sequence, else arrival. */
  lastAnswerOrder: number;
  correctionDueAt: number | null;
  withdrawalRequestedAt: number | null;
  /** Step-level timers up to this moment have had their effect. */
  timersFiredUntil: number;
  /** Rises with every change: what a clerk's expected version is compared with. */
  version: number;
}

export interface WorkRecord {
  stepId: string;
  kind: WorkKind;
  queue: QueueName;
  dueAt: number;
  generation: number;
  attempts: number;
  failures: number;
  maybeSent: boolean;
  leaseToken: string | null;
  leaseUntil: number | null;
  priority: number;
}
