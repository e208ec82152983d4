import { decide } from '../engine/decide';
import { answered, caseOf, contextOf, settings, stepIn } from '../engine/model/model-case.spec-support';
import type { InsuranceBasis, ServiceCode } from '../vocabulary';
import { ifRefused } from './if-refused';
import type { StepPlan } from './route-steps';

const CODES: readonly ServiceCode[] = [
  'birth_certificate',
  'household_registration',
  'medical_insurance',
  'social_security_card',
];
const SENT = { state: 'accepted', owner: 'agency', reason: 'in_progress', sentGeneration: 1 } as const;

const AFTERWARDS = {
  certificate_basis: { state: 'waiting', basis: 'birth_certificate' },
  not_applicable: { state: 'not_applicable', reason: 'dependency_ended' },
};

type Applied = Extract<StepPlan, { applies: true }>;
const planOf = (code: ServiceCode, basis: InsuranceBasis | null = null): Applied => ({
  code,
  applies: true,
  mode: 'issue',
  route: 'online',
  officeKind: 'hospital',
  acceptedAt: null,
  papers: [],
  basis,
  needsConfirmation: false,
});
const plansOf = (basis: InsuranceBasis): Applied[] =>
  CODES.map((code) => planOf(code, code === 'medical_insurance' ? basis : null));

describe('P12: what the pre-check says of a dependency that ends otherwise', () => {
  const told = (basis: InsuranceBasis) =>
    plansOf(basis).flatMap((plan, _index, plans) =>
      ifRefused(plan, plans, settings).map(({ code, becomes }) => [plan.code, code, becomes] as const),
    );

  it('is said of every step that waits for another', () => {
    expect(told('citizen_id')).toEqual([
      ['household_registration', 'birth_certificate', 'not_applicable'],
      ['medical_insurance', 'household_registration', 'certificate_basis'],
      ['social_security_card', 'household_registration', 'not_applicable'],
      ['social_security_card', 'medical_insurance', 'not_applicable'],
    ]);
  });

  it.each(['citizen_id', 'birth_certificate'] as const)('is what happens then (insured on %s)', (basis) => {
    for (const [code, earlier, becomes] of told(basis)) {
      const given = caseOf({ medical_insurance: { basis }, [earlier]: { ...SENT, basis } });
      const { state } = decide(given, answered('rejected', { stepId: earlier }), contextOf());
      const after = stepIn(state, code);
      expect(after).toMatchObject(AFTERWARDS[becomes]);
    }
  });

  it('nothing turns to a certificate that there will never be, and nothing waits for what was not asked for', () => {
    const insurance = planOf('medical_insurance', 'citizen_id');
    const foreign: StepPlan = { code: 'birth_certificate', applies: false, reason: 'foreign_nationals' };
    const held: StepPlan = { code: 'birth_certificate', applies: false, reason: 'not_requested' };
    const household = planOf('household_registration');
    const becomes = (plans: StepPlan[]) => ifRefused(insurance, plans, settings).map((one) => one.becomes);
    expect(becomes([foreign, household, insurance])).toEqual(['not_applicable']);
    expect(becomes([held, household, insurance])).toEqual(['certificate_basis']);
    expect(becomes([held, insurance])).toEqual([]);
  });
});
