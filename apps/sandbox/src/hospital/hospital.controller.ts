import { randomUUID } from 'node:crypto';
import { BadRequestException, Body, Controller, HttpCode, Post } from '@nestjs/common';
import { region6 } from '../wire/codes';
import {
  checkFields,
  decimal,
  integer,
  isObject,
  oneOf,
  orNull,
  parseJson,
  text,
  type Shape,
} from '../wire/field-check';
import { offsetTime } from '../wire/local-time';
import { PlatformClient } from '../wire/platform-client';
import { nowMs } from '../wire/clock';

const RECORD: Shape = {
  recordNumber: text(50),
  motherName: text(50),
  motherIdentity: { type: text(40), number: text(30) },
  bornAt: text(40),
  sex: oneOf('male', 'female'),
  plurality: integer(1, 9),
  deliveryOrder: integer(1, 9),
  weightGrams: orNull(integer(100, 10_000)),
  lengthCm: orNull(decimal(10, 100)),
  gestationalWeeks: orNull(integer(15, 50)),
  gestationalDays: orNull(integer(0, 6)),
  inHospital: orNull((value) => typeof value === 'boolean'),
  motherDied: orNull((value) => typeof value === 'boolean'),
  outcome: oneOf('live', 'stillborn', 'died_after'),
  place: { region: region6, kind: oneOf('hospital', 'maternal_health_unit') },
};

const OPTIONAL = [
  'weightGrams',
  'lengthCm',
  'gestationalWeeks',
  'gestationalDays',
  'inHospital',
  'motherDied',
] as const;
const MAX_RECORDS = 100;

interface Notification {
  messageId: string;
  occurredAt: string;
  office: string;
  records: Record<string, unknown>[];
}

/** Control: a child was born; the hospital notes it and notifies the platform, signed. */
@Controller('_sandbox/hospital/birth-records')
export class HospitalController {
  constructor(private readonly platform: PlatformClient) {}

  /** Returns after the first sending; `delivered` tells whether the platform took it, else it is sent again. */
  @Post()
  @HttpCode(202)
  async record(@Body() body: unknown): Promise<{ messageId: string; recordNumbers: unknown[]; delivered: boolean }> {
    const { office, records } = readOrder(parseJson(body));
    const message: Notification = {
      messageId: `HB-${randomUUID()}`,
      occurredAt: offsetTime(nowMs()),
      office,
      records,
    };
    const path = '/agency/v1/birth-notifications';
    const delivered = await this.platform.deliverOnce('hospital', path, message);
    if (!delivered) void this.platform.deliver('hospital', path, message);
    return { messageId: message.messageId, recordNumbers: records.map((one) => one['recordNumber']), delivered };
  }
}

/** `{ office, records: [...] }`, or the same with the fields of one record beside `office`. */
function readOrder(value: unknown): { office: string; records: Record<string, unknown>[] } {
  if (!isObject(value) || !text(50)(value['office'])) throw new BadRequestException('office is missing');
  const { office, records, ...single } = value;
  const list = records === undefined ? [single] : records;
  if (!Array.isArray(list) || list.length === 0 || list.length > MAX_RECORDS) throw new BadRequestException('records');
  return { office: String(office), records: list.map(readRecord) };
}

function readRecord(value: unknown): Record<string, unknown> {
  if (!isObject(value)) throw new BadRequestException('a record is an object');
  const record = {
    ...Object.fromEntries(OPTIONAL.map((name) => [name, null])),
    recordNumber: `ZY${randomUUID()}`,
    ...value,
  };
  const fault = checkFields(RECORD, record);
  if (fault !== null) throw new BadRequestException(`${fault.field} is ${fault.kind}`);
  return record;
}
