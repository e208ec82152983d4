import type { SharedFact, StepCode } from '@birth/domain';
import { Problem } from '@birth/platform';
import type { LoadedCase } from '../ports/case-store';

/** Whose data a receiver doubts. */
const MADE_BY: Readonly<Record<SharedFact, StepCode>> = {
  birth_recorded: 'birth_certificate',
  certificate_issued: 'birth_certificate',
  registered: 'household_registration',
  insured: 'medical_insurance',
  died: 'household_registration',
};

/** The case may have ended without that step, but never told of it then. */
export function disputedStep(
  { state }: LoadedCase,
  { newbornIndex, about }: { newbornIndex: number; about: SharedFact },
): string {
  const step = state.steps.find((one) => one.newbornIndex === newbornIndex && one.code === MADE_BY[about]);
  if (step === undefined) throw new Problem(404, 'not_found');
  return step.id;
}
