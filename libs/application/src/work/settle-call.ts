import type { CaseEvent } from '@birth/domain';
import { type Clock, CLOCK, EngineConfig } from '@birth/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { AgencyGates } from '../agency-gates';
import { AgencyContractBroken, AgencyUnavailable, OutcomeUnknown } from '../ports/agency-errors';
import { StepTransitions } from '../step-transitions';
import { AgencyTraffic } from '../traffic/agency-traffic';
import { backOffMs } from './back-off';
import type { Errand } from './step-reference';

const brokenBy = ({ field, code }: AgencyContractBroken) => ({ field, ...(code === undefined ? {} : { code }) });

/** What became of a call that brought no answer: put off, unknown, or broken. Taken only while the lease still holds. */
@Injectable()
export class SettleCall {
  private readonly logger = new Logger(SettleCall.name);

  constructor(
    private readonly transitions: StepTransitions,
    private readonly gates: AgencyGates,
    private readonly traffic: AgencyTraffic,
    private readonly engine: EngineConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async failed(errand: Errand, error: unknown): Promise<void> {
    await this.noteGate(errand, error);
    await this.traffic.failed(errand, error);
    await this.record(errand, this.eventOf(errand, error));
  }

  /** The agency definitely does not know what it should know. */
  async notFound(errand: Errand): Promise<void> {
    const { stepId, kind, leaseToken } = errand.work;
    await this.traffic.answered(errand);
    const retryAt = this.clock.now() + this.engine.times.pollMs;
    await this.record(errand, { type: 'checked_not_found', stepId, kind, leaseToken, retryAt });
  }

  async record(errand: Errand, event: CaseEvent): Promise<void> {
    const { stepId, generation } = errand.work;
    await this.transitions.apply({
      ref: { stepId },
      by: { actor: 'platform', actorId: null },
      event: () => event,
      attach: () => ({ exchanges: errand.evidence.of(stepId, generation) }),
    });
  }

  /** An error of our own says nothing of what the agency did: tried again as unknown, a person looks after ten times. */
  private eventOf(errand: Errand, error: unknown): CaseEvent {
    const { stepId, kind, leaseToken, maybeSentBefore } = errand.work;
    const named = { stepId, kind, leaseToken, retryAt: this.retryAt(errand, error) };
    if (error instanceof AgencyUnavailable) {
      return { ...named, type: 'put_off', cause: 'unavailable', maybeSent: maybeSentBefore, ...this.counting(errand) };
    }
    if (error instanceof OutcomeUnknown) {
      return { ...named, type: 'put_off', cause: 'outcome_unknown', maybeSent: true, ...this.counting(errand) };
    }
    if (error instanceof AgencyContractBroken) return { ...named, type: 'contract_broken', ...brokenBy(error) };
    this.logger.error(error instanceof Error ? `${error.name} in ${errand.work.queue}/${kind}` : 'unknown error');
    return { ...named, type: 'put_off', cause: 'outcome_unknown', maybeSent: true, countsAsFailure: true };
  }

  /** An attempt counts only while the agency answers others: an outage exhausts no step. */
  private counting({ work }: Errand): { countsAsFailure: boolean } {
    const { previousAttemptAt } = work;
    return {
      countsAsFailure: previousAttemptAt !== null && this.gates.of(work.queue).lastAnsweredAt > previousAttemptAt,
    };
  }

  private retryAt({ work }: Errand, error: unknown): number {
    const now = this.clock.now();
    const jitter = backOffMs(work.attempts, this.engine.times, Math.random());
    return now + (this.askedPauseMs(error) ?? 0) + jitter;
  }

  /** What the agency asked for by Retry-After, within reason. */
  private askedPauseMs(error: unknown): number | undefined {
    if (!(error instanceof AgencyUnavailable) || error.retryAfterMs === undefined) return undefined;
    return Math.min(error.retryAfterMs, this.engine.times.pauseCapMs);
  }

  private async noteGate({ work }: Errand, error: unknown): Promise<void> {
    if (error instanceof AgencyContractBroken) await this.gates.answered(work.queue);
    const pauseMs = this.askedPauseMs(error);
    if (pauseMs !== undefined) await this.gates.pause(work.queue, pauseMs);
  }
}
