import type { Insured } from '@birth/domain';
import type { Locale } from '../caller';
import type { CoverageView } from '../shapes/coverage-shapes';
import { isoOrNull } from './moments';

const MODES: Record<Locale, Readonly<Record<Insured['mode'], string>>> = {
  'zh-CN': {
    independent: '独立参保：缴费后按居民医保享受待遇',
    with_guardian: '出生当年随监护人享受待遇：待遇范围小于独立参保，次年起须单独缴费',
  },
  en: {
    independent: 'An insurance of its own: full cover once the premium is paid',
    with_guardian:
      'Shares the guardian’s cover in the year of birth: weaker than an own insurance, paid from the next year on',
  },
};

/** Registered, paid and covered, each by itself (policy P11). */
export const coverageView = (insured: Insured | null, locale: Locale): CoverageView | null =>
  insured && {
    mode: insured.mode,
    modeText: MODES[locale][insured.mode],
    registeredAt: isoOrNull(insured.registeredAt),
    endedAt: isoOrNull(insured.endedAt),
    years: insured.years.map(({ year, payer, paidAt, coverage }) => ({
      year,
      payer,
      paidAt: isoOrNull(paidAt),
      from: coverage?.from ?? null,
      to: coverage?.to ?? null,
    })),
  };
