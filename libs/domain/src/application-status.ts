import type { StepRecord } from './case-state';
import { isTerminal, type ApplicationStatus } from './vocabulary';

type Shown = Pick<StepRecord, 'state' | 'reason' | 'owner'>;

/** Computed from the steps, first match wins; the list column is written by this function in the same transaction. */
export function applicationStatus(steps: readonly Shown[]): ApplicationStatus {
  const open = steps.filter((step) => !isTerminal(step.state));
  if (open.some((step) => step.reason === 'parent_confirmation')) return 'awaiting_consent';
  if (open.some((step) => step.owner === 'applicant' && step.reason !== 'awaiting_dependency')) return 'needs_family';
  if (open.some((step) => step.owner === 'clerk' && step.reason !== 'awaiting_dependency')) return 'needs_clerk';
  if (open.length > 0) return 'in_progress';
  return statusOfEnded(steps.filter((step) => step.state !== 'not_applicable' && step.state !== 'cancelled'));
}

function statusOfEnded(steps: readonly Shown[]): ApplicationStatus {
  const completed = steps.filter((step) => step.state === 'completed').length;
  if (completed === steps.length) return 'completed';
  if (completed > 0) return 'partly_completed';
  return steps.some((step) => step.state === 'rejected') ? 'closed_with_refusals' : 'withdrawn';
}
