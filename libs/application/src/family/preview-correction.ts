import { correctionRefusal } from '@birth/domain';
import { Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller, StepRef } from '../caller';
import { CASE_STORE, type CaseStore } from '../ports/case-store';
import type { CorrectionPreview } from '../shapes/family-shapes';
import { ownStep } from './family-step';
import { consequencesView, PrepareCorrection } from './prepared-correction';

/** Before a correction is sent: every step of the case and what follows for it (policy P15). Nothing is stored. */
@Injectable()
export class PreviewCorrection {
  constructor(
    @Inject(CASE_STORE) private readonly store: CaseStore,
    private readonly prepare: PrepareCorrection,
  ) {}

  async execute(
    caller: Caller,
    { applicationId, stepId }: StepRef,
    fields: Readonly<Record<string, unknown>>,
  ): Promise<CorrectionPreview> {
    const loaded = await this.store.read(applicationId);
    if (loaded === null || loaded.applicantSubject !== caller.subject) throw new Problem(404, 'not_found');
    const refusal = correctionRefusal(ownStep(loaded, stepId));
    if (refusal !== null) throw new Problem(409, refusal);
    const { consequences } = this.prepare.execute(loaded, stepId, fields);
    return { stepId, consequences: consequencesView(loaded, consequences, caller.locale ?? 'zh-CN') };
  }
}
