import {
  type AgencyCode,
  type CallsSeen,
  hasFailed,
  latencyClass,
  type LimitSigns,
  noLatencies,
  opened,
  type QueueName,
} from '@birth/domain';
import { type Clock, CLOCK, EngineConfig } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyGates } from '../agency-gates';
import { AgencyUnavailable, OutcomeUnknown } from '../ports/agency-errors';
import type { Tally } from '../ports/traffic-store';
import type { Errand } from '../work/step-reference';

type Outcome = 'answered' | 'broken' | 'unknown' | 'refused' | 'unreached';

const noTally = (): Tally => ({ calls: 0, failures: 0, connectErrors: 0, failedRetries: 0, latencies: noLatencies() });

/**
 * What this process sees of the agencies' calls between two rounds. The rounds tell it to the others; only a breaker that
 * has to open is told at once.
 */
@Injectable()
export class AgencyTraffic {
  private tallies = new Map<QueueName, Tally>();
  private readonly signs = new Map<QueueName, LimitSigns>();

  constructor(
    private readonly gates: AgencyGates,
    private readonly engine: EngineConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async answered(errand: Errand): Promise<void> {
    const { queue } = errand.work;
    await this.gates.answered(queue);
    await this.note(errand, 'answered');
  }

  async failed(errand: Errand, error: unknown): Promise<void> {
    await this.note(errand, outcomeOf(error));
  }

  /** Since the last time; they are the caller's now. */
  takeTallies(): ReadonlyMap<QueueName, Tally> {
    const taken = this.tallies;
    this.tallies = new Map();
    return taken;
  }

  /** What could not be told is told the next time. */
  putBack(tallies: ReadonlyMap<QueueName, Tally>): void {
    for (const [queue, tally] of tallies) add(this.tallyOf(queue), tally);
  }

  signsOf(queue: QueueName): LimitSigns {
    return this.signs.get(queue) ?? { busyAnswers: 0, drops: 0 };
  }

  signsUsed(queue: QueueName): void {
    this.signs.delete(queue);
  }

  /** Worklists, batches and tables are ours: they say nothing of the agency's interface. */
  private async note(errand: Errand, outcome: Outcome): Promise<void> {
    const { work, pass } = errand;
    if (work.channel !== 'api') return;
    pass.settled(outcome === 'answered');
    this.count(errand, outcome);
    this.sign(errand, outcome);
    if (outcome !== 'answered') await this.openIfFailed(work.queue as AgencyCode);
  }

  private count({ work, evidence }: Errand, outcome: Outcome): void {
    const isFailure = outcome !== 'answered' && outcome !== 'refused';
    const tally = this.tallyOf(work.queue);
    tally.calls += 1;
    if (isFailure) tally.failures += 1;
    if (outcome === 'unreached') tally.connectErrors += 1;
    if (isFailure && work.kind === 'CALL' && work.attempts > 1) tally.failedRetries += 1;
    for (const { durationMs } of evidence.exchanges) {
      const place = latencyClass(durationMs);
      tally.latencies[place] = (tally.latencies[place] ?? 0) + 1;
    }
  }

  /** A drop of a call that began before the limit was lowered says nothing of the lower one. */
  private sign({ work, pass, startedAt }: Errand, outcome: Outcome): void {
    const signs = this.signsOf(work.queue);
    const isDrop = outcome === 'refused' || outcome === 'unknown';
    if (isDrop && startedAt > this.gates.of(work.queue).loweredAt) signs.drops += 1;
    if (outcome === 'answered' && pass.isBusy()) signs.busyAnswers += 1;
    this.signs.set(work.queue, signs);
  }

  private async openIfFailed(queue: AgencyCode): Promise<void> {
    const { breaker, limit, loweredAt } = this.gates.of(queue);
    if (breaker.phase !== 'closed' || !hasFailed(this.seenOf(queue))) return;
    const next = opened(breaker, this.clock.now(), this.engine.times.breaker);
    await this.gates.change(queue, { breaker: next, limit, loweredAt });
  }

  private seenOf(queue: QueueName): CallsSeen {
    const sum = noTally();
    add(sum, { ...noTally(), ...this.gates.seen(queue) });
    const own = this.tallies.get(queue);
    if (own !== undefined) add(sum, own);
    return sum;
  }

  private tallyOf(queue: QueueName): Tally {
    const known = this.tallies.get(queue) ?? noTally();
    this.tallies.set(queue, known);
    return known;
  }
}

function add(to: Tally, more: Tally): void {
  to.calls += more.calls;
  to.failures += more.failures;
  to.connectErrors += more.connectErrors;
  to.failedRetries += more.failedRetries;
  to.latencies = to.latencies.map((count, place) => count + (more.latencies[place] ?? 0));
}

/** 429 and 503 with Retry-After are words of a living agency, though it answers nothing. */
function outcomeOf(error: unknown): Outcome {
  if (error instanceof AgencyUnavailable) return error.retryAfterMs === undefined ? 'unreached' : 'refused';
  return error instanceof OutcomeUnknown ? 'unknown' : 'broken';
}
