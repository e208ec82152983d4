import routing from '../../../../seeds/policy/routing.json';
import settings from '../../../../seeds/policy/settings.json';
import steps from '../../../../seeds/policy/steps.json';
import { readDefinition } from './definition';
import { readRoutingTable, type RoutingTable } from './routing-table';

const table = routing as unknown as RoutingTable;
const copy = <T>(value: T): T => structuredClone(value);
type Loose = {
  steps: Record<string, { routes: Record<string, unknown>[]; papers: Record<string, unknown>[] }>;
  bases: Record<string, unknown>[];
};

function broken(change: (table: Loose) => void): RoutingTable {
  const changed = copy(table) as unknown as Loose;
  change(changed);
  return changed as unknown as RoutingTable;
}

describe('P1: decision table', () => {
  it('of the county loads', () => expect(readRoutingTable(table)).toBe(table));

  it.each<[string, (table: Loose) => void, RegExp]>([
    [
      'a gap',
      (t) =>
        t.steps['vaccination']!.routes.splice(0, 1, { ...t.steps['vaccination']!.routes[0], when: { agent: ['yes'] } }),
      /gap/,
    ],
    [
      'a row that nothing reaches',
      (t) => t.steps['vaccination']!.routes.push({ ...t.steps['vaccination']!.routes[0] }),
      /no case reaches/,
    ],
    [
      'a paper of steps that ask for none',
      (t) =>
        t.steps['household_registration']!.papers.push({
          ...t.steps['household_registration']!.papers[0],
          when: { residentId: ['none'], target: ['elsewhere'] },
        }),
      /papers\[12\]: no case reaches/,
    ],
    ['a gap among the bases', (t) => t.bases.pop(), /bases: gap/],
    ['a basis that nothing reaches', (t) => t.bases.reverse(), /bases\[1\]: no case reaches/],
    ['an unknown basis', (t) => (t.bases[0]!['basis'] = 'passport'), /unknown code/],
    ['an unknown paper', (t) => (t.steps['household_registration']!.papers[0]!['papers'] = ['photo']), /unknown code/],
    [
      'a birth permit (P8)',
      (t) => (t.steps['household_registration']!.papers[0]!['papers'] = ['birth_permit']),
      /forbidden material/,
    ],
    [
      '准生证 (P8)',
      (t) => (t.steps['household_registration']!.papers[0]!['papers'] = ['准生证']),
      /forbidden material/,
    ],
    ['an unknown fact', (t) => (t.steps['vaccination']!.routes[0]!['when'] = { weather: ['rain'] }), /unknown fact/],
    ['an unknown route', (t) => (t.steps['vaccination']!.routes[0]!['route'] = 'by_pigeon'), /unknown code/],
  ])('with %s refuses to load', (_name, change, message) => {
    expect(() => readRoutingTable(broken(change))).toThrow(message);
  });
});

describe('P1: definition', () => {
  const raw = steps as never;
  const DAY = '2026-11-24';
  it('of the county loads', () => {
    expect(readDefinition(raw, settings as never, DAY).steps.social_security_card.dependsOn).toContain(
      'medical_insurance',
    );
  });

  it.each<[string, (definition: { steps: Record<string, unknown>[] }) => void, RegExp]>([
    ['a cycle', (d) => (d.steps[0]!['dependsOn'] = ['social_security_card']), /cycle/],
    ['an unknown dependency', (d) => (d.steps[1]!['dependsOn'] = ['baptism']), /unknown dependency/],
    ['a missing step', (d) => d.steps.pop(), /missing/],
    ['a step twice', (d) => d.steps.push(d.steps[0]!), /twice/],
    ['a forbidden material (P8)', (d) => (d.steps[2]!['materials'] = ['社会抚养费缴纳凭证']), /forbidden/],
    ['an unknown agency', (d) => (d.steps[2]!['agency'] = 'tax'), /unknown agency/],
  ])('with %s refuses to load', (_name, change, message) => {
    const definition = copy(steps) as unknown as { steps: Record<string, unknown>[] };
    change(definition);
    expect(() => readDefinition(definition as never, settings as never, DAY)).toThrow(message);
  });

  it('of a step without a promise refuses to load', () => {
    const changed = copy(settings) as { promiseWorkingDays: Record<string, unknown> };
    delete changed.promiseWorkingDays['vaccination'];
    expect(() => readDefinition(raw, changed as never, DAY)).toThrow(/vaccination: no promiseWorkingDays/);
  });
});
