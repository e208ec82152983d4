import {
  FERTILITY_DECISIONS,
  FERTILITY_STATES,
  type FertilityDecision,
  type FertilityForm,
  type FertilityState,
} from '@birth/domain';
import { IdList, Choice, DATE, Nested, Pattern, Text, Whole } from './fields';
import { ClerkActionDto, PageQuery } from './requests.dto';

const REGION = /^(\d{6}|\d{9}|\d{12})$/;
const COUNTRY = /^[A-Z]{3}$/;
const ID_TYPES = [
  'resident_id_card',
  'passport',
  'hk_macao_permit',
  'taiwan_permit',
  'foreign_residence_permit',
  'none',
];

class FertilityIdentityDto {
  @Choice(ID_TYPES) type: string;
  @Text(40, { min: 0 }) number: string;
}

class FertilityPlaceDto {
  @Pattern(REGION, { description: 'GB/T 2260, with the town (9 digits) where it lies in this county' }) region: string;
}

class FertilityParentDto {
  @Text(100) name: string;
  @Nested(() => FertilityIdentityDto) identity: FertilityIdentityDto;
  @Pattern(COUNTRY, { description: 'GB/T 2659' }) nationality: string;
  @Text(20) mobile: string;
  @Nested(() => FertilityPlaceDto) household: FertilityPlaceDto;
  @Nested(() => FertilityPlaceDto) residence: FertilityPlaceDto;
}

/** POST /v1/fertility-registrations. Marriage is not asked. */
export class FertilityFormDto {
  @Choice(['mother', 'father']) declarant: string;
  @Nested(() => FertilityParentDto) mother: FertilityParentDto;
  @Nested(() => FertilityParentDto, { optional: true }) father?: FertilityParentDto | null;
  @Pattern(DATE, { optional: true, description: 'Before the birth' }) expectedOn?: string | null;
  @Pattern(DATE, { optional: true, description: 'After the birth' }) bornOn?: string | null;
  @Whole(1, 20, { description: '孩次 as declared' }) parity: number;
  @Choice(['mother_household', 'father_household', 'residence'], { description: 'Whose place decides the office' })
  officeBy: string;
}

export const toFertilityForm = (dto: FertilityFormDto): FertilityForm => ({
  ...(dto as unknown as FertilityForm),
  father: (dto.father ?? null) as FertilityForm['father'],
  expectedOn: dto.expectedOn ?? null,
  bornOn: dto.bornOn ?? null,
});

export class FertilityEvidenceDto {
  @IdList(10, 'Materials of POST /v1/materials; empty: there is no document') materials: string[];
}

export class FertilityJudgementDto extends ClerkActionDto {
  @Choice(FERTILITY_DECISIONS) decision: FertilityDecision;
}

export class FertilityQuery extends PageQuery {
  @Choice(FERTILITY_STATES, { optional: true }) state?: FertilityState;
}
