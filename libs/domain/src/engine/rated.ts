import { type GivenRating, isBad, type Rating } from '../rating';
import type { CaseState, StepRecord } from '../case-state';
import { isTerminal } from '../vocabulary';
import type { CaseDraft } from './case-draft';
import { Refused } from './case-event';
import { endOfWorkingDay } from './working-day';

export interface RatedEvent extends GivenRating {
  type: 'rated';
}

/** Something of the case has ended: only then is there anything to judge. */
export const hasSomethingToRate = ({ steps }: Pick<CaseState, 'steps'>): boolean =>
  steps.some(({ state }) => isTerminal(state) && state !== 'not_applicable');

/**
 * Policy P20: one case, one rating. A bad one is a task of the county coordinator: to put right what it is about and to call
 * the family back, each one of them.
 */
export function takeRating(draft: CaseDraft, { level, aspects }: RatedEvent): void {
  if (draft.rating !== null) throw new Refused('already_rated');
  const steps = [...draft.steps.values()];
  if (!hasSomethingToRate({ steps })) throw new Refused('nothing_to_rate');
  const { context } = draft;
  const { ratingCorrectionWorkingDays } = context.settings;
  const correctBy = isBad({ level }) ? endOfWorkingDay(context, ratingCorrectionWorkingDays) : null;
  draft.rating = { level, aspects, ratedAt: context.now, correctBy, calledBackAt: null };
  draft.noteCase('rated', { level, ...aspects });
  const step = stepOfTask(steps);
  if (correctBy === null || step === undefined) return;
  draft.openTask({ stepId: step.id, kind: 'bad_rating', reason: REASONS[level] ?? 'dissatisfied', dueAt: correctBy });
}

const REASONS: Partial<Record<Rating['level'], string>> = { 1: 'very_dissatisfied', 2: 'dissatisfied' };

/** The coordinator's own step, where the case has one. */
const stepOfTask = (steps: readonly StepRecord[]): StepRecord | undefined =>
  steps.find(({ code }) => code === 'birth_certificate') ?? steps[0];

/** A clerk has put it right and called the family back. */
export function takeCallBack(draft: CaseDraft, step: StepRecord): void {
  const { rating } = draft;
  if (rating === null || rating.correctBy === null || rating.calledBackAt !== null) throw new Refused('no_bad_rating');
  if (stepOfTask([...draft.steps.values()])?.id !== step.id) throw new Refused('no_bad_rating');
  draft.rating = { ...rating, calledBackAt: draft.context.now };
  draft.note('rating_called_back', step);
  draft.closeTasks({ stepId: step.id, kinds: ['bad_rating'] });
}
