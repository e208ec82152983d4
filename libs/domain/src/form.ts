import type { InsuranceBasis, ServiceCode } from './vocabulary';

/** The joint form (POST /v1/applications), shapes only. Times ISO 8601 with offset, dates YYYY-MM-DD, regions GB/T 2260 (6, 9 or 12 digits). */
export interface ApplicationForm {
  newborns: NewbornForm[];
  mother: ParentForm | null;
  father: ParentForm | null;
  parentsRelation: 'married' | 'not_married' | 'not_stated';
  applicant: ApplicantForm;
  declarations: { code: string; version: string; acceptedAt: string }[];
  /** Of a stored case alone: parents whose word can no longer be had, as a clerk has seen. */
  unheard?: readonly ('mother' | 'father')[];
}

export interface NewbornForm {
  outcome: 'live' | 'died_after' | 'stillborn';
  /** From GET /v1/birth-records: the hospital's own facts are used and refused here. */
  birthRecordId?: string | null;
  /** Born in an institution, no record known yet: used to match and for provisional clocks, never sent. */
  claimedBirth?: ClaimedBirth | null;
  /** Births outside an institution and certificates issued elsewhere. */
  birth?: BirthFacts | null;
  existing?: { birthCertificateNumber?: string | null; residentIdNumber?: string | null; insuredAlready?: boolean };
  /** Null: decided later. */
  name: { surname: string; given: string } | null;
  surnameSource: SurnameSource;
  /** GB/T 3304. */
  ethnicity: string;
  /** GB/T 2659 alpha-3. */
  nationality: string;
  vaccination?: VaccinationWish;
  household?: HouseholdWish;
  insurance?: InsuranceWish;
  card?: CardForm;
  delivery?: DeliveryWish[];
  services: ServiceCode[];
}

export type SurnameSource = 'father' | 'mother' | 'other_lineal' | 'fosterer' | 'other_reason' | 'minority_custom';

export interface ClaimedBirth {
  hospitalOfficeCode: string;
  bornOn: string;
  plurality: number;
  deliveryOrder: number;
}

export interface BirthFacts {
  sex: 'male' | 'female';
  bornAt: string;
  plurality: number;
  deliveryOrder: number;
  place: { region: string; kind: 'hospital' | 'maternal_health_unit' | 'home' | 'en_route' | 'abroad' };
}

export interface VaccinationWish {
  residenceRegion: string;
  residenceAddress: string;
  unitOfficeCode: string;
  guardianMobile: string;
}

export interface HouseholdWish {
  follows: 'mother' | 'father' | 'special';
  head: {
    name: string;
    identityNumber: string;
    relationToFollowed: 'self' | 'spouse' | 'parent' | 'parent_in_law' | 'grandparent' | 'other';
  };
  kind: 'family' | 'collective';
  region: string;
  address: string;
}

export interface InsuranceWish {
  mode: 'independent' | 'with_guardian';
  tier: string;
  years: number[];
  basis: InsuranceBasis;
  region: string;
  townUnit: string;
  subsidyCategory?: string | null;
  inHospital: boolean;
}

export interface DeliveryWish {
  document: 'birth_certificate' | 'vaccination_book' | 'household_page' | 'social_security_card';
  mode: 'self' | 'mail';
  recipient?: string;
  mobile?: string;
  address?: string;
}

export interface IdentityDocument {
  type: 'resident_id_card' | 'passport' | 'hk_macao_permit' | 'taiwan_permit' | 'foreign_residence_permit' | 'none';
  number: string;
}

export interface ParentForm {
  name: string;
  identity: IdentityDocument;
  ethnicity: string;
  nationality: string;
  mobile: string;
  household: { region: string; kind: 'family' | 'collective' | 'military' | 'none'; address: string };
  residence: { region: string; address: string };
  /** Residence permit or temporary registration, for the police cross-province lane. */
  residencePermitNumber?: string | null;
  /** Why this parent neither comes nor files (P7); one that died is asked nothing any more. */
  absence?: ParentAbsence | null;
}

export const PARENT_ABSENCES = ['deceased', 'imprisoned'] as const;
export type ParentAbsence = (typeof PARENT_ABSENCES)[number];

export const hasParentDied = (parent: ParentForm | null): boolean => parent?.absence === 'deceased';

export interface ApplicantForm {
  role: 'mother' | 'father' | 'guardian' | 'agent';
  name: string;
  identity: IdentityDocument;
  mobile: string;
  /** Material id of the signed authorisation; agents only. */
  authorisation?: string | null;
}

export interface CardForm {
  bankCode: string;
  pickup: 'counter' | 'mail';
}
