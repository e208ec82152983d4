import { OutcomeUnknown } from '@birth/application';
import { createCipheriv } from 'node:crypto';
import { openEnvelope, sealEnvelope } from './envelope';
import { asAgencyKey, asOwnKey, keyPair, madeKey } from './keys.spec-support';
import { readSm2PrivateKey, signSm2 } from './sm2';

const NOW = 1_793_595_000_000;
const SM4_KEY = '0123456789abcdeffedcba9876543210';
const ours = madeKey('platform-sm2-1', 'sm2');
const [theirs, stranger] = [madeKey('medical-insurance-sm2-1', 'sm2'), madeKey('hospital-sm2-1', 'sm2')];
const p256 = madeKey('medical-insurance-p256-1', 'ecdsa-p256-sha256');
const agencies = [
  asAgencyKey(theirs, 'medical-insurance'),
  asAgencyKey(stranger, 'hospital'),
  asAgencyKey(p256, 'medical-insurance'),
];
const signing = keyPair([asOwnKey(ours)], agencies);
const keysOf = (encrypts: boolean) => ({ signing, owner: 'medical-insurance', sm4Key: SM4_KEY, encrypts });

const request = (encrypts: boolean) => {
  const sealed = sealEnvelope('1101', { certno: '示例', psn_name: '测试' }, keysOf(encrypts), NOW);
  return { ...sealed, parsed: JSON.parse(sealed.body) as Record<string, unknown> };
};

/** The agency's reply, signed over the same fields under other names. */
function reply(encrypts: boolean, changes: Record<string, unknown> = {}, by = theirs) {
  const { msgid, parsed } = request(encrypts);
  const payload = encrypts ? String(parsed['encinput']) : JSON.stringify(parsed['input']);
  const text = Buffer.from(['1101', msgid, '2026-11-02 16:30:01', by.keyId, payload].join('\n'));
  const fields = {
    infcode: '1101',
    refmsgid: msgid,
    respond_time: '2026-11-02 16:30:01',
    err_msg: '',
    keyid: by.keyId,
    signature: signSm2(text, readSm2PrivateKey((by.algorithm === 'sm2' ? by : theirs).privateKeyPem)).toString(
      'base64',
    ),
    ...(encrypts ? { encoutput: payload } : { output: parsed['input'] }),
  };
  return { text: JSON.stringify({ ...fields, ...changes }), msgid, keys: keysOf(encrypts) };
}

const opened = ({ text, msgid, keys }: ReturnType<typeof reply>) => openEnvelope(text, msgid, keys, NOW);

describe('the insurance envelope (SM2, SM4)', () => {
  it('hides the payload where it was agreed, and gives it back with the key that signed', () => {
    expect(request(true).body).not.toContain('示例');
    expect(request(false).body).toContain('示例');
    for (const encrypts of [true, false]) {
      const { output, keyId } = opened(reply(encrypts));
      expect(output.object('data').text('certno')).toBe('示例');
      expect(keyId).toBe('medical-insurance-sm2-1');
    }
  });

  it.each([
    ['a changed code', { infcode: '0' }],
    ['a changed time', { respond_time: '2026-01-01 00:00:00' }],
    ['another payload', { encoutput: request(true).parsed['encinput'] }],
    ['a made-up signature', { signature: 'ab'.repeat(48) }],
    ['no signature', { signature: undefined }],
    ['no key', { keyid: undefined }],
    ['an unknown key', { keyid: 'medical-insurance-sm2-2' }],
  ])('of an answer with %s the outcome is unknown', (_name, changes) => {
    expect(() => opened(reply(true, changes))).toThrow(OutcomeUnknown);
  });

  it('nor does another owner’s key make an answer, nor a key of another algorithm', () => {
    expect(() => opened(reply(true, {}, stranger))).toThrow(OutcomeUnknown);
    expect(() => opened(reply(true, {}, p256))).toThrow(OutcomeUnknown);
  });

  it('refuses another message’s reply', () => {
    const { text, keys } = reply(true);
    expect(() => openEnvelope(text, 'P5', keys, NOW)).toThrow(expect.objectContaining({ field: 'refmsgid' }));
    expect(() => opened(reply(true, { refmsgid: 'P5' }))).toThrow(OutcomeUnknown);
  });

  it('D12: an ended key is refused from its moment on', () => {
    const ending = [{ ...agencies[0]!, validUntil: '2026-11-02T00:00:00+08:00' }];
    const { text, msgid, keys } = reply(true);
    const pair = keyPair([asOwnKey(ours)], ending);
    const end = Date.parse(ending[0]!.validUntil);
    expect(openEnvelope(text, msgid, { ...keys, signing: pair }, end - 1).infcode).toBe('1101');
    expect(() => openEnvelope(text, msgid, { ...keys, signing: pair }, end)).toThrow(OutcomeUnknown);
  });

  it('refuses a sealed text in another charset: it would have to guess', () => {
    const iv = Buffer.alloc(16, 7);
    const cipher = createCipheriv('sm4-cbc', Buffer.from(SM4_KEY, 'hex'), iv);
    const gbk = Buffer.concat([Buffer.from('{"psn_name":"'), Buffer.from([0xd6, 0xd0]), Buffer.from('"}')]);
    const encoutput = Buffer.concat([iv, cipher.update(gbk), cipher.final()]).toString('base64');
    const head = { infcode: '0', refmsgid: 'P5', respond_time: '2026-01-01 00:00:00', keyid: theirs.keyId };
    const signed = Buffer.from(['0', 'P5', head.respond_time, head.keyid, encoutput].join('\n'));
    const signature = signSm2(signed, readSm2PrivateKey(theirs.privateKeyPem)).toString('base64');
    const text = JSON.stringify({ ...head, err_msg: '', signature, encoutput });
    expect(() => openEnvelope(text, 'P5', keysOf(true), NOW)).toThrow(expect.objectContaining({ field: 'encoutput' }));
  });

  it('sends nothing without a key to sign with', () => {
    const none = { ...keysOf(true), signing: keyPair([], agencies) };
    expect(() => sealEnvelope('1101', {}, none, NOW)).toThrow('no SM2 key');
  });

  it('message ids have 30 characters', () => expect(request(true).msgid).toHaveLength(30));
});
