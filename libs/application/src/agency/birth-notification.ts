import { parseStrictJsonBytes, Problem, StrictJsonError, validObject } from '@birth/platform';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

class IdentityDto {
  @IsIn(['resident_id_card', 'passport', 'hk_macao_permit', 'taiwan_permit', 'foreign_residence_permit', 'none'])
  type: string;
  @IsString()
  @Length(0, 40)
  number: string;
}

class PlaceDto {
  @Matches(/^\d{6}$/)
  region: string;
  @IsIn(['hospital', 'maternal_health_unit'])
  kind: string;
}

class BirthRecordDto {
  @IsString()
  @Length(1, 64)
  recordNumber: string;
  @IsString()
  @Length(1, 100)
  motherName: string;
  @ValidateNested()
  @Type(() => IdentityDto)
  motherIdentity: IdentityDto;
  @IsISO8601({ strict: true })
  @Matches(/(Z|[+-]\d{2}:\d{2})$/)
  bornAt: string;
  @IsIn(['male', 'female'])
  sex: 'male' | 'female';
  @IsInt()
  @Min(1)
  @Max(9)
  plurality: number;
  @IsInt()
  @Min(1)
  @Max(9)
  deliveryOrder: number;
  @IsOptional()
  @IsInt()
  weightGrams: number | null;
  @IsOptional()
  @IsNumber()
  lengthCm: number | null;
  @IsOptional()
  @IsInt()
  gestationalWeeks: number | null;
  @IsOptional()
  @IsInt()
  gestationalDays: number | null;
  /** Nobody asks her for anything any more, and a person finds out who goes on (P16). */
  @IsOptional()
  @IsBoolean()
  motherDied?: boolean | null;
  @IsIn(['live', 'stillborn', 'died_after'])
  outcome: 'live' | 'stillborn' | 'died_after';
  /** Treated in hospital now: the family is offered what cannot wait (P11). */
  @IsOptional()
  @IsBoolean()
  inHospital?: boolean | null;
  @ValidateNested()
  @Type(() => PlaceDto)
  place: PlaceDto;
}

/** POST /agency/v1/birth-notifications: 1 to 100 records of one hospital. */
export class BirthNotification {
  @IsString()
  @Length(1, 100)
  messageId: string;
  @IsISO8601()
  occurredAt: string;
  @IsString()
  @Length(1, 40)
  office: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => BirthRecordDto)
  records: BirthRecordDto[];
}

/** Problem 400 with pointers; values never appear. */
export function readBirthNotification(body: Buffer): BirthNotification {
  return readMessageBody(BirthNotification, body);
}

/** JSON of a signed message, whitelisted against a class. */
export function readMessageBody<T extends object>(type: new () => T, body: Buffer): T {
  try {
    return validObject(type, parseStrictJsonBytes(body), { status: 400, code: 'bad_message' });
  } catch (error) {
    if (error instanceof StrictJsonError) throw new Problem(400, error.problem);
    throw error;
  }
}
