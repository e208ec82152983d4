import { MessageRefused, type RawMessage, type RefusalCode } from '@birth/application';
import { createCipheriv, createHmac, generateKeyPairSync } from 'node:crypto';
import { AgencySigner } from '../../../../test/support/agency-signer';
import { openEnvelope, sealEnvelope } from './envelope';
import { gatewayHeaders } from './gateway-signature';
import { type AgencyKey, HttpMessageVerifier } from './http-message-signature';

const NOW = 1_793_595_000_000;
const URL_OF = 'http://127.0.0.1:3000/agency/v1/health-commission/messages';
const pem = (base64: string): string => `-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----\n`;

/** Key test-key-ed25519 of RFC 9421, B.1.4. */
const RFC_KEY: AgencyKey = {
  keyId: 'health-commission-1',
  owner: 'health-commission',
  algorithm: 'ed25519',
  publicKeyPem: pem('MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs='),
};
const PARAMETERS =
  'created=1793595000;nonce="b2f1c0de9a7d4e55";keyid="health-commission-1";alg="ed25519";tag="birth-agency"';

describe('signatures of agencies, as the wire document writes them (RFC 9421, RFC 9530)', () => {
  const verifier = new HttpMessageVerifier([RFC_KEY], () => NOW);
  const example: RawMessage = {
    method: 'POST',
    url: URL_OF,
    body: Buffer.from('{"messageId":"HC-M-1"}'),
    headers: {
      'content-type': 'application/json',
      'content-digest': 'sha-256=:PVo9HlpHTZkgf6xZPpNyyz9ksDDkTp2Lb9zAIJtp2vg=:',
      'signature-input': `birth=("@method" "@target-uri" "content-digest" "content-type");${PARAMETERS}`,
      signature: 'birth=:OKCmHAKPA8f33NQtg6W+yMJ1xTsBAG3XpROSrr7Y4hLkxxk9OyAjnD798jtrDX7aLZ2VoECZ7xggPLJFwX62CA==:',
    },
  };

  it('takes the example with a body and the one without', () => {
    expect(verifier.verify('health-commission', example)).toEqual({
      keyId: 'health-commission-1',
      nonce: 'b2f1c0de9a7d4e55',
    });
    const pull: RawMessage = {
      method: 'GET',
      url: 'http://127.0.0.1:3000/agency/v1/worklist?agency=disease-control&office=YY-VAC-01',
      body: Buffer.alloc(0),
      headers: {
        'signature-input': `birth=("@method" "@target-uri");${PARAMETERS}`,
        signature: 'birth=:ICbZ+4XrSnpI87UEOI5TiCFxvCYdhQal+uXxsLMIf1xZOSlTmJnjrv7MGqoFYQ8zPIXI5H7YtM/D5YRe20h2CA==:',
      },
    };
    expect(verifier.verify('health-commission', pull).nonce).toBe('b2f1c0de9a7d4e55');
  });
});

function attempt(work: () => unknown): { error: unknown } {
  try {
    work();
  } catch (error) {
    return { error };
  }
  return { error: null };
}

describe('what is refused', () => {
  const signer = new AgencySigner('health-commission');
  const other = new AgencySigner('public-security');
  const ecdsa = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys: AgencyKey[] = [
    ...[signer, other].map(({ keyId, owner, publicKeyPem }) => ({
      keyId,
      owner,
      publicKeyPem,
      algorithm: 'ed25519' as const,
    })),
    {
      keyId: 'ec-1',
      owner: 'health-commission',
      algorithm: 'ecdsa-p256-sha256',
      publicKeyPem: String(ecdsa.publicKey.export({ type: 'spki', format: 'pem' })),
    },
  ];
  const verifier = new HttpMessageVerifier(keys, () => NOW);
  const created = NOW / 1000;
  const body = '{"messageId":"m"}';

  type Wish = Parameters<AgencySigner['headers']>[1];
  function message(changes: Partial<RawMessage> = {}, wish: Wish = {}, by = signer): RawMessage {
    const signed = by.headers({ method: 'POST', url: URL_OF, body }, { created, ...wish });
    const headers = { ...signed, ...changes.headers };
    return { method: 'POST', url: URL_OF, body: Buffer.from(body), ...changes, headers };
  }

  it('a fresh one of the right owner is taken', () => {
    expect(verifier.verify('health-commission', message()).keyId).toBe(signer.keyId);
  });

  it.each<[string, RawMessage, RefusalCode]>([
    [
      'a key that nobody registered',
      message({}, {}, new AgencySigner('health-commission', 'key-13800000001')),
      'unknown_key',
    ],
    ['another path', message({ url: `${URL_OF}/x` }), 'signature_wrong'],
    ['another host', message({ url: URL_OF.replace('127.0.0.1', 'example.org') }), 'signature_wrong'],
    ['another query', message({ url: `${URL_OF}?a=1` }), 'signature_wrong'],
    ['another method', message({ method: 'PUT' }), 'signature_wrong'],
    ['another body behind the same header', message({ body: Buffer.from('{"messageId":"n"}') }), 'digest_wrong'],
    ['another digest', message({ headers: { 'content-digest': 'sha-256=:AAAA:' } }), 'signature_wrong'],
    ['another content type', message({ headers: { 'content-type': 'text/plain' } }), 'signature_wrong'],
    ['no digest', message({ headers: { 'content-digest': undefined } }), 'components_missing'],
    ['no signature', message({ headers: { signature: undefined } }), 'signature_unreadable'],
    ['no signature input', message({ headers: { 'signature-input': undefined } }), 'no_signature'],
    ['a signature that is no bytes', message({ headers: { signature: 'birth=1' } }), 'signature_unreadable'],
    [
      'headers that do not parse',
      message({ headers: { 'signature-input': 'birth=((' } }),
      'signature_input_unreadable',
    ],
    [
      'the digest not covered',
      message({}, { components: ['@method', '@target-uri', 'content-type'] }),
      'components_missing',
    ],
    [
      'the address not covered',
      message({}, { components: ['@method', 'content-digest', 'content-type'] }),
      'components_missing',
    ],
    ['61 seconds old', message({}, { created: created - 61 }), 'created_out_of_window'],
    ['11 seconds ahead', message({}, { created: created + 11 }), 'created_out_of_window'],
    ['a short nonce', message({}, { nonce: 'short' }), 'nonce_or_key_missing'],
    ['another tag', message({}, { tag: 'birth-other' }), 'no_signature'],
    ['another agency’s key', message({}, {}, other), 'key_of_another'],
  ])('%s', (_name, refused, code) => {
    const { error } = attempt(() => verifier.verify('health-commission', refused));
    expect(error).toBeInstanceOf(MessageRefused);
    const unnamed = ['no_signature', 'signature_input_unreadable', 'unknown_key'].includes(code);
    const used = code === 'key_of_another' ? other : signer;
    expect(error).toMatchObject({ code, message: code, keyId: unnamed ? null : used.keyId });
  });

  it('an algorithm that is not the key’s', () => {
    const signed = message();
    const input = (signed.headers['signature-input'] ?? '').replace('keyid="health-commission-1"', 'keyid="ec-1"');
    const confused = { ...signed, headers: { ...signed.headers, 'signature-input': input } };
    const { error } = attempt(() => verifier.verify('health-commission', confused));
    expect(error).toMatchObject({ code: 'another_algorithm', keyId: 'ec-1' });
  });
});

