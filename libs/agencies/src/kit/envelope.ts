import { AgencyContractBroken } from '@birth/application';
import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { type Fields, readJson } from './parse';
import { toDigits, toLocalText } from './local-time';

const IV_BYTES = 16;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

export interface EnvelopeKeys {
  hmacKey: string;
  /** 32 hex digits. */
  sm4Key: string;
  encrypts: boolean;
}

/** RFC 8785 for objects, arrays, strings, integers, booleans and null: keys sorted, no white space. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/** HMAC-SM3 (GB/T 15852.2 over GB/T 32905), lower-case hex. */
const sign = (key: string, parts: readonly string[]): string =>
  createHmac('sm3', key).update(parts.join('\n')).digest('hex');

function encrypt(text: string, key: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('sm4-cbc', Buffer.from(key, 'hex'), iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

function decrypt(text: string, key: string): string {
  const bytes = Buffer.from(text, 'base64');
  try {
    const decipher = createDecipheriv('sm4-cbc', Buffer.from(key, 'hex'), bytes.subarray(0, IV_BYTES));
    return UTF8.decode(Buffer.concat([decipher.update(bytes.subarray(IV_BYTES)), decipher.final()]));
  } catch {
    throw new AgencyContractBroken('the reply does not decrypt', 'encoutput');
  }
}

/** A call of the insurance interface: envelope, message id, signature over the canonical payload, SM4 where agreed. */
export function sealEnvelope(infno: string, data: Record<string, unknown>, keys: EnvelopeKeys, now: number) {
  const msgid = `P50023500001${toDigits(now)}${String(randomInt(10_000)).padStart(4, '0')}`;
  const inf_time = toLocalText(now);
  const input = { data };
  const encinput = keys.encrypts ? encrypt(JSON.stringify(input), keys.sm4Key) : null;
  const signature = sign(keys.hmacKey, [infno, msgid, inf_time, encinput ?? canonicalJson(input)]);
  const enctype = keys.encrypts ? 'SM4' : '';
  const head = { infno, msgid, inf_time, signtype: 'HMAC-SM3', enctype, signature };
  return { msgid, body: JSON.stringify(encinput === null ? { ...head, input } : { ...head, encinput }) };
}

export interface OpenedEnvelope {
  infcode: string;
  errMsg: string;
  output: Fields;
}

/** Verifies the reply's signature before anything in it is read. */
export function openEnvelope(text: string, msgid: string, keys: EnvelopeKeys): OpenedEnvelope {
  const fields = readJson(text);
  const infcode = fields.text('infcode');
  const encoutput = fields.textOrNull('encoutput');
  const raw = JSON.parse(text) as { output?: unknown };
  const payload = encoutput ?? canonicalJson(raw.output ?? {});
  if (fields.text('refmsgid') !== msgid) {
    throw new AgencyContractBroken('the reply belongs to another message', 'refmsgid');
  }
  const expected = sign(keys.hmacKey, [infcode, msgid, fields.text('respond_time'), payload]);
  const given = fields.text('signature');
  const isSame = given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  if (!isSame) throw new AgencyContractBroken('the reply is not signed by the agency', 'signature');
  const output = encoutput === null ? fields.object('output') : readJson(decrypt(encoutput, keys.sm4Key));
  return { infcode, errMsg: fields.textOrNull('err_msg') ?? '', output };
}
