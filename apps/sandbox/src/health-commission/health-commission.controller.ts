import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Opened } from '../cases/case-book';
import { AgencyFront } from '../wire/agency-front';
import { uuid } from '../wire/codes';
import { digestOf } from '../wire/digest';
import { checkFields, parseJson, type FieldFault, type Shape } from '../wire/field-check';
import { GatewayCheck } from '../wire/gateway-check';
import { type ListQuery, pageAfter, readMoment } from '../wire/listing';
import { json, send, type WireReply } from '../wire/wire-reply';
import { CertificateDesk, type CertificateFacts } from './certificate-desk';
import { CertificateMessages } from './certificate-messages';
import { electronicCertificate } from './e-licence';
import { progressOf, withdrawalRefused, type Progress } from './certificate-progress';
import {
  ISSUE_SHAPE,
  VERIFY_SHAPE,
  WITHDRAWAL_SHAPE,
  type IssueFields,
  type VerifyFields,
} from './health-commission.fields';

const FIELD_CODES: Readonly<Record<FieldFault['kind'], string>> = { missing: '1001', unknown: '1002', bad: '1003' };

@Controller('health-commission/gateway')
export class HealthCommissionController {
  private readonly front: AgencyFront;

  constructor(
    private readonly gateway: GatewayCheck,
    private readonly desk: CertificateDesk,
    private readonly messages: CertificateMessages,
  ) {
    this.front = new AgencyFront(desk.script);
  }

  @Post('birth-certificates')
  async issue(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = this.read<IssueFields>(request, ISSUE_SHAPE);
    if (isReply(body)) return send(reply, body);
    if (body.mother === null && body.father === null) return send(reply, error(400, '1001', 'mother'));
    const { key, digest } = keyed(request);
    await this.front.answer(reply, { name: body.newborn.name, submits: true }, () =>
      this.opened(this.desk.issue(key, digest, body)),
    );
  }

  @Post('certificate-verifications')
  async verify(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = this.read<VerifyFields>(request, VERIFY_SHAPE);
    if (isReply(body)) return send(reply, body);
    const { key, digest } = keyed(request);
    await this.front.answer(reply, { name: body.newbornName, submits: true }, () =>
      this.opened(this.desk.verify(key, digest, body)),
    );
  }

  @Get('birth-certificates')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() asked: ListQuery): Promise<void> {
    const [from, to] = [readMoment(asked.from), readMoment(asked.to)];
    const refusal = this.gateway.refusal(request);
    if (refusal !== null) return send(reply, refusal);
    if (from === null || to === null) return send(reply, error(400, '1003', from === null ? 'from' : 'to'));
    await this.front.answer(reply, { name: null, submits: false }, () => {
      const { records, next } = pageAfter(this.desk.changedBetween(from, to), asked.after);
      return json(200, { code: '0', items: records.map(progressOf), next });
    });
  }

  @Get('birth-certificates/:key')
  async query(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('key') key: string): Promise<void> {
    const refusal = this.gateway.refusal(request);
    if (refusal !== null) return send(reply, refusal);
    const record = this.desk.recall(key);
    await this.front.answer(reply, { name: record?.newborn.name ?? null, submits: false }, () =>
      record === undefined ? error(404, '4004') : progress(progressOf(record)),
    );
  }

  @Get('birth-certificates/:key/licence')
  async licence(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('key') key: string): Promise<void> {
    const refusal = this.gateway.refusal(request);
    if (refusal !== null) return send(reply, refusal);
    const record = this.desk.find(key);
    await this.front.answer(reply, { name: record?.newborn.name ?? null, submits: false }, async () => {
      const { certificateNumber, issueDate } = (record && progressOf(record).certificate) ?? {};
      if (certificateNumber === undefined || issueDate === undefined) return error(404, '4006');
      const body = await electronicCertificate(certificateNumber, issueDate);
      return { status: 200, contentType: 'application/pdf', body };
    });
  }

  @Post('birth-certificates/:key/withdrawal')
  async withdraw(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<void> {
    const bad = this.gateway.refusal(request) ?? faulty(WITHDRAWAL_SHAPE, parseJson(body));
    if (bad !== null) return send(reply, bad);
    const record = this.desk.find(key);
    await this.front.answer(reply, { name: record?.newborn.name ?? null, submits: false }, () => {
      if (record === undefined) return error(404, '4004');
      return progress(this.desk.withdraw(record) === 'withdrawn' ? progressOf(record) : withdrawalRefused(record));
    });
  }

  private async opened(opened: Opened<CertificateFacts>): Promise<WireReply> {
    switch (opened.outcome) {
      case 'conflict':
        return error(409, '3001');
      case 'unknown_supplement':
        return error(404, '4005', 'supplementOf');
      case 'known':
        return progress(progressOf(opened.record));
      case 'opened':
        return this.firstReply(opened.record);
    }
  }

  private async firstReply(record: Parameters<typeof progressOf>[0]): Promise<WireReply> {
    const first = progress(progressOf(record));
    const early = this.desk.script.of(record.newborn.name)?.kind === 'early_callback';
    if (!early || record.plan.length === 0) return first;
    this.desk.hurry(record);
    await this.messages.arrived(record);
    return first;
  }

  private read<T>(request: FastifyRequest, shape: Shape): T | WireReply {
    const refusal = this.gateway.refusal(request);
    if (refusal !== null) return refusal;
    if (!uuid(request.headers['idempotency-key'])) return error(400, '1005', 'idempotency-key');
    const value = parseJson(request.body);
    return faulty(shape, value) ?? (value as T);
  }
}

const progress = (state: Progress): WireReply => json(200, { code: '0', ...state });

const error = (status: number, code: string, field?: string): WireReply =>
  json(status, { code, message: '请求不符合接口约定', ...(field === undefined ? {} : { field }) });

function faulty(shape: Shape, value: unknown): WireReply | null {
  if (value === undefined) return error(400, '1004');
  const fault = checkFields(shape, value);
  return fault === null ? null : error(400, FIELD_CODES[fault.kind], fault.field);
}

function keyed(request: FastifyRequest): { key: string; digest: string } {
  return { key: String(request.headers['idempotency-key']), digest: digestOf(request.body) };
}

const isReply = (value: object): value is WireReply => 'contentType' in value;
