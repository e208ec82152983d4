import { MessageRefused, type RawMessage, type RefusalCode } from '@birth/application';
import { generateKeyPairSync } from 'node:crypto';
import { AgencySigner } from '../../../../test/support/agency-signer';
import { gatewayHeaders } from './gateway-signature';
import { HttpMessageVerifier } from './http-message-signature';
import { type AgencyKey, AgencyKeyBook } from './signing-keys';

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
function verifierOf(keys: readonly AgencyKey[]): HttpMessageVerifier {
  const book = new AgencyKeyBook(keys);
  return new HttpMessageVerifier(
    () => book,
    () => NOW,
  );
}
const PARAMETERS =
  'created=1793595000;nonce="b2f1c0de9a7d4e55";keyid="health-commission-1";alg="ed25519";tag="birth-agency"';

describe('signatures of agencies, as the wire document writes them (RFC 9421, RFC 9530)', () => {
  const verifier = verifierOf([RFC_KEY]);
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
  const verifier = verifierOf(keys);
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
