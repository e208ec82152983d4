import { type Clock, CLOCK, EngineConfig } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { TakeAnswer } from '../agency/take-answer';
import { AgencyGates } from '../agency-gates';
import { type AdapterBook, ADAPTER_BOOK, type AgencyAnswer } from '../ports/agency-adapter';
import { AgencyContractBroken } from '../ports/agency-errors';
import type { Hint } from '../ports/hint-queue';
import { WORK_STORE, type WorkStore } from '../ports/work-store';
import { lookUp } from './look-up';
import { AgencyTraffic } from '../traffic/agency-traffic';
import { type CallPass, FREE_PASS } from '../traffic/call-pass';
import { SettleCall } from './settle-call';
import { type Errand, errand } from './step-reference';

/** Takes one hint of a POLL or a WITHDRAW: asks for the present answer, or asks the agency to take the step back. */
@Injectable()
export class AskAgency {
  constructor(
    @Inject(WORK_STORE) private readonly store: WorkStore,
    @Inject(ADAPTER_BOOK) private readonly book: AdapterBook,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly engine: EngineConfig,
    private readonly gates: AgencyGates,
    private readonly traffic: AgencyTraffic,
    private readonly takeAnswer: TakeAnswer,
    private readonly settle: SettleCall,
  ) {}

  async execute(hint: Hint, pass: CallPass = FREE_PASS): Promise<void> {
    if (!pass.isProbe && !this.gates.isOpen(hint.queue)) return;
    const now = this.clock.now();
    const options = { now, leaseMs: this.engine.times.leaseMs, setsMaybeSent: false, durable: false };
    const work = await this.store.claim(hint, options);
    if (work === null) return;
    const asking = errand(work, this.book, { pass, startedAt: now, deadlineAt: now + this.gates.callMs(work.queue) });
    const answer = await this.ask(asking);
    if (answer !== null) await this.take(asking, answer);
  }

  private async ask(asking: Errand): Promise<AgencyAnswer | null> {
    try {
      const answer = asking.work.kind === 'WITHDRAW' ? await this.withdraw(asking) : await this.check(asking);
      if (answer === 'not_found') await this.settle.notFound(asking);
      return answer === 'not_found' ? null : answer;
    } catch (error) {
      await this.settle.failed(asking, error);
      return null;
    }
  }

  private check(asking: Errand): Promise<AgencyAnswer | 'not_found'> {
    if (asking.work.isReportedDone) return lookUp(asking);
    const { adapter, reference, deadlineAt } = asking;
    if (adapter.check === undefined) throw new AgencyContractBroken('the agency has no query', 'check');
    return adapter.check(reference, deadlineAt);
  }

  /** Without a receipt, or from an earlier time, it is asked first: what never arrived need not be taken back, what is done cannot be. */
  private async withdraw({ work, adapter, reference, deadlineAt }: Errand): Promise<AgencyAnswer> {
    if (adapter.withdraw === undefined) throw new AgencyContractBroken('the agency takes no withdrawal', 'withdraw');
    if ((work.receipt === null || work.isRestored) && adapter.check !== undefined) {
      const known = await adapter.check(reference, deadlineAt);
      if (known === 'not_found') return { kind: 'withdrawn' };
      if (known.kind === 'completed' || known.kind === 'rejected') return known;
    }
    return adapter.withdraw(reference, { code: 'applicant_withdrew' }, deadlineAt);
  }

  private async take(asking: Errand, answer: AgencyAnswer): Promise<void> {
    const { work, evidence } = asking;
    const { stepId, generation, kind, leaseToken, queue } = work;
    await this.traffic.answered(asking);
    await this.takeAnswer.execute({
      stepId,
      generation,
      via: kind === 'POLL' ? 'poll' : 'reply',
      answer,
      work: { kind, leaseToken },
      by: { actor: 'agency', actorId: queue },
      exchanges: evidence.of(stepId, generation),
    });
  }
}
