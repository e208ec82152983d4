import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { HttpMessageVerifier } from './http-message-signature';
import { asAgencyKey, madeKey } from './keys.spec-support';
import { AgencyKeyBook } from './signing-keys';
import { readSm2PublicKey, verifySm2 } from './sm2';

const DOCUMENT = readFileSync(resolve(__dirname, '../../../../docs/agencies/signing.md'), 'utf8');
const URL_OF = 'https://platform.example/agency/v1/health-commission/messages?a=1';

const runs = (command: string, ...words: string[]): boolean => spawnSync(command, words).status === 0;
const hasOpenssl3 = (): boolean =>
  /^OpenSSL 3/.test(spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '');
const hasJava17 = (): boolean =>
  Number(/"(\d+)/.exec(spawnSync('java', ['-version'], { encoding: 'utf8' }).stderr ?? '')?.[1]) >= 17;

interface Example {
  language: string;
  file: string;
  command: string;
  isThere: boolean;
}

const EXAMPLES: Example[] = [
  { language: 'js', file: 'sign.cjs', command: process.execPath, isThere: true },
  { language: 'python', file: 'sign.py', command: 'python3', isThere: runs('python3', '-c', 'import cryptography') },
  { language: 'sh', file: 'sign.sh', command: 'sh', isThere: hasOpenssl3() },
  { language: 'java', file: 'Sign.java', command: 'java', isThere: hasJava17() },
];

function exampleIn(language: string): string {
  const found = [...DOCUMENT.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))];
  expect(found).toHaveLength(1);
  return found[0]?.[1] ?? '';
}

describe('the examples of docs/agencies/signing.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'birth-examples-'));
  const at = (name: string): string => join(folder, name);
  const key = madeKey('health-commission-1', 'ed25519');
  const body = `{"messageId":"${randomUUID()}","text":"已签发"}`;
  beforeAll(() => {
    writeFileSync(at('key.pem'), key.privateKeyPem);
    writeFileSync(at('body.json'), body);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const book = new AgencyKeyBook([asAgencyKey(key, 'health-commission')]);
  const verifier = new HttpMessageVerifier(
    () => book,
    () => Date.now(),
  );

  for (const { language, file, command, isThere } of EXAMPLES) {
    (isThere ? it : it.skip)(`${language}: what it signs is taken, and nothing else is`, () => {
      writeFileSync(at(file), exampleIn(language));
      const words = [at(file), at('key.pem'), URL_OF, at('body.json')];
      const lines = execFileSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
      const headers = Object.fromEntries(lines.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
      const message = { method: 'POST', url: URL_OF, headers, body: Buffer.from(body) };
      expect(verifier.verify('health-commission', message).keyId).toBe('health-commission-1');
      expect(() => verifier.verify('health-commission', { ...message, url: `${URL_OF}1` })).toThrow('signature_wrong');
    });
  }

  (hasOpenssl3() ? it : it.skip)('bash: its SM2 signature is taken', () => {
    const made = madeKey('k', 'sm2');
    writeFileSync(at('sm2.pem'), made.privateKeyPem);
    writeFileSync(at('text'), 'infno\nmsgid');
    writeFileSync(at('sm2.sh'), exampleIn('bash'));
    const signature = execFileSync('sh', [at('sm2.sh'), at('sm2.pem'), at('text')], { encoding: 'utf8' });
    const open = readSm2PublicKey(made.publicKeyPem);
    expect(verifySm2(Buffer.from('infno\nmsgid'), Buffer.from(signature, 'base64'), open)).toBe(true);
  });
});
