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
  officeKind: 'hospital',
  channel: 'api',
  needsConfirmation: false,
  ...changes,
});
const undecided = (vaccination: Partial<StepRecord> = { state: 'completed', sentGeneration: 1 }) =>
  caseOf({ birth_certificate: { holds: ['name_undecided'] }, vaccination });
const decided = (ways: StepWay[], given = undecided()) => {
  const { state } = decide(given, { type: 'name_decided', newbornIndex: 0, ways }, contextOf());
  return { state, step: (code: StepRecord['code']) => state.steps.find((step) => step.code === code) };
};

describe('P6: a name decided after filing', () => {
  it('lets the certificate go where nothing else holds it', () => {
    expect(decided([way('birth_certificate')]).step('birth_certificate')).toMatchObject({ state: 'queued', holds: [] });
  });

  it('sends the household step another way before it begins', () => {
    const ways = [way('household_registration', { route: 'window', papers: ['surname_reason'], officeCode: 'O2' })];
    expect(decided(ways).step('household_registration')).toMatchObject({
      state: 'waiting',
      route: 'window',
      papers: ['surname_reason'],
      officeCode: 'O2',
    });
  });

  it('waits for the other parent’s word on this name', () => {
    const ways = [
      way('birth_certificate', { needsConfirmation: true }),
      way('household_registration', { needsConfirmation: true }),
    ];
    const { step } = decided(ways);
    expect(step('birth_certificate')).toMatchObject({ state: 'waiting', holds: ['parent_confirmation'] });
    expect(step('household_registration')?.holds).toEqual(['parent_confirmation']);
  });

  it('leaves alone what has begun', () => {
    const ways = [way('vaccination', { route: 'window', officeCode: 'O9' })];
    const { step } = decided(ways, undecided({ state: 'accepted', sentGeneration: 1, officeCode: 'O5' }));
    expect(step('vaccination')).toMatchObject({ state: 'accepted', route: 'online', officeCode: 'O5' });
  });

  it.each<[string, Partial<StepRecord>, number]>([
    ['done', { state: 'completed', sentGeneration: 1 }, 1],
    ['under way', { state: 'queued' }, 1],
    ['accepted', { state: 'accepted', sentGeneration: 1 }, 1],
    ['to be corrected', { state: 'correction_needed', sentGeneration: 1 }, 1],
    ['not begun', { state: 'waiting', holds: ['hospital_record_missing'] }, 0],
    ['refused', { state: 'rejected', sentGeneration: 1 }, 0],
    ['not asked for', { state: 'not_applicable', reason: 'not_requested' }, 0],
    ['done at the counter', { state: 'completed', source: 'counter' }, 0],
  ])('a vaccination that is %s is updated %s', (_name, vaccination, updates) => {
    const { state } = decided([], undecided(vaccination));
    expect(state.steps.filter(({ code }) => code === 'identity_backfill')).toHaveLength(updates);
  });

  it('the update waits for record and certificate, then goes once', () => {
    const { state, step } = decided([]);
    expect(step('identity_backfill')).toMatchObject({ state: 'waiting', reason: 'awaiting_dependency' });
    const certificate = step('birth_certificate')!;
    const after = decide(
      state,
      { type: 'answered', stepId: certificate.id, generation: 1, via: 'reply', kind: 'completed', hasReceipt: true },
      contextOf(),
    );
    const updates = after.state.steps.filter(({ code }) => code === 'identity_backfill');
    expect(updates.map((update) => update.state)).toEqual(['queued']);
  });

  it('is decided once', () => {
    const { state } = decided([]);
    expect(() => decide(state, { type: 'name_decided', newbornIndex: 0, ways: [] }, contextOf())).toThrow(
      'name_already_decided',
    );
  });
});
