import { setTimeout as pause } from 'node:timers/promises';
import { BadRequestException, Body, Controller, Get, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformKeys } from '../keys/platform-keys';
import { checkFields, isObject, parseJson, text } from '../wire/field-check';
import { PlatformSignature } from '../wire/platform-signature';
import { json, send, type WireReply } from '../wire/wire-reply';
import { DATA_SHAPES, RecordBook, type RecordTable, type ReportedRecord } from './record-book';

const FAULTS = ['down', 'lost', 'refuse', 'slowMs'] as const;
/** How often each still happens: not there; has it and says nothing of it; refuses. `slowMs`: before each reply. */
type Behaviour = Record<(typeof FAULTS)[number], number>;

/** Takes case records from the platform and acknowledges each; control: how it behaves, and what it has. */
@Controller()
export class RecordsController {
  private readonly signature: PlatformSignature;
  private behaviour: Behaviour = { down: 0, lost: 0, refuse: 0, slowMs: 0 };

  constructor(
    keys: PlatformKeys,
    private readonly book: RecordBook,
  ) {
    this.signature = new PlatformSignature(keys);
  }

  @Post('government-portal/records')
  async take(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (this.happens('down')) return send(reply, json(503, { message: '系统维护中' }));
    if (!this.signature.isSigned(request)) return send(reply, json(401, { message: '签名无效' }));
    if (this.behaviour.slowMs > 0) await pause(this.behaviour.slowMs, undefined, { ref: false });
    send(reply, this.answer(parseJson(request.body)));
  }

  @Get('_sandbox/government-portal/records')
  show(): ReturnType<RecordBook['show']> {
    return this.book.show();
  }

  @Put('_sandbox/government-portal/behaviour')
  @HttpCode(200)
  behave(@Body() body: unknown): Behaviour {
    const wish = parseJson(body);
    if (!isObject(wish)) throw new BadRequestException('an object');
    const unknown = Object.entries(wish).find(
      ([name, value]) => !(FAULTS as readonly string[]).includes(name) || !Number.isInteger(value),
    );
    if (unknown !== undefined) throw new BadRequestException(unknown[0]);
    this.behaviour = { down: 0, lost: 0, refuse: 0, slowMs: 0, ...wish };
    return this.behaviour;
  }

  private answer(body: unknown): WireReply {
    const record = readRecord(body);
    if (typeof record === 'string') return refusal(body, record);
    if (this.happens('refuse')) return refusal(body, 'E900');
    const isNew = this.book.take(record);
    if (this.happens('lost')) return json(502, { message: '网关超时' });
    return json(200, { record_id: record.recordId, result: isNew ? '0' : '1' });
  }

  private happens(fault: 'down' | 'lost' | 'refuse'): boolean {
    if (this.behaviour[fault] === 0) return false;
    this.behaviour = { ...this.behaviour, [fault]: this.behaviour[fault] - 1 };
    return true;
  }
}

const refusal = (body: unknown, code: string): WireReply =>
  json(200, { record_id: isObject(body) ? body['record_id'] : '', result: '2', error_code: code });

/** Or the code of what is wrong: E100 not a record, E101 unknown table, E102 a field. */
function readRecord(body: unknown): ReportedRecord | string {
  if (!isObject(body) || !text(50)(body['record_id']) || body['cd_operation'] !== 'I') return 'E100';
  const { record_id: recordId, table, data } = body;
  if (typeof table !== 'string' || !Object.hasOwn(DATA_SHAPES, table)) return 'E101';
  const shapes = DATA_SHAPES[table as RecordTable];
  if (!isObject(data) || shapes.every((shape) => checkFields(shape, data) !== null)) return 'E102';
  return { recordId: String(recordId), table: table as RecordTable, data };
}
