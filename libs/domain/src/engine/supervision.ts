import { addDays, addWorkingDays, startOfDayMs, toShanghaiDate } from '@birth/standards';
import type { StepRecord } from '../case-state';
import type { Demand } from '../decoupling/forbidden-demands';
import type { CaseDraft } from './case-draft';
import { type CaseEvent, Refused } from './case-event';

/** For each paper a task of the county coordinator, who answers by the end of the working day that the county's setting names (P8). */
export function supervise(draft: CaseDraft, step: StepRecord, demands: readonly Demand[]): void {
  for (const demand of demands) {
    draft.note('demand_found', step, step.state, { demand });
    draft.openTask({ stepId: step.id, kind: 'supervision', reason: demand, dueAt: answerBy(draft) });
  }
}

/** A parent was asked for it, at a counter or by telephone; the step goes on meanwhile. */
export function takeReport(draft: CaseDraft, event: Extract<CaseEvent, { type: 'demand_reported' }>): void {
  const step = draft.step(event.stepId);
  if (step.state === 'not_applicable') throw new Refused('step_has_ended');
  draft.note('demand_reported', step, step.state, { demand: event.demand });
  draft.openTask({ stepId: step.id, kind: 'demand_report', reason: event.demand, dueAt: answerBy(draft) });
}

function answerBy(draft: CaseDraft): number {
  const { now, calendar, settings } = draft.context;
  const { date } = addWorkingDays(toShanghaiDate(now), settings.supervisionWorkingDays, calendar);
  return startOfDayMs(addDays(date, 1));
}
