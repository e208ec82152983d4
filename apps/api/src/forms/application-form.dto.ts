import {
  type ApplicationForm,
  INSURANCE_BASES,
  PARENT_ABSENCES,
  type ParentAbsence,
  SERVICE_CODES,
} from '@birth/domain';
import { Choice, Choices, Flag, Nested, NestedList, Pattern, Text, Whole, Years } from './fields';

/** Shapes of the joint form; its rules are libs/domain's form rules. */
const REGION = /^\d{6}(\d{3}(\d{3})?)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
export const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const ETHNICITY = /^\d{2}$/;
export const SURNAME_SOURCES = [
  'father',
  'mother',
  'other_lineal',
  'fosterer',
  'other_reason',
  'minority_custom',
] as const;
const COUNTRY = /^[A-Z]{3}$/;
const ID_TYPES = [
  'resident_id_card',
  'passport',
  'hk_macao_permit',
  'taiwan_permit',
  'foreign_residence_permit',
  'none',
];

class ClaimedBirthDto {
  @Text(40) hospitalOfficeCode: string;
  @Pattern(DATE) bornOn: string;
  @Whole(1, 9) plurality: number;
  @Whole(1, 9) deliveryOrder: number;
}

class BirthPlaceDto {
  @Pattern(REGION) region: string;
  @Choice(['hospital', 'maternal_health_unit', 'home', 'en_route', 'abroad']) kind: string;
}

class BirthFactsDto {
  @Choice(['male', 'female']) sex: string;
  @Pattern(MOMENT) bornAt: string;
  @Whole(1, 9) plurality: number;
  @Whole(1, 9) deliveryOrder: number;
  @Nested(() => BirthPlaceDto) place: BirthPlaceDto;
}

class ExistingDto {
  @Text(20, { optional: true }) birthCertificateNumber?: string | null;
  @Text(18, { optional: true }) residentIdNumber?: string | null;
  @Flag({ optional: true }) insuredAlready?: boolean;
}

export class NameDto {
  @Text(50, { min: 0 }) surname: string;
  @Text(50, { min: 0 }) given: string;
}

class VaccinationDto {
  @Pattern(REGION) residenceRegion: string;
  @Text(200) residenceAddress: string;
  @Text(40) unitOfficeCode: string;
  @Text(20) guardianMobile: string;
}

class HouseholdHeadDto {
  @Text(50) name: string;
  @Text(18) identityNumber: string;
  @Choice(['self', 'spouse', 'parent', 'parent_in_law', 'grandparent', 'other']) relationToFollowed: string;
}

export class HouseholdDto {
  @Choice(['mother', 'father', 'special']) follows: string;
  @Nested(() => HouseholdHeadDto) head: HouseholdHeadDto;
  @Choice(['family', 'collective']) kind: string;
  @Pattern(REGION) region: string;
  @Text(200) address: string;
}

class InsuranceDto {
  @Choice(['independent', 'with_guardian']) mode: string;
  @Text(10) tier: string;
  @Years() years: number[];
  @Choice(INSURANCE_BASES) basis: string;
  @Pattern(REGION) region: string;
  @Text(40) townUnit: string;
  @Text(20, { optional: true }) subsidyCategory?: string | null;
  @Flag() inHospital: boolean;
}

class CardDto {
  @Text(20) bankCode: string;
  @Choice(['counter', 'mail']) pickup: string;
}

class DeliveryDto {
  @Choice(['birth_certificate', 'vaccination_book', 'household_page', 'social_security_card']) document: string;
  @Choice(['self', 'mail']) mode: string;
  @Text(50, { optional: true }) recipient?: string;
  @Text(20, { optional: true }) mobile?: string;
  @Text(200, { optional: true }) address?: string;
}

