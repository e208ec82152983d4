import { sm2 } from 'sm-crypto-v2';
import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { platformKey } from './platform-signature';
import type { SandboxFixture } from './sandbox-fixture';

const AS_STANDARDISED = { hash: true, der: true };
const SM4_KEY = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');

/** RFC 8785 for plain data, written again from the wire document. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

const signed = (...parts: string[]): Buffer => Buffer.from(parts.join('\n'));

/** With the platform's key, by another implementation than the sandbox's. */
export function sm2Signature(sandbox: SandboxFixture, ...parts: string[]): string {
  const pem = platformKey(sandbox.config().SANDBOX_KEYS_DIR, 'sm2').privateKeyPem;
  const hex = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' }).toString('hex');
  const d = /0201010420([0-9a-f]{64})/.exec(hex)?.[1] ?? '';
  const der = sm2.doSignature(signed(...parts), d, AS_STANDARDISED);
  return Buffer.from(der, 'hex').toString('base64');
}

function isSigned(sandbox: SandboxFixture, signature: string, ...parts: string[]): boolean {
  const keys = JSON.parse(readFileSync(join(sandbox.config().SANDBOX_KEYS_DIR, 'public.json'), 'utf8')) as {
    keyId: string;
    publicKeyPem: string;
  }[];
  const pem = keys.find(({ keyId }) => keyId === parts[3])?.publicKeyPem ?? '';
  const point = createPublicKey(pem).export({ type: 'spki', format: 'der' }).subarray(-65).toString('hex');
  const der = Buffer.from(signature, 'base64').toString('hex');
  return sm2.doVerifySignature(signed(...parts), der, point, AS_STANDARDISED);
}

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
  const request = envelope(sandbox, infno, { data }, enctype);
  const reply = await sandbox.send('POST', '/medical-insurance/fsi/api', { value: request });
  const value = reply.json();
  const payload = enctype === 'SM4' ? String(value['encoutput']) : canonical(value['output']);
  const head = ['infcode', 'refmsgid', 'respond_time', 'keyid'].map((name) => String(value[name]));
  if (!isSigned(sandbox, String(value['signature']), ...head, payload)) throw new Error('the reply is not signed');
  if (value['refmsgid'] !== request['msgid']) throw new Error('the reply is to another message');
  const output = (enctype === 'SM4' ? decipher(payload) : value['output']) as Record<string, unknown>;
  return { infcode: String(value['infcode']), err_msg: String(value['err_msg']), output };
}

let calls = 0;

export function envelope(
  sandbox: SandboxFixture,
  infno: string,
  input: unknown,
  enctype: '' | 'SM4' = '',
): Record<string, unknown> {
  calls += 1;
  const msgid = `P5002350000120261102163000${String(calls).padStart(4, '0')}`;
  const time = '2026-11-02 16:30:00';
  const payload = enctype === 'SM4' ? encipher(JSON.stringify(input)) : canonical(input);
  const { keyId: keyid } = platformKey(sandbox.config().SANDBOX_KEYS_DIR, 'sm2');
  const signature = sm2Signature(sandbox, infno, msgid, time, keyid, payload);
  const content = enctype === 'SM4' ? { encinput: payload } : { input };
  return { infno, msgid, inf_time: time, signtype: 'SM2', keyid, enctype, signature, ...content };
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
