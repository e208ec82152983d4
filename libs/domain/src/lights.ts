import { addDays, addWorkingDays, type WorkingCalendar } from '@birth/standards';
import type { OverallPromise, StatutoryClock, StepRecord } from './case-state';
import type { EngineSettings } from './engine/decision-context';
import { type PromiseKey, PROMISE_KEYS, promisedDays, promiseKey, type PromiseSettings } from './promised-days';
import { isTerminal, type Light } from './vocabulary';

/**
 * The one rule of lights as dates of one day, so that a list of many steps and the page of one agree (policy P10).
 * `promise`: a promise up to this day is near. `born`: a child born on this day or before is near the limit of the rule.
 */
export interface LightDates {
  today: string;
  promise: Readonly<Record<PromiseKey, string>>;
  born: Readonly<Record<StatutoryClock['rule'], string>>;
  /** A promise of the whole up to this day is near. */
  overall: string;
}

type LightSettings = Pick<
  EngineSettings,
  keyof PromiseSettings | 'overallPromiseWorkingDays' | 'monthYellowDay' | 'ninetyDaysYellowDays' | 'promiseYellow'
>;
type NearSettings = PromiseSettings & Pick<LightSettings, 'promiseYellow'>;

/** With so many working days left a promise of so many is near. */
const nearOf = ({ promiseYellow: { workingDays, percent } }: Pick<LightSettings, 'promiseYellow'>, promised: number) =>
  Math.max(workingDays, Math.floor((promised * percent) / 100));

export const nearWorkingDays = (settings: NearSettings, key: PromiseKey): number =>
  nearOf(settings, promisedDays(settings, key));

export function lightDates(today: string, settings: LightSettings, calendar: WorkingCalendar): LightDates {
  const ahead = (days: number): string => addWorkingDays(today, days, calendar).date;
  const month = addDays(today, -settings.monthYellowDay);
  return {
    today,
    promise: Object.fromEntries(
      PROMISE_KEYS.map((key) => [key, ahead(nearWorkingDays(settings, key))]),
    ) as LightDates['promise'],
    born: {
      household_one_month: month,
      vaccination_one_month: month,
      insurance_ninety_days: addDays(today, -Math.min(...settings.ninetyDaysYellowDays)),
    },
    overall: ahead(nearOf(settings, settings.overallPromiseWorkingDays)),
  };
}

type Lit = Pick<StepRecord, 'code' | 'qualifier' | 'state' | 'promise' | 'promisedOn' | 'statutory'>;

/** A paused promise and a limit that was met shine no more; null when the step has ended. */
export function lightOf(step: Lit, bornOn: string, dates: LightDates): Light | null {
  if (isTerminal(step.state)) return null;
  const lights = [promiseLight(step, dates), limitLight(step, bornOn, dates)];
  return lights.find((light) => light === 'red') ?? lights.find((light) => light === 'yellow') ?? 'green';
}

function promiseLight({ code, qualifier, promise, promisedOn }: Lit, { today, promise: near }: LightDates): Light {
  if (promisedOn === null || promise?.pausedOn !== null) return 'green';
  if (promisedOn < today) return 'red';
  return promisedOn <= near[promiseKey({ code, qualifier })] ? 'yellow' : 'green';
}

function limitLight({ statutory }: Lit, bornOn: string, { today, born }: LightDates): Light {
  if (statutory?.metAt !== null) return 'green';
  if (statutory.safeAt <= today) return 'red';
  return bornOn <= born[statutory.rule] ? 'yellow' : 'green';
}

/** The law's own day is over, and the filing was in time (P10): what rates of breaches count. */
export const isBreached = ({ metAt, dueAt, lateOnArrival }: StatutoryClock, today: string): boolean =>
  metAt === null && !lateOnArrival && dueAt < today;

/** Of the whole case; null before its promise began, and when its last service has ended. */
export function overallLight(overall: OverallPromise | null, { today, overall: near }: LightDates): Light | null {
  if (overall === null || overall.endedOn !== null) return null;
  if (overall.pausedOn !== null) return 'green';
  if (overall.promisedOn < today) return 'red';
  return overall.promisedOn <= near ? 'yellow' : 'green';
}
