import { type Clock, CLOCK, EngineConfig } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Hint } from '../ports/hint-queue';
import { WORK_STORE, type WorkStore } from '../ports/work-store';
import { LookForRecords } from '../births/look-for-records';
import { type Attachments, StepTransitions } from '../step-transitions';

/** Takes one hint of a DEADLINE: timers that have come due have their effect once, and a missing record is looked for again. */
@Injectable()
export class FireDeadline {
  constructor(
    @Inject(WORK_STORE) private readonly store: WorkStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly engine: EngineConfig,
    private readonly transitions: StepTransitions,
    private readonly births: LookForRecords,
  ) {}

  async execute(hint: Hint): Promise<void> {
    const { leaseMs } = this.engine.times;
    const options = { now: this.clock.now(), leaseMs, setsMaybeSent: false, durable: false };
    const work = await this.store.claim(hint, options);
    if (work === null) return;
    const { stepId, leaseToken } = work;
    let attachments: Attachments = {};
    await this.transitions.apply({
      ref: { stepId },
      by: { actor: 'platform', actorId: null },
      sections: ['claim', 'birth'],
      records: true,
      event: (loaded) => {
        const taken = this.births.look(loaded);
        attachments = taken.attachments;
        return [{ type: 'deadline_fired', stepId, leaseToken }, ...taken.events];
      },
      attach: () => attachments,
    });
  }
}
