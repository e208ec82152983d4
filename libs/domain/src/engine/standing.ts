import type { StepRecord } from '../case-state';

type Standing = Pick<StepRecord, 'state' | 'reason' | 'owner'>;

/** The family reported a result: a clerk compares it, and only a final word changes what is compared. */
export const isBeingVerified = ({ state, reason, owner }: Standing): boolean =>
  state === 'accepted' && reason === 'verifying' && owner === 'clerk';

/** Answers contradict each other: nothing is sent until a person has decided, or the agency has said its last word. */
export const isHeldByConflict = ({ state, reason }: Standing): boolean => state === 'stuck' && reason === 'conflict';
