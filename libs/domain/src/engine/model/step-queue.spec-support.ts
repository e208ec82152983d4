import type { WorkRecord } from '../../case-state';
import { NOW } from './model-case.spec-support';
import type { Trial } from './trial.spec-support';
import { replaced, rowOf, without, type Worker, type World } from './world.spec-support';

/** A queue that loses and doubles hints, claims under a lease, leases that end, workers that die. */
export class StepQueue {
  constructor(private readonly trial: Trial) {}

  deliveries(world: World): World[] {
    const idle = world.workers.indexOf(null);
    if (idle === -1) return [];
    return world.hints.map((hint) => this.claim({ ...world, hints: without(world.hints, hint) }, hint, idle));
  }

  private claim(world: World, hint: string, worker: number): World {
    const [kind = '', offer = ''] = hint.split('#');
    const row = rowOf(world, kind);
    const isFree =
      row?.leaseToken === null || world.expired.includes(kind) || this.trial.mutant === 'claimIgnoresLease';
    if (row === undefined || !isFree || world.offers[kind] !== Number(offer) || world.budget.attempts === 0) {
      return world;
    }
    if (world.claimed.includes(hint) && !world.expired.includes(kind)) {
      this.trial.problems.add('one wake-up number claimed twice');
    }
    const attempt = 4 - world.budget.attempts;
    const token = `t${attempt}`;
    const isIntent = this.trial.profile.agencyClass === 'B' || this.trial.profile.agencyClass === 'D';
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

  accidents(world: World): World[] {
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
  sweeps(world: World): World[] {
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
}
