import { addDays, toShanghaiDate } from '@birth/standards';
import type { StatutoryClock, StepRecord } from '../case-state';
import { type Coverage, decidingYear, type Insured, type InsuredYear } from '../insurance/insured';
import type { Reason, StatutoryMeans } from '../vocabulary';
import type { CaseDraft } from './case-draft';
import type { AnsweredEvent } from './case-event';
import { bearFollowUp } from './follow-up';
import { isOfCounter } from './found-before';

type Registered = StepRecord & { insured: Insured };

const isRegistered = (step: StepRecord): step is Registered =>
  step.code === 'medical_insurance' && step.state === 'completed' && step.insured !== null;

/** The three facts of P11 begin: registered. Of other steps, nothing. */
export const registeredAt = ({ insured }: StepRecord, at: number): Pick<StepRecord, 'insured'> => ({
  insured: insured === null ? null : { ...insured, registeredAt: insured.registeredAt ?? at },
});

/** Policy P11: once registered, a payment for every year that was asked for, exactly once. True when one was born. */
export function bearPayments(draft: CaseDraft): boolean {
  const due = [...draft.steps.values()].filter((step) => isRegistered(step) && paymentsOf(draft, step).length === 0);
  for (const step of due) if (isRegistered(step)) bearAll(draft, step);
  return due.length > 0;
}

export const paymentsOf = (draft: CaseDraft, { newbornIndex }: Pick<StepRecord, 'newbornIndex'>): StepRecord[] =>
  draft.ofNewborn(newbornIndex).filter(({ code }) => code === 'insurance_payment');

function bearAll(draft: CaseDraft, insurance: Registered): void {
  const deciding = decidingYear(insurance.insured, draft.newborn(insurance.newbornIndex).bornOn);
  for (const year of insurance.insured.years) bear(draft, insurance, { year, isDeciding: year.year === deciding });
}

const NOT_PAID: Readonly<Record<Exclude<InsuredYear['payer'], 'family'>, Reason>> = {
  subsidised: 'payment_not_required',
  with_guardian: 'insured_with_guardian',
};

interface OfYear {
  year: InsuredYear;
  /** By its payment the limit of ninety days is met. */
  isDeciding: boolean;
}

function bear(draft: CaseDraft, insurance: Registered, { year, isDeciding }: OfYear): void {
  const { payer } = year;
  const { code: officeCode, kind: officeKind, channel } = insurance.insured.taxOffice;
  const isFree = payer !== 'family';
  bearFollowUp(draft, insurance, 'insurance_payment', {
    qualifier: String(year.year),
    agency: draft.context.settings.steps.insurance_payment.agency,
    ...{ officeCode, officeKind, channel },
    statutory: isDeciding ? draft.step(insurance.id).statutory : null,
    ...(isFree ? { state: 'not_applicable', reason: NOT_PAID[payer] } : {}),
  });
  if (!isFree) return;
  const at = insurance.insured.registeredAt ?? draft.context.now;
  noteYear(draft, insurance.id, { ...year, coverage: coverageOf(draft, insurance, year) });
  if (isDeciding) meetLimit(draft, insurance.id, at, 'registered_and_exempt');
}

/** From birth when registered within the limit, else from the registration; to the end of the year (to be confirmed). */
function coverageOf(
  draft: CaseDraft,
  { newbornIndex, insured, statutory }: Registered,
  { year }: InsuredYear,
): Coverage {
  const { bornOn } = draft.newborn(newbornIndex);
  const registeredOn = toShanghaiDate(insured.registeredAt ?? draft.context.now);
  const isInTime = statutory === null || registeredOn <= statutory.dueAt;
  const first = `${year}-01-01`;
  const from = isInTime ? bornOn : registeredOn;
  return { from: from > first ? from : first, to: addDays(`${year + 1}-01-01`, -1) };
}

type Premium = NonNullable<AnsweredEvent['premium']>;

/** Paid, as the tax administration says: the year is covered, and the limit of ninety days met at the time of payment. */
export function takePaid(draft: CaseDraft, payment: StepRecord, said: AnsweredEvent['premium']): void {
  const insurance = draft.sibling(payment, 'medical_insurance');
  const year = insurance?.insured?.years.find((one) => String(one.year) === payment.qualifier);
  if (insurance === undefined || year === undefined) return;
  const premium = said ?? { paidAt: draft.context.now, isExempt: false, coverage: null };
  noteYear(draft, insurance.id, paidYear(year, premium));
  const { isExempt } = premium;
  draft.note('premium_paid', draft.step(insurance.id), insurance.state, { year: year.year, isExempt });
  if (payment.statutory !== null) meetByPayment(draft, insurance, premium);
}

type Known = Omit<Premium, 'coverage'> & { coverage: Coverage | null };

const paidYear = (year: InsuredYear, { paidAt, isExempt, coverage }: Known): InsuredYear => ({
  ...year,
  payer: isExempt ? 'subsidised' : year.payer,
  paidAt,
  coverage,
});

/** Both must have happened: registered and paid. */
function meetByPayment(draft: CaseDraft, { id, insured }: StepRecord, { paidAt, isExempt }: Known): void {
  const metAt = Math.max(paidAt, insured?.registeredAt ?? paidAt);
  meetLimit(draft, id, metAt, isExempt ? 'registered_and_exempt' : 'registered_and_paid');
}

function noteYear(draft: CaseDraft, insuranceId: string, known: InsuredYear): void {
  const { insured } = draft.step(insuranceId);
  if (insured === null) return;
  const years = insured.years.map((year) => (year.year === known.year ? known : year));
  draft.change(insuranceId, { insured: { ...insured, years } });
}

/** On the insurance and on the payment that carries its limit from the registration on. */
function meetLimit(draft: CaseDraft, insuranceId: string, metAt: number, metBy: StatutoryMeans): void {
  const insurance = draft.step(insuranceId);
  const met = (statutory: StatutoryClock | null) =>
    statutory?.metAt === null ? { ...statutory, metAt, metBy } : statutory;
  for (const step of [insurance, ...paymentsOf(draft, insurance)]) {
    draft.change(step.id, { statutory: met(step.statutory) });
  }
}

/** An unpaid premium, and what was done at a counter, are asked after more rarely than what an agency works on. */
export function pollMsOf(draft: CaseDraft, step: StepRecord): number {
  const { pollMs, paymentPollFactor, counterPollFactor } = draft.context.settings;
  if (isOfCounter(step)) return pollMs * counterPollFactor;
  const { code, owner } = step;
  return code === 'insurance_payment' && owner === 'applicant' ? pollMs * paymentPollFactor : pollMs;
}
