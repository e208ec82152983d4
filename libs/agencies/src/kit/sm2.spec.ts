import { execFileSync, spawnSync } from 'node:child_process';
import { createCipheriv, createHash, createPrivateKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sm2 } from 'sm-crypto-v2';
import { madeKey } from './keys.spec-support';
import { readSm2PrivateKey, readSm2PublicKey, signSm2, verifySm2 } from './sm2';

/** GB/T 32918.5, A.2. */
const POINT =
  '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13';
const R = 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3';
const S = 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa';
const MESSAGE = Buffer.from('message digest');
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;

const spki = (point: string): string =>
  `-----BEGIN PUBLIC KEY-----\n${Buffer.from(`3059301306072a8648ce3d020106082a811ccf5501822d034200${point}`, 'hex').toString('base64')}\n-----END PUBLIC KEY-----\n`;

const HAS_OPENSSL = /^OpenSSL 3/.test(spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '');
const withOpenssl = HAS_OPENSSL ? it : it.skip;

describe('SM2, SM3 and SM4 as published', () => {
  const key = readSm2PublicKey(spki(POINT));

  it('the example of GB/T 32918.5 verifies', () => {
    expect(verifySm2(MESSAGE, Buffer.from(`3046022100${R}022100${S}`, 'hex'), key)).toBe(true);
  });

  it('SM3 of abc (GB/T 32905) and SM4 of the example (GB/T 32907) are the platform’s own', () => {
    expect(createHash('sm3').update('abc').digest('hex')).toBe(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    );
    const block = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
    const cipher = createCipheriv('sm4-ecb', block, null).setAutoPadding(false);
    expect(cipher.update(block).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
  });

  it('our signatures are SM2 under the id of GM/T 0009, and fit their message alone', () => {
    const made = madeKey('k', 'sm2');
    const [secret, open] = [readSm2PrivateKey(made.privateKeyPem), readSm2PublicKey(made.publicKeyPem)];
    const signature = signSm2(MESSAGE, secret);
    expect(verifySm2(MESSAGE, signature, open)).toBe(true);
    expect(verifySm2(Buffer.from('message digesT'), signature, open)).toBe(false);
    expect(verifySm2(MESSAGE, signature, key)).toBe(false);
  });
});

describe('traps', () => {
  const made = madeKey('k', 'sm2');
  const key = readSm2PublicKey(made.publicKeyPem);

  it('a forgery that chooses its digest to fit is refused; without hashing the library takes it', () => {
    const [s, t] = [0x1234n, 0x5678n];
    const x1 = BigInt(`0x${pointX(s, t, key.hex)}`);
    const r = (t - s + N) % N;
    const digest = (((r - x1) % N) + N) % N;
    const message = Buffer.from(digest.toString(16).padStart(64, '0'), 'hex');
    const der = derOf(r, s);
    expect(sm2.doVerifySignature(message, der.toString('hex'), key.hex, { der: true })).toBe(true);
    expect(verifySm2(message, der, key)).toBe(false);
  });

  it.each([
    ['s = 0', derOf(1n, 0n)],
    ['s = n', derOf(1n, N)],
    ['r = n', derOf(N, 1n)],
    ['r + s = n', derOf(N - 1n, 1n)],
    ['no DER', Buffer.alloc(70, 7)],
    ['nothing', Buffer.alloc(0)],
    ['five kilobytes', Buffer.alloc(5_000, 48)],
  ])('numbers out of range do not throw, they do not verify: %s', (_name, der) => {
    expect(verifySm2(MESSAGE, der, key)).toBe(false);
  });

  it('keys of other curves and points beside the curve are no keys', () => {
    expect(() => readSm2PublicKey(madeKey('k', 'ecdsa-p256-sha256').publicKeyPem)).toThrow();
    expect(() => readSm2PrivateKey(madeKey('k', 'ecdsa-p256-sha256').privateKeyPem)).toThrow();
    expect(() => readSm2PublicKey(spki(`${POINT.slice(0, -1)}4`))).toThrow();
  });

  it('what Node signs with a made key is ECDSA: we never let it', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
    const own = readSm2PrivateKey(String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    const ours = signSm2(MESSAGE, own);
    expect(verify('sm3', MESSAGE, publicKey, ours)).toBe(false);
    expect(verifySm2(MESSAGE, ours, readSm2PublicKey(String(publicKey.export({ type: 'spki', format: 'pem' }))))).toBe(
      true,
    );
  });
});

describe('OpenSSL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'birth-sm2-'));
  const at = (name: string): string => join(folder, name);
  afterAll(() => rmSync(folder, { recursive: true }));
  const pkeyutl = (...words: string[]): string =>
    execFileSync(
      'openssl',
      ['pkeyutl', '-rawin', '-digest', 'sm3', '-in', at('message'), '-pkeyopt', 'distid:1234567812345678', ...words],
      { encoding: 'latin1', stdio: ['ignore', 'pipe', 'pipe'] },
    );

  withOpenssl('verifies ours, and we verify its own, with keys that it made', () => {
    execFileSync('openssl', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:SM2', '-out', at('key')], {
      stdio: 'ignore',
    });
    execFileSync('openssl', ['pkey', '-in', at('key'), '-pubout', '-out', at('public')]);
    writeFileSync(at('message'), MESSAGE);
    const pem = (name: string) => execFileSync('cat', [at(name)], { encoding: 'utf8' });
    writeFileSync(at('ours'), signSm2(MESSAGE, readSm2PrivateKey(pem('key'))));
    expect(pkeyutl('-verify', '-pubin', '-inkey', at('public'), '-sigfile', at('ours'))).toContain('Verified');
    pkeyutl('-sign', '-inkey', at('key'), '-out', at('theirs'));
    const theirs = execFileSync('cat', [at('theirs')]);
    expect(verifySm2(MESSAGE, theirs, readSm2PublicKey(pem('public')))).toBe(true);
    expect(createPrivateKey(pem('key')).type).toBe('private');
  });
});

/** x of s·G + t·P. */
function pointX(s: bigint, t: bigint, hex: string): string {
  const G = sm2.precomputePublicKey(sm2.getPublicKeyFromPrivateKey('1'.padStart(64, '0')));
  const sum = G.multiply(s).add(sm2.precomputePublicKey(hex).multiply(t));
  return sum.toAffine().x.toString(16);
}

function derOf(r: bigint, s: bigint): Buffer {
  const integer = (number: bigint): Buffer => {
    const hex = number.toString(16);
    const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
    const body = (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
    return Buffer.concat([Buffer.from([2, body.length]), body]);
  };
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}
