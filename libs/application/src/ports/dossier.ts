import type {
  ApplicantForm,
  CardForm,
  ClaimedBirth,
  DeliveryWish,
  HouseholdWish,
  InsuranceWish,
  ParentForm,
  SurnameSource,
  VaccinationWish,
} from '@birth/domain';

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
}

export interface OlderResult {
  generation: number;
  receipt: string | null;
  results: StepResults;
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

/** Results of the steps of one newborn, by the step that brought them. Sealed like every section. */
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
}
