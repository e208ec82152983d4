import { addDays, startOfDayMs } from '@birth/standards';
import type { OfficeDuty, StepRecord } from '../case-state';
import type { CaseDraft } from './case-draft';
import { isBeingChecked } from './coordinated-check';
import { HOUR_MS, type Timer } from './timer';
import { endOfWorkingDay } from './working-day';

/** Of a duty that is over, or begins anew: what would be another office's, or another word's. */
const SAME_DUTY = ['owner', 'state', 'reason', 'generation', 'officeCode'] as const satisfies (keyof StepRecord)[];

/** Policy P2: notes who owes an answer since when; whatever the office says, or anybody does in its place, ends it. */
export function watchOffices(draft: CaseDraft): void {
  const given = new Map(draft.given.steps.map((step) => [step.id, step]));
  for (const step of draft.steps.values()) watch(draft, given.get(step.id), step);
}

function watch(draft: CaseDraft, before: StepRecord | undefined, step: StepRecord): void {
  const isSame = before !== undefined && isSameDuty(before, step);
  const isOwed = owesAnswer(draft, step);
  if (isOwed && isSame && step.duty !== null) return;
  if (shownDuty(step) !== null) {
    draft.note('overdue_ended', step, step.state, { with: step.duty?.with ?? null });
    draft.closeTasks({ stepId: step.id, kinds: ['office_overdue'] });
  }
  const { now } = draft.context;
  draft.change(step.id, { duty: isOwed ? { since: now, with: 'office', dueAt: limitOf(draft, step) } : null });
}

/** That a silent office counts as having accepted is no word of its own. */
const isSameDuty = (before: StepRecord, step: StepRecord): boolean =>
  SAME_DUTY.every(
    (field) => before[field] === step[field] || (field === 'reason' && step.reason === 'deemed_accepted'),
  );

/** What people are told of: an office within its limit is no news. */
export const shownDuty = ({ duty }: Pick<StepRecord, 'duty'>): OfficeDuty | null =>
  duty === null || duty.with === 'office' ? null : duty;

/** An office outside the county has no limit of ours; a paused promise waits for somebody else. */
function owesAnswer(draft: CaseDraft, step: StepRecord): boolean {
  if (step.officeKind === 'outside_agency') return false;
  if (step.owner === 'hospital') return isRecordAskedFor(draft, step);
  if (isBeingChecked(step)) return true;
  const isAtWork = step.state === 'queued' || step.state === 'accepted';
  return step.owner === 'agency' && isAtWork && (step.promise === null || step.promise.pausedOn === null);
}

/** Asked for once: by the certificate's step, whose office the hospital is; by another one where there is none. */
function isRecordAskedFor(draft: CaseDraft, step: StepRecord): boolean {
  if (step.state !== 'waiting' || step.reason !== 'hospital_record_missing') return false;
  const certificate = draft.sibling(step, 'birth_certificate');
  return step.code === 'birth_certificate' || certificate?.reason !== 'hospital_record_missing';
}

/** The promise where it is longer: no office is late before the day that the family was told is over. */
function limitOf(draft: CaseDraft, step: StepRecord): number {
  const { now, settings } = draft.context;
  if (step.owner === 'hospital') return now + Math.max(...settings.hospitalAlarmHours) * HOUR_MS;
  if (isBeingChecked(step) && step.coordinatedCheck !== null) return step.coordinatedCheck.dueAt;
  const own = endOfWorkingDay(draft.context, settings.officeAnswerWorkingDays);
  return step.promisedOn === null ? own : Math.max(own, startOfDayMs(addDays(step.promisedOn, 1)));
}

const TIMERS = { office: 'office_overdue', deputy: 'deputy_overdue' } as const;

/** Of the coordinator none: nobody is above, and the task stays open. */
export function dutyTimers({ duty }: StepRecord): Timer[] {
  return duty === null || duty.with === 'coordinator' ? [] : [{ name: TIMERS[duty.with], at: duty.dueAt }];
}

export const isDutyTimer = ({ name }: Timer): boolean => (Object.values(TIMERS) as string[]).includes(name);

/** The office's deputy is asked, then the county coordinator (县卫生健康委); each has a task and a date. */
export function askTheNext(draft: CaseDraft, stepId: string): void {
  const step = draft.step(stepId);
  if (step.duty === null) return;
  const asked = nextOf(draft, step, step.duty);
  draft.move(stepId, { duty: asked }, 'overdue_escalated', { with: asked.with });
  draft.closeTasks({ stepId, kinds: ['office_overdue'] });
  draft.openTask({ stepId, kind: 'office_overdue', reason: asked.with, dueAt: asked.dueAt });
}

/** The deputy of a unit has no hand in a record that a hospital owes, nor in what another place owes: the coordinator is asked at once. */
function nextOf(draft: CaseDraft, step: StepRecord, { since, with: present }: OfficeDuty): OfficeDuty {
  const { deputyAnswerWorkingDays, coordinatorAnswerWorkingDays } = draft.context.settings;
  const isOthers = step.owner === 'hospital' ? step.code !== 'birth_certificate' : isBeingChecked(step);
  return present === 'office' && !isOthers
    ? { since, with: 'deputy', dueAt: endOfWorkingDay(draft.context, deputyAnswerWorkingDays) }
    : { since, with: 'coordinator', dueAt: endOfWorkingDay(draft.context, coordinatorAnswerWorkingDays) };
}
