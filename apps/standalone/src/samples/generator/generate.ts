import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGE_CASES } from './age-cases';
import { AGENCY_CASES } from './agency-cases';
import { BIRTH_CASES, CLAIMED_CASES } from './birth-cases';
import { CLOCK_CASES } from './clock-cases';
import { COUPLE_CASES } from './couple-cases';
import { DELIVERY_CASES } from './delivery-cases';
import { ELSEWHERE_CASES } from './elsewhere-cases';
import { HOUSEHOLD_CASES } from './household-cases';
import { INSURANCE_CASES } from './insurance-cases';
import { LANE_CASES } from './lane-cases';
import { LATER_NAME_CASES } from './later-name-cases';
import { NAME_CASES } from './name-cases';
import { PREMIUM_CASES } from './premium-cases';
import { OFFICE_CASES } from './office-cases';
import { OUTSIDER_CASES } from './outsider-cases';
import { PAPER_CASES } from './paper-cases';
import { PARENT_CASES } from './parent-cases';
import { PEOPLE_CASES } from './people-cases';
import { RARE_CASES } from './rare-cases';
import { SERVICE_CASES } from './service-cases';
import { SIBLING_CASES } from './sibling-cases';
import { AGREEMENT_CASES } from './agreement-cases';
import { COUNTER_CASES } from './counter-cases';
import { DEATH_CASES } from './death-cases';
import { MIXED_CASES } from './mixed-cases';
import { ABSENT_PARENT_CASES } from './absent-parent-cases';
import { PORTAL_CASES, RATING_CASES } from './portal-cases';

/** Files are numbered in this order: what is added later comes last. */
const SAMPLES = [
  ...COUPLE_CASES,
  ...SIBLING_CASES,
  ...NAME_CASES,
  ...HOUSEHOLD_CASES,
  ...LANE_CASES,
  ...OUTSIDER_CASES,
  ...INSURANCE_CASES,
  ...DELIVERY_CASES,
  ...CLAIMED_CASES,
  ...SERVICE_CASES,
  ...AGE_CASES,
  ...AGENCY_CASES,
  ...CLOCK_CASES,
  ...BIRTH_CASES,
  ...PARENT_CASES,
  ...LATER_NAME_CASES,
  ...RARE_CASES,
  ...DEATH_CASES,
  ...OFFICE_CASES,
  ...MIXED_CASES,
  ...PEOPLE_CASES,
  ...PREMIUM_CASES,
  ...PAPER_CASES,
  ...ELSEWHERE_CASES,
  ...AGREEMENT_CASES,
  ...COUNTER_CASES,
  ...ABSENT_PARENT_CASES,
  ...PORTAL_CASES,
  ...RATING_CASES,
];

/** Writes seeds/applications anew: `npm run samples`. The same people every time. */
export function generateSamples(folder: string): number {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (file.endsWith('.json')) rmSync(join(folder, file));
  SAMPLES.forEach((sample, index) => {
    const file = `${String(index + 1).padStart(3, '0')}-${sample.name}.json`;
    writeFileSync(join(folder, file), JSON.stringify(sample, null, 1) + '\n');
  });
  return SAMPLES.length;
}

if (require.main === module) {
  const folder = join(process.cwd(), 'seeds', 'applications');
  process.stdout.write(`${generateSamples(folder)} samples in ${folder}\n`);
}
