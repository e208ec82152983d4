import type {
  AnsweredEvent,
  ApplicantForm,
  CardForm,
  ClaimedBirth,
  DeliveryWish,
  Demand,
  DemandDecision,
  HouseholdWish,
  InsuranceWish,
  ParentForm,
  StepRecord,
  SurnameSource,
  VaccinationWish,
} from '@birth/domain';
import type { RegisteredPerson } from './agency-adapter';
import type { AgencyText } from './case-store';

/**
 * What a case knows, cut into sections. Each section is one sealed cell; an adapter names the sections that its agency
 * may see and gets those only, opened for that one call (minimum field set, PIPL art. 6 and 28).
 */
export interface DossierSections {
  /** Signed by the hospital, or given by the family for births outside an institution. */
  birth: BirthSection;
  /** What the family said of a birth whose record had not come: compared with it, never sent (policy P3). */
  claim: ClaimedBirth | null;
  name: { surname: string; given: string; surnameSource: SurnameSource } | null;
  origin: { ethnicity: string; nationality: string };
  mother: ParentForm | null;
  father: ParentForm | null;
  /** Reaches the police alone (policy P7). */
  relation: { parentsRelation: 'married' | 'not_married' | 'not_stated' };
  applicant: ApplicantForm;
  existing: { birthCertificateNumber: string | null; residentIdNumber: string | null; insuredAlready: boolean };
  vaccination: VaccinationWish | null;
  household: HouseholdWish | null;
  insurance: InsuranceWish | null;
  card: CardForm | null;
  delivery: DeliveryWish[];
  /** What earlier steps brought: grows with each completed step. */
  results: StepResults;
  /** What an agency had done of an earlier request while a later one was under way, by step: a clerk may take it. */
  olderResults: Readonly<Record<string, OlderResult>> | null;
  /** Demands for forbidden papers, by step: what is kept back, and what the family told of (policy P8). */
  supervision: Readonly<Record<string, Supervised>> | null;
  /** What a family wrote with its rating (policy P20). */
  rating: { text: string } | null;
}

export interface OlderResult {
  generation: number;
  receipt: string | null;
  results: StepResults;
  /** Whom a register holds that its results do not name. */
  registered?: RegisteredPerson;
}

export interface Supervised {
  held: HeldAnswer | null;
  report: DemandReport | null;
}

/** An agency's answer whose words nobody but the coordinator reads. */
export interface HeldAnswer {
  demands: readonly Demand[];
  text: AgencyText;
  /** A later generation is asked anew, and may be answered with the same words. */
  generation: number;
  /** What it would do to the step. */
  event: AnsweredEvent;
  answerBy: number;
  /** Overruled words may be said again by an agency that is still asked: they stay overruled. */
  decision: DemandDecision | null;
}

export interface DemandReport {
  demand: Demand;
  /** The family's own words. */
  note: string | null;
  reportedAt: number;
  answerBy: number;
  decision: DemandDecision | null;
}

export type SectionName = keyof DossierSections;

export interface BirthSection {
  sex: 'male' | 'female';
  /** ISO 8601 with offset, minute precision. */
  bornAt: string;
  plurality: number;
  deliveryOrder: number;
  /** GB/T 2260 region of the place and its kind. */
  place: { region: string; kind: string };
  weightGrams: number | null;
  lengthCm: number | null;
  gestationalWeeks: number | null;
  gestationalDays: number | null;
  /** The hospital's own record number; null outside an institution. */
  recordNumber: string | null;
  hospitalOfficeCode: string | null;
}

/** Results of the steps of one newborn, by the step that brought them (`resultKey`). Sealed like every section. */
export interface StepResults {
  birth_certificate?: { certificateNumber: string; issuedOn: string; issuer: string; registeredName?: string };
  vaccination?: { childCode: string; bookNumber: string; unitName: string };
  household_registration?: {
    residentIdNumber: string;
    registeredName: string;
    householdNumber: string;
    address: string;
    stationName: string;
    registeredOn: string;
  };
  medical_insurance?: { personNumber: string; insuredOn: string; areaCode: string };
  social_security_card?: { applicationNumber: string; batchNumber: string };
  identity_backfill?: { childCode: string; registeredName: string };
  insurance_identity_update?: { personNumber: string; updatedOn: string };
  /** Of each document under its own key. */
  delivery?: { receivedOn: string };
  [payment: `insurance_payment:${string}`]: PremiumPaid | undefined;
}

/** Of one year (policy P11). */
export interface PremiumPaid {
  /** The tax administration's own time of payment, ISO 8601 with offset. */
  paidAt: string;
  voucherNumber: string;
  /** 0 where nothing was due. */
  amountFen: number;
  coveredFrom: string;
  coveredTo: string;
}

/** Where the results of a step are kept: of several of one code each has its own place. */
export const resultKey = ({ code, qualifier }: Pick<StepRecord, 'code' | 'qualifier'>): keyof StepResults =>
  (qualifier === '' ? code : `${code}:${qualifier}`) as keyof StepResults;
