import { isForbiddenMaterial, tableRows } from '@birth/domain';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../embedded/postgres-binaries';
import { loadSamples } from '../samples/realise';
import { documentWith } from './committed-policy';
import { LANES } from './lanes';
import { factsOfSamples, familiesByRow, rawPolicy } from './policy-rows';

const raw = rawPolicy();
const samples = loadSamples();

/** Rows, then lanes, that no family walks through. */
function untried(families: readonly (typeof samples)[number][]): string[] {
  const facts = factsOfSamples(raw, families);
  const walked = familiesByRow(facts);
  const rows = tableRows(raw.routing).flatMap(([name, row]) => (walked.has(row) ? [] : [name]));
  const lanes = LANES.filter(({ holds }) => !facts.some((one) => holds(one.facts)));
  return [...rows, ...lanes.map(({ name }) => name)];
}

describe('P1: the county’s policy and the sample families', () => {
  it('every row and every lane is walked by a family', () => expect(untried(samples)).toEqual([]));

  it('a row and a lane that lose their only family are found', () => {
    const without = samples.filter(({ name }) => name !== 'born-abroad');
    expect(untried(without)).toEqual([
      'routing birth_certificate[2]',
      expect.stringMatching(/^routing household_registration\[\d+\]$/),
      expect.stringMatching(/^routing household_registration papers\[\d+\]$/),
      'born abroad',
    ]);
  });

  it('no row names a forbidden material (P8)', () => {
    expect(tableRows(raw.routing).filter(([, row]) => isForbiddenMaterial(JSON.stringify(row)))).toEqual([]);
    expect(raw.steps.steps.filter((step) => isForbiddenMaterial(JSON.stringify(step)))).toEqual([]);
  });
});

describe('P1: docs/policy.md', () => {
  const committed = readFileSync(join(projectFolder(), 'docs', 'policy.md'), 'utf8');

  it('is what `npm run policy` writes', () => expect(documentWith(committed)).toBe(committed));

  it('that was changed by hand in its generated part is not', () => {
    const changed = committed.replace('| yes |', '| no |');
    expect(documentWith(changed)).not.toBe(changed);
    expect(documentWith(changed)).toBe(committed);
  });

  it('without the marks is not written', () => expect(() => documentWith('# Policy\n')).toThrow('marks'));
});
