import premiums from '../../../../seeds/policy/premiums.json';
import routing from '../../../../seeds/policy/routing.json';
import settings from '../../../../seeds/policy/settings.json';
import steps from '../../../../seeds/policy/steps.json';
import { policyOn, type RawPolicy, readPolicy } from './policy';
import type { Provenance } from './sourced';

const seeds = { routing, settings, steps, premiums } as unknown as RawPolicy;
type Row = { -readonly [P in keyof Provenance]: Provenance[P] } & { when?: object };

/** The county's seeds, except for what a test changes. */
function changed(change: (raw: typeof seeds) => void): RawPolicy {
  const copy = structuredClone(seeds);
  change(copy);
  return copy;
}

const promises = (raw: RawPolicy) => raw.settings.promiseWorkingDays as Record<string, unknown>;
const tableOf = (raw: RawPolicy) =>
  raw.routing.steps.household_registration as unknown as { routes: Row[]; papers: Row[] };

describe('P1: a county’s policy by the day of filing', () => {
  it('holds from its first day, in one period until a row changes', () => {
    const periods = readPolicy(seeds);
    expect(periods.map(({ from }) => from)).toEqual(['2024-01-19']);
    expect(() => policyOn(periods, '2024-01-18')).toThrow('no policy on 2024-01-18');
  });

  it('takes a figure’s successive values, each on its days', () => {
    const [first] = [promises(seeds)['household_registration']] as Row[];
    const periods = readPolicy(
      changed((raw) => {
        promises(raw)['household_registration'] = [
          { ...first, value: 2, validTo: '2026-12-31' },
          { ...first, value: 1, validFrom: '2027-01-01' },
        ];
      }),
    );
    const promised = (day: string) => policyOn(periods, day).settings.steps.household_registration.promiseWorkingDays;
    expect(['2024-01-19', '2026-12-31', '2027-01-01'].map(promised)).toEqual([2, 2, 1]);
  });

  it('takes a row of the decision table on its days alone', () => {
    const periods = readPolicy(changed((raw) => (tableOf(raw).routes.find(isNameRow)!.validTo = '2026-12-31')));
    const rows = (day: string) => policyOn(periods, day).routing.steps.household_registration.routes;
    expect(rows('2026-12-31').some((row) => isNameRow(row as Row))).toBe(true);
    expect(rows('2027-01-01').some((row) => isNameRow(row as Row))).toBe(false);
  });

  it.each<[string, (raw: RawPolicy) => void, RegExp]>([
    ['a row without a source', (raw) => (tableOf(raw).routes[0]!.source = ''), /source is missing/],
    ['a paper without a source', (raw) => (tableOf(raw).papers[0]!.source = ''), /papers\[0\]: source/],
    ['a row without a first day', (raw) => (tableOf(raw).routes[0]!.validFrom = '2026-02-30'), /validFrom/],
    ['a row that ends before it begins', (raw) => (tableOf(raw).routes[0]!.validTo = '1999-01-01'), /validTo/],
    [
      'a row that is not said to be assumed or not',
      (raw) => delete (tableOf(raw).routes[0] as Partial<Row>).assumed,
      /assumed/,
    ],
    ['a step without a source', (raw) => ((raw.steps.steps[0] as Row).source = ''), /birth_certificate: source/],
    ['a figure without a source', (raw) => ((promises(raw)['vaccination'] as Row).source = ''), /vaccination: source/],
    [
      'a figure that ends',
      (raw) => ((promises(raw)['vaccination'] as Row).validTo = '2026-12-31'),
      /no value on 2027-01-01/,
    ],
    [
      'two values on a day',
      (raw) => (promises(raw)['vaccination'] = [1, 2].map(() => promises(raw)['vaccination'])),
      /two values/,
    ],
    [
      'a figure that is missing',
      (raw) => delete (raw.settings.figures as Partial<typeof raw.settings.figures>).laneMaxMonths,
      /laneMaxMonths: missing/,
    ],
    [
      'a silence that counts as acceptance by no law (P10)',
      (raw) => ((raw.settings.deemedAcceptanceWorkingDays.household_registration as Row).source = ''),
      /deemedAcceptanceWorkingDays.household_registration: source/,
    ],
    [
      'a silence of a step that nobody knows',
      (raw) => (raw.settings.deemedAcceptanceWorkingDays = { pension: promises(raw)['vaccination'] } as never),
      /unknown step pension/,
    ],
    ['a gap from a day on', (raw) => (tableOf(raw).routes.at(-1)!.validTo = '2026-12-31'), /gap/],
    [
      'a step that ends',
      (raw) => ((raw.steps.steps[2] as Row).validTo = '2026-12-31'),
      /household_registration is missing/,
    ],
  ])('with %s refuses to load', (_name, change, message) => {
    expect(() => readPolicy(changed(change))).toThrow(message);
  });
});

const isNameRow = ({ when = {} }: Row): boolean => 'name' in when;
