import { addDays, startOfDayMs } from '@birth/standards';
import type { NewbornState } from '../case-state';
import { isTerminal, type Hold } from '../vocabulary';
import { hasDied } from './after-death';
import type { CaseDraft } from './case-draft';
import { isOfferable, offerMoment } from './insurance-offer';
import { overallTimers } from './overall-promise';
import { isSilenced } from './silence';
import { HOUR_MS, type Timer } from './timer';

const DAY_MS = 24 * HOUR_MS;

/** Of a newborn, or of the whole case where `newbornIndex` is null: it rides on the DEADLINE of every open step. */
export interface SharedTimer extends Timer {
  newbornIndex: number | null;
}

/** What newborns and case still wait for; each fires once, whichever step's DEADLINE comes first. */
export function sharedTimers(draft: CaseDraft): SharedTimer[] {
  return [...draft.newborns.values()].flatMap((newborn, place) => {
    const own = newbornTimers(draft, newborn).map((timer) => ({ ...timer, newbornIndex: newborn.index }));
    const ofCase = place === 0 ? caseTimers(draft).map((timer) => ({ ...timer, newbornIndex: null })) : [];
    return [...own, ...ofCase].filter(({ at }) => at > newborn.timersFiredUntil);
  });
}

export function fireSharedTimers(draft: CaseDraft): void {
  const { now } = draft.context;
  const due = sharedTimers(draft).filter(({ at }) => at <= now);
  if (due.length === 0) return;
  for (const timer of due) {
    if (!isSilenced(draft, timer)) draft.noteNewborn('timer_passed', timer.newbornIndex, { timer: timer.name });
  }
  for (const newborn of draft.newborns.values()) {
    draft.newborns.set(newborn.index, { ...newborn, timersFiredUntil: now });
  }
}

function newbornTimers(draft: CaseDraft, { index, bornOn }: NewbornState): Timer[] {
  const { hospitalAlarmHours, nameReminderDays, reminderHour, insuranceOfferDay } = draft.context.settings;
  const alarms = hospitalAlarmHours.map((hours) => ({
    name: `hospital_alarm_${hours}h`,
    at: draft.given.filedAt + hours * HOUR_MS,
  }));
  const reminders = nameReminderDays.map((day) => ({
    name: `name_reminder_${day}`,
    at: startOfDayMs(addDays(bornOn, day)) + reminderHour * HOUR_MS,
  }));
  const at = offerMoment(bornOn, draft.context.settings);
  const isUnnamed = isWaitedFor(draft, 'name_undecided', index);
  return [
    ...(isWaitedFor(draft, 'hospital_record_missing', index) ? alarms : []),
    ...(isUnnamed ? reminders : []),
    ...(isUnnamed && waitsForNumber(draft, index) ? [{ name: 'insurance_at_risk', at }] : []),
    ...(waitsForNumber(draft, index) ? [{ name: `insurance_offer_${insuranceOfferDay}`, at }] : []),
  ];
}

function caseTimers(draft: CaseDraft): Timer[] {
  const { confirmationReminderDays } = draft.context.settings;
  const reminder = { name: 'confirmation_reminder', at: draft.given.filedAt + confirmationReminderDays * DAY_MS };
  return [...(isWaitedFor(draft, 'parent_confirmation') ? [reminder] : []), ...overallTimers(draft)];
}

const isWaitedFor = (draft: CaseDraft, hold: Hold, newbornIndex?: number): boolean =>
  [...draft.steps.values()].some(
    (step) =>
      !isTerminal(step.state) &&
      !hasDied(draft, step) &&
      step.holds.includes(hold) &&
      (newbornIndex === undefined || step.newbornIndex === newbornIndex),
  );

const waitsForNumber = (draft: CaseDraft, newbornIndex: number): boolean =>
  draft.ofNewborn(newbornIndex).some((step) => !hasDied(draft, step) && isOfferable(step));
