import { addDays, addWorkingDays, type WorkingCalendar } from '@birth/standards';
import type { StatutoryClock, StepRecord } from './case-state';
import type { EngineSettings } from './engine/decision-context';
import { isTerminal, type Light, STEP_CODES, type StepCode } from './vocabulary';

/**
 * The one rule of lights as dates of one day, so that a list of many steps and the page of one agree (policy P10).
 * `promise`: a promise up to this day is near. `born`: a child born on this day or before is near the limit of the rule.
 */
export interface LightDates {
  today: string;
  promise: Readonly<Record<StepCode, string>>;
  born: Readonly<Record<StatutoryClock['rule'], string>>;
}

type LightSettings = Pick<EngineSettings, 'steps' | 'monthYellowDay' | 'ninetyDaysYellowDays' | 'promiseYellow'>;

/** With so many working days left a promise is near. */
export function nearWorkingDays(
  { promiseYellow, steps }: Pick<LightSettings, 'steps' | 'promiseYellow'>,
  code: StepCode,
) {
  const { workingDays, percent } = promiseYellow;
  return Math.max(workingDays, Math.floor((steps[code].promiseWorkingDays * percent) / 100));
}

export function lightDates(today: string, settings: LightSettings, calendar: WorkingCalendar): LightDates {
  const nearOf = (code: StepCode): string => addWorkingDays(today, nearWorkingDays(settings, code), calendar).date;
  const month = addDays(today, -settings.monthYellowDay);
  return {
    today,
    promise: Object.fromEntries(STEP_CODES.map((code) => [code, nearOf(code)])) as LightDates['promise'],
    born: {
      household_one_month: month,
      vaccination_one_month: month,
      insurance_ninety_days: addDays(today, -Math.min(...settings.ninetyDaysYellowDays)),
    },
  };
}

type Lit = Pick<StepRecord, 'code' | 'state' | 'promise' | 'promisedOn' | 'statutory'>;

/** A paused promise and a limit that was met shine no more; null when the step has ended. */
export function lightOf(step: Lit, bornOn: string, dates: LightDates): Light | null {
  if (isTerminal(step.state)) return null;
  const lights = [promiseLight(step, dates), limitLight(step, bornOn, dates)];
  return lights.find((light) => light === 'red') ?? lights.find((light) => light === 'yellow') ?? 'green';
}

function promiseLight({ code, promise, promisedOn }: Lit, { today, promise: near }: LightDates): Light {
  if (promisedOn === null || promise?.pausedOn !== null) return 'green';
  if (promisedOn < today) return 'red';
  return promisedOn <= near[code] ? 'yellow' : 'green';
}

function limitLight({ statutory }: Lit, bornOn: string, { today, born }: LightDates): Light {
  if (statutory?.metAt !== null) return 'green';
  if (statutory.safeAt <= today) return 'red';
  return bornOn <= born[statutory.rule] ? 'yellow' : 'green';
}
