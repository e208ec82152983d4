import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyFile } from './key-file';
import { asAgencyKey, asOwnKey, madeKey } from './keys.spec-support';
import { AgencyKeyBook, OwnKeyBook } from './signing-keys';

const FIVE_MINUTES_MS = 300_000;

describe('D12: keys in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'birth-keys-'));
  const path = join(folder, 'keys.json');
  afterAll(() => rmSync(folder, { recursive: true }));
  const [first, second] = [madeKey('a-1', 'ed25519'), madeKey('a-2', 'sm2')];
  const write = (keys: readonly (typeof first)[]): void => {
    writeFileSync(`${path}.new`, JSON.stringify(keys.map((key) => asAgencyKey(key, 'a'))));
    renameSync(`${path}.new`, path);
  };
  let now = 0;
  let troubles: string[] = [];
  const open = () =>
    new KeyFile({
      path,
      parse: (text) => AgencyKeyBook.parse(text),
      nothing: new AgencyKeyBook([]),
      onTrouble: (message) => void troubles.push(message),
      now: () => now,
    });
  const known = (file: KeyFile<AgencyKeyBook>): string[] =>
    ['a-1', 'a-2'].filter((keyId) => file.read().find(keyId, 0) !== undefined);
  beforeEach(() => {
    now = 0;
    troubles = [];
  });

  it('two keys live during a roll-over, then the old one is refused, without a restart', () => {
    write([first]);
    const file = open();
    expect(known(file)).toEqual(['a-1']);
    write([first, second]);
    now += FIVE_MINUTES_MS;
    expect(known(file)).toEqual(['a-1', 'a-2']);
    write([second]);
    now += FIVE_MINUTES_MS;
    expect(known(file)).toEqual(['a-2']);
  });

  it('what was revoked counts for seconds more, not for minutes', () => {
    write([first, second]);
    const file = open();
    write([second]);
    now += 5_000;
    expect(known(file)).toEqual(['a-2']);
  });

  it.each([
    ['gone', () => rmSync(path)],
    ['cut in half', () => writeFileSync(path, '[{"keyId":')],
    ['with a key of another kind', () => write([{ ...second, algorithm: 'ed25519' }])],
  ])('a file that is %s is told of, and within five minutes nobody is believed any more', (_name, spoil) => {
    write([first]);
    const file = open();
    spoil();
    now += 5_000;
    expect(known(file)).toEqual(['a-1']);
    expect(troubles).toEqual([`keys cannot be read: ${path}`]);
    for (const end = FIVE_MINUTES_MS; now < end; now += 5_000) file.read();
    expect(known(file)).toEqual([]);
    write([second]);
    now += 5_000;
    expect(known(file)).toEqual(['a-2']);
  });

  it('nothing starts without its keys', () => {
    rmSync(path);
    expect(open).toThrow();
  });
});

describe('a book of keys', () => {
  const key = asAgencyKey(madeKey('a-1', 'ed25519'), 'a');

  it.each([
    ['a doubled id', [key, key]],
    ['an id that is no id', [{ ...key, keyId: 'a b' }]],
    [
      'a key of another curve',
      [{ ...asAgencyKey(madeKey('a-2', 'sm2'), 'a'), algorithm: 'ecdsa-p256-sha256' as const }],
    ],
    ['an end that is no time', [{ ...key, validUntil: 'soon' }]],
  ])('with %s is none', (_name, keys) => {
    expect(() => new AgencyKeyBook(keys)).toThrow();
  });

  it('the first of our keys of an algorithm signs', () => {
    const [old, next] = [madeKey('p-1', 'ecdsa-p256-sha256'), madeKey('p-2', 'ecdsa-p256-sha256')].map(asOwnKey);
    const sm2 = asOwnKey(madeKey('p-3', 'sm2'));
    expect(new OwnKeyBook([sm2, old!, next!]).first('ecdsa-p256-sha256')?.keyId).toBe('p-1');
    expect(new OwnKeyBook([next!, old!, sm2]).first('ecdsa-p256-sha256')?.keyId).toBe('p-2');
    expect(new OwnKeyBook([next!, old!, sm2]).first('sm2')?.keyId).toBe('p-3');
    expect(new OwnKeyBook([sm2]).first('ed25519')).toBeUndefined();
  });
});
