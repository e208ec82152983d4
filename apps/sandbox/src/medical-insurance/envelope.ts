import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyStore } from '../keys/key-store';
import { PlatformKeys } from '../keys/platform-keys';
import { SandboxConfig } from '../sandbox.config';
import { checkFields, isObject, oneOf, matching, parseJson, type Shape } from '../wire/field-check';
import { spacedTime } from '../wire/local-time';
import { nowMs } from '../wire/clock';
import { Sm2Signer } from './sm2';

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
  signtype: oneOf('SM2'),
  keyid: matching(/^[A-Za-z0-9._-]{1,64}$/),
  enctype: oneOf('', 'SM4'),
  signature: matching(/^[A-Za-z0-9+/]{80,96}={0,2}$/),
};
const PLAIN: Shape = { ...HEAD, input: (value) => isObject(value) };
const SEALED: Shape = { ...HEAD, encinput: matching(/^[A-Za-z0-9+/]+={0,2}$/) };
const UNREADABLE: Head = { infno: '', msgid: '', enctype: '' };
const IV_BYTES = 16;

/** Opens and closes envelopes: SM2 over head and payload, SM4-CBC where asked (GM/T 0009, 0002). */
@Injectable()
export class Envelope {
  private readonly sm4Key: Buffer;
  private readonly signer: Sm2Signer;

  constructor(
    config: SandboxConfig,
    private readonly own: KeyStore,
    private readonly platform: PlatformKeys,
  ) {
    this.signer = new Sm2Signer(own.envelope);
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
    const keyId = String(value['keyid']);
    const text = signedText(head.infno, head.msgid, String(value['inf_time']), keyId, payload);
    const signature = Buffer.from(String(value['signature']), 'base64');
    if (this.platform.find(keyId)?.sm2?.verify(text, signature) !== true) return { ok: false, head, infcode: '-101' };
    const input = head.enctype === 'SM4' ? this.decrypt(payload) : value['input'];
    return input === undefined ? { ok: false, head, infcode: '-102' } : { ok: true, head, input };
  }

  close(head: Head, infcode: string, message: string, output: object): string {
    const respondTime = spacedTime(nowMs());
    const sealed = head.enctype === 'SM4' ? this.encrypt(JSON.stringify(output)) : null;
    const keyid = this.own.envelopeKeyId;
    const text = signedText(infcode, head.msgid, respondTime, keyid, sealed ?? canonicalJson(output));
    return JSON.stringify({
      infcode,
      refmsgid: head.msgid,
      respond_time: respondTime,
      err_msg: message,
      signtype: 'SM2',
      keyid,
      enctype: head.enctype,
      signature: this.signer.sign(text).toString('base64'),
      ...(sealed === null ? { output } : { encoutput: sealed }),
    });
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

const signedText = (...parts: string[]): Buffer => Buffer.from(parts.join('\n'));

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
