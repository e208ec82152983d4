import { Injectable } from '@nestjs/common';
import type { Hint } from '../ports/hint-queue';
import { type CallPass, FREE_PASS } from '../traffic/call-pass';
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

  execute(hint: Hint, pass: CallPass = FREE_PASS): Promise<void> {
    switch (hint.kind) {
      case 'CALL':
        return this.sendStep.execute(hint, pass);
      case 'POLL':
      case 'WITHDRAW':
        return this.askAgency.execute(hint, pass);
      case 'DEADLINE':
        return this.fireDeadline.execute(hint);
    }
  }
}
