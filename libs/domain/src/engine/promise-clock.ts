import {
  addWorkingDays,
  type CountedDate,
  toShanghaiDate,
  workingDaysBetween,
  type WorkingCalendar,
} from '@birth/standards';
import type { PromiseClock, StepRecord } from '../case-state';
import { promisedDays, promiseKey } from '../promised-days';
import type { CaseDraft } from './case-draft';

/**
 * Policy P10: starts at acceptance, the first working day after it is 1; paused while family or special procedure holds
 * it. What the agency did counts from the moment that it states, not from the message's arrival.
 */
export function startPromise(
  draft: CaseDraft,
  step: StepRecord,
  at: number = draft.context.now,
): Pick<StepRecord, 'promise' | 'promisedOn'> {
  const day = toShanghaiDate(at);
  const promise =
    step.promise === null
      ? { startedOn: day, pausedOn: null, pausedWorkingDays: 0, estimated: false }
      : resumed(step.promise, day, draft.context.calendar);
  const { date, estimated } = promisedDay(promise, draft, step);
  return { promise: { ...promise, estimated: promise.estimated || estimated }, promisedOn: date };
}

export function pausePromise(step: StepRecord, at: number): Pick<StepRecord, 'promise'> {
  return { promise: step.promise && paused(step.promise, toShanghaiDate(at)) };
}

export const paused = <P extends PromiseClock>(promise: P, day: string): P =>
  promise.pausedOn === null ? { ...promise, pausedOn: day < promise.startedOn ? promise.startedOn : day } : promise;

export function resumePromise(draft: CaseDraft, step: StepRecord): Pick<StepRecord, 'promise' | 'promisedOn'> {
  return step.promise === null ? { promise: null, promisedOn: null } : startPromise(draft, step);
}

/** The agency's own moment, neither before the case nor after now: a wrong clock moves no promise out of reach. */
export const statedMoment = (draft: CaseDraft, occurredAt: number | undefined): number =>
  Math.max(draft.given.filedAt, Math.min(occurredAt ?? draft.context.now, draft.context.now));

export function resumed<P extends PromiseClock>(promise: P, day: string, calendar: WorkingCalendar): P {
  if (promise.pausedOn === null) return promise;
  const rested = workingDaysBetween(promise.pausedOn, day, calendar);
  const pausedWorkingDays = promise.pausedWorkingDays + rested.days;
  return { ...promise, pausedOn: null, pausedWorkingDays, estimated: promise.estimated || rested.estimated };
}

function promisedDay(promise: PromiseClock, draft: CaseDraft, step: StepRecord): CountedDate {
  const { settings, calendar } = draft.context;
  const days = promisedDays(settings, promiseKey(step)) + promise.pausedWorkingDays;
  return addWorkingDays(promise.startedOn, days, calendar);
}
