import type { EngineSettings, StepDefinition } from '../engine/decision-context';
import { AGENCIES, STEP_CODES, type AgencyCode, type Paper, type StepCode } from '../vocabulary';
import { isForbiddenMaterial } from './forbidden-materials';

interface Sourced<T> {
  value: T;
  source: string;
  validFrom: string;
  validTo: string | null;
  assumed: boolean;
}

/** seeds/policy/settings.json: every figure with its source. */
export interface RawSettings {
  version: string;
  promiseWorkingDays: Record<StepCode, Sourced<number>>;
  overallPromiseWorkingDays: Sourced<number>;
  maxFailures: Sourced<number>;
  correctionDays: Sourced<number>;
  correctionReminderDays: Sourced<number[]>;
  hospitalAlarmHours: Sourced<number[]>;
  nameReminderDays: Sourced<number[]>;
  confirmationReminderDays: Sourced<number>;
  samePregnancyDays: Sourced<number>;
  monthYellowDay: Sourced<number>;
  ninetyDaysYellowDays: Sourced<number[]>;
  promiseYellowWorkingDays: Sourced<number>;
  promiseYellowPercent: Sourced<number>;
  pollSeconds: Sourced<number>;
}

/** seeds/policy/steps.json: which agency, after which steps, with which materials. */
export interface RawSteps {
  steps: readonly {
    code: StepCode;
    agency: AgencyCode;
    dependsOn: readonly StepCode[];
    materials: readonly Paper[];
    /** What spares the family the papers: `data_share` or `e_licence`. */
    waivedBy: string;
  }[];
}

/** Joins and checks a county's definition. Throws on an unknown code, a missing step, a cycle or a forbidden material (P8). */
export function readDefinition(raw: RawSteps, settings: RawSettings): EngineSettings {
  const steps = Object.fromEntries(raw.steps.map((step) => [step.code, checkedStep(step, settings)]));
  for (const code of STEP_CODES) if (steps[code] === undefined) throw new Error(`definition: step ${code} is missing`);
  const complete = steps as Record<StepCode, StepDefinition>;
  for (const code of STEP_CODES) refuseCycle(complete, code, []);
  return {
    steps: complete,
    overallPromiseWorkingDays: settings.overallPromiseWorkingDays.value,
    maxFailures: settings.maxFailures.value,
    correctionDays: settings.correctionDays.value,
    correctionReminderDays: settings.correctionReminderDays.value,
    hospitalAlarmHours: settings.hospitalAlarmHours.value,
    nameReminderDays: settings.nameReminderDays.value,
    confirmationReminderDays: settings.confirmationReminderDays.value,
    samePregnancyDays: settings.samePregnancyDays.value,
    monthYellowDay: settings.monthYellowDay.value,
    ninetyDaysYellowDays: settings.ninetyDaysYellowDays.value,
    promiseYellow: {
      workingDays: settings.promiseYellowWorkingDays.value,
      percent: settings.promiseYellowPercent.value,
    },
    pollMs: settings.pollSeconds.value * 1000,
  };
}

function checkedStep(raw: RawSteps['steps'][number], settings: RawSettings): StepDefinition {
  const { code, agency, dependsOn, materials } = raw;
  if (!STEP_CODES.includes(code)) throw new Error(`definition: unknown step ${String(code)}`);
  if (!AGENCIES.includes(agency)) throw new Error(`definition ${code}: unknown agency ${String(agency)}`);
  const unknown = dependsOn.find((dependency) => !STEP_CODES.includes(dependency));
  if (unknown !== undefined) throw new Error(`definition ${code}: unknown dependency ${String(unknown)}`);
  const forbidden = materials.find(isForbiddenMaterial);
  if (forbidden !== undefined) throw new Error(`definition ${code}: forbidden material ${forbidden}`);
  const promise: Sourced<number> | undefined = settings.promiseWorkingDays[code];
  if (promise === undefined) throw new Error(`definition ${code}: no promiseWorkingDays in the settings`);
  return { code, agency, dependsOn, promiseWorkingDays: promise.value };
}

function refuseCycle(steps: Record<StepCode, StepDefinition>, code: StepCode, path: readonly StepCode[]): void {
  if (path.includes(code)) throw new Error(`definition: cycle ${[...path, code].join(' → ')}`);
  for (const next of steps[code].dependsOn) refuseCycle(steps, next, [...path, code]);
}
