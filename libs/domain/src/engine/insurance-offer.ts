import { addDays, startOfDayMs, toShanghaiDate } from '@birth/standards';
import type { CaseState, StepRecord } from '../case-state';
import { isTerminal } from '../vocabulary';
import type { CaseDraft } from './case-draft';
import type { CaseEvent } from './case-event';
import type { EngineSettings } from './decision-context';
import { HOUR_MS } from './timer';

/** Why enrolment on the certificate is offered (P11); the first that holds is shown. Where the number never comes, P12 turns to it by itself. */
export const OFFER_GROUNDS = ['baby_in_hospital', 'household_suspended', 'paper_awaited', 'day_reached'] as const;
export type OfferGround = (typeof OFFER_GROUNDS)[number];

/** What a family is told at its insurance step, until the day to which the law lets it enrol. */
export type InsuranceNotice =
  | { code: 'certificate_basis_offered'; ground: OfferGround; until: string | null }
  | { code: 'insurance_at_risk'; ground: null; until: string | null };

type Offering = Pick<EngineSettings, 'insuranceOfferDay' | 'reminderHour'>;
type Case = Pick<CaseState, 'steps' | 'newborns'>;

/** When D+n begins for people: in the morning. */
export const offerMoment = (bornOn: string, { insuranceOfferDay, reminderHour }: Offering): number =>
  startOfDayMs(addDays(bornOn, insuranceOfferDay)) + reminderHour * HOUR_MS;

/** Enrolment that waits for an ID number; elsewhere other rules hold. */
export const isOfferable = (step: StepRecord): boolean =>
  step.code === 'medical_insurance' && step.state === 'waiting' && step.mode === 'issue' && step.basis === 'citizen_id';

/** With its ground an offer goes, and with the day to which it is of use. `toldUntil`: to when a day has been told of. */
export function insuranceNotices(
  step: StepRecord,
  state: Case,
  { settings, now, toldUntil = now }: { settings: Offering; now: number; toldUntil?: number },
): InsuranceNotice[] {
  const newborn = state.newborns.find(({ index }) => index === step.newbornIndex);
  if (newborn === undefined || newborn.deathReportedAt !== null || !isOfferable(step)) return [];
  if (isPastLimit(step, now)) return [];
  const until = safeDayOf(step);
  const isDay = offerMoment(newborn.bornOn, settings) <= toldUntil;
  const ground = groundOf(step, state, { isDay, inHospital: newborn.inHospital });
  return [
    ...(ground === null ? [] : [{ code: 'certificate_basis_offered', ground, until } as const]),
    ...(isDay && isUnnamed(step, state) ? [{ code: 'insurance_at_risk', ground: null, until } as const] : []),
  ];
}

const safeDayOf = ({ statutory }: StepRecord): string | null => statutory?.safeAt ?? null;

const isPastLimit = ({ statutory }: StepRecord, now: number): boolean =>
  statutory !== null && toShanghaiDate(now) > statutory.dueAt;

const isUnnamed = (step: StepRecord, state: Case): boolean =>
  siblingOf(step, state, 'birth_certificate')?.holds.includes('name_undecided') ?? false;

/** Without a certificate, here or to come, there is nothing to enrol on. */
function groundOf(
  step: StepRecord,
  state: Case,
  { isDay, inHospital }: { isDay: boolean; inHospital: boolean },
): OfferGround | null {
  const certificate = siblingOf(step, state, 'birth_certificate');
  const household = siblingOf(step, state, 'household_registration');
  if (certificate === undefined || household === undefined) return null;
  if (isTerminal(certificate.state) && certificate.state !== 'completed') return null;
  const holds: Readonly<Record<OfferGround, boolean>> = {
    // a number that has only to be looked up is at hand
    baby_in_hospital: inHospital && household.mode !== 'already_done',
    household_suspended: household.state === 'suspended',
    paper_awaited: household.state === 'accepted' && household.reason === 'waiting_for_paper',
    day_reached: isDay,
  };
  return OFFER_GROUNDS.find((ground) => holds[ground]) ?? null;
}

const siblingOf = ({ newbornIndex }: StepRecord, { steps }: Case, code: StepRecord['code']): StepRecord | undefined =>
  steps.find((other) => other.newbornIndex === newbornIndex && other.code === code);

/** Said once when an offer begins; a day counts from when its timer has told of it. */
export function noteOffers(draft: CaseDraft, event: CaseEvent): void {
  for (const step of draft.steps.values()) {
    if (!isOfferable(step)) continue;
    const before = event.type === 'filed' ? null : groundTold(draft, draft.given, step.id);
    const after = groundTold(
      draft,
      { steps: [...draft.steps.values()], newborns: [...draft.newborns.values()] },
      step.id,
    );
    if (before === null && after !== null) draft.note('certificate_basis_offered', step, step.state, { ground: after });
  }
}

function groundTold({ context }: CaseDraft, state: Case, stepId: string): OfferGround | null {
  const step = state.steps.find(({ id }) => id === stepId);
  const newborn = state.newborns.find(({ index }) => index === step?.newbornIndex);
  if (step === undefined || newborn === undefined) return null;
  const { settings, now } = context;
  const [first] = insuranceNotices(step, state, { settings, now, toldUntil: newborn.timersFiredUntil });
  return first?.code === 'certificate_basis_offered' ? first.ground : null;
}
