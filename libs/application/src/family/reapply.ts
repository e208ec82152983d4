import { Injectable } from '@nestjs/common';
import type { Caller, Once, Reply, StepRef } from '../caller';
import { newbornTokens } from '../births/newborn-tokens';
import { bornOnOf } from '../births/recorded-birth';
import type { LoadedCase } from '../ports/case-store';
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
      attach: (_decision, loaded) => ({
        ...nextGenerationSecrets(loaded, stepId),
        reclaimedNewborn: newbornTokensOf(loaded, ownStep(loaded, stepId).newbornIndex),
      }),
    });
  }
}

/** As filed, and as the hospital's record says it. */
export function newbornTokensOf(loaded: LoadedCase, newbornIndex: number): string[] {
  const { birth, claim, mother, father } = loaded.open(newbornIndex, ['birth', 'claim', 'mother', 'father']);
  const places = [claim, birth === null ? null : { bornOn: bornOnOf(birth), deliveryOrder: birth.deliveryOrder }];
  const texts = places.flatMap((place) => (place === null ? [] : newbornTokens([mother, father], place)));
  return [...new Set(texts)];
}
