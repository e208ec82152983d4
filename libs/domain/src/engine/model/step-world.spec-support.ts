import type { AgencyProfile } from '../../agency-profiles';
import type { CaseState, StepRecord, WorkRecord } from '../../case-state';
import { isTerminal } from '../../vocabulary';
import type { AnsweredEvent, CaseEvent } from '../case-event';
import { decide } from '../decide';
import { owedWork } from '../owed-work';
import { caseOf, contextOf, NOW, stepOf } from './model-case.spec-support';
import {
  type Answer,
  STEP,
  type Worker,
  type World,
  stepIn,
  rowOf,
  replaced,
  without,
  isGood,
  key,
} from './world.spec-support';

/** Ways in which the engine could be wrong; each must be caught. */
export type Mutant =
  | 'interimOverwritesTerminal'
  | 'noSweeper'
  | 'keyPerAttempt'
  | 'noPoll'
  | 'earlyPark'
  | 'dropLateReply'
  | 'lateAcceptedOverwrites'
  | 'claimIgnoresLease'
  | 'putOffKeepsOffer';

export interface Exploration {
  states: number;
  problems: string[];
}

const LIMIT = 60_000;

/** One step, two workers, a queue that loses and doubles, leases that end, crashes, answers lost, early, late and twice. */
export class StepWorld {
  private readonly problems = new Set<string>();
  private readonly context;

  constructor(
    private readonly profile: AgencyProfile,
    private readonly mutant: Mutant | null = null,
  ) {
    const base = contextOf(profile);
    const maxFailures = mutant === 'earlyPark' ? 1 : 10;
    this.context = { ...base, settings: { ...base.settings, maxFailures } };
  }

  explore(): Exploration {
    const start = this.start();
    const seen = new Map<string, string[]>([[key(start), []]]);
    const good = new Set<string>();
    const open: World[] = [start];
    while (open.length > 0 && seen.size < LIMIT && !this.isCaught) {
      const world = open.pop() as World;
      const here = key(world);
      if (isGood(world)) good.add(here);
      const next = seen.get(here) as string[];
      for (const after of this.successors(world)) {
        const there = key(after);
        next.push(there);
        if (!seen.has(there)) {
          seen.set(there, []);
          open.push(after);
        }
      }
    }
    if (!this.isCaught) this.checkEnds(seen, good);
    return { states: seen.size, problems: [...this.problems] };
  }

  /** One mistake of a mutant is enough. */
  private get isCaught(): boolean {
    return this.mutant !== null && this.problems.size > 0;
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
    return this.decided(world, { type: 'filed' });
  }

