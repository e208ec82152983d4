import { Body, Controller, Get, Headers, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AgencyFront } from '../wire/agency-front';
import { checkFields, type FieldFault } from '../wire/field-check';
import { type ListQuery, pageAfter, readMoment } from '../wire/listing';
import { send, type WireReply } from '../wire/wire-reply';
import { CardDesk, type CardCase } from './card-desk';
import { errorOf, listOf, notFound, replyOf } from './card-reply';
import { readXml, writeXml, type Charset, type XmlContent } from './card-xml';
import { addressFault, elementName, REQUEST_SHAPE, type CardRequest } from './human-resources.fields';

const FIELD_CODES: Readonly<Record<FieldFault['kind'], string>> = { missing: 'E201', unknown: 'E202', bad: 'E203' };

@Controller('human-resources/service/card-applications')
export class HumanResourcesController {
  private readonly front: AgencyFront;

  constructor(private readonly desk: CardDesk) {
    this.front = new AgencyFront(desk.script);
  }

  @Post()
  async apply(
    @Res() reply: FastifyReply,
    @Headers('content-type') contentType: string,
    @Body() body: unknown,
  ): Promise<void> {
    const charset: Charset = /charset=gbk/i.test(contentType) ? 'GBK' : 'UTF-8';
    const document = readXml(body, charset);
    const bad = document === undefined ? error('E204', '', charset) : faulty(document, charset);
    if (bad !== null) return send(reply, bad);
    const { head, body: card } = (document as unknown as CardRequest).request;
    await this.front.answer(reply, { name: card.AAC003, submits: true }, () => {
      const opened = this.desk.apply(head.serialNo, card);
      return 'record' in opened ? this.record(opened.record, charset) : error('E205', 'YRECORDNO', charset);
    });
  }

  @Get()
  async asked(@Res() reply: FastifyReply, @Query() query: ListQuery & { key?: string }): Promise<void> {
    const { key } = query;
    if (key === undefined) return this.list(reply, query);
    await this.found(reply, this.desk.byKey(key), key);
  }

  @Get(':recordNo')
  async byRecord(@Res() reply: FastifyReply, @Param('recordNo') recordNo: string): Promise<void> {
    await this.found(reply, this.desk.byRecord(recordNo), '');
  }

  private async list(reply: FastifyReply, query: ListQuery): Promise<void> {
    const [from, to] = [readMoment(query.from), readMoment(query.to)];
    if (from === null || to === null) return send(reply, error('E203', from === null ? 'from' : 'to', 'UTF-8'));
    await this.front.answer(reply, { name: null, submits: false }, () => {
      const { records, next } = pageAfter(this.desk.changedBetween(from, to), query.after);
      return wire(200, listOf(records, next), 'UTF-8');
    });
  }

  private async found(reply: FastifyReply, record: CardCase | undefined, key: string): Promise<void> {
    await this.front.answer(reply, { name: record?.newborn.name ?? null, submits: false }, () =>
      record === undefined ? wire(200, notFound(key), 'UTF-8') : this.record(record, 'UTF-8'),
    );
  }

  private record(record: CardCase, charset: Charset): WireReply {
    const gbk = this.desk.script.of(record.newborn.name)?.kind === 'gbk_text';
    return wire(200, replyOf(record), gbk ? 'GBK' : charset);
  }
}

const wire = (status: number, content: XmlContent, charset: Charset): WireReply => ({
  status,
  contentType: `application/xml; charset=${charset}`,
  body: writeXml('response', content, charset),
});

const error = (code: string, field: string, charset: Charset): WireReply => wire(400, errorOf(code, field), charset);

function faulty(document: unknown, charset: Charset): WireReply | null {
  const fault = checkFields(REQUEST_SHAPE, document);
  if (fault !== null) return error(FIELD_CODES[fault.kind], elementName(fault.field), charset);
  const address = addressFault((document as CardRequest).request.body);
  return address === null ? null : error('E203', address, charset);
}
