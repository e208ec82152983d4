import { type Days, differences, expectedName } from '../demo/differences';
import type { CaseShown, StepShown } from '../demo/view';
import type { ExpectedName, ExpectedStep, Sample } from '../samples/sample';

/** The sample as a county without interfaces has it: what people do besides, and what comes of it. */
export const sampleByHand = ({ byHand = {}, ...sample }: Sample): Sample => ({
  ...sample,
  expect: byHand.expect ?? sample.expect,
  actions: [...(sample.actions ?? []), ...(byHand.actions ?? [])],
});

/** A case against what the policy says of it, where no agency has an interface. */
export function differencesByHand(sample: Sample, shown: CaseShown | null, days: Days): string[] {
  if (shown === null) return differences(sample, shown, days);
  return differences(expectedByHand(sample, shown, days.bornOn), shownByHand(shown), days);
}

function expectedByHand(sample: Sample, shown: CaseShown, bornOn: readonly string[]): Sample {
  if (sample.expect === null) return sample;
  const newborns = sample.expect.newborns.map((newborn, index) => {
    const steps = shown.newborns[index]?.steps ?? [];
    const stepOf = (name: string) => steps.find((step) => expectedName(step, bornOn[index] ?? '') === name);
    return Object.fromEntries(
      Object.entries(newborn).map(([name, step]) => [
        name,
        promised(answered(step), name as ExpectedName, stepOf(name)),
      ]),
    );
  });
  return { ...sample, expect: { ...sample.expect, newborns } };
}

const shownByHand = (shown: CaseShown): CaseShown => ({
  ...shown,
  newborns: shown.newborns.map((newborn) => ({ ...newborn, steps: newborn.steps.map(answered) })),
});

/** An office that answers over its worklist or in files is the source, as its agency's interface would have been. */
const answered = <T extends { source: string | null }>(step: T): T =>
  step.source === 'worklist' ? { ...step, source: 'agency' } : step;

/** The county's promises (P10), working days. */
const DAYS: Partial<Record<ExpectedName, number>> = {
  birth_certificate: 1,
  vaccination: 1,
  household_registration: 2,
  medical_insurance: 1,
  social_security_card: 2,
};

const ANSWERED: ReadonlySet<string> = new Set(['completed', 'stuck', 'correction_needed']);

/** What an interface answers at once was never promised; a person takes the task first. */
function promised(step: ExpectedStep, name: ExpectedName, given: StepShown | undefined): ExpectedStep {
  if (step.state === 'not_applicable' || step.promiseDays !== null || given?.promisedAt == null) return step;
  return ANSWERED.has(step.state) ? { ...step, promiseDays: DAYS[name] ?? null } : step;
}
