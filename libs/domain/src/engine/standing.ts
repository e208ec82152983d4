import type { StepRecord } from '../case-state';
import { isTerminal } from '../vocabulary';

type Standing = Pick<StepRecord, 'state' | 'reason' | 'owner'>;
type Reported = Standing & Pick<StepRecord, 'source'>;

/** The family reported a result: a clerk compares it, and only a final word changes what is compared. */
export const isBeingVerified = ({ state, reason, owner }: Standing): boolean =>
  state === 'accepted' && reason === 'verifying' && owner === 'clerk';

/** Answers contradict each other: nothing is sent until a person has decided, or the agency has said its last word. */
export const isHeldByConflict = ({ state, reason }: Standing): boolean => state === 'stuck' && reason === 'conflict';

/** What an agency registered differs from the case: what follows waits until it is corrected, or a clerk has compared. */
export const isHeldByMismatch = ({ state, reason }: Standing): boolean =>
  state === 'stuck' && reason === 'data_mismatch';

/** Done at a counter, as the family or the agency's register says, and not yet found to be this child's (P14). */
export const isReportedDone = (step: Reported): boolean =>
  step.source === 'counter' && (isBeingVerified(step) || isHeldByMismatch(step));

/** Only a final word, or the person who looks at it, moves the step. */
export const isComparedByPerson = (step: Standing): boolean =>
  isHeldByConflict(step) || isHeldByMismatch(step) || isBeingVerified(step);

/** An agency asked for what nobody may ask for: its words are kept back until the county coordinator has decided (P8). */
export const isHeldByDemand = ({ state, reason }: Standing): boolean =>
  state === 'stuck' && reason === 'unlawful_demand';

/** Ended with the step before it and never sent: the family's re-application brings it back (I3). */
export const canComeBack = ({ reason, sentGeneration }: Pick<StepRecord, 'reason' | 'sentGeneration'>): boolean =>
  reason === 'dependency_ended' && sentGeneration === 0;

/** Holds matter to what is open, and to what may be open again. */
export const canBeHeld = (step: StepRecord): boolean =>
  !isTerminal(step.state) || canComeBack(step) || step.reason === 'newborn_died';