  /** Every reachable state can still reach an end, or a person has it. */
  private checkEnds(graph: ReadonlyMap<string, string[]>, good: ReadonlySet<string>): void {
    const before = new Map<string, string[]>();
    for (const [from, to] of graph) for (const target of to) before.set(target, [...(before.get(target) ?? []), from]);
    const reached = new Set(good);
    const open = [...good];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const previous of before.get(node) ?? []) {
        if (reached.has(previous)) continue;
        reached.add(previous);
        open.push(previous);
      }
    }
    if (graph.size >= LIMIT) this.problems.add('the model is too large to be explored');
    else if (reached.size < graph.size) this.problems.add('a step can wait for ever');
  }

  private successors(world: World): World[] {
    return [
      ...this.deliveries(world),
      ...world.workers.flatMap((worker, index) => (worker === null ? [] : this.worked(world, worker, index))),
      ...this.accidents(world),
      ...(this.mutant === 'noSweeper' ? [] : this.sweeps(world)),
      ...this.agencyMoves(world),
    ];
  }

  private deliveries(world: World): World[] {
    const idle = world.workers.indexOf(null);
    if (idle === -1) return [];
    return world.hints.map((hint) => this.claim({ ...world, hints: without(world.hints, hint) }, hint, idle));
  }

  private claim(world: World, hint: string, worker: number): World {
    const [kind = '', offer = ''] = hint.split('#');
    const row = rowOf(world, kind);
    const isFree = row?.leaseToken === null || world.expired.includes(kind) || this.mutant === 'claimIgnoresLease';
    if (row === undefined || !isFree || world.offers[kind] !== Number(offer) || world.budget.attempts === 0) {
      return world;
    }
    if (world.claimed.includes(hint) && !world.expired.includes(kind)) {
      this.problems.add('one wake-up number claimed twice');
    }
    const attempt = 4 - world.budget.attempts;
    const token = `t${attempt}`;
    const isIntent = this.profile.agencyClass === 'B' || this.profile.agencyClass === 'D';
    const claimedRow = {
      ...row,
      leaseToken: token,
      leaseUntil: NOW + 1,
      attempts: row.attempts + 1,
      maybeSent: row.maybeSent || (isIntent && kind === 'CALL'),
    };
    const job: Worker = {
      kind: kind as 'CALL',
      token,
      maybeSentBefore: row.maybeSent,
      attempt,
      offer: Number(offer),
      outcome: null,
    };
    return {
      ...world,
      state: { ...world.state, work: world.state.work.map((other) => (other === row ? claimedRow : other)) },
      expired: without(world.expired, kind),
      claimed: [...world.claimed, hint],
      workers: replaced(world.workers, worker, job),
      budget: { ...world.budget, attempts: world.budget.attempts - 1 },
    };
  }

  private worked(world: World, worker: Worker, index: number): World[] {
    if (worker.outcome !== null) return [this.recorded(world, worker, index)];
    const after = (outcome: Worker['outcome'], changes: Partial<World> = {}): World => ({
      ...world,
      ...changes,
      workers: replaced(world.workers, index, { ...worker, outcome }),
    });
    if (worker.kind === 'POLL') return [after(this.asked(world))];
    if (worker.maybeSentBefore && this.profile.agencyClass === 'D') return [after('unknown')];
    if (worker.maybeSentBefore && this.profile.agencyClass === 'B') {
      const known = this.asked(world);
      if (known !== 'not_found') return [after(known)];
    }
    return this.submitted(world, worker, after);
  }

  private submitted(
    world: World,
    worker: Worker,
    after: (outcome: Worker['outcome'], changes?: Partial<World>) => World,
  ): World[] {
    const did = this.agencyDoes(world, worker);
    const tired = { ...world.budget, faults: world.budget.faults - 1 };
    const faults = world.budget.faults > 0;
    return [
      ...(this.profile.hasCheck ? (['accepted', 'completed'] as const) : (['completed'] as const)).map((said) =>
        after(did.said === 'completed' ? 'completed' : said, this.saying(did, said)),
      ),
      // the callback overtakes the reply that announces it
      ...(this.profile.hasCheck
        ? [
            after('accepted', {
              ...this.saying(did, 'accepted'),
              said: 'correction_needed',
              callbacks: [...world.callbacks, 'correction_needed'],
            }),
          ]
        : []),
      ...(faults
        ? [
            after('unavailable', { budget: tired }),
            after('unknown', { budget: tired }),
            after('unknown', { ...this.saying(did, this.profile.hasCheck ? 'accepted' : 'completed'), budget: tired }),
          ]
        : []),
    ];
  }

  /** A honours the key, C its natural key; B and D do the work as often as they are asked. */
  private agencyDoes(world: World, worker: Worker): Pick<World, 'effects' | 'keys' | 'said'> {
    const sentKey = this.mutant === 'keyPerAttempt' ? `key-${worker.attempt}` : 'key';
    const honours = this.profile.agencyClass === 'A' || this.profile.agencyClass === 'C';
    const isKnown =
      honours && (this.profile.agencyClass === 'C' ? world.keys.length > 0 : world.keys.includes(sentKey));
    return {
      effects: world.effects + (isKnown ? 0 : 1),
      keys: [...new Set([...world.keys, sentKey])],
      said: world.said,
    };
  }

  private saying(did: Pick<World, 'effects' | 'keys' | 'said'>, said: 'accepted' | 'completed'): Partial<World> {
    if (did.effects > 1) this.problems.add('the work was done twice');
    return { ...did, said: did.said === 'nothing' ? said : did.said };
  }

  private asked(world: World): Answer | 'not_found' {
    return world.said === 'nothing' ? 'not_found' : world.said;
  }

  private recorded(world: World, worker: Worker, index: number): World {
    const freed = { ...world, workers: replaced(world.workers, index, null) };
    const { kind, token: leaseToken, outcome, maybeSentBefore } = worker;
    const bookkeeping = { stepId: STEP, kind, leaseToken, retryAt: NOW } as const;
    switch (outcome) {
      case 'unavailable':
        return this.decided(freed, {
          ...bookkeeping,
          type: 'put_off',
          cause: 'unavailable',
          maybeSent: maybeSentBefore,
          countsAsFailure: this.mutant === 'earlyPark',
        });
      case 'unknown':
        return this.decided(freed, {
          ...bookkeeping,
          type: 'put_off',
          cause: 'outcome_unknown',
          maybeSent: true,
          countsAsFailure: false,
        });
      case 'not_found':
        return this.decided(freed, { ...bookkeeping, type: 'checked_not_found' });
      case null:
        return freed;
      default:
        return this.answered(freed, worker, outcome);
    }
  }

  private answered(world: World, worker: Worker, outcome: Answer): World {
    const { kind, token: leaseToken } = worker;
    const isStale = rowOf(world, kind)?.leaseToken !== leaseToken;
    const isDropped = this.mutant === 'dropLateReply' && isStale;
    const after = isDropped
      ? world
      : this.decided(world, answer(outcome, kind === 'POLL' ? 'poll' : 'reply', { kind, leaseToken }));
    if (!isTerminal(stepIn(after).state) && !stepIn(after).hasReceipt) {
      this.problems.add('a reply came and its receipt is not kept');
    }
    return after;
  }

  private accidents(world: World): World[] {
    // no sub-call starts after the claim's deadline, and the lease ends later: it never runs out before the call was made
    const isCalling = (token: string | null) =>
      world.workers.some((worker) => worker?.token === token && worker?.outcome === null);
    const leased = world.state.work.filter(
      (row) => row.leaseToken !== null && !world.expired.includes(row.kind) && !isCalling(row.leaseToken),
    );
    const ends = leased.map((row) => ({ ...world, expired: [...world.expired, row.kind] }));
    if (world.budget.faults === 0) return ends;
    const tired = { ...world, budget: { ...world.budget, faults: world.budget.faults - 1 } };
    return [
      ...ends,
      ...world.hints.map((hint) => ({ ...tired, hints: without(world.hints, hint) })),
      ...(world.hints.length > 1 ? [] : world.hints.map((hint) => ({ ...tired, hints: [...world.hints, hint] }))),
      ...world.workers.flatMap((worker, index) =>
        worker === null ? [] : [{ ...tired, workers: replaced(world.workers, index, null) }],
      ),
      ...world.callbacks.map((callback) => ({ ...tired, callbacks: without(world.callbacks, callback) })),
    ];
  }

  /** The feeder offers what is due; a lease that ran out gets a new wake-up number. */
  private sweeps(world: World): World[] {
    return world.state.work
      .filter((row) => row.kind !== 'DEADLINE' && (row.leaseToken === null || world.expired.includes(row.kind)))
      .flatMap((row) => {
        const renewed = world.expired.includes(row.kind) ? this.renewed(world, row) : world;
        const hint = `${row.kind}#${renewed.offers[row.kind]}`;
        const isActive = renewed.workers.some(
          (worker) => worker?.kind === row.kind && worker.offer === renewed.offers[row.kind],
        );
        return renewed.hints.includes(hint) || isActive ? [] : [{ ...renewed, hints: [...renewed.hints, hint] }];
      });
  }

  private renewed(world: World, row: WorkRecord): World {
    return {
      ...world,
      offers: { ...world.offers, [row.kind]: world.nextOffer },
      nextOffer: world.nextOffer + 1,
      expired: without(world.expired, row.kind),
      state: {
        ...world.state,
        work: world.state.work.map((other) => (other === row ? { ...row, leaseToken: null, leaseUntil: null } : other)),
      },
    };
  }

  /** The agency goes on by itself, tells it (if it calls back at all), and its messages arrive in any order, or twice. */
  private agencyMoves(world: World): World[] {
    const calls = this.profile.agencyClass === 'A';
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
      const after = this.decided(
        { ...world, callbacks: without(world.callbacks, callback) },
        answer(callback, 'callback'),
      );
      if (isTerminal(before.state) && stepIn(after).state !== before.state) {
        this.problems.add('a terminal state changed');
      }
      return after;
    });
    return [...goesOn, ...arrives];
  }

  private decided(world: World, event: CaseEvent): World {
    const before = world.state.steps.find((step) => step.code === STEP) as StepRecord;
    const decision = decide(world.state, event, this.context);
    const offers = { ...world.offers };
    let { nextOffer } = world;
    const fresh: string[] = [];
    for (const row of decision.putWork) {
      const keeps = this.mutant === 'putOffKeepsOffer' && event.type === 'put_off';
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
    const overwrites = this.mutant === 'interimOverwritesTerminal' && isInterim && isTerminal(before.state);
    const isLate =
      event.type === 'answered' &&
      event.kind === 'accepted' &&
      event.via === 'reply' &&
      before.state === 'correction_needed';
    if (overwrites || (this.mutant === 'lateAcceptedOverwrites' && isLate)) {
      return {
        ...state,
        steps: state.steps.map((step) => ({ ...step, state: 'accepted' as const, reason: 'in_progress' as const })),
        work: [],
      };
    }
    if (this.mutant === 'noPoll') return { ...state, work: state.work.filter((row) => row.kind !== 'POLL') };
    return state;
  }

  private check(before: StepRecord, { state, effects }: World, event: CaseEvent): void {
    const after = state.steps[0] as StepRecord;
    if (isTerminal(before.state) && after.state !== before.state) this.problems.add('a terminal state changed');
    if (after.state === 'completed' && effects !== 1) this.problems.add(`completed with ${effects} effects`);
    if (after.reason === 'attempts_exhausted') this.problems.add('an outage exhausted the step');
    const isLateAccept = event.type === 'answered' && event.kind === 'accepted' && event.via === 'reply';
    if (isLateAccept && before.state === 'correction_needed' && after.state === 'accepted') {
      this.problems.add('a late reply undid a correction');
    }
    if (this.mutant !== null) return;
    const owed = [...owedWork(after, this.context.profileOf)].sort().join();
    const has = state.work
      .map((row) => row.kind)
      .sort()
      .join();
    if (owed !== has) this.problems.add(`work is ${has}, owed is ${owed} in ${after.state}`);
  }
}

const answer = (kind: Answer, via: AnsweredEvent['via'], work?: AnsweredEvent['work']): AnsweredEvent => ({
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
