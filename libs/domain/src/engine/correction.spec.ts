import type { StepWay } from '../case-plan';
import type { StepRecord } from '../case-state';
import { decide } from './decide';
import { caseOf, contextOf } from './model/model-case.spec-support';

const way = (code: StepWay['code'], changes: Partial<StepWay> = {}): StepWay => ({
  code,
  mode: 'issue',
  route: 'online',
  papers: [],
  officeCode: 'O1',
  acceptingOffice: null,
  officeKind: 'insurance_desk',
  channel: 'api',
  needsConfirmation: false,
  ...changes,
});

/** Insurance was asked to be corrected; the card waits for it. */
function corrected(ways: StepWay[], changes: Partial<StepRecord> = {}) {
  const given = caseOf({
    birth_certificate: { state: 'completed', reason: 'done' },
    household_registration: { state: 'completed', reason: 'done' },
    medical_insurance: { state: 'correction_needed', sentGeneration: 1, hasReceipt: true, ...changes },
  });
  const { state } = decide(given, { type: 'corrected', stepId: 'medical_insurance', ways }, contextOf());
  return (code: StepRecord['code']) => state.steps.find((step) => step.code === code);
}

describe('P15: a correction that the family answered', () => {
  it('goes on as it was where nothing of its way changed', () => {
    expect(corrected([])('medical_insurance')).toMatchObject({ state: 'queued', generation: 2, officeCode: 'O1' });
  });

  it('is sent to the office that the form names now', () => {
    const step = corrected([way('medical_insurance', { officeCode: 'O2', channel: 'worklist' })])('medical_insurance');
    expect(step).toMatchObject({ state: 'queued', officeCode: 'O2', channel: 'worklist' });
  });

  it('is enrolled anew where the family was not insured after all', () => {
    const step = corrected([way('medical_insurance')], { mode: 'already_done' })('medical_insurance');
    expect(step).toMatchObject({ state: 'queued', mode: 'issue', generation: 2 });
  });

  it.each([
    [{ route: 'window' }, 'visit_window'],
    [{ mode: 'external', officeKind: 'outside_agency' }, 'external_registration'],
  ] as const)('%j: the family goes there, and nothing is sent', (changes, reason) => {
    expect(corrected([way('medical_insurance', changes)])('medical_insurance')).toMatchObject({
      state: 'action_needed',
      owner: 'applicant',
      reason,
    });
  });

  it('plans again what has not begun, and leaves alone what has', () => {
    const step = corrected([
      way('social_security_card', { officeCode: 'O9' }),
      way('vaccination'),
      way('birth_certificate', { officeCode: 'O9' }),
    ]);
    expect(step('social_security_card')?.officeCode).toBe('O9');
    expect(step('birth_certificate')?.officeCode).toBe('O1');
  });
});