class NewbornDto {
  @Choice(['live', 'died_after', 'stillborn']) outcome: string;
  @Pattern(UUID, { optional: true, description: 'From GET /v1/birth-records' }) birthRecordId?: string | null;
  @Nested(() => ClaimedBirthDto, { optional: true }) claimedBirth?: ClaimedBirthDto | null;
  @Nested(() => BirthFactsDto, {
    optional: true,
    description: 'Births outside an institution, certificates issued elsewhere',
  })
  birth?: BirthFactsDto | null;
  @Nested(() => ExistingDto, { optional: true }) existing?: ExistingDto;
  @Nested(() => NameDto, { optional: true, description: 'Null: decided later' }) name: NameDto | null;
  @Choice(SURNAME_SOURCES) surnameSource: string;
  @Pattern(ETHNICITY, { description: 'GB/T 3304' }) ethnicity: string;
  @Pattern(COUNTRY, { description: 'GB/T 2659' }) nationality: string;
  @Nested(() => VaccinationDto, { optional: true }) vaccination?: VaccinationDto;
  @Nested(() => HouseholdDto, { optional: true }) household?: HouseholdDto;
  @Nested(() => InsuranceDto, { optional: true }) insurance?: InsuranceDto;
  @Nested(() => CardDto, { optional: true }) card?: CardDto;
  @NestedList(() => DeliveryDto, 4, { optional: true }) delivery?: DeliveryDto[];
  @Choices(SERVICE_CODES) services: string[];
}

export class IdentityDto {
  @Choice(ID_TYPES) type: string;
  @Text(40, { min: 0 }) number: string;
}

class ParentHouseholdDto {
  @Pattern(REGION) region: string;
  @Choice(['family', 'collective', 'military', 'none']) kind: string;
  @Text(200, { min: 0 }) address: string;
}

class ResidenceDto {
  @Pattern(REGION) region: string;
  @Text(200) address: string;
}

class ParentDto {
  @Text(100) name: string;
  @Nested(() => IdentityDto) identity: IdentityDto;
  @Pattern(ETHNICITY) ethnicity: string;
  @Pattern(COUNTRY) nationality: string;
  @Text(20, { min: 0, description: 'Empty only of a parent who died' }) mobile: string;
  @Nested(() => ParentHouseholdDto) household: ParentHouseholdDto;
  @Nested(() => ResidenceDto) residence: ResidenceDto;
  @Text(40, { optional: true }) residencePermitNumber?: string | null;
  @Choice(PARENT_ABSENCES, {
    optional: true,
    description: 'Why this parent neither comes nor files; one that died is asked nothing any more',
  })
  absence?: ParentAbsence | null;
}

class ApplicantDto {
  @Choice(['mother', 'father', 'guardian', 'agent']) role: string;
  @Text(100) name: string;
  @Nested(() => IdentityDto) identity: IdentityDto;
  @Text(20) mobile: string;
  @Pattern(UUID, { optional: true, description: 'Material id of the signed authorisation' }) authorisation?:
    string | null;
}

class DeclarationDto {
  @Choice(['truthful', 'sharing', 'name_final', 'ethnicity_choice', 'surname_reason', 'non_marital', 'cross_province'])
  code: string;
  @Text(10) version: string;
  @Pattern(MOMENT) acceptedAt: string;
}

/** POST /v1/applications and /v1/checks. */
export class ApplicationFormDto {
  @NestedList(() => NewbornDto, 9, { min: 1 }) newborns: NewbornDto[];
  @Nested(() => ParentDto, { optional: true }) mother: ParentDto | null;
  @Nested(() => ParentDto, { optional: true }) father: ParentDto | null;
  @Choice(['married', 'not_married', 'not_stated']) parentsRelation: string;
  @Nested(() => ApplicantDto) applicant: ApplicantDto;
  @NestedList(() => DeclarationDto, 20) declarations: DeclarationDto[];
}

/** The validated form in the domain's words; what is optional and left out is null where the domain says null. */
export function toForm(dto: ApplicationFormDto): ApplicationForm {
  const form = dto as unknown as ApplicationForm;
  return {
    ...form,
    mother: form.mother ?? null,
    father: form.father ?? null,
    newborns: form.newborns.map((newborn) => ({ ...newborn, name: newborn.name ?? null })),
  };
}
