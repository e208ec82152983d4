import { AgencyUnavailable, OutcomeUnknown } from '@birth/application';
import { createSigner, createVerifier, httpbis } from 'http-message-signatures';
import { createHash, createPublicKey } from 'node:crypto';
import { parseList, type InnerList } from 'structured-headers';
import { HttpMessageSigner, type OutgoingRequest, type RawReply } from './http-message-signer';
import { asAgencyKey, asOwnKey, keyPair, type MadeKey, madeKey } from './keys.spec-support';
import { isSigned, signatureBase } from './signature-base';

const NOW = 1_793_595_000_000;
const pem = (base64: string): string => `-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----\n`;
const inputOf = (text: string): InnerList => parseList(text)[0] as InnerList;

describe('RFC 9421, appendix B', () => {
  const values: Record<string, string> = {
    date: 'Tue, 20 Apr 2021 02:07:55 GMT',
    '@method': 'POST',
    '@path': '/foo',
    '@authority': 'example.com',
    'content-type': 'application/json',
    '@status': '200',
  };

  it.each([
    {
      section: 'B.2.6',
      input:
        '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
      more: { 'content-length': '18' },
      signature: 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==',
      algorithm: 'ed25519' as const,
      key: 'MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=',
    },
    {
      section: 'B.2.4',
      input:
        '("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256"',
      more: {
        'content-length': '23',
        'content-digest':
          'sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:',
      },
      signature: 'wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==',
      algorithm: 'ecdsa-p256-sha256' as const,
      key: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==',
    },
  ])(
    '$section verifies over our signature base, and over nothing else',
    ({ input, more, signature, algorithm, key }) => {
      const all: Record<string, string> = { ...values, ...more };
      const publicKey = { algorithm, key: createPublicKey(pem(key)) };
      const bytes = Buffer.from(signature, 'base64');
      const base = signatureBase(inputOf(input), (name) => all[name]);
      expect(isSigned(publicKey, base, bytes)).toBe(true);
      const other = signatureBase(inputOf(input), (name) => (name === 'content-type' ? 'text/plain' : all[name]));
      expect(isSigned(publicKey, other, bytes)).toBe(false);
    },
  );
});

const OURS = madeKey('platform-p256-1', 'ecdsa-p256-sha256');
const OURS_ED = madeKey('platform-ed-1', 'ed25519');
const THEIRS = madeKey('public-security-1', 'ed25519');
const THEIRS_NEXT = madeKey('public-security-2', 'ecdsa-p256-sha256');
const ANOTHER = madeKey('hospital-1', 'ed25519');
const STRANGER = madeKey('public-security-1', 'ed25519');
const keys = keyPair(
  [asOwnKey(OURS_ED), asOwnKey(OURS)],
  [
    asAgencyKey(THEIRS, 'public-security'),
    asAgencyKey(THEIRS_NEXT, 'public-security'),
    asAgencyKey(ANOTHER, 'hospital'),
  ],
);

const signerWith = (pair = keys, algorithm: 'ed25519' | 'ecdsa-p256-sha256' = 'ecdsa-p256-sha256') =>
  new HttpMessageSigner({ keys: pair, owner: 'public-security', algorithm, repliesAreSigned: true }, () => NOW);

const request = (body: string): OutgoingRequest => ({
  method: body === '' ? 'GET' : 'PUT',
  url: 'https://front.example/public-security/exchange/zzj_csdj/1?a=1',
  headers: body === '' ? {} : { 'content-type': 'application/json' },
  body: Buffer.from(body),
});

/** By the npm package http-message-signatures: `=== true`, since it says null where it could not look. */
async function takenByLibrary(sent: OutgoingRequest, key: MadeKey): Promise<boolean> {
  const needed = sent.body.length === 0 ? [] : ['content-digest', 'content-type'];
  const verified = await httpbis.verifyMessage(
    {
      keyLookup: ({ keyid }) =>
        Promise.resolve(
          keyid === key.keyId
            ? { id: key.keyId, algs: [key.algorithm], verify: createVerifier(key.publicKeyPem, key.algorithm) }
            : null,
        ),
      requiredFields: ['@method', '@target-uri', ...needed],
      requiredParams: ['created', 'nonce', 'keyid', 'alg', 'tag'],
      tolerance: 1e9,
    },
    { method: sent.method, url: sent.url, headers: { ...sent.headers } },
  );
  return verified === true;
}

