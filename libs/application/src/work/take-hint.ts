import { Injectable } from '@nestjs/common';
import type { Hint } from '../ports/hint-queue';
import { AskAgency } from './ask-agency';
import { FireDeadline } from './fire-deadline';
import { SendStep } from './send-step';

/** One hint, whatever it is about. */
@Injectable()
export class TakeHint {
  constructor(
    private readonly sendStep: SendStep,
    private readonly askAgency: AskAgency,
    private readonly fireDeadline: FireDeadline,
  ) {}

  execute(hint: Hint): Promise<void> {
    switch (hint.kind) {
      case 'CALL':
        return this.sendStep.execute(hint);
      case 'POLL':
      case 'WITHDRAW':
        return this.askAgency.execute(hint);
      case 'DEADLINE':
        return this.fireDeadline.execute(hint);
    }
  }
}
