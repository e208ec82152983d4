import { Injectable } from '@nestjs/common';
import type { Caller, Once, Reply, StepRef } from '../caller';
import { nextGenerationSecrets } from './answer-correction';
import { FamilyStep, ownStep } from './family-step';

/** Again after a refusal: the next generation; what ended only because of the refusal waits again. */
@Injectable()
export class Reapply {
  constructor(private readonly family: FamilyStep) {}

  execute(caller: Caller, once: Once, { applicationId, stepId }: StepRef): Promise<Reply> {
    return this.family.apply({
      caller,
      once,
      applicationId,
      event: (loaded) => ({ type: 'reapplied', stepId: ownStep(loaded, stepId).id }),
      attach: (_decision, loaded) => nextGenerationSecrets(loaded, stepId),
    });
  }
}
