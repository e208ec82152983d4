import type { EngineSettings, StepDefinition } from '../engine/decision-context';
import { isForbiddenMaterial } from '../decoupling/forbidden-demands';
import { HOUSEHOLD_PAPER, POSTAGE_PAYERS } from '../papers/paper';
import { AGENCIES, DEFINED_CODES, PAPERS, type AgencyCode, type DefinedCode, type Paper } from '../vocabulary';
import { type Figure, figureOn, type Provenance } from './sourced';

/** EngineSettings as seeds/policy/settings.json gives them: every figure with its source and validity. */
export interface RawSettings {
  version: string;
  /** First day of filing that the county's rules are for. */
  validFrom: string;
  promiseWorkingDays: Record<DefinedCode, Figure<number>>;
  /** Of steps of which a law says it: its source is the row's. */
  deemedAcceptanceWorkingDays: Partial<Record<DefinedCode, Figure<number>>>;
  figures: { [F in FigureName]: Figure<EngineSettings[F]> } & Record<OtherFigure, Figure<number>>;
}

type FigureName = Exclude<keyof EngineSettings, 'steps' | 'premiums' | 'pollMs' | 'promiseYellow'>;
/** Figures that settings carry in another form. */
type OtherFigure = 'promiseYellowWorkingDays' | 'promiseYellowPercent' | 'pollSeconds';

const FIGURES = [
  'overallPromiseWorkingDays',
  'maxFailures',
  'correctionDays',
  'correctionReminderDays',
  'hospitalAlarmHours',
  'officeAnswerWorkingDays',
  'deputyAnswerWorkingDays',
  'coordinatorAnswerWorkingDays',
  'coordinatedCheckWorkingDays',
  'nameReminderDays',
  'confirmationReminderDays',
  'confirmationDays',
  'confirmationRequests',
  'taskDueHours',
  'reminderHour',
  'samePregnancyDays',
  'monthYellowDay',
  'ninetyDaysYellowDays',
  'insuranceOfferDay',
  'nextYearWithinDays',
  'lateRegistrationMonths',
  'laneMaxMonths',
  'supervisionWorkingDays',
  'ratingCorrectionWorkingDays',
  'insuranceCountdownDays',
  'paymentPollFactor',
  'counterPollFactor',
  'deathPapers',
  'householdPaper',
  'paperPostDays',
  'paperFamilyDays',
  'paperOfficeWorkingDays',
  'deliveryWorkingDays',
  'cardDeliveryWorkingDays',
  'parcelWaitWorkingDays',
  'unclaimedDays',
  'unclaimedReminderDays',
  'postagePayer',
  'reconciliationHour',
  'reconciliationDays',
] as const satisfies readonly FigureName[];

/** seeds/policy/steps.json: which agency, after which steps, with which materials. */
export interface RawSteps {
  steps: readonly StepRow[];
}

export interface StepRow extends Provenance {
  code: DefinedCode;
  agency: AgencyCode;
  dependsOn: readonly DefinedCode[];
  materials: readonly Paper[];
  /** What spares the family the papers: `data_share` or `e_licence`. */
  waivedBy: string;
  /** Absent: it may. */
  mayBeRefused?: boolean;
}

/** Every figure with its provenance, by name. */
export function settingsRows(settings: RawSettings): [name: string, row: Provenance][] {
  const { promiseWorkingDays, deemedAcceptanceWorkingDays, figures } = settings;
  const named = [
    ...ofSteps('promiseWorkingDays', promiseWorkingDays),
    ...ofSteps('deemedAcceptanceWorkingDays', deemedAcceptanceWorkingDays),
    ...Object.entries(figures).map(([name, figure]) => [`settings ${name}`, figure] as const),
  ];
  return named.flatMap(([name, figure]) =>
    [figure].flat().map((row): [string, Provenance] => [name, row as Provenance]),
  );
}

const ofSteps = (name: string, figures: Partial<Record<DefinedCode, Figure<number>>>) =>
  Object.entries(figures).map(([code, figure]) => [`settings ${name}.${code}`, figure] as const);

