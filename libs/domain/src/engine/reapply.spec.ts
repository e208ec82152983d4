import type { CaseState } from '../case-state';
import type { CaseEvent } from './case-event';
import { decide } from './decide';
import { answered, caseOf, contextOf, NOW, stepIn, STEP } from './model/model-case.spec-support';

const DAY_MS = 86_400_000;
const reapplied: CaseEvent = { type: 'reapplied', stepId: STEP };
const confirmed = (stands: 'open' | 'refused' | 'given'): CaseEvent => ({
  type: 'confirmation_changed',
  change: stands === 'given' ? 'consent_agreed' : stands === 'refused' ? 'consent_refused' : 'consent_asked',
  parent: 'father',
  via: 'online',
  stands,
});
const after = (given: CaseState, ...events: CaseEvent[]): CaseState =>
  events.reduce((state, event) => decide(state, event, contextOf()).state, given);

/** The certificate is with the agency; the household step waits for it, and for the other parent's word. */
const held = () =>
  caseOf({
    birth_certificate: { state: 'accepted', sentGeneration: 1 },
    vaccination: { state: 'completed' },
    household_registration: { holds: ['parent_confirmation'] },
  });

describe('P15: applying again after a refusal', () => {
  it('what was brought back still waits for the other parent', () => {
    const back = after(held(), answered('rejected'), reapplied);
    expect(stepIn(back, 'household_registration')).toMatchObject({ state: 'waiting', holds: ['parent_confirmation'] });
    const issued = after(back, answered('completed', { generation: 2 }));
    expect(stepIn(issued, 'household_registration')).toMatchObject({
      state: 'waiting',
      reason: 'parent_confirmation',
      owner: 'applicant',
    });
  });

  it('the other parent’s word counts when it came while nothing was open', () => {
    const back = after(held(), answered('rejected'), confirmed('given'), reapplied);
    expect(stepIn(back, 'household_registration')).toMatchObject({ state: 'waiting', holds: [] });
    const refused = after(held(), answered('rejected'), confirmed('refused'), reapplied);
    expect(stepIn(refused, 'household_registration').holds).toEqual(['parent_refused']);
  });

  it('an ended step keeps its state when its hold is lifted', () => {
    const ended = after(held(), answered('rejected'), confirmed('given'));
    expect(stepIn(ended, 'household_registration')).toMatchObject({ state: 'not_applicable', holds: [] });
  });

  it('what the family withdrew stays withdrawn', () => {
    const withdraw: CaseEvent = { type: 'withdrawal_requested', stepId: 'social_security_card' };
    const back = after(held(), withdraw, answered('rejected'), reapplied);
    expect(stepIn(back, 'social_security_card').state).toBe('withdrawn');
  });

  it('is promised anew from its own acceptance', () => {
    const accepted = after(
      caseOf({ birth_certificate: { state: 'queued', sentGeneration: 1 } }),
      answered('accepted', { via: 'reply' }),
    );
    expect(stepIn(accepted).promise).toMatchObject({ startedOn: '2026-11-02' });
    const again = after(accepted, answered('rejected'), reapplied);
    expect(stepIn(again)).toMatchObject({ promise: null, promisedOn: null });
    const later = contextOf(undefined, { now: NOW + 7 * DAY_MS });
    const { state } = decide(again, answered('accepted', { generation: 2, occurredAt: later.now }), later);
    expect(stepIn(state)).toMatchObject({ promise: { startedOn: '2026-11-09' }, promisedOn: '2026-11-10' });
  });
});
