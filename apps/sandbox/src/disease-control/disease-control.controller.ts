import { Controller, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AgencyFront } from '../wire/agency-front';
import { checkFields, parseJson, type FieldFault, type Shape } from '../wire/field-check';
import { GatewayCheck } from '../wire/gateway-check';
import { json, send, type WireReply } from '../wire/wire-reply';
import { CHILD_SHAPE, FOLLOW_SHAPE, parentFault, type ChildFields, type FollowFields } from './disease-control.fields';
import { replyOf } from './vaccination-reply';
import { VaccinationDesk } from './vaccination-desk';

const FIELD_CODES: Readonly<Record<FieldFault['kind'], string>> = { missing: '1101', unknown: '1102', bad: '1103' };

@Controller('disease-control/api/v1/children')
export class DiseaseControlController {
  private readonly front: AgencyFront;

  constructor(
    private readonly gateway: GatewayCheck,
    private readonly desk: VaccinationDesk,
  ) {
    this.front = new AgencyFront(desk.script);
  }

  @Post()
  async register(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const value = parseJson(request.body);
    const bad = this.gateway.refusal(request) ?? faulty(CHILD_SHAPE, value);
    if (bad !== null) return send(reply, bad);
    const child = value as ChildFields;
    const missing = parentFault(child);
    if (missing !== null) return send(reply, error(400, '1101', missing));
    await this.front.answer(reply, { name: child.childName, submits: true }, async () => {
      await this.front.dawdle(child.childName);
      const registered = this.desk.register(child);
      if (registered.outcome === 'unknown_supplement') return error(404, '4005', 'supplementOf');
      return json(200, replyOf(registered.record, registered.outcome === 'exists'));
    });
  }

  @Put(':childCode')
  async follow(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('childCode') childCode: string,
  ): Promise<void> {
    const value = parseJson(request.body);
    const bad = this.gateway.refusal(request) ?? faulty(FOLLOW_SHAPE, value);
    if (bad !== null) return send(reply, bad);
    const fields = value as FollowFields;
    await this.front.answer(reply, { name: fields.childName, submits: false }, () => {
      const record = this.desk.follow(childCode, fields);
      return record === undefined ? error(404, '4004') : json(200, replyOf(record, false));
    });
  }
}

const error = (status: number, code: string, field?: string): WireReply =>
  json(status, { code, message: '请求不符合接口约定', ...(field === undefined ? {} : { field }) });

function faulty(shape: Shape, value: unknown): WireReply | null {
  if (value === undefined) return error(400, '1104');
  const fault = checkFields(shape, value);
  return fault === null ? null : error(400, FIELD_CODES[fault.kind], fault.field);
}
