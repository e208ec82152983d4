import type { AgencyProfile } from '../../agency-profiles';
import { caseOf, stepOf } from './model-case.spec-support';
import { explore } from './exploration.spec-support';
import { StepAgency } from './step-agency.spec-support';
import { StepEngine } from './step-engine.spec-support';
import { StepQueue } from './step-queue.spec-support';
import { StepWorker } from './step-worker.spec-support';
import type { Mutant, Trial } from './trial.spec-support';
import { isGood, key, STEP, type World } from './world.spec-support';

export interface Exploration {
  states: number;
  problems: string[];
}

const LIMIT = 60_000;

/** One step, two workers, a queue that loses and doubles, leases that end, crashes, answers lost, early, late and twice. */
export class StepWorld {
  private readonly trial: Trial;
  private readonly engine: StepEngine;
  private readonly queue: StepQueue;
  private readonly agency: StepAgency;
  private readonly worker: StepWorker;

  constructor(profile: AgencyProfile, mutant: Mutant | null = null) {
    this.trial = { profile, mutant, problems: new Set() };
    this.engine = new StepEngine(this.trial);
    this.queue = new StepQueue(this.trial);
    this.agency = new StepAgency(this.trial, this.engine);
    this.worker = new StepWorker(this.trial, this.engine, this.agency);
  }

  explore(): Exploration {
    const { mutant, problems } = this.trial;
    // one mistake of a mutant is enough
    const isCaught = (): boolean => mutant !== null && problems.size > 0;
    const successors = (world: World): World[] => this.successors(world);
    const { states, isTooLarge, isHopeless } = explore(this.start(), {
      successors,
      key,
      isGood,
      isCaught,
      limit: LIMIT,
    });
    if (!isCaught() && isTooLarge) problems.add('the model is too large to be explored');
    else if (!isCaught() && isHopeless) problems.add('a step can wait for ever');
    return { states, problems: [...problems] };
  }

  private start(): World {
    const others = { state: 'not_applicable', reason: 'not_requested' } as const;
    const given = caseOf({
      birth_certificate: stepOf(),
      vaccination: others,
      household_registration: others,
      medical_insurance: others,
      social_security_card: others,
    });
    const world: World = {
      state: { ...given, steps: given.steps.filter((step) => step.code === STEP) },
      offers: {},
      nextOffer: 1,
      hints: [],
      workers: [null, null],
      expired: [],
      keys: [],
      effects: 0,
      said: 'nothing',
      callbacks: [],
      claimed: [],
      budget: { faults: 2, attempts: 3 },
    };
    return this.engine.decided(world, { type: 'filed' });
  }

  private successors(world: World): World[] {
    return [
      ...this.queue.deliveries(world),
      ...world.workers.flatMap((worker, index) => (worker === null ? [] : this.worker.worked(world, worker, index))),
      ...this.queue.accidents(world),
      ...(this.trial.mutant === 'noSweeper' ? [] : this.queue.sweeps(world)),
      ...this.agency.moves(world),
    ];
  }
}
