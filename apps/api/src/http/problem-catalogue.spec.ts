import { isFieldCode } from '@birth/application';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProblemCode, PROBLEMS, statusOf } from './problem-catalogue';
import { problemWords } from './problem-words';

const LIBS = ['application', 'domain', 'persistence', 'platform'].map((name) => `libs/${name}/src`);
const sources = sourcesOf(...LIBS, 'apps/api/src');

function sourcesOf(...folders: string[]): string {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const code = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
  return code.map((file) => readFileSync(file, 'utf8')).join('\n');
}

const found = (pattern: RegExp): string[][] => [...sources.matchAll(pattern)].map((match) => match.slice(1));

describe('the catalogue of problems', () => {
  it('has every problem that the code throws, under the status that it is thrown with', () => {
    const thrown = found(/new Problem\(\s*(\d{3}),\s*'(\w+)'/g);
    expect(thrown.length).toBeGreaterThan(40);
    const wrong = thrown.filter(([status, code]) => !isProblemCode(code!) || statusOf(code) !== Number(status));
    expect(wrong).toEqual([]);
  });

  it('has every refusal of the domain, as a conflict', () => {
    const refused = found(/new Refused\('(\w+)'\)/g).map(([code]) => code!);
    expect(refused.length).toBeGreaterThan(15);
    expect(refused.filter((code) => !isProblemCode(code) || statusOf(code) !== 409)).toEqual([]);
  });

  it('has words for every field that a form is refused for', () => {
    const checks = sourcesOf('libs/domain/src/form-rules', 'libs/domain/src/fertility');
    const codes = [...checks.matchAll(/\.add(?:If)?\([^;]*?'([a-z_]+)',?\s*\);/g)].map(([, code]) => code!);
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !isFieldCode(code))).toEqual([]);
  });

  it.each(Object.keys(PROBLEMS))('%s speaks both languages and ends without a full stop in its title', (code) => {
    const [zh, en] = [problemWords(code, 'zh-CN'), problemWords(code, 'en')];
    expect(zh.title).toMatch(/[\u4e00-\u9fff]/);
    expect(en.title).toMatch(/^[A-Z]/);
    expect(en.title + en.detail).not.toMatch(/[\u4e00-\u9fff]/);
    expect(zh.title + en.title).not.toMatch(/[。.]$/);
  });
});
