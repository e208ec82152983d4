import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGENCY_CASES } from './agency-cases';
import { CLOCK_CASES } from './clock-cases';
import { FAMILY_CASES } from './family-cases';
// last: people are numbered in the order in which they are made
import { BIRTH_CASES } from './birth-cases';
import { PARENT_CASES } from './parent-cases';
import { NAME_CASES } from './name-cases';

/** Writes seeds/applications anew: `npm run samples`. The same people every time. */
export function generateSamples(folder: string): number {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (file.endsWith('.json')) rmSync(join(folder, file));
  const later = [...BIRTH_CASES, ...PARENT_CASES, ...NAME_CASES];
  const samples = [...FAMILY_CASES, ...AGENCY_CASES, ...CLOCK_CASES, ...later];
  samples.forEach((sample, index) => {
    const file = `${String(index + 1).padStart(3, '0')}-${sample.name}.json`;
    writeFileSync(join(folder, file), JSON.stringify(sample, null, 1) + '\n');
  });
  return samples.length;
}

if (require.main === module) {
  const folder = join(process.cwd(), 'seeds', 'applications');
  process.stdout.write(`${generateSamples(folder)} samples in ${folder}\n`);
}
