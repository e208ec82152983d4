import { CUSTODY_EVENTS, type CustodyEvent, type StepRecord } from '@birth/domain';
import { Problem, validObject } from '@birth/platform';
import { startOfDayMs } from '@birth/standards';
import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import type { AgencyAnswer } from '../ports/agency-adapter';
import { resultKey, type StepResults } from '../ports/dossier';
import { Day, RESULT_SHAPES } from './worklist-results';
import { readMessageBody } from './birth-notification';

/** 邮件号 of the national post has 13 characters, other carriers’ up to 20. */
export const WAYBILL = /^[0-9A-Z]{8,20}$/;

type Procedure = 'special_procedure' | 'coordinated_check';

/** Something that people can read: blanks say nothing. */
const Said = (max: number) => applyDecorators(IsString(), Length(1, max), Matches(/\S/u));

class RefusalDto {
  @Said(1000) reason: string;
  @Said(500) legalBasis: string;
  @Said(100) documentNumber: string;
  @Said(200) office: string;
  @Said(1000) remedy: string;
}

class WorklistAnswerDto {
  @IsString() @Length(1, 100) messageId: string;
  @IsISO8601({ strict: true }) @Matches(/T.*(Z|[+-]\d{2}:\d{2})$/) occurredAt: string;
  @IsIn([
    'accepted',
    'completed',
    'correction_needed',
    'action_needed',
    'suspended',
    'rejected',
    'withdrawn',
    'withdrawal_refused',
  ])
  kind: AgencyAnswer['kind'];
  @IsOptional() @IsString() @Length(1, 100) receipt?: string | null;
  @IsOptional() @IsObject() results?: Record<string, unknown> | null;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  fields?: string[] | null;
  @IsOptional() @IsString() @Length(1, 1000) text?: string | null;
  @IsOptional() @IsIn(['special_procedure', 'coordinated_check']) procedure?: Procedure | null;
  @IsOptional() @Day() until?: string | null;
  /** What became of the step's papers. */
  @IsOptional() @IsIn(CUSTODY_EVENTS) paper?: CustodyEvent | null;
  @IsOptional() @Matches(WAYBILL) waybill?: string | null;
  @IsOptional() @ValidateNested() @Type(() => RefusalDto) refusal?: RefusalDto | null;
}

type AnsweredStep = Pick<StepRecord, 'code' | 'qualifier'>;

/** The office's answer in the platform's own words; a refusal needs all its parts (行政许可法 art. 38). */
export function readWorklistAnswer(body: Buffer, step: AnsweredStep): { messageId: string; answer: AgencyAnswer } {
  const dto = readMessageBody(WorklistAnswerDto, body);
  const stated = {
    occurredAt: Date.parse(dto.occurredAt),
    ...(dto.receipt == null ? {} : { receipt: dto.receipt }),
    ...papersOf(dto),
  };
  return { messageId: dto.messageId, answer: { ...stated, ...answerOf(dto, step) } };
}

/** What was posted needs its waybill. */
function papersOf({ paper, waybill }: WorklistAnswerDto): Pick<AgencyAnswer, 'papers' | 'waybill'> {
  if (paper == null) return {};
  return paper === 'posted' ? { papers: [paper], waybill: needed(waybill, 'waybill') } : { papers: [paper] };
}

function answerOf(dto: WorklistAnswerDto, step: AnsweredStep): AgencyAnswer {
  switch (dto.kind) {
    case 'accepted':
    case 'withdrawn':
      return { kind: dto.kind };
    case 'completed':
      return { kind: 'completed', results: resultsOf(needed(dto.results, 'results'), step) };
    case 'correction_needed':
      return { kind: 'correction_needed', fields: needed(dto.fields, 'fields'), text: needed(dto.text, 'text') };
    case 'action_needed':
    case 'withdrawal_refused':
      return { kind: dto.kind, text: needed(dto.text, 'text') };
    case 'suspended':
      return {
        kind: 'suspended',
        procedure: needed(dto.procedure, 'procedure'),
        text: needed(dto.text, 'text'),
        ...(dto.until == null ? {} : { until: startOfDayMs(dto.until) }),
      };
    case 'rejected':
      return { kind: 'rejected', refusal: { ...needed(dto.refusal, 'refusal') } };
  }
}

/** What a finished step brought, in the platform's own words; null where it does not. */
export function readResults(given: unknown, step: AnsweredStep): StepResults | null {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return null;
  try {
    return resultsOf(given as Record<string, unknown>, step);
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** As the step brings them, and nothing beside. */
function resultsOf(given: Record<string, unknown>, step: AnsweredStep): StepResults {
  const results = validObject<object>(RESULT_SHAPES[step.code], given, {
    status: 400,
    code: 'bad_message',
    at: '/results',
  });
  const kept: Partial<Record<string, object>> = { [resultKey(step)]: { ...results } };
  return kept as StepResults;
}

function needed<T>(value: T | null | undefined, field: string): T {
  if (value == null) {
    throw new Problem(400, 'bad_message', { errors: [{ pointer: `/${field}`, code: 'missing' }] });
  }
  return value;
}
