import type { StepWay } from '../case-plan';
import type { CaseState, StepRecord } from '../case-state';
import { decide } from './decide';
import { caseOf, contextOf } from './model/model-case.spec-support';
import type { AloneNewborn } from './mother-alone';

const way = (code: StepWay['code'], changes: Partial<StepWay> = {}): StepWay => ({
  code,
  mode: 'issue',
  route: 'online',
  papers: [],
  officeCode: 'O1',
  acceptingOffice: null,
  officeKind: 'hospital',
  channel: 'api',
  needsConfirmation: false,
  ...changes,
});
const silent = (more: Parameters<typeof caseOf>[0] = {}) =>
  caseOf({ birth_certificate: { holds: ['parent_confirmation'] }, ...more });
const alone = (given: CaseState, changes: Partial<AloneNewborn> = {}) => {
  const newborn = { newbornIndex: 0, ways: [], notApplicable: [], isRenamed: false, ...changes };
  const event = { type: 'mother_went_on_alone', declaration: 'father_added_later', version: '1' } as const;
  const decision = decide(given, { ...event, newborns: [newborn] }, contextOf());
  const step = (code: StepRecord['code']) => decision.state.steps.find((found) => found.code === code);
  return { ...decision, step };
};

describe('P7: a mother goes on alone after the father’s silence', () => {
  it('sends the certificate with her statement, and says what she declared', () => {
    const { step, history } = alone(silent(), {
      ways: [way('birth_certificate', { papers: ['single_mother_statement'] })],
    });
    expect(step('birth_certificate')).toMatchObject({
      state: 'queued',
      holds: [],
      papers: ['single_mother_statement'],
    });
    expect(history.find(({ type }) => type === 'mother_went_on_alone')).toMatchObject({
      stepId: null,
      detail: { declaration: 'father_added_later', version: '1' },
    });
  });

  it('plans the household step again: another surname goes with its reason, another office answers', () => {
    const ways = [
      way('birth_certificate'),
      way('household_registration', { route: 'online_with_papers', papers: ['surname_reason'], officeCode: 'O9' }),
    ];
    const given = silent({ household_registration: { holds: ['parent_confirmation'] } });
    expect(alone(given, { ways }).step('household_registration')).toMatchObject({
      state: 'waiting',
      holds: [],
      route: 'online_with_papers',
      papers: ['surname_reason'],
      officeCode: 'O9',
    });
  });

  it('keeps what else the certificate waits for', () => {
    const given = silent({ birth_certificate: { holds: ['name_undecided', 'parent_confirmation'] } });
    expect(alone(given, { ways: [way('birth_certificate')] }).step('birth_certificate')).toMatchObject({
      state: 'waiting',
      holds: ['name_undecided'],
      reason: 'name_undecided',
    });
  });

  it('ends what only the father opened, and the insurance turns to the certificate (P12)', () => {
    const { step } = alone(silent(), {
      ways: [way('birth_certificate')],
      notApplicable: [{ code: 'household_registration', reason: 'foreign_nationals' }],
    });
    expect(step('household_registration')).toMatchObject({ state: 'not_applicable', reason: 'foreign_nationals' });
    expect(step('medical_insurance')).toMatchObject({ state: 'waiting', basis: 'birth_certificate' });
    expect(step('social_security_card')).toMatchObject({ state: 'not_applicable', reason: 'dependency_ended' });
  });

  it.each<[string, boolean, Partial<StepRecord>, number]>([
    ['another name, record opened', true, { state: 'completed', sentGeneration: 1 }, 1],
    ['another name, nothing sent', true, { state: 'waiting', holds: ['hospital_record_missing'] }, 0],
    ['the same name', false, { state: 'completed', sentGeneration: 1 }, 0],
  ])('the vaccination unit is told of a name once: %s', (_name, isRenamed, vaccination, updates) => {
    const { state } = alone(silent({ vaccination }), { isRenamed });
    expect(state.steps.filter(({ code }) => code === 'identity_backfill')).toHaveLength(updates);
  });

  it('leaves alone what has begun, and is done once', () => {
    const given = silent({ vaccination: { state: 'accepted', sentGeneration: 1, officeCode: 'O5' } });
    const { state, step } = alone(given, { ways: [way('vaccination', { officeCode: 'O9' })] });
    expect(step('vaccination')).toMatchObject({ state: 'accepted', officeCode: 'O5' });
    expect(() => alone(state)).toThrow('nothing_to_confirm');
  });

  it.each<[string, Partial<StepRecord>]>([
    ['nobody is asked', {}],
    ['he refused', { holds: ['parent_refused'] }],
    ['the certificate is under way', { state: 'accepted', sentGeneration: 1 }],
    ['it was taken back', { state: 'withdrawn', holds: ['parent_confirmation'] }],
  ])('not where %s', (_name, birth_certificate) => {
    expect(() => alone(caseOf({ birth_certificate }))).toThrow('nothing_to_confirm');
  });
});
