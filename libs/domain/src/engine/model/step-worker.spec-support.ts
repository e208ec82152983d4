import { isTerminal } from '../../vocabulary';
import { NOW } from './model-case.spec-support';
import type { StepAgency } from './step-agency.spec-support';
import { answer, type StepEngine } from './step-engine.spec-support';
import type { Trial } from './trial.spec-support';
import { type Answer, replaced, rowOf, STEP, stepIn, type Worker, type World } from './world.spec-support';

/** A worker with a claimed row: calls or asks the agency, and writes down what came back. */
export class StepWorker {
  constructor(
    private readonly trial: Trial,
    private readonly engine: StepEngine,
    private readonly agency: StepAgency,
  ) {}

  worked(world: World, worker: Worker, index: number): World[] {
    if (worker.outcome !== null) return [this.recorded(world, worker, index)];
    const after = (outcome: Worker['outcome'], changes: Partial<World> = {}): World => ({
      ...world,
      ...changes,
      workers: replaced(world.workers, index, { ...worker, outcome }),
    });
    if (worker.kind === 'POLL') return [after(this.agency.asked(world))];
    if (worker.maybeSentBefore && this.trial.profile.agencyClass === 'D') return [after('unknown')];
    if (worker.maybeSentBefore && this.trial.profile.agencyClass === 'B') {
      const known = this.agency.asked(world);
      if (known !== 'not_found') return [after(known)];
    }
    return this.submitted(world, worker, after);
  }

  private submitted(
    world: World,
    worker: Worker,
    after: (outcome: Worker['outcome'], changes?: Partial<World>) => World,
  ): World[] {
    const did = this.agency.does(world, worker);
    const tired = { ...world.budget, faults: world.budget.faults - 1 };
    const faults = world.budget.faults > 0;
    return [
      ...(this.trial.profile.hasCheck ? (['accepted', 'completed'] as const) : (['completed'] as const)).map((said) =>
        after(did.said === 'completed' ? 'completed' : said, this.agency.saying(did, said)),
      ),
      // the callback overtakes the reply that announces it
      ...(this.trial.profile.hasCheck
        ? [
            after('accepted', {
              ...this.agency.saying(did, 'accepted'),
              said: 'correction_needed',
              callbacks: [...world.callbacks, 'correction_needed'],
            }),
          ]
        : []),
      ...(faults
        ? [
            after('unavailable', { budget: tired }),
            after('unknown', { budget: tired }),
            after('unknown', {
              ...this.agency.saying(did, this.trial.profile.hasCheck ? 'accepted' : 'completed'),
              budget: tired,
            }),
          ]
        : []),
    ];
  }

  private recorded(world: World, worker: Worker, index: number): World {
    const freed = { ...world, workers: replaced(world.workers, index, null) };
    const { kind, token: leaseToken, outcome, maybeSentBefore } = worker;
    const bookkeeping = { stepId: STEP, kind, leaseToken, retryAt: NOW } as const;
    switch (outcome) {
      case 'unavailable':
        return this.engine.decided(freed, {
          ...bookkeeping,
          type: 'put_off',
          cause: 'unavailable',
          maybeSent: maybeSentBefore,
          countsAsFailure: this.trial.mutant === 'earlyPark',
        });
      case 'unknown':
        return this.engine.decided(freed, {
          ...bookkeeping,
          type: 'put_off',
          cause: 'outcome_unknown',
          maybeSent: true,
          countsAsFailure: false,
        });
      case 'not_found':
        return this.engine.decided(freed, { ...bookkeeping, type: 'checked_not_found' });
      case null:
        return freed;
      default:
        return this.answered(freed, worker, outcome);
    }
  }

  private answered(world: World, worker: Worker, outcome: Answer): World {
    const { kind, token: leaseToken } = worker;
    const isStale = rowOf(world, kind)?.leaseToken !== leaseToken;
    const isDropped = this.trial.mutant === 'dropLateReply' && isStale;
    const after = isDropped
      ? world
      : this.engine.decided(world, answer(outcome, kind === 'POLL' ? 'poll' : 'reply', { kind, leaseToken }));
    if (!isTerminal(stepIn(after).state) && !stepIn(after).hasReceipt) {
      this.trial.problems.add('a reply came and its receipt is not kept');
    }
    return after;
  }
}
