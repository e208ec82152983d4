import { ALONE_DECLARATION, MOTHER_UNABLE, type MotherUnable } from '@birth/domain';
import { ETHNICITY, HouseholdDto, IdentityDto, MOMENT, NameDto, SURNAME_SOURCES } from './application-form.dto';
import { Choice, Choices, Flag, Nested, NestedList, Pattern, Text } from './fields';
import { ClerkReasonDto } from './requests.dto';

const MOBILE = /^1[3-9]\d{9}$/;

class AloneDeclarationDto {
  @Choice([ALONE_DECLARATION.code]) code: string;
  @Choice([ALONE_DECLARATION.version]) version: string;
  @Pattern(MOMENT) acceptedAt: string;
}

class AloneNewbornDto {
  @Nested(() => NameDto, { optional: true }) name?: NameDto;
  @Choice(SURNAME_SOURCES, { optional: true }) surnameSource?: (typeof SURNAME_SOURCES)[number];
  @Pattern(ETHNICITY, { optional: true, description: 'GB/T 3304' }) ethnicity?: string;
  @Nested(() => HouseholdDto, { optional: true }) household?: HouseholdDto;
}

/** The mother goes on alone. */
export class MotherAloneDto {
  @Nested(() => AloneDeclarationDto, { description: 'Its words: GET /v1/services' }) declaration: AloneDeclarationDto;
  @NestedList(() => AloneNewbornDto, 9, {
    description: 'One a newborn, in the order of the case: what came from the father is given anew, the rest stays',
  })
  newborns: AloneNewbornDto[];
}

/** The hospital's desk links a birth record in place of the mother's word. */
export class RecordLinkDto extends ClerkReasonDto {
  @Text(64, { description: 'The hospital’s own number of the birth record' }) recordNumber: string;
  @Choice(MOTHER_UNABLE, { description: 'Why the mother opens no record and confirms nothing' }) mother: MotherUnable;
}

/** The other parent is kept from the case, or no longer. */
export class ProtectionDto extends ClerkReasonDto {
  @Flag() isProtected: boolean;
}

/** A clerk names the child's guardian. */
export class GuardianDto extends ClerkReasonDto {
  @Nested(() => IdentityDto, { description: 'The paper that the guardian showed' }) identity: IdentityDto;
  @Choices(['mother', 'father'], { description: 'Parents whose word can no longer be had' })
  unable: ('mother' | 'father')[];
}

/** The guardian goes on with the case. */
export class TakeOverDto {
  @Pattern(MOBILE) mobile: string;
}
