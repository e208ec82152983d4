import {
  type EngineSettings,
  type InsuranceWish,
  offeredYears,
  plannedInsurance,
  premiumOf,
  yearOf,
} from '@birth/domain';
import type { Locale } from '../caller';
import type { InsuranceOffer } from '../shapes/intake-shapes';

const WORDS: Record<Locale, { both: string; one: string }> = {
  'zh-CN': {
    both: '出生日期距12月31日不足90天：出生当年和次年均可参保，两年都缴费才能从出生之日起连续享受待遇；须在出生后90天内参保并向税务部门缴费',
    one: '须在出生后90天内参保并向税务部门缴费，方可从出生之日起享受待遇',
  },
  en: {
    both: 'Born shortly before the end of the year: both years can be insured, and both are paid to be covered without a gap; enrol and pay the tax administration within 90 days of birth',
    one: 'Enrol and pay the tax administration within 90 days of birth to be covered from birth',
  },
};

type Rules = Pick<EngineSettings, 'nextYearWithinDays' | 'premiums'>;

/** Which years this newborn may be insured for, who pays them and how much, before anything is filed (policy P11). */
export function insuranceOffer(
  insurance: InsuranceWish | undefined,
  bornOn: string,
  { nextYearWithinDays, premiums }: Rules,
  locale: Locale,
): InsuranceOffer | null {
  if (insurance === undefined) return null;
  const offered = offeredYears(bornOn, nextYearWithinDays);
  const planned = plannedInsurance({ insurance: { ...insurance, years: offered } }, { bornOn, premiums, offices: [] });
  const years = (planned?.years ?? []).map(({ year, payer }) => ({
    year,
    isAsked: insurance.years.includes(year),
    payer,
    amountFen: payer === 'family' ? amountOf(year) : 0,
  }));
  return { years, text: WORDS[locale][offered.length > 1 ? 'both' : 'one'] };

  function amountOf(year: number): number | null {
    return premiumOf(premiums, { year, tier: insurance?.tier ?? '', birthYear: year === yearOf(bornOn) });
  }
}
