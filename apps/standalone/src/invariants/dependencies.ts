import { isTerminal, type StepCode } from '@birth/domain';
import { type CaseRows, groupedBy, type StoredStep } from './case-rows';

/** Written by hand from the policy, so that a wrong setting or a wrong engine is not compared with itself. */
const WAITS_FOR: Readonly<Record<StepCode, readonly StepCode[]>> = {
  birth_certificate: [],
  vaccination: [],
  household_registration: ['birth_certificate'],
  medical_insurance: ['household_registration'],
  social_security_card: ['household_registration', 'medical_insurance'],
  identity_backfill: ['vaccination', 'birth_certificate'],
  insurance_identity_update: ['household_registration', 'medical_insurance'],
  insurance_payment: ['medical_insurance'],
  delivery: [],
};

/** I4: a step runs only if what it waits for is done. I5: none waits when that has ended and nothing else holds it. */
export function brokenDependencies({ steps, events }: CaseRows): string[] {
  const ofNewborn = groupedBy(steps, newbornOf);
  const released = new Set(events.filter(({ type }) => type === 'released').map(({ stepId }) => stepId));
  return steps.flatMap((step) => {
    const codes = codesOf(step);
    const dependencies = (ofNewborn.get(newbornOf(step)) ?? []).filter(({ code }) => codes.includes(code));
    const isRun = step.sentGeneration > 0 || released.has(step.id);
    return [...(isRun ? tooEarly(step, dependencies) : []), ...waitsForNothing(step, dependencies)];
  });
}

const newbornOf = ({ applicationId, newbornIndex }: StoredStep): string => `${applicationId}/${newbornIndex}`;

const codesOf = ({ code, basis }: StoredStep): readonly StepCode[] =>
  code === 'medical_insurance' && basis === 'birth_certificate' ? ['birth_certificate'] : WAITS_FOR[code];

const isDone = ({ state, reason }: StoredStep): boolean =>
  state === 'completed' || (state === 'not_applicable' && (reason === 'not_requested' || reason === 'already_insured'));

const tooEarly = ({ id, code, state }: StoredStep, dependencies: readonly StoredStep[]): string[] =>
  dependencies
    .filter((dependency) => !isDone(dependency))
    .map((dependency) => `I4 ${code} ${id}: ${state} while ${dependency.code} is ${dependency.state}`);

function waitsForNothing(step: StoredStep, dependencies: readonly StoredStep[]): string[] {
  const isLeft =
    step.state === 'waiting' && step.holds.length === 0 && dependencies.every(({ state }) => isTerminal(state));
  return isLeft ? [`I5 ${step.code} ${step.id}: waits for nothing`] : [];
}
