import type { StepRecord } from '../case-state';
import { isTerminal } from '../vocabulary';
import type { ClosedTasks, TaskKind } from './case-draft';
import { isBeingVerified, isHeldByDemand, isHeldByMismatch } from './standing';

/** A conflict and a reported demand outlive the step: a person looks at them all the same. */
const OF_ONE_GENERATION = [
  'stuck',
  'worklist',
  'verification',
  'withdrawal',
  'data_mismatch',
  'supervision',
  'deemed_acceptance',
] as const;

/** Open tasks that have found their answer by what changed of a step. */
export function closedTasks(before: StepRecord | undefined, after: StepRecord): ClosedTasks[] {
  if (before === undefined) return [];
  const kinds = kindsClosed(before, after);
  return kinds.length === 0 ? [] : [{ stepId: after.id, kinds }];
}

function kindsClosed(before: StepRecord, after: StepRecord): readonly TaskKind[] {
  const hasEnded = isTerminal(after.state) && before.state !== after.state;
  if (hasEnded) return [...OF_ONE_GENERATION, 'paper'];
  if (after.generation > before.generation) return OF_ONE_GENERATION;
  const isOver: Partial<Record<TaskKind, boolean>> = {
    stuck: left(before, after, isLookedAt),
    verification: left(before, after, isBeingVerified),
    withdrawal: left(before, after, (step) => step.withdrawalRequestedAt !== null),
    deemed_acceptance: left(before, after, ({ reason }) => reason === 'deemed_accepted'),
    supervision: left(before, after, isHeldByDemand),
    data_mismatch: left(before, after, (step) => step.holds.includes('data_mismatch') || isHeldByMismatch(step)),
  };
  return OF_ONE_GENERATION.filter((kind) => isOver[kind] === true);
}

const left = (before: StepRecord, after: StepRecord, holds: (step: StepRecord) => boolean): boolean =>
  holds(before) && !holds(after);

const isLookedAt = (step: StepRecord): boolean => step.state === 'stuck' || step.reason === 'correction_overdue';
