import type { AgencyCode } from '@birth/domain';
import { EngineConfig } from '@birth/platform';
import { Injectable } from '@nestjs/common';
import { AgencyGates } from '../agency-gates';
import type { Hint } from '../ports/hint-queue';
import { TakeHint } from '../work/take-hint';
import { CallPacer } from './call-pacer';

/** A hint in its turn: while the gate is closed it is dropped, and is claimed only when the agency may be called. */
@Injectable()
export class TakeTurn {
  constructor(
    private readonly gates: AgencyGates,
    private readonly pacer: CallPacer,
    private readonly takeHint: TakeHint,
    private readonly engine: EngineConfig,
  ) {}

  async execute(hint: Hint): Promise<void> {
    if (hint.kind === 'DEADLINE') return this.takeHint.execute(hint);
    if (!this.gates.isOpen(hint.queue)) return;
    await this.inTurn(hint, false);
  }

  /** The one call to an agency whose breaker is open; null: it was not called after all. */
  probe(hint: Hint): Promise<boolean | null> {
    return this.inTurn(hint, true);
  }

  /** A hint that waits longer than a visibility has come again. */
  private async inTurn(hint: Hint, isProbe: boolean): Promise<boolean | null> {
    const pass = await this.pacer.enter(hint.queue as AgencyCode, this.engine.times.visibilityMs, isProbe);
    if (pass === null) return null;
    try {
      await this.takeHint.execute(hint, pass);
    } finally {
      pass.leave();
    }
    return pass.outcome;
  }
}
