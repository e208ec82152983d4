import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../embedded/postgres-binaries';

const root = projectFolder();
/** `describe('P11, P12: …')`, `it('P7: …')`, `])('P6: …')`: what `jest -t P11` finds. */
const HEAD = /\(\s*['"`]((?:P\d+, )*P\d+): /g;

const numbersIn = (text: string): string[] => [...text.matchAll(HEAD)].flatMap(([, numbers]) => numbers!.split(', '));

const specs = ['libs', 'apps', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.spec.ts'))
    .map((path) => readFileSync(join(root, folder, path), 'utf8')),
);

describe('P1: every rule of docs/policy.md has tests named by its number', () => {
  const rules = [...readFileSync(join(root, 'docs', 'policy.md'), 'utf8').matchAll(/^\| (P\d+) \|/gm)].map(
    ([, rule]) => rule!,
  );
  const named = specs.flatMap(numbersIn);

  it('the rules are those of the policy', () => {
    expect(rules).toEqual(Array.from({ length: 20 }, (_, index) => `P${index + 1}`));
  });

  it.each(rules)('%s', (rule) => expect(named).toContain(rule));

  it('a test that only mentions a rule is not named by it', () => {
    const text = `it('waits (P96)', f); describe('P97, P98: lanes', f); it.each(rows)('P99: %s', f)`;
    expect(numbersIn(text)).toEqual(['P97', 'P98', 'P99']);
  });
});
