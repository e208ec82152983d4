import { isTerminal } from '../../vocabulary';
import { answer, type StepEngine } from './step-engine.spec-support';
import type { Trial } from './trial.spec-support';
import { type Answer, stepIn, without, type Worker, type World } from './world.spec-support';

/** The agency as the outside sees it: what it did, how often, what it has said, and what it sends by itself. */
export class StepAgency {
  constructor(
    private readonly trial: Trial,
    private readonly engine: StepEngine,
  ) {}

  /** A honours the key, C its natural key; B and D do the work as often as they are asked. */
  does(world: World, worker: Worker): Pick<World, 'effects' | 'keys' | 'said'> {
    const sentKey = this.trial.mutant === 'keyPerAttempt' ? `key-${worker.attempt}` : 'key';
    const honours = this.trial.profile.agencyClass === 'A' || this.trial.profile.agencyClass === 'C';
    const isKnown =
      honours && (this.trial.profile.agencyClass === 'C' ? world.keys.length > 0 : world.keys.includes(sentKey));
    return {
      effects: world.effects + (isKnown ? 0 : 1),
      keys: [...new Set([...world.keys, sentKey])],
      said: world.said,
    };
  }

  saying(did: Pick<World, 'effects' | 'keys' | 'said'>, said: 'accepted' | 'completed'): Partial<World> {
    if (did.effects > 1) this.trial.problems.add('the work was done twice');
    return { ...did, said: did.said === 'nothing' ? said : did.said };
  }

  asked(world: World): Answer | 'not_found' {
    return world.said === 'nothing' ? 'not_found' : world.said;
  }

  /** The agency goes on by itself, tells it (if it calls back at all), and its messages arrive in any order, or twice. */
  moves(world: World): World[] {
    const calls = this.trial.profile.agencyClass === 'A';
    const goesOn: World[] =
      world.said === 'accepted'
        ? [
            {
              ...world,
              said: 'completed',
              callbacks: calls && world.callbacks.length < 2 ? [...world.callbacks, 'completed'] : world.callbacks,
            },
          ]
        : [];
    const arrives = world.callbacks.map((callback) => {
      const before = stepIn(world);
      const after = this.engine.decided(
        { ...world, callbacks: without(world.callbacks, callback) },
        answer(callback, 'callback'),
      );
      if (isTerminal(before.state) && stepIn(after).state !== before.state) {
        this.trial.problems.add('a terminal state changed');
      }
      return after;
    });
    return [...goesOn, ...arrives];
  }
}
