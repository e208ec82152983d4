import { statutoryLimit, toShanghaiDate, type WorkingCalendar } from '@birth/standards';
import type { StatutoryClock, StepRecord } from '../case-state';
import type { StatutoryMeans, StepCode } from '../vocabulary';
import type { CaseDraft } from './case-draft';

const RULES: Partial<Record<StepCode, { rule: StatutoryClock['rule']; limit: 'one_month' | 'ninety_days' }>> = {
  household_registration: { rule: 'household_one_month', limit: 'one_month' },
  vaccination: { rule: 'vaccination_one_month', limit: 'one_month' },
  medical_insurance: { rule: 'insurance_ninety_days', limit: 'ninety_days' },
};

/**
 * The limit set by law, never paused (P10). 户口登记条例 art. 7 (one month), 疫苗管理法 art. 47 (one month),
 * 医保经办规程 (90 days). dueAt is kept for disputes, people are shown safeAt.
 */
export function statutoryClock(
  code: StepCode,
  bornOn: string,
  filedOn: string,
  calendar: WorkingCalendar,
): StatutoryClock | null {
  const found = RULES[code];
  if (found === undefined) return null;
  const { dueAt, safeAt, estimated } = statutoryLimit(bornOn, found.limit, calendar);
  return { rule: found.rule, dueAt, safeAt, estimated, lateOnArrival: filedOn > dueAt, metBy: null, metAt: null };
}

/** The hospital's record says when the child was born: clocks are set right. */
export function restateClocks(draft: CaseDraft, newbornIndex: number, bornOn: string): void {
  const newborn = draft.newborn(newbornIndex);
  if (newborn.bornOn === bornOn) return;
  draft.newborns.set(newbornIndex, { ...newborn, bornOn });
  for (const step of draft.ofNewborn(newbornIndex)) restate(draft, step, bornOn);
}

function restate(draft: CaseDraft, step: StepRecord, bornOn: string): void {
  const { statutory } = step;
  if (statutory === null) return;
  const limit = statutory.rule === 'insurance_ninety_days' ? 'ninety_days' : 'one_month';
  const { dueAt, safeAt, estimated } = statutoryLimit(bornOn, limit, draft.context.calendar);
  const lateOnArrival = toShanghaiDate(draft.given.filedAt) > dueAt;
  draft.change(step.id, { statutory: { ...statutory, dueAt, safeAt, estimated, lateOnArrival } });
}

type Clocked = Pick<StepRecord, 'statutory' | 'source' | 'mode'>;

/** Household: met when declared, that is delivered to the police office. Vaccination: met when the book is handed over (P10). */
export function metStatutory(step: Clocked, on: 'accepted' | 'completed', at: number): StepRecord['statutory'] {
  const { statutory } = step;
  if (statutory === null || statutory.metAt !== null) return statutory;
  const metBy = on === 'completed' ? metByEnd(step, statutory.rule) : metByAcceptance(statutory.rule);
  return metBy === null ? statutory : { ...statutory, metBy, metAt: at };
}

const metByAcceptance = (rule: StatutoryClock['rule']): StatutoryMeans | null =>
  rule === 'household_one_month' ? 'declared' : null;

/** Registered insurance is not yet paid. */
function metByEnd(
  { source, mode }: Pick<Clocked, 'source' | 'mode'>,
  rule: StatutoryClock['rule'],
): StatutoryMeans | null {
  if (rule === 'insurance_ninety_days') return null;
  if (source === 'counter' || source === 'external') return source;
  if (mode === 'already_done') return mode;
  return rule === 'household_one_month' ? 'declared' : 'handed_over';
}
