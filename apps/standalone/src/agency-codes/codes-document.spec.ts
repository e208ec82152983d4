import { loadCounty } from '@birth/application';
import { AGENCIES } from '@birth/domain';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../embedded/postgres-binaries';
import { codesDocument } from './codes-document';

const { agencyCodes } = loadCounty();
const read = (...path: string[]) => readFileSync(join(projectFolder(), 'docs', 'agencies', ...path), 'utf8');

/** Codes of the errors of a wire document: in back quotes, or after a word such as E201. */
function errorsOf(wire: string): string[] {
  const [, section = wire] = /^#+ Errors$([\s\S]*?)(?=^#|$(?![\s\S]))/m.exec(wire) ?? [];
  const ranges = [...section.matchAll(/`(\d{4})`–`(\d{4})`/g)].flatMap(([, from, to]) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => String(Number(from) + index)),
  );
  const named = [...section.matchAll(/`(-?\d{3,4}|E\d{3})`|\b(E\d{3})\b/g)].map(([, quoted, bare]) => quoted ?? bare!);
  return [...new Set([...ranges, ...named])];
}

describe('docs/agencies/errors.md', () => {
  it('is what `npm run codes` writes', () => expect(read('errors.md')).toBe(codesDocument(agencyCodes)));

  it.each(AGENCIES)('the errors of the wire of %s have each their row, and no row is of another error', (agency) => {
    const inWire = errorsOf(read('wire', `${agency}.md`)).sort();
    const technical = agencyCodes
      .of(agency)
      .filter((one) => one.class === 'technical' && /=(-|E?\d{3})/.test(one.code));
    expect(inWire.length).toBeGreaterThan(4);
    expect(inWire).toEqual(technical.map(({ code }) => code.split('=')[1]!).sort());
  });
});
