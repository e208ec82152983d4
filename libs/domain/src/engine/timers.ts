import { addDays, addWorkingDays, startOfDayMs, toShanghaiDate } from '@birth/standards';
import type { StepRecord } from '../case-state';
import { isTerminal } from '../vocabulary';
import { nearWorkingDays } from '../lights';
import { hasDied } from './after-death';
import type { CaseDraft } from './case-draft';
import { deemAccepted, deemedTimers, isDeemedTimer } from './deemed-acceptance';
import { askTheNext, dutyTimers, isDutyTimer } from './office-duty';
import { unclaimedTimers } from './deliveries';
import { parcelTimers } from './parcels';
import { askForPaper, isPaperTimer, paperTimers } from './papers';
import { fireSharedTimers, sharedTimers } from './shared-timers';
import { isSilenced } from './silence';
import { HOUR_MS, type Timer } from './timer';

const DAY_MS = 24 * HOUR_MS;

/** Every timer of one step that is still ahead of what has fired. Lights are shown from dates; a timer only says it once. */
export function timersOf(draft: CaseDraft, step: StepRecord): Timer[] {
  if (isTerminal(step.state)) return [];
  const ofFamily = [
    ...promiseTimers(draft, step),
    ...statutoryTimers(draft, step),
    ...correctionTimers(draft, step),
    ...paperTimers(draft, step),
    ...deemedTimers(draft, step),
    ...parcelTimers(draft, step),
    ...unclaimedTimers(draft, step),
  ];
  const all = [...(hasDied(draft, step) ? [] : ofFamily), ...dutyTimers(step)];
  return all.filter((timer) => timer.at > step.timersFiredUntil);
}

/** When something happens next even if nobody acts: the earliest timer, at the latest the review of the next morning. */
export function nextDeadline(draft: CaseDraft, step: StepRecord): number {
  const tomorrow = addDays(toShanghaiDate(draft.context.now), 1);
  const review = startOfDayMs(tomorrow) + draft.context.settings.reminderHour * HOUR_MS;
  const ahead = [...timersOf(draft, step), ...sharedTimers(draft)].map((timer) => timer.at);
  return Math.min(review, ...ahead);
}

/** Effects of the timers that have come due, each once. */
export function fireTimers(draft: CaseDraft, stepId: string): void {
  const step = draft.step(stepId);
  fireSharedTimers(draft);
  const due = timersOf(draft, step).filter((timer) => timer.at <= draft.context.now);
  if (due.length > 0) draft.change(stepId, { timersFiredUntil: draft.context.now });
  for (const timer of due) {
    if (!isSilenced(draft, timer)) draft.note('timer_passed', step, step.state, { timer: timer.name });
    if (timer.name === 'correction_overdue') correctionOverdue(draft, step);
    if (isDutyTimer(timer)) askTheNext(draft, stepId);
    if (isPaperTimer(timer)) askForPaper(draft, stepId);
    if (isDeemedTimer(timer)) deemAccepted(draft, stepId);
  }
}

/** The step stays open for the family; a clerk calls them. */
function correctionOverdue(draft: CaseDraft, step: StepRecord): void {
  draft.change(step.id, { reason: 'correction_overdue', owner: 'clerk' });
  draft.openTask({ stepId: step.id, kind: 'stuck', reason: 'correction_overdue' });
}

function promiseTimers(draft: CaseDraft, step: StepRecord): Timer[] {
  const { promise, promisedOn } = step;
  if (promise === null || promise.pausedOn !== null || promisedOn === null) return [];
  const { settings, calendar } = draft.context;
  const nearOn = addWorkingDays(promisedOn, -nearWorkingDays(settings, step.code), calendar).date;
  return [
    { name: 'promise_yellow', at: startOfDayMs(nearOn) },
    { name: 'promise_red', at: startOfDayMs(addDays(promisedOn, 1)) },
  ];
}

/** Yellow on the days that the settings name; red from 00:00 Asia/Shanghai of the safe date (P10). */
function statutoryTimers(draft: CaseDraft, step: StepRecord): Timer[] {
  const { statutory } = step;
  if (statutory === null || statutory.metAt !== null) return [];
  const { settings } = draft.context;
  const { bornOn } = draft.newborn(step.newbornIndex);
  const days = statutory.rule === 'insurance_ninety_days' ? settings.ninetyDaysYellowDays : [settings.monthYellowDay];
  return [
    ...days.map((day) => ({ name: `statutory_yellow_${day}`, at: startOfDayMs(addDays(bornOn, day)) })),
    { name: 'statutory_red', at: startOfDayMs(statutory.safeAt) },
    ...(statutory.rule === 'insurance_ninety_days' ? countdown(draft, bornOn) : []),
  ];
}

/** The family hears how the ninety days pass until it is registered and has paid: a child's bill may depend on them (P11). */
function countdown({ context: { settings } }: CaseDraft, bornOn: string): Timer[] {
  const { insuranceCountdownDays, reminderHour } = settings;
  return insuranceCountdownDays.map((day) => ({
    name: `insurance_countdown_${day}`,
    at: startOfDayMs(addDays(bornOn, day)) + reminderHour * HOUR_MS,
  }));
}

function correctionTimers(draft: CaseDraft, step: StepRecord): Timer[] {
  const { correctionDueAt } = step;
  if (step.state !== 'correction_needed' || correctionDueAt === null) return [];
  const reminders = draft.context.settings.correctionReminderDays;
  return [
    ...reminders.map((days) => ({ name: `correction_reminder_${days}`, at: correctionDueAt - days * DAY_MS })),
    { name: 'correction_overdue', at: correctionDueAt },
  ];
}
