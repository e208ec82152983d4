import type { StepRecord } from './case-state';
import { isTerminal, type ApplicationStatus } from './vocabulary';

type Shown = Pick<StepRecord, 'code' | 'state' | 'reason' | 'owner'>;

/**
 * Computed from the steps, first match wins; the list column is written by this function in the same transaction. A case
 * whose services are done is done: documents that are still being handed out are only told where a person must act.
 */
export function applicationStatus(steps: readonly Shown[]): ApplicationStatus {
  const open = steps.filter((step) => !isTerminal(step.state) && !isHandingOut(step));
  if (open.some((step) => step.reason === 'parent_confirmation')) return 'awaiting_consent';
  if (open.some((step) => step.owner === 'applicant' && step.reason !== 'awaiting_dependency')) return 'needs_family';
  if (open.some((step) => step.owner === 'clerk' && step.reason !== 'awaiting_dependency')) return 'needs_clerk';
  if (open.length > 0) return 'in_progress';
  return statusOfEnded(
    steps.filter(({ code, state }) => code !== 'delivery' && state !== 'not_applicable' && state !== 'cancelled'),
  );
}

/** Nobody has to do anything for it but its office and the post. */
const isHandingOut = ({ code, owner, reason }: Shown): boolean =>
  code === 'delivery' && owner !== 'clerk' && !(owner === 'applicant' && reason !== 'on_its_way');

function statusOfEnded(steps: readonly Shown[]): ApplicationStatus {
  const completed = steps.filter((step) => step.state === 'completed').length;
  if (completed === steps.length) return 'completed';
  if (completed > 0) return 'partly_completed';
  return steps.some((step) => step.state === 'rejected') ? 'closed_with_refusals' : 'withdrawn';
}
