import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { AGENCIES, OWNERS, STEP_CODES, STEP_STATES } from '@birth/domain';
import { Choice, Flag, Pattern, Text, Whole } from './fields';

export class CorrectionDto {
  /** JSON pointers into the newborn's form, each with its new value. */
  @IsObject()
  @ApiProperty({ type: Object, description: 'Pointer into the form (e.g. /household/address) → new value' })
  fields: Record<string, unknown>;
}

export class ReportedFactsDto {
  @Text(18, { optional: true }) residentIdNumber?: string;
  @Text(20, { optional: true }) certificateNumber?: string;
}

export class NameChoiceDto {
  @Text(50) surname: string;
  @Text(50) given: string;
  @Choice(['father', 'mother', 'other_lineal', 'fosterer', 'other_reason', 'minority_custom'])
  surnameSource: 'father' | 'mother' | 'other_lineal' | 'fosterer' | 'other_reason' | 'minority_custom';
}

export class ConsentAnswerDto {
  @Choice(['agreed', 'refused']) answer: 'agreed' | 'refused';
  @Text(500, { optional: true }) reason?: string;
}

export class TrackDto {
  @Pattern(/^[0-9A-Z]{20,40}$/) caseNumber: string;
  @Text(40, { min: 8 }) queryPassword: string;
}

export class ClerkActionDto {
  @Whole(0, 2_147_483_647, { description: 'The version that the clerk saw' }) expectedVersion: number;
  @Text(500, { min: 2 }) reason: string;
}

export class ClerkRetryDto extends ClerkActionDto {
  @Flag({ optional: true, description: 'The clerk has evidence that the agency got nothing' })
  evidenceNotSent?: boolean;
}

export class ClerkVerificationDto extends ClerkActionDto {
  @Flag() confirmed: boolean;
}

export class PageQuery {
  @IsOptional() @IsString() @Length(1, 60) @Matches(/^[0-9a-f-]+$/) cursor?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit: number = 20;
}

export class EventsQuery {
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) cursor: number = 0;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit: number = 100;
}

export class ClerkStepsQuery extends PageQuery {
  @IsOptional() @IsIn(STEP_STATES) state?: (typeof STEP_STATES)[number];
  @IsOptional() @IsIn(AGENCIES) agency?: (typeof AGENCIES)[number];
  @IsOptional() @IsString() @Length(1, 40) office?: string;
  @IsOptional() @IsIn(OWNERS) owner?: (typeof OWNERS)[number];
  @IsOptional() @IsIn(STEP_CODES) code?: (typeof STEP_CODES)[number];
  @IsOptional() @IsIn(['green', 'yellow', 'red']) light?: 'green' | 'yellow' | 'red';
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) @Max(4000) age?: number;
}

export class WorklistRequestQuery extends PageQuery {
  @IsIn(AGENCIES) agency: (typeof AGENCIES)[number];
  @IsOptional() @IsString() @Length(1, 40) office?: string;
}
