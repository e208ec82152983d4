import {
  BadRequestException,
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { encode } from 'iconv-lite';
import { AgencyFront } from '../wire/agency-front';
import { digestOf } from '../wire/digest';
import { checkFields, parseJson, type FieldFault, type Shape } from '../wire/field-check';
import { compactTime } from '../wire/local-time';
import { pageAfter, readMoment } from '../wire/listing';
import { send, type WireReply } from '../wire/wire-reply';
import { ExchangeDesk } from './exchange-desk';
import type { Person } from './person-register';
import {
  CHECK_SHAPE,
  PERSON_SHAPE,
  ROW_SHAPE,
  WITHDRAWAL_SHAPE,
  groupFault,
  type CheckFields,
  type Row,
} from './public-security.fields';
import { stateOf, withdrawalRefused } from './row-state';
import { nowMs } from '../wire/clock';

const FIELD_CODES: Readonly<Record<FieldFault['kind'], string>> = { missing: 'E400', unknown: 'E402', bad: 'E403' };

@Controller('public-security/exchange')
export class PublicSecurityController {
  private readonly front: AgencyFront;

  constructor(private readonly desk: ExchangeDesk) {
    this.front = new AgencyFront(desk.script);
  }

  @Put('zzj_csdj/:postid')
  async write(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('postid') postid: string,
  ): Promise<void> {
    const value = parseJson(request.body);
    const bad = faulty(ROW_SHAPE, value);
    if (bad !== null) return send(reply, bad);
    const row = value as Row;
    const column = row.postid === postid ? groupFault(row) : 'postid';
    if (column !== null) return send(reply, error(400, column === 'postid' ? 'E403' : 'E400', column));
    await this.front.answer(reply, { name: row.xm, submits: true }, () => this.written(row, digestOf(request.body)));
  }

  @Get('zzj_csdj')
  async list(@Res() reply: FastifyReply, @Query() asked: Record<string, string>): Promise<void> {
    const [from, to] = [readMoment(asked['kssj']), readMoment(asked['jssj'])];
    if (from === null || to === null) return send(reply, error(400, 'E403', from === null ? 'kssj' : 'jssj'));
    await this.front.answer(reply, { name: null, submits: false }, () => {
      const { records, next } = pageAfter(this.desk.changedBetween(from, to), asked['xyy']);
      return utf8(200, JSON.stringify({ rows: records.map(stateOf), xyy: next }));
    });
  }

  @Get('zzj_csdj/:postid')
  async read(@Res() reply: FastifyReply, @Param('postid') postid: string): Promise<void> {
    const record = this.desk.recall(postid);
    await this.front.answer(reply, { name: record?.newborn.name ?? null, submits: false }, () =>
      record === undefined ? error(404, 'E404', 'postid') : this.json(stateOf(record), record.newborn.name),
    );
  }

  @Post('zzj_csdj/:postid/cx')
  async withdraw(@Res() reply: FastifyReply, @Param('postid') postid: string, @Body() body: unknown): Promise<void> {
    const bad = faulty(WITHDRAWAL_SHAPE, parseJson(body));
    if (bad !== null) return send(reply, bad);
    const record = this.desk.find(postid);
    await this.front.answer(reply, { name: record?.newborn.name ?? null, submits: false }, () => {
      if (record === undefined) return error(404, 'E404', 'postid');
      const state = this.desk.withdraw(record) === 'withdrawn' ? stateOf(record) : withdrawalRefused(record);
      return this.json(state, record.newborn.name);
    });
  }

  @Post('rkhc')
  async check(@Res() reply: FastifyReply, @Body() body: unknown): Promise<void> {
    const value = parseJson(body);
    const bad = faulty(CHECK_SHAPE, value);
    if (bad !== null) return send(reply, bad);
    const fields = value as CheckFields;
    await this.front.answer(reply, { name: fields.xm, submits: true }, () => {
      const { verdict, person } = this.desk.check(fields, digestOf(body));
      const known = person ?? { xm: null, hh: null, zzdz: null, pcs: null, pcsmc: null, djrq: null };
      const { xm, hh, zzdz, pcs, pcsmc, djrq } = known;
      const head = { hclsh: fields.hclsh, hcjg: verdict, gxsj: compactTime(nowMs()) };
      return this.json({ ...head, xm, hh, zzdz, pcs, pcsmc, djrq }, fields.xm);
    });
  }

  private written(row: Row, digest: string): WireReply {
    const opened = this.desk.write(row, digest);
    switch (opened.outcome) {
      case 'conflict':
        return error(409, 'E409', 'postid');
      case 'unknown_supplement':
        return error(404, 'E405', 'yywlsh');
      case 'known':
      case 'opened':
        return this.json(stateOf(opened.record), row.xm);
    }
  }

  private json(value: object, name: string): WireReply {
    const text = JSON.stringify(value);
    if (this.desk.script.of(name)?.kind !== 'gbk_text') return utf8(200, text);
    return { status: 200, contentType: 'application/json; charset=GBK', body: encode(text, 'gbk') };
  }
}

/** Control: a child who was registered at a counter or elsewhere becomes known to the population check. */
@Controller('_sandbox/public-security/persons')
export class PersonControlController {
  constructor(private readonly desk: ExchangeDesk) {}

  @Post()
  @HttpCode(201)
  enter(@Body() body: unknown): { gmsfhm: string } {
    const value = parseJson(body);
    const fault = checkFields(PERSON_SHAPE, value);
    if (fault !== null) throw new BadRequestException(`${fault.field} is ${fault.kind}`);
    const person = value as Person;
    this.desk.enter(person);
    return { gmsfhm: person.gmsfhm };
  }
}

const utf8 = (status: number, body: string): WireReply => ({
  status,
  contentType: 'application/json; charset=UTF-8',
  body,
});

const error = (status: number, cwdm: string, column: string): WireReply =>
  utf8(status, JSON.stringify({ cwdm, cwxx: '数据不符合接口约定', cwzd: [column] }));

function faulty(shape: Shape, value: unknown): WireReply | null {
  if (value === undefined) return error(400, 'E401', '');
  const fault = checkFields(shape, value);
  return fault === null ? null : error(400, FIELD_CODES[fault.kind], fault.field);
}
