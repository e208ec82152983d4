import type { StepRecord } from '../../case-state';
import { type AnswerKind, isTerminal, type StepState } from '../../vocabulary';
import type { CaseEvent, ClerkDecision, DemandDecision } from '../case-event';
import { answered, NOW, STEP } from './model-case.spec-support';

/** Events of people, as the tables of decide() name them. */
export function confirmation(
  change: Extract<CaseEvent, { type: 'confirmation_changed' }>['change'],
  stands: 'open' | 'refused' | 'given',
): CaseEvent {
  return { type: 'confirmation_changed', change, parent: 'father', via: 'online', stands };
}

export function wentOnAlone(): CaseEvent {
  const newborns = [{ newbornIndex: 0, ways: [], notApplicable: [], isRenamed: false }];
  return { type: 'mother_went_on_alone', declaration: 'father_added_later', version: '1', newborns };
}

export function linked(): CaseEvent {
  return { type: 'record_linked', newbornIndex: 0, mother: 'missing' };
}

export function disputed(): CaseEvent {
  return { type: 'share_disputed', stepId: STEP, receiver: 'education', fields: ['childName'] };
}

export function assigned(channel: 'api' | 'worklist'): CaseEvent {
  return { type: 'office_assigned', stepId: STEP, officeCode: 'O2', channel };
}

export function resolution(decision: ClerkDecision): CaseEvent {
  return { type: 'clerk_resolved', stepId: STEP, decision };
}

export function demandDecision(decision: DemandDecision, kind: AnswerKind | null): CaseEvent {
  return { type: 'demand_decided', stepId: STEP, decision, held: kind === null ? null : answered(kind) };
}

/** A clerk’s word on a certificate whose place of issue was asked. */
export const checked: [CaseEvent, object, 'refused', () => Partial<StepRecord>] = [
  { type: 'check_answered', stepId: STEP, outcome: 'verified' },
  { suspended: 'completed' },
  'refused',
  () => ({ mode: 'verify', reason: 'coordinated_check' }),
];

export function retracted(): CaseEvent {
  return { type: 'death_retracted', newbornIndex: 0, ways: [], stands: 'given' };
}

export const whileWithdrawing = (state: StepState): Partial<StepRecord> =>
  isTerminal(state) ? {} : { withdrawalRequestedAt: NOW };

export const whileVerified = (state: StepState): Partial<StepRecord> =>
  state === 'accepted' ? { reason: 'verifying', owner: 'clerk' } : {};

export const whileHeld = (state: StepState): Partial<StepRecord> =>
  state === 'stuck' ? { reason: 'unlawful_demand', owner: 'clerk' } : {};

/** They change what people are told, and no step. */
export const SAID_OF_CASES: readonly CaseEvent[] = [
  { type: 'guardian_named', mother: true, father: false },
  { type: 'protection_changed', isProtected: true },
  { type: 'hospital_stay_told', newbornIndex: 0, inHospital: true },
];
