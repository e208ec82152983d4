import { addDays } from '@birth/standards';
import type { NewbornForm } from '../form';
import { taxOfficeOf } from '../offices/choose-office';
import { channelOf, type Office } from '../offices/office';
import type { Channel, OfficeKind } from '../vocabulary';
import type { PremiumTable } from './premiums';

/** Who pays a year's premium: the family, nobody because it is subsidised, or nobody because a guardian's cover is shared. */
export const PREMIUM_PAYERS = ['family', 'subsidised', 'with_guardian'] as const;
export type PremiumPayer = (typeof PREMIUM_PAYERS)[number];

export const INSURANCE_MODES = ['independent', 'with_guardian'] as const;

/** Both days included. */
export interface Coverage {
  from: string;
  to: string;
}

export interface InsuredYear {
  year: number;
  payer: PremiumPayer;
  /** The time of payment as the tax administration states it: the one that counts. Epoch ms. */
  paidAt: number | null;
  coverage: Coverage | null;
}

/** Policy P11: registered, paid and covered are three facts. Codes and dates alone. */
export interface Insured {
  mode: (typeof INSURANCE_MODES)[number];
  registeredAt: number | null;
  /** When its desk ended it again because the family asked (P15). */
  endedAt: number | null;
  years: readonly InsuredYear[];
  /** Where premiums are paid. */
  taxOffice: { code: string; kind: OfficeKind; channel: Channel };
}

interface Planning {
  bornOn: string;
  premiums: PremiumTable;
  offices: readonly Office[];
}

/** What the family asks of the insurance; null where it asks for none. */
export function plannedInsurance(
  { insurance }: Pick<NewbornForm, 'insurance'>,
  { bornOn, premiums, offices }: Planning,
): Insured | null {
  if (insurance == null) return null;
  const { code, kind, ...office } = taxOfficeOf(insurance.region, offices);
  const years = [...new Set(insurance.years)].sort();
  return {
    mode: insurance.mode,
    registeredAt: null,
    endedAt: null,
    years: years.map((year) => ({
      year,
      payer: payerOf(insurance, year === yearOf(bornOn), premiums),
      paidAt: null,
      coverage: null,
    })),
    taxOffice: { code, kind, channel: channelOf(office) },
  };
}

/**
 * A guardian's cover is shared in the year of birth alone (Chongqing, 2021: to be confirmed); whatever follows is paid
 * like everybody's.
 */
function payerOf(
  { mode, subsidyCategory }: NonNullable<NewbornForm['insurance']>,
  isBirthYear: boolean,
  { subsidies }: PremiumTable,
): PremiumPayer {
  if (mode === 'with_guardian' && isBirthYear) return 'with_guardian';
  const subsidy = subsidies.find(({ category }) => category === subsidyCategory);
  return subsidy?.share === 'full' ? 'subsidised' : 'family';
}

/** The year of birth, and the next one for births shortly before its end (P11). */
export function offeredYears(bornOn: string, nextYearWithinDays: number): number[] {
  const year = yearOf(bornOn);
  return addDays(bornOn, nextYearWithinDays) > `${year}-12-31` ? [year, year + 1] : [year];
}

export const yearOf = (day: string): number => Number(day.slice(0, 4));

/** By this year's premium the limit of ninety days is met: that of birth, else the first one that is insured. */
export const decidingYear = ({ years }: Insured, bornOn: string): number | null =>
  (years.find(({ year }) => year === yearOf(bornOn)) ?? years[0])?.year ?? null;
