import { addWorkingDays, toShanghaiDate, workingDaysBetween, type WorkingCalendar } from '@birth/standards';
import type { PromiseClock, StepRecord } from '../case-state';
import type { CaseDraft } from './case-draft';

/** Policy P10: starts at acceptance, the first working day after it is 1; paused while family or special procedure holds it. */
export function startPromise(draft: CaseDraft, step: StepRecord): Pick<StepRecord, 'promise' | 'promisedOn'> {
  const { context } = draft;
  const today = toShanghaiDate(context.now);
  const promise =
    step.promise === null
      ? { startedOn: today, pausedOn: null, pausedWorkingDays: 0 }
      : resumed(step.promise, today, context.calendar);
  return { promise, promisedOn: promisedDay(promise, draft, step) };
}

export function pausePromise(draft: CaseDraft, step: StepRecord): Pick<StepRecord, 'promise'> {
  const { promise } = step;
  if (promise === null || promise.pausedOn !== null) return { promise };
  return { promise: { ...promise, pausedOn: toShanghaiDate(draft.context.now) } };
}

export function resumePromise(draft: CaseDraft, step: StepRecord): Pick<StepRecord, 'promise' | 'promisedOn'> {
  return step.promise === null ? { promise: null, promisedOn: null } : startPromise(draft, step);
}

function resumed(promise: PromiseClock, today: string, calendar: WorkingCalendar): PromiseClock {
  if (promise.pausedOn === null) return promise;
  const pausedWorkingDays = promise.pausedWorkingDays + workingDaysBetween(promise.pausedOn, today, calendar).days;
  return { ...promise, pausedOn: null, pausedWorkingDays };
}

function promisedDay(promise: PromiseClock, draft: CaseDraft, step: StepRecord): string {
  const { settings, calendar } = draft.context;
  const days = settings.steps[step.code].promiseWorkingDays + promise.pausedWorkingDays;
  return addWorkingDays(promise.startedOn, days, calendar).date;
}
