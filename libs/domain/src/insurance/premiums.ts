import { isInForce, type Provenance } from '../routing/sourced';

/** What the family pays for a year of insurance (seeds/policy/premiums.json). Money in fen. */
export interface Premium {
  year: number;
  tier: string;
  /** Of the year in which the child is born. */
  birthYear: boolean;
  amountFen: number;
}

/** Whose premium somebody else pays: all of it, or a part, of which the tax administration says what is left. */
export interface Subsidy {
  category: string;
  share: 'full' | 'partial';
}

export interface PremiumTable {
  premiums: readonly Premium[];
  subsidies: readonly Subsidy[];
}

export interface RawPremiums {
  premiums: readonly (Premium & Provenance)[];
  subsidies: readonly (Subsidy & Provenance)[];
}

/** Every row by name. */
export const premiumRows = ({ premiums, subsidies }: RawPremiums): [name: string, row: Provenance][] => [
  ...premiums.map((row): [string, Provenance] => [`premium ${keyOf(row)}`, row]),
  ...subsidies.map((row): [string, Provenance] => [`subsidy ${row.category}`, row]),
];

const keyOf = ({ year, tier, birthYear }: Premium): string => `${year}/${tier}${birthYear ? '/birth year' : ''}`;

/** Throws on an amount that is none, and on an unknown share. */
export function readPremiums({ premiums, subsidies }: RawPremiums): void {
  for (const row of premiums) {
    const isRight = Number.isSafeInteger(row.amountFen) && row.amountFen > 0 && Number.isInteger(row.year);
    if (!isRight) throw new Error(`premium ${keyOf(row)}: amountFen or year is wrong`);
  }
  const unknown = subsidies.find(({ share }) => share !== 'full' && share !== 'partial');
  if (unknown !== undefined) throw new Error(`subsidy ${unknown.category}: unknown share`);
}

/** In force on a day of filing; throws where two rows speak of the same. */
export function premiumsOn(raw: RawPremiums, day: string): PremiumTable {
  const premiums = raw.premiums.filter((row) => isInForce(row, day));
  const subsidies = raw.subsidies.filter((row) => isInForce(row, day));
  refuseTwice(
    premiums.map((row) => `premium ${keyOf(row)}`),
    day,
  );
  refuseTwice(
    subsidies.map(({ category }) => `subsidy ${category}`),
    day,
  );
  return { premiums, subsidies };
}

function refuseTwice(names: readonly string[], day: string): void {
  const second = names.find((name, index) => names.indexOf(name) !== index);
  if (second !== undefined) throw new Error(`${second}: two rows on ${day}`);
}

/** Null for a year or tier that nothing was announced of: the tax administration says it when asked. */
export const premiumOf = ({ premiums }: PremiumTable, wanted: Omit<Premium, 'amountFen'>): number | null =>
  premiums.find((row) => keyOf(row) === keyOf({ ...wanted, amountFen: 0 }))?.amountFen ?? null;
