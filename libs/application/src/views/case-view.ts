import {
  type DeliveryDocument,
  isBeingChecked,
  isTerminal,
  lightDates,
  lightOf,
  nextOpening,
  outsideOffice,
  PRODUCERS,
  overallLight,
  shownDuty,
  type CaseState,
  type StepCode,
  type LightDates,
  type Office,
  type StepRecord,
  type WorkRecord,
} from '@birth/domain';
import { toShanghaiDate } from '@birth/standards';
import type { Locale } from '../caller';
import type { County } from '../county';
import type { StepSecrets } from '../ports/case-store';
import type { Supervised } from '../ports/dossier';
import type { CaseView, OfficeView, ShownState, StepView } from '../shapes/case-shapes';
import { agencyTextView } from './agency-code-view';
import { absenceNotices } from './absence-notices';
import { coverageView } from './coverage-view';
import { isSaidGently } from './gentle';
import { iso, isoOrNull } from './moments';
import { custodyViews } from './custody-view';
import { noticesOf } from './step-notices';
import { supervisionView } from './supervision-view';
import {
  agencyName,
  checkedWith,
  deliveryName,
  overdueWords,
  reasonWords,
  stateName,
  stationOf,
  stepTitle,
} from './words';

export interface ViewContext {
  county: County;
  locale: Locale;
  now: number;
  /** What the agency wrote; null for eyes that it is not meant for. */
  secretsOf(stepId: string): Pick<StepSecrets, 'agencyText'>;
  /** Demands for forbidden papers; null for eyes that they are not meant for. */
  supervisedOf(step: StepRecord): Supervised | null;
  /** Words that are kept back are read by clerks alone. */
  showsHeldWords: boolean;
  /** The office of a town tells where a family is registered and lives: not to the other parent (P7). */
  showsOffice(step: StepRecord): boolean;
  /** Papers tell how the parents live together (P7): the family and the step's own office read them. */
  showsPapers(step: StepRecord): boolean;
  /** GB/T 2260 of the place of birth, asked only of a step that was checked with it; null for eyes that it is not meant for. */
  birthRegionOf(step: StepRecord): string | null;
}

/** Every newborn's steps: where each stands, why, who has it and until when. Codes beside words; no name, no number. */
export function caseView(state: CaseState, context: ViewContext): CaseView {
  const { settings } = context.county.policyAt(state.filedAt);
  const lights = lightDates(toShanghaiDate(context.now), settings, context.county.calendar);
  return {
    id: state.id,
    status: state.status,
    filedAt: iso(state.filedAt),
    overallPromise: overallView(state, lights),
    newborns: state.newborns.map(({ index, bornOn, deathReportedAt }) => ({
      index,
      deathReportedAt: isoOrNull(deathReportedAt),
      steps: state.steps
        .filter((step) => step.newbornIndex === index)
        .map((step) => ({ ...stepView(step, state, context), light: lightOf(step, bornOn, lights) })),
    })),
  };
}

function overallView({ overall }: CaseState, lights: LightDates): CaseView['overallPromise'] {
  if (overall === null) return null;
  const { startedOn, promisedOn: promisedAt, estimated, pausedOn, endedOn } = overall;
  return { startedOn, promisedAt, estimated, pausedOn, endedOn, light: overallLight(overall, lights) };
}

function stepView(step: StepRecord, state: CaseState, context: ViewContext): Omit<StepView, 'light'> {
  const { county, locale, now } = context;
  const work = state.work.filter((row) => row.stepId === step.id);
  const shown = shownState(step, work, now);
  const showsPapers = context.showsPapers(step);
  const isHidden = isSaidGently(step) && !context.showsHeldWords;
  const said = isHidden ? null : context.secretsOf(step.id).agencyText;
  return {
    id: step.id,
    code: step.code,
    qualifier: step.qualifier,
    name: nameOf(step, locale),
    agency: step.agency,
    agencyName: agencyName(step.agency, locale),
    ...officeViews(step, context),
    coordinatedCheck: checkView(step, context),
    mode: step.mode,
    route: step.route,
    papers: showsPapers ? step.papers : [],
    custody: showsPapers ? custodyViews(step, state, context) : [],
    basis: step.basis,
    coverage: coverageView(step.insured, locale),
    state: shown,
    stateName: stateName(shown, locale),
    reason: step.reason,
    reasonText: reasonWords(step.reason, locale),
    owner: step.owner,
    source: step.source,
    nextAt: isTerminal(step.state) ? null : isoOrNull(nextAt(work)),
    dependsOn: dependsOn(step, state, county),
    promisedAt: step.promisedOn,
    promisedAtEstimated: step.promise?.estimated ?? false,
    statutory: step.statutory && { ...step.statutory, metAt: isoOrNull(step.statutory.metAt) },
    withdrawalRequestedAt: isoOrNull(step.withdrawalRequestedAt),
    correctionDueAt: isoOrNull(step.correctionDueAt),
    agencyText:
      said && agencyTextView(said, step.agency, { codes: county.agencyCodes, isForClerk: context.showsHeldWords }),
    ...supervisionView(context.supervisedOf(step), step, context),
    notices: [...noticesOf(step, state, context), ...absenceNotices(step, { showsPapers, locale })],
    version: step.version,
  };
}

