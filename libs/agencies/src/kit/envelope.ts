import { AgencyContractBroken, AgencyUnavailable, OutcomeUnknown } from '@birth/application';
import { createCipheriv, createDecipheriv, randomBytes, randomInt } from 'node:crypto';
import { type Fields, readJson } from './parse';
import { toDigits, toLocalText } from './local-time';
import type { KeyPair } from './key-pair';
import type { KnownKey } from './signing-keys';
import { signSm2, verifySm2 } from './sm2';

const IV_BYTES = 16;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

export interface EnvelopeKeys {
  signing: KeyPair;
  /** Whose keys verify the replies. */
  owner: string;
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

const signedText = (parts: readonly string[]): Buffer => Buffer.from(parts.join('\n'));

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

/** A call of the insurance interface: envelope, message id, SM2 over head and canonical payload, SM4 where agreed. */
export function sealEnvelope(infno: string, data: Record<string, unknown>, keys: EnvelopeKeys, now: number) {
  const key = keys.signing.own().first('sm2');
  if (key === undefined) throw new AgencyUnavailable('no SM2 key to sign with');
  const { keyId: keyid } = key;
  const msgid = `P50023500001${toDigits(now)}${String(randomInt(10_000)).padStart(4, '0')}`;
  const inf_time = toLocalText(now);
  const input = { data };
  const encinput = keys.encrypts ? encrypt(JSON.stringify(input), keys.sm4Key) : null;
  const text = signedText([infno, msgid, inf_time, keyid, encinput ?? canonicalJson(input)]);
  const signature = signSm2(text, key.key).toString('base64');
  const enctype = keys.encrypts ? 'SM4' : '';
  const head = { infno, msgid, inf_time, signtype: 'SM2', keyid, enctype, signature };
  return { msgid, keyId: keyid, body: JSON.stringify(encinput === null ? { ...head, input } : { ...head, encinput }) };
}

const isSigned = (text: Buffer, signature: string, key: KnownKey | undefined, owner: string): boolean =>
  key?.algorithm === 'sm2' && key.owner === owner && verifySm2(text, Buffer.from(signature, 'base64'), key.key);

export interface OpenedEnvelope {
  infcode: string;
  errMsg: string;
  output: Fields;
  /** Which key of the agency signed it. */
  keyId: string;
}

/** Verifies the reply's signature before anything in it is believed: whoever signed wrongly has told us nothing. */
export function openEnvelope(text: string, msgid: string, keys: EnvelopeKeys, now: number): OpenedEnvelope {
  const fields = readJson(text);
  const infcode = fields.text('infcode');
  const encoutput = fields.textOrNull('encoutput');
  const raw = JSON.parse(text) as { output?: unknown };
  const payload = encoutput ?? canonicalJson(raw.output ?? {});
  const keyId = fields.textOrNull('keyid') ?? '';
  const refmsgid = fields.text('refmsgid');
  const signed = signedText([infcode, refmsgid, fields.text('respond_time'), keyId, payload]);
  const key = keys.signing.agencies().find(keyId, now);
  if (!isSigned(signed, fields.textOrNull('signature') ?? '', key, keys.owner)) {
    throw new OutcomeUnknown('the reply is not signed by the agency');
  }
  if (refmsgid !== msgid) throw new AgencyContractBroken('the reply belongs to another message', 'refmsgid');
  const output = encoutput === null ? fields.object('output') : readJson(decrypt(encoutput, keys.sm4Key));
  return { infcode, errMsg: fields.textOrNull('err_msg') ?? '', output, keyId };
}
