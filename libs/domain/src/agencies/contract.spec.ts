import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGENCIES } from '../vocabulary';
import { type RawContracts, readContracts } from './contract';

const raw = (file: string) =>
  JSON.parse(readFileSync(join(process.cwd(), 'seeds', 'contracts', file), 'utf8')) as RawContracts;
type Change = (contract: RawContracts['agencies'][string]) => object;
const changed = (change: Change): RawContracts => {
  const { agencies } = raw('yunyang.json');
  return {
    agencies: {
      ...agencies,
      'public-security': { ...agencies['public-security'], ...change(agencies['public-security']!) } as never,
    },
  };
};

describe('contracts of the agencies', () => {
  it.each(['yunyang.json', 'sandbox.json'])('%s knows every agency', (file) => {
    const contracts = readContracts(raw(file), '2026-11-26');
    expect(Object.keys(contracts)).toEqual([...AGENCIES]);
    for (const contract of Object.values(contracts)) expect(contract.callsPerSecond).toBeGreaterThan(0);
  });

  it('a figure may change on a day', () => {
    const { value, source, assumed } = raw('yunyang.json').agencies['public-security']!.slots as {
      value: number;
      source: string;
      assumed: boolean;
    };
    const rows = [
      { value, source, assumed, validFrom: '2024-01-19', validTo: '2026-12-31' },
      { value: value * 2, source, assumed, validFrom: '2027-01-01', validTo: null },
    ];
    const seeds = changed(() => ({ slots: rows }));
    expect(readContracts(seeds, '2026-12-31')['public-security'].slots).toBe(value);
    expect(readContracts(seeds, '2027-01-01')['public-security'].slots).toBe(value * 2);
  });

  it('maintenance that the county knows of is read', () => {
    const row = {
      from: '2026-12-01T22:00:00+08:00',
      until: '2026-12-02T02:00:00+08:00',
      source: 'notice',
      validFrom: '2026-11-01',
      validTo: null,
      assumed: false,
    };
    const contracts = readContracts(
      changed(() => ({ maintenance: [row] })),
      '2026-11-26',
    );
    expect(contracts['public-security'].maintenance).toEqual([
      { from: Date.parse(row.from), until: Date.parse(row.until) },
    ]);
  });

  it.each<[string, Change, RegExp]>([
    ['no source', ({ slots }) => ({ slots: { ...slots, source: '' } }), /public-security: slots: source is missing/],
    [
      'no word on whether it is assumed',
      ({ slots }) => ({ slots: { ...slots, assumed: undefined } }),
      /assumed is missing/,
    ],
    [
      'no rate',
      ({ callsPerSecond }) => ({ callsPerSecond: { ...callsPerSecond, value: 0 } }),
      /callsPerSecond is no whole number from 1/,
    ],
    ['half a slot', ({ slots }) => ({ slots: { ...slots, value: 1.5 } }), /slots is no whole number/],
    [
      'everything kept for families',
      ({ keptForFamilies }) => ({ keptForFamilies: { ...keptForFamilies, value: 20 } }),
      /leaves nothing/,
    ],
    ['hours that are none', ({ hours }) => ({ hours: { ...hours, value: 'at night' } }), /hours are none/],
    [
      'maintenance that ends first',
      () => ({
        maintenance: [
          {
            from: '2026-12-02',
            until: '2026-12-01',
            source: 's',
            validFrom: '2026-11-01',
            validTo: null,
            assumed: false,
          },
        ],
      }),
      /ends before/,
    ],
  ])('%s is refused', (_, change, message) => {
    expect(() => readContracts(changed(change), '2026-11-26')).toThrow(message);
  });

  it('an unknown agency and a missing one are refused', () => {
    const { agencies } = raw('yunyang.json');
    const { 'public-security': police, ...rest } = agencies;
    expect(() => readContracts({ agencies: rest }, '2026-11-26')).toThrow(/public-security is missing/);
    expect(() => readContracts({ agencies: { ...agencies, police: police! } }, '2026-11-26')).toThrow(/unknown agency/);
  });
});
