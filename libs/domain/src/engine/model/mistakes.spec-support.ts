import type { CaseState, StepRecord } from '../../case-state';
import { isTerminal, STEP_STATES } from '../../vocabulary';
import type { CaseEvent } from '../case-event';
import { decide } from '../decide';
import { answered, caseOf, contextOf, stepIn, stepOf } from './model-case.spec-support';

const died: CaseEvent = { type: 'death_reported', newbornIndex: 0, reportedBy: 'clerk' };
const told = (state: CaseState): CaseState => ({
  ...state,
  work: state.work.map((row) => (row.kind === 'WITHDRAW' ? { ...row, attempts: 1 } : row)),
});

/** Every move of a step whose newborn's death was reported by mistake, as `from to`. */
export function movesOfMistakes(): string[] {
  const moves: string[] = [];
  const next = (state: CaseState, event: CaseEvent, code: StepRecord['code']): CaseState => {
    const after = decide(state, event, contextOf()).state;
    moves.push(`${stepIn(state, code).state} ${stepIn(after, code).state}`);
    return after;
  };
  const way = { ...stepOf(), code: 'household_registration', route: 'online', needsConfirmation: false } as const;
  const mistaken = (changes: Partial<typeof way> = {}): CaseEvent => ({
    type: 'death_retracted',
    newbornIndex: 0,
    ways: [{ ...way, ...changes }],
    stands: 'open',
  });
  for (const state of STEP_STATES.filter((one) => !isTerminal(one))) {
    const isSent = state !== 'waiting' && state !== 'queued';
    const stopped = decide(caseOf({ vaccination: { state, sentGeneration: isSent ? 1 : 0 } }), died, contextOf()).state;
    if (!isSent) next(stopped, mistaken(), 'vaccination');
    const withdrawn = answered('withdrawn', { stepId: 'vaccination' });
    next(decide(stopped, withdrawn, contextOf()).state, mistaken(), 'vaccination');
    next(next(told(stopped), mistaken(), 'vaccination'), withdrawn, 'vaccination');
  }
  for (const more of [{ holds: ['hospital_record_missing'] as const }, { route: 'window' as const }]) {
    next(decide(caseOf({ vaccination: more }), died, contextOf()).state, mistaken(), 'vaccination');
  }
  const done = { birth_certificate: { state: 'completed', reason: 'done', sentGeneration: 1 } } as const;
  const atWindow = decide(caseOf(done), died, contextOf()).state;
  next(atWindow, mistaken(), 'household_registration');
  next(atWindow, mistaken({ needsConfirmation: true } as never), 'household_registration');
  // what it waited for was refused meanwhile
  const sent = caseOf({ medical_insurance: { state: 'accepted', sentGeneration: 1 } });
  const refused = answered('rejected', { stepId: 'medical_insurance' });
  next(decide(decide(sent, died, contextOf()).state, refused, contextOf()).state, mistaken(), 'social_security_card');
  return moves;
}
