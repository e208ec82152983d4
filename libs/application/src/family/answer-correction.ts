import { Injectable } from '@nestjs/common';
import type { Caller, Once, Reply, StepRef } from '../caller';
import type { LoadedCase } from '../ports/case-store';
import type { Attachments } from '../step-transitions';
import { FamilyStep } from './family-step';
import { consequencesView, PrepareCorrection, type PreparedCorrection } from './prepared-correction';

/** The family answers a correction: the next generation supplements the same case under its earlier receipt, as the form now plans it. */
@Injectable()
export class AnswerCorrection {
  constructor(
    private readonly family: FamilyStep,
    private readonly prepare: PrepareCorrection,
  ) {}

  execute(
    caller: Caller,
    once: Once,
    { applicationId, stepId }: StepRef,
    fields: Readonly<Record<string, unknown>>,
  ): Promise<Reply> {
    let prepared: PreparedCorrection | null = null;
    return this.family.apply({
      caller,
      once,
      applicationId,
      event: (loaded) => (prepared = this.prepare.execute(loaded, stepId, fields)).event,
      attach: (_decision, loaded) => ({
        sections: prepared?.sections ?? [],
        ...nextGenerationSecrets(loaded, stepId),
      }),
      reply: (_decision, loaded) => ({
        consequences: consequencesView(loaded, prepared?.consequences ?? [], caller.locale ?? 'zh-CN'),
      }),
    });
  }
}

/** The new request names the receipt of the one before. */
export function nextGenerationSecrets(loaded: LoadedCase, stepId: string): Attachments {
  const { receipt, earlierReceipt } = loaded.openStep(stepId);
  return { secrets: [{ stepId, receipt: null, earlierReceipt: receipt ?? earlierReceipt, agencyText: null }] };
}
