import type { InsuranceWish } from '@birth/domain';
import { loadCounty } from '../load-county';
import { insuranceOffer } from './insurance-offer';

const { settings } = loadCounty().policyAt(Date.parse('2026-11-24T10:00:00+08:00'));
const WISH: InsuranceWish = {
  mode: 'independent',
  tier: '1',
  years: [2026],
  basis: 'citizen_id',
  region: '500235001',
  townUnit: 'YYI001',
  inHospital: false,
};
const offer = (wish: Partial<InsuranceWish>, bornOn: string) =>
  insuranceOffer({ ...WISH, ...wish }, bornOn, settings, 'zh-CN');

describe('P11: what an insurance costs, before anything is filed', () => {
  it.each([
    ['2026-10-02', [2026]],
    ['2026-10-03', [2026, 2027]],
    ['2026-12-31', [2026, 2027]],
    ['2026-01-01', [2026]],
  ])('born on %s: %j are offered', (bornOn, years) => {
    const offered = offer({}, bornOn);
    expect(offered?.years.map(({ year }) => year)).toEqual(years);
    expect(offered?.text).toContain('90天');
    expect(offered?.text.includes('两年')).toBe(years.length > 1);
  });

  it('says which are asked for, who pays them and how much', () => {
    expect(offer({ tier: '2' }, '2026-11-02')?.years).toEqual([
      { year: 2026, isAsked: true, payer: 'family', amountFen: 77_500 },
      { year: 2027, isAsked: false, payer: 'family', amountFen: 77_500 },
    ]);
    expect(offer({ mode: 'with_guardian' }, '2026-11-02')?.years).toMatchObject([
      { payer: 'with_guardian', amountFen: 0 },
      { payer: 'family', amountFen: 40_000 },
    ]);
    expect(offer({ subsidyCategory: 'orphan' }, '2026-05-02')?.years).toMatchObject([
      { payer: 'subsidised', amountFen: 0 },
    ]);
  });

  it('nothing where none is asked for', () => {
    expect(insuranceOffer(undefined, '2026-11-02', settings, 'en')).toBeNull();
  });
});
