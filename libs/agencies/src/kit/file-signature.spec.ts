import { generateKeyPairSync, sign } from 'node:crypto';
import { AgencyFileVerifier } from './file-signature';
import { AgencyKeyBook } from './signing-keys';

const bytes = Buffer.from('文件');
const ed = generateKeyPairSync('ed25519');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: typeof ed.publicKey) => String(key.export({ format: 'pem', type: 'spki' }));
const NOW = Date.parse('2026-06-01T00:00:00Z');
const owner = 'public-security';
const book = new AgencyKeyBook([
  { keyId: 'ed', owner, algorithm: 'ed25519', publicKeyPem: pem(ed.publicKey) },
  { keyId: 'old', owner, algorithm: 'ed25519', publicKeyPem: pem(ed.publicKey), validUntil: '2026-05-31T00:00:00Z' },
  { keyId: 'ec', owner, algorithm: 'ecdsa-p256-sha256', publicKeyPem: pem(ec.publicKey) },
]);
const verifier = new AgencyFileVerifier(
  () => book,
  () => NOW,
);
const byEd = sign(null, bytes, ed.privateKey);

describe('the signature of a file', () => {
  it.each([
    ['ed', byEd],
    ['ec', sign('sha256', bytes, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' })],
  ])('by %s is its agency’s', (keyId, signature) => {
    expect(verifier.isSigned('public-security', keyId, bytes, signature)).toBe(true);
  });

  it.each<[string, string, string, Buffer, Buffer]>([
    ['another agency’s key', 'disease-control', 'ed', bytes, byEd],
    ['an unknown key', 'public-security', 'none', bytes, byEd],
    ['a key past its time', 'public-security', 'old', bytes, byEd],
    ['another key’s signature', 'public-security', 'ec', bytes, byEd],
    ['a changed byte', 'public-security', 'ed', Buffer.from('文書'), byEd],
    ['none', 'public-security', 'ed', bytes, Buffer.alloc(0)],
  ])('%s is not', (...[, agency, keyId, given, signature]) => {
    expect(verifier.isSigned(agency, keyId, given, signature)).toBe(false);
  });
});