describe('our signed requests', () => {
  it.each([
    ['ecdsa-p256-sha256' as const, OURS],
    ['ed25519' as const, OURS_ED],
  ])(
    '%s: another implementation verifies them, with and without a body, each with a new nonce',
    async (algorithm, key) => {
      const nonces = new Set<string>();
      for (const body of ['{"postid":"1"}', '', '{"postid":"1"}']) {
        const plain = request(body);
        const signed = signerWith(keys, algorithm).sign(plain);
        const sent = { ...plain, headers: { ...plain.headers, ...signed.headers } };
        expect(signed.keyId).toBe(key.keyId);
        expect(await takenByLibrary(sent, key)).toBe(true);
        expect(await takenByLibrary({ ...sent, url: `${sent.url}2` }, key)).toBe(false);
        nonces.add(/nonce="([^"]+)"/.exec(signed.headers['signature-input'] ?? '')?.[1] ?? '');
        const digest = createHash('sha256').update(body).digest('base64');
        expect(signed.headers['content-digest']).toBe(body === '' ? undefined : `sha-256=:${digest}:`);
      }
      expect(nonces.size).toBe(3);
    },
  );

  it('nothing is sent without a key', () => {
    expect(() => signerWith(keyPair([], [])).sign(request(''))).toThrow(AgencyUnavailable);
  });
});

const BODY = '{"flag":"1"}';
const COVERED = ['@status', 'content-digest', 'content-type', '@method;req', '@target-uri;req', 'signature;req'];

interface Wish {
  by?: MadeKey;
  fields?: string[];
  tag?: string;
  /** Signed for another request than the one that was sent. */
  forAnother?: true;
  reply?: Partial<RawReply>;
  headers?: Record<string, string | undefined>;
}

/** The agency's reply, signed by the npm package. */
async function outcomeOf(wish: Wish): Promise<string | null> {
  const plain = request('{"postid":"1"}');
  const signed = signerWith().sign(plain);
  const basis = wish.forAnother === true ? signerWith().sign(plain) : signed;
  const { by = THEIRS, fields = COVERED, tag = 'birth-agency-reply' } = wish;
  const digest = `sha-256=:${createHash('sha256').update(BODY).digest('base64')}:`;
  const bare = { status: 200, headers: { 'content-type': 'application/json', 'content-digest': digest } };
  const { headers } = await httpbis.signMessage(
    {
      key: createSigner(by.privateKeyPem, by.algorithm, by.keyId),
      fields,
      params: ['created', 'keyid', 'alg', 'tag'],
      paramValues: { created: new Date(NOW), tag },
    },
    bare,
    { method: plain.method, url: plain.url, headers: { ...plain.headers, ...basis.headers } },
  );
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return signed.signerOf({
    status: 200,
    headers: { ...lower, ...wish.headers },
    body: Buffer.from(BODY),
    ...wish.reply,
  });
}

describe('replies to them', () => {
  it('D12: either of two keys of the agency makes an answer', async () => {
    expect(await outcomeOf({})).toBe('public-security-1');
    expect(await outcomeOf({ by: THEIRS_NEXT })).toBe('public-security-2');
  });

  it.each<[string, Wish, string]>([
    ['a stranger’s key under the agency’s name', { by: STRANGER }, 'signature_wrong'],
    ['another owner’s key', { by: ANOTHER }, 'key_of_another'],
    ['a key that nobody registered', { by: madeKey('public-security-3', 'ed25519') }, 'unknown_key'],
    ['another status', { reply: { status: 404 } }, 'signature_wrong'],
    ['another body', { reply: { body: Buffer.from('{"flag":"3"}') } }, 'digest_wrong'],
    ['another media type', { headers: { 'content-type': 'application/xml' } }, 'signature_wrong'],
    ['another digest', { headers: { 'content-digest': 'sha-256=:AAAA:' } }, 'signature_wrong'],
    ['no digest', { headers: { 'content-digest': undefined } }, 'components_missing'],
    ['no signature', { headers: { signature: undefined } }, 'signature_unreadable'],
    ['no signature input', { headers: { 'signature-input': undefined } }, 'no_signature'],
    ['the tag of a message', { tag: 'birth-agency' }, 'no_signature'],
    ['a signature for another request', { forAnother: true }, 'signature_wrong'],
    ...COVERED.map((left): [string, Wish, string] => [
      `${left} not covered`,
      { fields: COVERED.filter((field) => field !== left) },
      'components_missing',
    ]),
  ])('with %s: the outcome is unknown', async (_name, wish, code) => {
    const error = await outcomeOf(wish).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OutcomeUnknown);
    expect((error as Error).message).toContain(code);
  });
});
