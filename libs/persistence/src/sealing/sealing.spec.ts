import { randomBytes } from 'node:crypto';
import { plainToInstance } from 'class-transformer';
import { PersistenceConfig } from '../persistence.config';
import { openCell, sealCell } from './cell';
import { readKey } from './key-material';
import { KeyRing } from './key-ring';

const key = randomBytes(32);
const place = { table: 'form_section', column: 'content', rowId: 'r1', caseId: 'c1' };
const cell = sealCell(key, place, Buffer.from('王芳'));

describe('a sealed cell', () => {
  it('opens in its own place only', () => expect(openCell(key, place, cell).toString()).toBe('王芳'));

  it.each([
    ['another table', { ...place, table: 'exchange' }],
    ['another column', { ...place, column: 'bodies' }],
    ['another row', { ...place, rowId: 'r2' }],
    ['another case', { ...place, caseId: 'c2' }],
  ])('C2 refuses swapped ciphertext: %s', (_name, elsewhere) => {
    expect(() => openCell(key, elsewhere, cell)).toThrow();
  });

  it('refuses a change of any byte', () => {
    for (let at = 0; at < cell.length; at += 1) {
      const changed = Buffer.from(cell);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => openCell(key, place, changed)).toThrow();
    }
  });

  it.each([0, 10, cell.length - 1])('refuses its first %i bytes', (length) => {
    expect(() => openCell(key, place, cell.subarray(0, length))).toThrow();
  });

  it('refuses another key, and never looks the same twice', () => {
    expect(() => openCell(randomBytes(32), place, cell)).toThrow();
    const again = Array.from({ length: 1000 }, () => sealCell(key, place, Buffer.from('王芳')).toString('hex'));
    expect(new Set(again).size).toBe(1000);
  });
});

describe('the keys of an installation', () => {
  const settings = { DATABASE_URL: 'postgres://x', MASTER_KEY: '11'.repeat(32), LOOKUP_KEY: '22'.repeat(32) };
  const ring = (changes: Partial<typeof settings> = {}) =>
    new KeyRing(plainToInstance(PersistenceConfig, { ...settings, ...changes }));

  it('a case’s key opens with the master key that wrapped it, for that case', () => {
    const { seal, wrapped } = ring().newCase('c1');
    const sealed = seal.seal('form_section', 'content', 'r1', { name: '王芳' });
    expect(ring().openCase('c1', wrapped).open('form_section', 'content', 'r1', sealed)).toEqual({ name: '王芳' });
    expect(() => ring().openCase('c2', wrapped)).toThrow();
    expect(() => ring({ MASTER_KEY: '33'.repeat(32) }).openCase('c1', wrapped)).toThrow();
  });

  it('C6 blind indexes are keyed, differ by kind, and do not depend on the master key', () => {
    const token = ring().token('mother', '500235199103247584');
    expect(ring({ MASTER_KEY: '33'.repeat(32) }).token('mother', '500235199103247584')).toEqual(token);
    expect(ring().token('subject', '500235199103247584')).not.toEqual(token);
    expect(ring({ LOOKUP_KEY: '44'.repeat(32) }).token('mother', '500235199103247584')).not.toEqual(token);
  });

  it.each([
    ['no key at all', undefined],
    ['a short key', '11'.repeat(16)],
    ['words', 'correct horse battery staple'],
  ])('%s is named, never shown', (_name, text) => {
    expect(() => readKey('MASTER_KEY', text, undefined)).toThrow(/MASTER_KEY/);
    expect(() => readKey('MASTER_KEY', text, undefined)).not.toThrow(/horse|1111/);
  });
});
