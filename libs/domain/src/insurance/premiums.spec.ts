import seeds from '../../../../seeds/policy/premiums.json';
import type { InsuranceWish } from '../form';
import type { Office } from '../offices/office';
import { decidingYear, plannedInsurance } from './insured';
import { premiumOf, premiumsOn, type RawPremiums, readPremiums } from './premiums';

const raw = seeds as RawPremiums;
const table = premiumsOn(raw, '2026-11-24');
const WISH: InsuranceWish = {
  mode: 'independent',
  tier: '1',
  years: [2026],
  basis: 'citizen_id',
  region: '500235115',
  townUnit: 'YYI015',
  inHospital: false,
};
const hall = (code: string, town: string) =>
  ({ code, town, agency: 'tax-administration', kind: 'tax_hall', answerMode: 'api' }) as Office;
const planned = (wish: Partial<InsuranceWish> = {}, bornOn = '2026-11-02') =>
  plannedInsurance(
    { insurance: { ...WISH, ...wish } },
    { bornOn, premiums: table, offices: [hall('YYT001', '500235001'), hall('YYT002', '500235115')] },
  );

describe('P11: what the county’s premiums say', () => {
  it.each([
    [2026, '1', true, 40_000],
    [2026, '2', false, 77_500],
    [2024, '1', true, 38_000],
    [2099, '1', true, null],
    [2026, '9', true, null],
  ])('%d, tier %s, year of birth %s: %s fen', (year, tier, birthYear, amountFen) => {
    expect(premiumOf(table, { year, tier, birthYear })).toBe(amountFen);
  });

  it.each<[string, (copy: RawPremiums) => void, RegExp]>([
    ['an amount of nothing', ({ premiums }) => Object.assign(premiums[0]!, { amountFen: 0 }), /amountFen/],
    ['a part of a fen', ({ premiums }) => Object.assign(premiums[0]!, { amountFen: 0.5 }), /amountFen/],
    ['an unknown share', ({ subsidies }) => Object.assign(subsidies[0]!, { share: 'half' }), /unknown share/],
  ])('with %s refuse to load', (_what, change, message) => {
    const copy = structuredClone(raw);
    change(copy);
    expect(() => readPremiums(copy)).toThrow(message);
  });

  it('say of no year two things on one day', () => {
    const doubled = { ...raw, premiums: [...raw.premiums, raw.premiums[0]!] };
    expect(() => premiumsOn(doubled, '2026-11-24')).toThrow(/two rows/);
    const successive = {
      ...raw,
      premiums: [
        { ...raw.premiums[0]!, validTo: '2025-12-31' },
        { ...raw.premiums[0]!, validFrom: '2026-01-01' },
      ],
    };
    expect(premiumsOn(successive, '2026-11-24').premiums).toHaveLength(1);
  });
});

describe('P11: who pays which year', () => {
  it.each<[string, Partial<InsuranceWish>, (string | number)[]]>([
    ['the family', {}, [2026, 'family']],
    ['the family, both years', { years: [2027, 2026, 2027] }, [2026, 'family', 2027, 'family']],
    ['nobody: fully subsidised', { subsidyCategory: 'extreme_poverty' }, [2026, 'subsidised']],
    ['the family what is left of a part', { subsidyCategory: 'minimum_living' }, [2026, 'family']],
    ['nobody beside a guardian', { mode: 'with_guardian' }, [2026, 'with_guardian']],
    [
      'nobody beside a guardian, but the family next year',
      { mode: 'with_guardian', years: [2026, 2027] },
      [2026, 'with_guardian', 2027, 'family'],
    ],
  ])('%s', (_who, wish, expected) => {
    expect(planned(wish)?.years.flatMap(({ year, payer }) => [year, payer])).toEqual(expected);
  });

  it('at the hall of the town, else at the county’s', () => {
    expect(planned()?.taxOffice).toEqual({ code: 'YYT002', kind: 'tax_hall', channel: 'api' });
    expect(planned({ region: '500235003' })?.taxOffice.code).toBe('YYT001');
  });

  it('who asks for no insurance pays none', () => {
    expect(plannedInsurance({}, { bornOn: '2026-11-02', premiums: table, offices: [] })).toBeNull();
  });

  it.each([
    [[2026, 2027], '2026-11-02', 2026],
    [[2027], '2026-11-02', 2027],
    [[], '2026-11-02', null],
  ])('of %j the limit is met by the year of birth, else by the first', (years, bornOn, expected) => {
    const insured = planned({ years })!;
    expect(decidingYear(insured, bornOn)).toBe(expected);
  });
});
