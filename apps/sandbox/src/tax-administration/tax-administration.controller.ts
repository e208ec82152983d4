import {
  BadRequestException,
  Body,
  ConflictException,
  Controller,
  Get,
  HttpCode,
  NotFoundException,
} from '@nestjs/common';
import { Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Opened } from '../cases/case-book';
import { OfficeBooks } from '../offices/office-books';
import { AgencyFront } from '../wire/agency-front';
import { uuid } from '../wire/codes';
import { digestOf } from '../wire/digest';
import { checkFields, parseJson, type FieldFault, type Shape } from '../wire/field-check';
import { GatewayCheck } from '../wire/gateway-check';
import { type ListQuery, pageAfter, readMoment } from '../wire/listing';
import { json, send, type WireReply } from '../wire/wire-reply';
import { cancellationRefused, noticeState, type NoticeState } from './notice-state';
import { type NoticeFacts, PremiumDesk } from './premium-desk';
import { CANCELLATION_SHAPE, NOTICE_SHAPE, type NoticeFields, PAYMENT_SHAPE } from './tax-administration.fields';

const FIELD_CODES: Readonly<Record<FieldFault['kind'], string>> = { missing: '1001', unknown: '1002', bad: '1003' };

@Controller('tax-administration/social-premiums/notices')
export class TaxAdministrationController {
  private readonly front: AgencyFront;

  constructor(
    private readonly gateway: GatewayCheck,
    private readonly desk: PremiumDesk,
  ) {
    this.front = new AgencyFront(desk.script);
  }

  @Post()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = this.read(request);
    if ('contentType' in fields) return send(reply, fields);
    const key = String(request.headers['idempotency-key']);
    await this.front.answer(reply, { name: fields.name, submits: true }, () =>
      this.opened(this.desk.ask(key, digestOf(request.body), fields)),
    );
  }

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() asked: ListQuery): Promise<void> {
    const [from, to] = [readMoment(asked.from), readMoment(asked.to)];
    const refusal = this.gateway.refusal(request);
    if (refusal !== null) return send(reply, refusal);
    if (from === null || to === null) return send(reply, error(400, '1003', from === null ? 'from' : 'to'));
    await this.front.answer(reply, { name: null, submits: false }, () => {
      const { records, next } = pageAfter(this.desk.changedBetween(from, to), asked.after);
      return json(200, { code: '0', items: records.map(noticeState), next });
    });
  }

  @Get(':key')
  async query(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('key') key: string): Promise<void> {
    const refusal = this.gateway.refusal(request);
    if (refusal !== null) return send(reply, refusal);
    const record = this.desk.recall(key);
    await this.front.answer(reply, { name: record?.newborn.name ?? null, submits: false }, () =>
      record === undefined ? error(404, '4004') : shown(noticeState(record)),
    );
  }

  @Post(':key/cancellation')
  async cancel(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<void> {
    const bad = this.gateway.refusal(request) ?? faulty(CANCELLATION_SHAPE, parseJson(body));
    if (bad !== null) return send(reply, bad);
    const record = this.desk.find(key);
    await this.front.answer(reply, { name: record?.newborn.name ?? null, submits: false }, () => {
      if (record === undefined) return error(404, '4004');
      return shown(this.desk.cancel(record) === 'withdrawn' ? noticeState(record) : cancellationRefused(record));
    });
  }

  private opened(opened: Opened<NoticeFacts>): WireReply {
    switch (opened.outcome) {
      case 'conflict':
        return error(409, '3001');
      case 'unknown_supplement':
        return error(404, '4005', 'supplementOf');
      case 'known':
        return shown(noticeState(opened.record));
      case 'opened':
        this.desk.afterReply(opened.record);
        return shown(noticeState(opened.record));
    }
  }

  private read(request: FastifyRequest): NoticeFields | WireReply {
    const refusal = this.gateway.refusal(request);
    if (refusal !== null) return refusal;
    if (!uuid(request.headers['idempotency-key'])) return error(400, '1005', 'idempotency-key');
    const value = parseJson(request.body);
    return faulty(NOTICE_SHAPE, value) ?? (value as NoticeFields);
  }
}

/** Control call: a family pays, at the counter or with a phone. */
@Controller('_sandbox/tax-administration/payments')
export class PremiumPaymentsController {
  constructor(
    private readonly desk: PremiumDesk,
    private readonly offices: OfficeBooks,
  ) {}

  @Post()
  @HttpCode(201)
  pay(@Body() body: unknown): { outcome: 'paid' } {
    const value = parseJson(body);
    const fault = checkFields(PAYMENT_SHAPE, value);
    if (fault !== null) throw new BadRequestException(`${fault.field} is ${fault.kind}`);
    const { noticeNo, amount } = value as { noticeNo: string; amount: number };
    const byInterface = this.desk.pay(noticeNo, amount);
    const outcome = byInterface === 'unknown' ? this.offices.pay(noticeNo, amount) : byInterface;
    if (outcome === 'unknown') throw new NotFoundException('no such notice');
    if (outcome === 'not_due') throw new ConflictException('not due, or another amount');
    return { outcome };
  }
}

const shown = (state: NoticeState): WireReply => json(200, { code: '0', ...state });

const error = (status: number, code: string, field?: string): WireReply =>
  json(status, { code, message: '请求不符合接口约定', ...(field === undefined ? {} : { field }) });

function faulty(shape: Shape, value: unknown): WireReply | null {
  if (value === undefined) return error(400, '1004');
  const fault = checkFields(shape, value);
  return fault === null ? null : error(400, FIELD_CODES[fault.kind], fault.field);
}
