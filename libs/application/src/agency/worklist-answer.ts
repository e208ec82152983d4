import { CUSTODY_EVENTS, type CustodyEvent, type StepRecord } from '@birth/domain';
import { Problem, validObject } from '@birth/platform';
import { startOfDayMs } from '@birth/standards';
import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { AgencyAnswer, PaymentDue } from '../ports/agency-adapter';
import { resultKey, type StepResults } from '../ports/dossier';
import { Day, MAX_FEN, RESULT_SHAPES } from './worklist-results';
import { readMessageBody } from './birth-notification';

/** 邮件号 of the national post has 13 characters, other carriers’ up to 20. */
export const WAYBILL = /^[0-9A-Z]{8,20}$/;

const PROGRESS = ['in_progress', 'waiting_for_paper'] as const;
type Progress = (typeof PROGRESS)[number];
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

/** What the family pays at its agency; fen. */
class PaymentDueDto {
  @Said(100) noticeNumber: string;
  @IsInt() @Min(1) @Max(MAX_FEN) amountFen: number;
  @IsOptional() @Day() payBy?: string | null;
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
  /** With `accepted`: what the office waits for, or that it has begun. */
  @IsOptional() @IsIn(PROGRESS) detail?: Progress | null;
  @IsOptional() @IsString() @Length(1, 100) receipt?: string | null;
  @IsOptional() @IsObject() results?: Record<string, unknown> | null;
  /** With `completed`: it was there before, this request has changed nothing (policy P14). */
  @IsOptional() @IsBoolean() existed?: boolean | null;
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
  /** With `action_needed` of a premium alone. */
  @IsOptional() @ValidateNested() @Type(() => PaymentDueDto) payment?: PaymentDueDto | null;
}

const NAME = /^(?=.*\S).{1,50}$/u;

type Told = Pick<Extract<AgencyAnswer, { kind: 'completed' }>, 'results' | 'registered'>;
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
      return { kind: 'accepted', ...(dto.detail == null ? {} : { detail: dto.detail }) };
    case 'withdrawn':
      return { kind: 'withdrawn' };
    case 'completed':
      return {
        kind: 'completed',
        ...toldOf(needed(dto.results, 'results'), step),
        ...(dto.existed === true ? { existed: true } : {}),
      };
    case 'correction_needed':
      return { kind: 'correction_needed', fields: needed(dto.fields, 'fields'), text: needed(dto.text, 'text') };
    case 'action_needed':
      return { kind: 'action_needed', text: needed(dto.text, 'text'), ...paymentOf(dto, step) };
    case 'withdrawal_refused':
      return { kind: 'withdrawal_refused', text: needed(dto.text, 'text') };
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

/** Nobody but who collects premiums says what is to be paid. */
function paymentOf({ payment }: WorklistAnswerDto, { code }: AnsweredStep): { payment?: PaymentDue } {
  if (payment == null) return {};
  if (code !== 'insurance_payment') throw bad('payment', 'unknown_property');
  const { noticeNumber, amountFen, payBy = null } = payment;
  return { payment: { noticeNumber, amountFen, payBy } };
}

/** What a finished step brought, in the platform's own words; null where it does not. */
export function readResults(given: unknown, step: AnsweredStep): Told | null {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return null;
  try {
    return toldOf(given as Record<string, unknown>, step);
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** A unit says under which name its record stands: that is compared, and no result of the step. */
function toldOf(given: Record<string, unknown>, step: AnsweredStep): Told {
  const { registeredName: name, ...own } = given;
  if (step.code !== 'vaccination' || name == null) return { results: resultsOf(given, step) };
  if (typeof name !== 'string' || !NAME.test(name)) throw bad('results/registeredName', 'bad_value');
  return { results: resultsOf(own, step), registered: { name, sex: null, bornOn: null } };
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
  if (value == null) throw bad(field, 'missing');
  return value;
}

const bad = (field: string, code: string): Problem =>
  new Problem(400, 'bad_message', { errors: [{ pointer: `/${field}`, code }] });
