import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import {
  AGENCIES,
  CLERK_DECISIONS,
  type ClerkDecision,
  INSURANCE_BASES,
  type InsuranceBasis,
  LIGHTS,
  OWNERS,
  STEP_CODES,
  STEP_STATES,
} from '@birth/domain';
import { Choice, DATE, Flag, Pattern, QueryWhole, Text, Whole } from './fields';

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

export class BasisDto {
  @Choice(INSURANCE_BASES) basis: InsuranceBasis;
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

export class ConsentRequestDto {
  @Choice(['mother', 'father']) parent: 'mother' | 'father';
}

/** A parent signed on paper before a clerk. */
export class DeskSignatureDto {
  @Choice(['mother', 'father']) parent: 'mother' | 'father';
  @Text(500, { min: 2, description: 'What was seen and signed' }) reason: string;
}

export class TrackDto {
  @Pattern(/^[0-9A-Z]{20,40}$/) caseNumber: string;
  @Text(40, { min: 8 }) queryPassword: string;
}

export class ReceiptCodeDto {
  @Text(4_000, { min: 20, description: 'What the QR of a receipt holds' }) code: string;
}

const OFFICE = /^[0-9A-Za-z-]{1,40}$/;

export class ClerkReasonDto {
  @Text(500, { min: 2 }) reason: string;
}

export class HandOverDto extends ClerkReasonDto {
  @Choice(['mother', 'father']) parent: 'mother' | 'father';
}

export class ClerkActionDto {
  @Whole(0, 2_147_483_647, { description: 'The version that the clerk saw' }) expectedVersion: number;
  @Text(500, { min: 2 }) reason: string;
}

export class ClerkRetryDto extends ClerkActionDto {
  @Flag({ optional: true, description: 'The clerk has evidence that the agency got nothing' })
  evidenceNotSent?: boolean;
}

export class ClerkAssignmentDto extends ClerkActionDto {
  @Pattern(OFFICE, { description: 'An office of the same agency, kind and county' }) officeCode: string;
}

export class ClerkVerificationDto extends ClerkActionDto {
  @Flag() confirmed: boolean;
}

export class ClerkResolutionDto extends ClerkActionDto {
  @Choice(CLERK_DECISIONS) decision: ClerkDecision;
  @Text(20, { optional: true, description: 'With data_updated: of the certificate that was issued instead' })
  certificateNumber?: string;
}

const CURSOR = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MAX_AGE_DAYS = 4_000;

/** The other words of an address are as strict as bodies: unknown ones are refused. */
export class PageQuery {
  @Pattern(CURSOR, { optional: true, description: '`nextCursor` of the page before' }) cursor?: string;
  @QueryWhole(1, 100) limit: number = 20;
}

export class EntitlementsQuery {
  @Pattern(DATE, { optional: true, description: 'Of the child: leaves out what is over' }) bornOn?: string;
}

export class EventsQuery {
  @QueryWhole(0, 2_147_483_647, { optional: true, description: 'The last sequence number that was seen' })
  cursor: number = 0;
  @QueryWhole(1, 100) limit: number = 100;
}

export class ClerkStepsQuery extends PageQuery {
  @Choice(STEP_STATES, { optional: true }) state?: (typeof STEP_STATES)[number];
  @Choice(AGENCIES, { optional: true }) agency?: (typeof AGENCIES)[number];
  @Pattern(OFFICE, { optional: true }) office?: string;
  @Choice(OWNERS, { optional: true }) owner?: (typeof OWNERS)[number];
  @Choice(STEP_CODES, { optional: true }) code?: (typeof STEP_CODES)[number];
  @Choice(LIGHTS, { optional: true }) light?: (typeof LIGHTS)[number];
  @Choice(LIGHTS, { optional: true }) overallLight?: (typeof LIGHTS)[number];
  @QueryWhole(0, MAX_AGE_DAYS, { optional: true, description: 'Days since the birth, at least' }) age?: number;
}

export class WorklistRequestQuery extends PageQuery {
  @Choice(AGENCIES) agency: (typeof AGENCIES)[number];
  @Pattern(OFFICE, { optional: true }) office?: string;
}

export class SharedRequestQuery {
  @Pattern(/^[a-z-]{3,40}$/) receiver: string;
  @Pattern(/^\d{1,18}$/, { optional: true, description: 'The `nextCursor` of the page before' }) after?: string;
  @Pattern(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/, {
    optional: true,
    description: 'Everything told since this moment, again (RFC 3339)',
  })
  since?: string;
  @QueryWhole(1, 200) limit = 50;
}

export class EvidenceQuery {
  @QueryWhole(1, 999_999_999, {
    optional: true,
    description: 'The first signed root shown; the last alone when left out',
  })
  rootsSince?: number;
}

export class YearQuery {
  @QueryWhole(2024, 2100, { optional: true, description: 'Calendar year in Asia/Shanghai; this year when left out' })
  year?: number;
}
