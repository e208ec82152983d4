import { Problem } from '@birth/platform';
import { startOfDayMs } from '@birth/standards';
import { Type } from 'class-transformer';
import {
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
import type { StepResults } from '../ports/dossier';
import { readMessageBody } from './birth-notification';

class RefusalDto {
  @IsString() @Length(1, 1000) reason: string;
  @IsString() @Length(1, 500) legalBasis: string;
  @IsString() @Length(1, 100) documentNumber: string;
  @IsString() @Length(1, 200) office: string;
  @IsString() @Length(1, 1000) remedy: string;
}

class WorklistAnswerDto {
  @IsString() @Length(1, 100) messageId: string;
  @IsISO8601() occurredAt: string;
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
  @IsOptional() @IsString() @Length(1, 100) receipt?: string;
  @IsOptional() @IsObject() results?: StepResults;
  @IsOptional() @IsArray() @IsString({ each: true }) fields?: string[];
  @IsOptional() @IsString() @Length(1, 1000) text?: string;
  @IsOptional() @IsIn(['special_procedure', 'coordinated_check']) procedure?: 'special_procedure' | 'coordinated_check';
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) until?: string | null;
  @IsOptional() @ValidateNested() @Type(() => RefusalDto) refusal?: RefusalDto;
}

/** The office's answer in the platform's own words; a refusal needs all its parts (行政许可法 art. 38). */
export function readWorklistAnswer(body: Buffer): { messageId: string; answer: AgencyAnswer } {
  const dto = readMessageBody(WorklistAnswerDto, body);
  const stated = {
    occurredAt: Date.parse(dto.occurredAt),
    ...(dto.receipt === undefined ? {} : { receipt: dto.receipt }),
  };
  return { messageId: dto.messageId, answer: { ...stated, ...answerOf(dto) } };
}

function answerOf(dto: WorklistAnswerDto): AgencyAnswer {
  switch (dto.kind) {
    case 'accepted':
    case 'withdrawn':
      return { kind: dto.kind };
    case 'completed':
      return { kind: 'completed', results: needed(dto.results, 'results') };
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

function needed<T>(value: T | undefined, field: string): T {
  if (value === undefined) {
    throw new Problem(400, 'bad_message', { errors: [{ pointer: `/${field}`, code: 'missing' }] });
  }
  return value;
}
