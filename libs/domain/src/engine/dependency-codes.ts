import type { InsuranceBasis, StepCode } from '../vocabulary';
import type { StepDefinition } from './decision-context';

const BASIS_STEP: Readonly<Record<InsuranceBasis, StepCode>> = {
  citizen_id: 'household_registration',
  birth_certificate: 'birth_certificate',
};

/** What a step waits for: the definition's steps, of an insurance the one that carries it (P11). */
export function dependencyCodes(
  { code, basis }: { code: StepCode; basis: InsuranceBasis | null },
  steps: Readonly<Partial<Record<StepCode, Pick<StepDefinition, 'dependsOn'>>>>,
): readonly StepCode[] {
  if (code === 'medical_insurance') return [BASIS_STEP[basis ?? 'citizen_id']];
  return steps[code]?.dependsOn ?? [];
}
