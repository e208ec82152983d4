import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sm2Signer, Sm2Verifier } from '../src/medical-insurance/sm2';

/** GB/T 32918.5, A.2: the example of a signature on the recommended curve. */
const D = '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8';
const PUBLIC =
  '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13';
const K = 0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21n;
const R = 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3';
const S = 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa';
const SPKI = '3059301306072a8648ce3d020106082a811ccf5501822d034200';
const PKCS8 = '308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420';
const MESSAGE = Buffer.from('message digest');

const keyOf = (d: string, point: string): KeyObject =>
  createPrivateKey({ key: Buffer.from(`${PKCS8}${d}a144034200${point}`, 'hex'), format: 'der', type: 'pkcs8' });
const publicOf = (point: string): KeyObject =>
  createPublicKey({ key: Buffer.from(SPKI + point, 'hex'), format: 'der', type: 'spki' });

describe('SM2 of the insurance agency', () => {
  it('signs the example of GB/T 32918.5 to the letter, and verifies it', () => {
    const signature = new Sm2Signer(keyOf(D, PUBLIC)).sign(MESSAGE, K);
    expect(signature.toString('hex')).toBe(`3046022100${R}022100${S}`);
    expect(new Sm2Verifier(publicOf(PUBLIC)).verify(MESSAGE, signature)).toBe(true);
  });

  it('refuses another message, another key, changed numbers and a second encoding', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
    const verifier = new Sm2Verifier(publicKey);
    const signature = new Sm2Signer(privateKey).sign(MESSAGE);
    expect(verifier.verify(MESSAGE, signature)).toBe(true);
    expect(verifier.verify(Buffer.from('message digesT'), signature)).toBe(false);
    expect(new Sm2Verifier(publicOf(PUBLIC)).verify(MESSAGE, signature)).toBe(false);
    expect(verifier.verify(MESSAGE, Buffer.concat([signature, Buffer.from([0])]))).toBe(false);
    expect(verifier.verify(MESSAGE, Buffer.alloc(0))).toBe(false);
    expect(verifier.verify(MESSAGE, Buffer.from('3006020100020100', 'hex'))).toBe(false);
    for (let at = 0; at < signature.length; at += 1) {
      const changed = Buffer.from(signature);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(verifier.verify(MESSAGE, changed)).toBe(false);
    }
  });

  it('agrees with OpenSSL both ways under the id of GM/T 0009', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-sm2-'));
    const at = (name: string): string => join(folder, name);
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
    writeFileSync(at('key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(at('public'), publicKey.export({ type: 'spki', format: 'pem' }));
    writeFileSync(at('message'), MESSAGE);
    writeFileSync(at('ours'), new Sm2Signer(privateKey).sign(MESSAGE));
    const openssl = (...words: string[]): Buffer =>
      execFileSync('openssl', ['pkeyutl', '-rawin', '-digest', 'sm3', '-in', at('message'), ...words, ...ID], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    const said = openssl('-verify', '-pubin', '-inkey', at('public'), '-sigfile', at('ours'));
    expect(said.toString()).toContain('Verified Successfully');
    const theirs = openssl('-sign', '-inkey', at('key'));
    expect(new Sm2Verifier(publicKey).verify(MESSAGE, theirs)).toBe(true);
    rmSync(folder, { recursive: true });
  });
});

const ID = ['-pkeyopt', 'distid:1234567812345678'];