describe('the gateway’s headers', () => {
  it('sign time, token and nonce as the wire document says', () => {
    const headers = gatewayHeaders({ paasId: 'birth-one-thing', token: 'sandbox-gateway-token' }, NOW);
    expect(headers).toMatchObject({ 'x-tif-paasid': 'birth-one-thing', 'x-tif-timestamp': '1793595000' });
    expect(headers['x-tif-signature']).toMatch(/^[0-9A-F]{64}$/);
    expect(headers['x-tif-nonce']).not.toBe(gatewayHeaders({ paasId: '', token: '' }, NOW)['x-tif-nonce']);
  });
});

describe('the insurance envelope (HMAC-SM3, SM4)', () => {
  const keys = { hmacKey: 'k', sm4Key: '0123456789abcdeffedcba9876543210', encrypts: true };
  const request = (encrypts: boolean) => {
    const sealed = sealEnvelope('1101', { certno: '示例', psn_name: '测试' }, { ...keys, encrypts }, NOW);
    return { ...sealed, parsed: JSON.parse(sealed.body) as Record<string, unknown> };
  };
  /** A reply is signed over the same fields under other names. */
  function reply(encrypts: boolean, changes: Record<string, unknown> = {}) {
    const { msgid, parsed } = request(encrypts);
    const text = JSON.stringify({
      infcode: '1101',
      refmsgid: msgid,
      respond_time: parsed['inf_time'],
      err_msg: '',
      signature: parsed['signature'],
      ...(encrypts ? { encoutput: parsed['encinput'] } : { output: parsed['input'] }),
      ...changes,
    });
    return { text, msgid, keys: { ...keys, encrypts } };
  }

  it('hides the payload where it was agreed, and gives it back', () => {
    expect(request(true).body).not.toContain('示例');
    expect(request(false).body).toContain('示例');
    for (const encrypts of [true, false]) {
      const { text, msgid, keys: agreed } = reply(encrypts);
      expect(openEnvelope(text, msgid, agreed).output.object('data').text('certno')).toBe('示例');
    }
  });

  it.each([
    ['another message’s reply', { refmsgid: 'P5' }],
    ['a changed code', { infcode: '0' }],
    ['a changed time', { respond_time: '2026-01-01 00:00:00' }],
    ['a made-up signature', { signature: 'ab'.repeat(32) }],
  ])('refuses %s', (_name, changes) => {
    const { text, msgid, keys: agreed } = reply(true, changes);
    expect(() => openEnvelope(text, msgid, agreed)).toThrow();
  });

  it('refuses a sealed text in another charset: it would have to guess', () => {
    const iv = Buffer.alloc(16, 7);
    const cipher = createCipheriv('sm4-cbc', Buffer.from(keys.sm4Key, 'hex'), iv);
    const gbk = Buffer.concat([Buffer.from('{"psn_name":"'), Buffer.from([0xd6, 0xd0]), Buffer.from('"}')]);
    const encoutput = Buffer.concat([iv, cipher.update(gbk), cipher.final()]).toString('base64');
    const head = { infcode: '0', refmsgid: 'P5', respond_time: '2026-01-01 00:00:00' };
    const signed = ['0', 'P5', head.respond_time, encoutput].join('\n');
    const signature = createHmac('sm3', keys.hmacKey).update(signed).digest('hex');
    const text = JSON.stringify({ ...head, err_msg: '', signature, encoutput });
    expect(() => openEnvelope(text, 'P5', keys)).toThrow(expect.objectContaining({ field: 'encoutput' }));
  });

  it('message ids have 30 characters', () => expect(request(true).msgid).toHaveLength(30));
});
