import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { SandboxFixture } from './sandbox-fixture';

const HMAC_KEY = 'sandbox-insurance-hmac-key';
const SM4_KEY = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');

/** RFC 8785 for plain data, written again from the wire document. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

export const mac = (...parts: string[]): string => createHmac('sm3', HMAC_KEY).update(parts.join('\n')).digest('hex');

export interface InsuranceReply {
  infcode: string;
  err_msg: string;
  output: Record<string, unknown>;
}

/** Calls the insurance agency as its wire document says, plain or enciphered, and checks the reply's signature. */
export async function callInsurance(
  sandbox: SandboxFixture,
  infno: string,
  data: unknown,
  enctype: '' | 'SM4' = '',
): Promise<InsuranceReply> {
  const request = envelope(infno, { data }, enctype);
  const reply = await sandbox.send('POST', '/medical-insurance/fsi/api', { value: request });
  const value = reply.json();
  const payload = enctype === 'SM4' ? String(value['encoutput']) : canonical(value['output']);
  const expected = mac(String(value['infcode']), String(value['refmsgid']), String(value['respond_time']), payload);
  if (value['signature'] !== expected) throw new Error('the reply is not signed');
  if (value['refmsgid'] !== request['msgid']) throw new Error('the reply is to another message');
  const output = (enctype === 'SM4' ? decipher(payload) : value['output']) as Record<string, unknown>;
  return { infcode: String(value['infcode']), err_msg: String(value['err_msg']), output };
}

let calls = 0;

export function envelope(infno: string, input: unknown, enctype: '' | 'SM4' = ''): Record<string, unknown> {
  calls += 1;
  const msgid = `P5002350000120261102163000${String(calls).padStart(4, '0')}`;
  const time = '2026-11-02 16:30:00';
  const payload = enctype === 'SM4' ? encipher(JSON.stringify(input)) : canonical(input);
  const signature = mac(infno, msgid, time, payload);
  const content = enctype === 'SM4' ? { encinput: payload } : { input };
  return { infno, msgid, inf_time: time, signtype: 'HMAC-SM3', enctype, signature, ...content };
}

function encipher(text: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('sm4-cbc', SM4_KEY, iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

function decipher(text: string): unknown {
  const bytes = Buffer.from(text, 'base64');
  const cipher = createDecipheriv('sm4-cbc', SM4_KEY, bytes.subarray(0, 16));
  return JSON.parse(Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]).toString('utf8'));
}
