import type { CoordinatedCheck, StepRecord } from '../case-state';
import type { StepState } from '../vocabulary';
import type { CaseDraft } from './case-draft';
import { type CaseEvent, Refused } from './case-event';
import { endOfWorkingDay } from './working-day';

const DAY_MS = 86_400_000;

/** 协查: another place is asked whether what the family brought is so. */
export const isBeingChecked = ({ state, reason }: Pick<StepRecord, 'state' | 'reason'>): boolean =>
  state === 'suspended' && reason === 'coordinated_check';

/** Policy P4: each request has a day until which the other place answers, and in the end an outcome. */
export function watchChecks(draft: CaseDraft): void {
  const given = new Map(draft.given.steps.map((step) => [step.id, step]));
  for (const step of draft.steps.values()) watch(draft, given.get(step.id), step);
}

function watch(draft: CaseDraft, before: StepRecord | undefined, step: StepRecord): void {
  const wasChecked = before !== undefined && isBeingChecked(before);
  if (isBeingChecked(step) === wasChecked) return;
  const coordinatedCheck = wasChecked ? answered(draft, step) : asked(draft);
  draft.change(step.id, { coordinatedCheck });
}

function asked(draft: CaseDraft): CoordinatedCheck {
  const { now, settings } = draft.context;
  const dueAt = endOfWorkingDay(draft.context, settings.coordinatedCheckWorkingDays);
  return { askedAt: now, dueAt, outcome: null, answeredAt: null };
}

const answered = (draft: CaseDraft, { state, coordinatedCheck }: StepRecord): CoordinatedCheck | null =>
  coordinatedCheck && { ...coordinatedCheck, outcome: OUTCOMES[state] ?? null, answeredAt: draft.context.now };

/** What the agency goes on with says what it was told; anything else ends the question. */
const OUTCOMES: Partial<Record<StepState, CoordinatedCheck['outcome']>> = {
  completed: 'verified',
  accepted: 'verified',
  correction_needed: 'not_verified',
  action_needed: 'not_verified',
  rejected: 'not_verified',
};

/**
 * A clerk has the other place's answer to a certificate that could not be verified. Verified, the step is done; else the
 * family reads why, and may correct what it gave or have the certificate mended where it was issued.
 */
export function takeCheckAnswer(draft: CaseDraft, event: Extract<CaseEvent, { type: 'check_answered' }>): void {
  const step = draft.step(event.stepId);
  if (!isBeingChecked(step) || step.mode !== 'verify') throw new Refused('no_coordinated_check');
  if (step.withdrawalRequestedAt !== null) throw new Refused('withdrawal_is_open');
  const { now, settings } = draft.context;
  const after =
    event.outcome === 'verified'
      ? ({ state: 'completed', reason: 'done', owner: 'platform', source: 'clerk' } as const)
      : ({
          state: 'correction_needed',
          reason: 'certificate_not_verified',
          owner: 'applicant',
          correctionDueAt: now + settings.correctionDays * DAY_MS,
        } as const);
  // what the agency said before it heard of the answer changes nothing any more
  draft.move(step.id, { ...after, lastAnswerOrder: now }, 'check_answered', { outcome: event.outcome });
}
