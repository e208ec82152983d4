import type { CaseState, StepRecord } from '../../case-state';
import { isTerminal } from '../../vocabulary';
import type { AnsweredEvent, CaseEvent } from '../case-event';
import { decide } from '../decide';
import type { DecisionContext } from '../decision-context';
import { owedWork } from '../owed-work';
import { contextOf, NOW } from './model-case.spec-support';
import type { Trial } from './trial.spec-support';
import { type Answer, STEP, type World } from './world.spec-support';

/** What decide() makes of the world, with the mistakes that it could contain, and what must hold after every event. */
export class StepEngine {
  private readonly context: DecisionContext;

  constructor(private readonly trial: Trial) {
    const base = contextOf(trial.profile);
    const maxFailures = trial.mutant === 'earlyPark' ? 1 : 10;
    this.context = { ...base, settings: { ...base.settings, maxFailures } };
  }

  decided(world: World, event: CaseEvent): World {
    const before = world.state.steps.find((step) => step.code === STEP) as StepRecord;
    const decision = decide(world.state, event, this.context);
    const offers = { ...world.offers };
    let { nextOffer } = world;
    const fresh: string[] = [];
    for (const row of decision.putWork) {
      const keeps = this.trial.mutant === 'putOffKeepsOffer' && event.type === 'put_off';
      if (!row.renewOffer || keeps) continue;
      offers[row.kind] = nextOffer;
      nextOffer += 1;
      if (row.kind === 'CALL' && event.type !== 'put_off') fresh.push(`${row.kind}#${offers[row.kind]}`);
    }
    const state = this.mutated(decision.state, before, event);
    const after = {
      ...world,
      state,
      offers,
      nextOffer,
      hints: [...world.hints, ...fresh],
      expired: world.expired.filter((kind) => state.work.some((row) => row.kind === kind && row.leaseToken !== null)),
    };
    this.check(before, after, event);
    return after;
  }

  private mutated(state: CaseState, before: StepRecord, event: CaseEvent): CaseState {
    const isInterim = event.type === 'answered' && (event.kind === 'accepted' || event.kind === 'correction_needed');
    const overwrites = this.trial.mutant === 'interimOverwritesTerminal' && isInterim && isTerminal(before.state);
    const isLate =
      event.type === 'answered' &&
      event.kind === 'accepted' &&
      event.via === 'reply' &&
      before.state === 'correction_needed';
    if (overwrites || (this.trial.mutant === 'lateAcceptedOverwrites' && isLate)) {
      return {
        ...state,
        steps: state.steps.map((step) => ({ ...step, state: 'accepted' as const, reason: 'in_progress' as const })),
        work: [],
      };
    }
    if (this.trial.mutant === 'noPoll') return { ...state, work: state.work.filter((row) => row.kind !== 'POLL') };
    return state;
  }

  private check(before: StepRecord, { state, effects }: World, event: CaseEvent): void {
    const after = state.steps[0] as StepRecord;
    if (isTerminal(before.state) && after.state !== before.state) this.trial.problems.add('a terminal state changed');
    if (after.state === 'completed' && effects !== 1) this.trial.problems.add(`completed with ${effects} effects`);
    if (after.reason === 'attempts_exhausted') this.trial.problems.add('an outage exhausted the step');
    const isLateAccept = event.type === 'answered' && event.kind === 'accepted' && event.via === 'reply';
    if (isLateAccept && before.state === 'correction_needed' && after.state === 'accepted') {
      this.trial.problems.add('a late reply undid a correction');
    }
    if (this.trial.mutant !== null) return;
    const owed = [...owedWork(after, this.context.profileOf)].sort().join();
    const has = state.work
      .map((row) => row.kind)
      .sort()
      .join();
    if (owed !== has) this.trial.problems.add(`work is ${has}, owed is ${owed} in ${after.state}`);
  }
}

export const answer = (kind: Answer, via: AnsweredEvent['via'], work?: AnsweredEvent['work']): AnsweredEvent => ({
  type: 'answered',
  stepId: STEP,
  generation: 1,
  via,
  kind,
  hasReceipt: true,
  ...(via === 'callback'
    ? { occurredAt: NOW, sequence: 2 }
    : { occurredAt: NOW, sequence: kind === 'accepted' ? 1 : 2 }),
  ...(work === undefined ? {} : { work }),
});
