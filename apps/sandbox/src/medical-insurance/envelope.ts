import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SandboxConfig } from '../sandbox.config';
import { checkFields, isObject, oneOf, matching, parseJson, type Shape } from '../wire/field-check';
import { spacedTime } from '../wire/local-time';
import { nowMs } from '../wire/clock';

/** An opened request, or the code that tells why it could not be opened. */
export type Opened =
  { ok: true; head: Head; input: unknown } | { ok: false; head: Head; infcode: '-101' | '-102' | '-103' };

export interface Head {
  infno: string;
  msgid: string;
  enctype: '' | 'SM4';
}

const HEAD: Shape = {
  infno: matching(/^\d{4}$/),
  msgid: matching(/^P\d{29}$/),
  inf_time: matching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  signtype: oneOf('HMAC-SM3'),
  enctype: oneOf('', 'SM4'),
  signature: matching(/^[0-9a-f]{64}$/),
};
const PLAIN: Shape = { ...HEAD, input: (value) => isObject(value) };
const SEALED: Shape = { ...HEAD, encinput: matching(/^[A-Za-z0-9+/]+={0,2}$/) };
const UNREADABLE: Head = { infno: '', msgid: '', enctype: '' };
const IV_BYTES = 16;

/** Opens and closes envelopes: HMAC-SM3 over head and payload, SM4-CBC where asked (GM/T 0002, 0004). */
@Injectable()
export class Envelope {
  private readonly sm4Key: Buffer;

  constructor(private readonly config: SandboxConfig) {
    this.sm4Key = Buffer.from(config.SANDBOX_INSURANCE_SM4_KEY, 'hex');
  }

  open(body: unknown): Opened {
    const value = parseJson(body);
    if (!isObject(value) || checkFields(value['enctype'] === 'SM4' ? SEALED : PLAIN, value) !== null) {
      return { ok: false, head: UNREADABLE, infcode: '-103' };
    }
    const head = {
      infno: String(value['infno']),
      msgid: String(value['msgid']),
      enctype: value['enctype'] as '' | 'SM4',
    };
    const payload = head.enctype === 'SM4' ? String(value['encinput']) : canonicalJson(value['input']);
    const expected = this.sign(head.infno, head.msgid, String(value['inf_time']), payload);
    if (!timingSafeEqual(Buffer.from(expected), Buffer.from(String(value['signature'])))) {
      return { ok: false, head, infcode: '-101' };
    }
    const input = head.enctype === 'SM4' ? this.decrypt(payload) : value['input'];
    return input === undefined ? { ok: false, head, infcode: '-102' } : { ok: true, head, input };
  }

  close(head: Head, infcode: string, message: string, output: object): string {
    const respondTime = spacedTime(nowMs());
    const sealed = head.enctype === 'SM4' ? this.encrypt(JSON.stringify(output)) : null;
    const signature = this.sign(infcode, head.msgid, respondTime, sealed ?? canonicalJson(output));
    return JSON.stringify({
      infcode,
      refmsgid: head.msgid,
      respond_time: respondTime,
      err_msg: message,
      signtype: 'HMAC-SM3',
      enctype: head.enctype,
      signature,
      ...(sealed === null ? { output } : { encoutput: sealed }),
    });
  }

  private sign(...parts: string[]): string {
    return createHmac('sm3', this.config.SANDBOX_INSURANCE_HMAC_KEY).update(parts.join('\n')).digest('hex');
  }

  private encrypt(plain: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('sm4-cbc', this.sm4Key, iv);
    return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
  }

  private decrypt(sealed: string): unknown {
    try {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('sm4-cbc', this.sm4Key, bytes.subarray(0, IV_BYTES));
      return parseJson(Buffer.concat([decipher.update(bytes.subarray(IV_BYTES)), decipher.final()]));
    } catch {
      return undefined;
    }
  }
}

/** RFC 8785 for what occurs here: objects, arrays, strings, integers, null. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`);
  return `{${members.join(',')}}`;
}