/** Joins and checks a county's definition. Throws on an unknown code, a missing step, a cycle or a forbidden material (P8). */
export function readDefinition(raw: RawSteps, settings: RawSettings, day: string): Omit<EngineSettings, 'premiums'> {
  refuseUnknownSteps(settings);
  const days = (code: DefinedCode) => ({
    promiseWorkingDays: promiseOf(code, settings, day),
    deemedAcceptanceWorkingDays: deemedOf(code, settings, day),
  });
  const steps = Object.fromEntries(raw.steps.map((step) => [step.code, checkedStep(step, days)]));
  if (Object.keys(steps).length !== raw.steps.length) throw new Error('definition: a step is there twice');
  const missing = DEFINED_CODES.find((code) => steps[code] === undefined);
  if (missing !== undefined) throw new Error(`definition: step ${missing} is missing`);
  const complete = steps as Record<DefinedCode, StepDefinition>;
  for (const code of DEFINED_CODES) refuseCycle(complete, code, []);
  const figures = figuresOn(settings, day);
  refusePapers(figures.deathPapers);
  if (!HOUSEHOLD_PAPER.includes(figures.householdPaper)) throw new Error('settings householdPaper: unknown');
  if (!POSTAGE_PAYERS.includes(figures.postagePayer)) throw new Error('settings postagePayer: unknown');
  return { ...figures, steps: complete };
}

function figuresOn({ figures }: RawSettings, day: string): Omit<EngineSettings, 'steps' | 'premiums'> {
  const value = <T = number>(name: keyof RawSettings['figures']): T => {
    if (figures[name] === undefined) throw new Error(`settings ${name}: missing`);
    return figureOn(`settings ${name}`, figures[name] as Figure<T>, day);
  };
  const named = Object.fromEntries(FIGURES.map((name) => [name, value<unknown>(name)]));
  return {
    ...(named as Pick<EngineSettings, FigureName>),
    promiseYellow: { workingDays: value('promiseYellowWorkingDays'), percent: value('promiseYellowPercent') },
    pollMs: value('pollSeconds') * 1000,
  };
}

function promiseOf(code: DefinedCode, { promiseWorkingDays }: RawSettings, day: string): number {
  const promise: Figure<number> | undefined = promiseWorkingDays[code];
  if (promise === undefined) throw new Error(`definition ${code}: no promiseWorkingDays in the settings`);
  return figureOn(`settings promiseWorkingDays.${code}`, promise, day);
}

function deemedOf(code: DefinedCode, settings: RawSettings, day: string): number | null {
  const figure = settings.deemedAcceptanceWorkingDays[code];
  return figure === undefined ? null : figureOn(`settings deemedAcceptanceWorkingDays.${code}`, figure, day);
}

function refuseUnknownSteps({ deemedAcceptanceWorkingDays }: RawSettings): void {
  for (const code of Object.keys(deemedAcceptanceWorkingDays)) {
    if (!(DEFINED_CODES as readonly string[]).includes(code)) {
      throw new Error(`settings deemedAcceptanceWorkingDays: unknown step ${code}`);
    }
  }
}

type Days = Pick<StepDefinition, 'promiseWorkingDays' | 'deemedAcceptanceWorkingDays'>;

function checkedStep(raw: StepRow, days: (code: DefinedCode) => Days): StepDefinition {
  const { code, agency, dependsOn, materials, mayBeRefused = true } = raw;
  if (!DEFINED_CODES.includes(code)) throw new Error(`definition: unknown step ${String(code)}`);
  if (!AGENCIES.includes(agency)) throw new Error(`definition ${code}: unknown agency ${String(agency)}`);
  const unknown = dependsOn.find((dependency) => !DEFINED_CODES.includes(dependency));
  if (unknown !== undefined) throw new Error(`definition ${code}: unknown dependency ${String(unknown)}`);
  const forbidden = materials.find(isForbiddenMaterial);
  if (forbidden !== undefined) throw new Error(`definition ${code}: forbidden material ${forbidden}`);
  return { code, agency, dependsOn, ...days(code), mayBeRefused };
}

function refusePapers(papers: readonly Paper[]): void {
  for (const paper of papers) {
    if (isForbiddenMaterial(paper)) throw new Error(`settings deathPapers: forbidden material ${paper}`);
    if (!PAPERS.includes(paper)) throw new Error(`settings deathPapers: unknown paper ${String(paper)}`);
  }
}

function refuseCycle(
  steps: Record<DefinedCode, StepDefinition>,
  code: DefinedCode,
  path: readonly DefinedCode[],
): void {
  if (path.includes(code)) throw new Error(`definition: cycle ${[...path, code].join(' → ')}`);
  for (const next of steps[code].dependsOn) refuseCycle(steps, next, [...path, code]);
}