function shownState(step: StepRecord, work: readonly WorkRecord[], now: number): ShownState {
  if (isSubmitting(step, work, now)) return 'submitting';
  return step.reason === 'awaiting_acceptance' ? 'delivered' : step.state;
}

const isSubmitting = (step: StepRecord, work: readonly WorkRecord[], now: number): boolean =>
  step.state === 'queued' && work.some((row) => row.kind === 'CALL' && (row.leaseUntil ?? 0) > now);

const nextAt = (work: readonly WorkRecord[]): number | null =>
  work.length === 0 ? null : Math.min(...work.map((row) => row.dueAt));

const nameOf = ({ code, qualifier }: StepRecord, locale: Locale): string =>
  code === 'delivery' ? deliveryName(qualifier as DeliveryDocument, locale) : stepTitle({ code, qualifier }, locale);

function dependsOn(step: StepRecord, state: CaseState, county: County): string[] {
  const codes = dependencyCodes(step, state, county);
  return state.steps
    .filter((other) => other.newbornIndex === step.newbornIndex && codes.includes(other.code))
    .map((other) => other.id);
}

function dependencyCodes(
  { code, qualifier, basis }: StepRecord,
  { filedAt }: CaseState,
  county: County,
): readonly StepCode[] {
  if (code === 'delivery') return [PRODUCERS[qualifier as DeliveryDocument]];
  if (code === 'medical_insurance' && basis === 'birth_certificate') return ['birth_certificate'];
  return county.policyAt(filedAt).settings.steps[code].dependsOn;
}

const officeOf = (step: StepRecord, offices: readonly Office[]): Office =>
  offices.find((candidate) => candidate.code === step.officeCode) ?? outsideOffice(step.agency);

function officeView({ code, kind, name, phone, address, hours }: Office, { county, now }: ViewContext): OfficeView {
  const next = nextOpening(hours, now, county.calendar);
  const opening = next && { isOpen: next.opensAt <= now, opensAt: iso(next.opensAt), closesAt: iso(next.closesAt) };
  return { code, kind, name, phone, address, hours, opening };
}

function officeViews(step: StepRecord, context: ViewContext): Pick<StepView, 'office' | 'acceptingOffice' | 'overdue'> {
  if (!context.showsOffice(step)) {
    return { office: agencyAlone(step, context.locale), acceptingOffice: null, overdue: null };
  }
  return {
    office: officeView(officeOf(step, context.county.offices), context),
    acceptingOffice: acceptingView(step, context),
    overdue: overdueView(step, context),
  };
}

/** Who answers, without where. */
const agencyAlone = ({ agency, officeKind }: StepRecord, locale: Locale): OfficeView => ({
  code: agency,
  kind: officeKind,
  name: agencyName(agency, locale),
  phone: '',
  address: '',
  hours: '',
  opening: null,
});

/** The office that both parents know. */
export const isOfBirth = ({ officeKind }: StepRecord): boolean =>
  officeKind === 'hospital' || officeKind === 'maternal_health_unit';

/** Null while the office is within its limit, and when it has answered. */
function overdueView(step: StepRecord, { county, locale }: ViewContext): StepView['overdue'] {
  const duty = shownDuty(step);
  if (duty === null || duty.with === 'office') return null;
  // the unit that waits for a hospital's record is not late itself
  const isRecord = step.owner === 'hospital' && step.code !== 'birth_certificate';
  const kind = isRecord ? 'record' : isBeingChecked(step) ? 'check' : duty.with;
  const text = overdueWords(kind, officeOf(step, county.offices), locale);
  return { with: duty.with, since: iso(duty.since), dueAt: iso(duty.dueAt), text };
}

function checkView(step: StepRecord, context: ViewContext): StepView['coordinatedCheck'] {
  const { coordinatedCheck: check } = step;
  if (check === null) return null;
  const region = step.mode === 'verify' ? context.birthRegionOf(step) : null;
  return {
    with: checkedWith(region, context.locale),
    askedAt: iso(check.askedAt),
    dueAt: iso(check.dueAt),
    outcome: check.outcome,
    answeredAt: isoOrNull(check.answeredAt),
  };
}

/** Of the police lane: who accepts, while `office` decides; not where the family goes to a window itself. */
function acceptingView({ acceptingOffice, agency, route }: StepRecord, context: ViewContext): OfficeView | null {
  if (acceptingOffice === null || route === 'window') return null;
  const office = context.county.offices.find(({ code }) => code === acceptingOffice);
  const found = office ?? { ...outsideOffice(agency), name: stationOf(acceptingOffice, context.locale) };
  return officeView(found, context);
}
