import { dependencyCodes } from '../engine/dependency-codes';
import type { EngineSettings } from '../engine/decision-context';
import type { ServiceCode } from '../vocabulary';
import type { StepPlan } from './route-steps';

/** What becomes of a step when one that it waits for is refused or withdrawn (P12). */
export const ENDINGS = ['certificate_basis', 'not_applicable'] as const;
export interface EndedOtherwise {
  /** The step that it waits for. */
  code: ServiceCode;
  becomes: (typeof ENDINGS)[number];
}

type Applied = Extract<StepPlan, { applies: true }>;

/** Known before filing: of each step that this one waits for, what follows when that ends otherwise. */
export function ifRefused(
  step: Applied,
  plans: readonly StepPlan[],
  { steps }: Pick<EngineSettings, 'steps'>,
): EndedOtherwise[] {
  const planned = new Set(plans.flatMap((plan) => (plan.applies ? [plan.code] : [])));
  // a certificate that nobody asked for here is there already
  const certificate = plans.find(({ code }) => code === 'birth_certificate');
  const hasCertificate = certificate?.applies === true || certificate?.reason === 'not_requested';
  const canTurn = step.code === 'medical_insurance' && step.basis === 'citizen_id' && hasCertificate;
  return dependencyCodes(step, steps)
    .filter((code): code is ServiceCode => planned.has(code as ServiceCode))
    .map((code) => ({ code, becomes: canTurn ? 'certificate_basis' : 'not_applicable' }));
}
