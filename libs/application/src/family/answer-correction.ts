import { type StepWay, waysOf } from '@birth/domain';
import { Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Once, Reply, StepRef } from '../caller';
import { type County, COUNTY } from '../county';
import type { LoadedCase, SectionWrite } from '../ports/case-store';
import type { Attachments } from '../step-transitions';
import { correctedSections } from './correction-fields';
import { FamilyStep, ownStep } from './family-step';
import { storedBirth, storedForm, withSections } from './stored-form';

/** The family answers a correction: the next generation supplements the same case under its earlier receipt, as the form now plans it. */
@Injectable()
export class AnswerCorrection {
  constructor(
    private readonly family: FamilyStep,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  execute(
    caller: Caller,
    once: Once,
    { applicationId, stepId }: StepRef,
    fields: Readonly<Record<string, unknown>>,
  ): Promise<Reply> {
    let sections: SectionWrite[] = [];
    return this.family.apply({
      caller,
      once,
      applicationId,
      event: (loaded) => {
        const step = ownStep(loaded, stepId);
        const { newbornIndex } = step;
        const asked = loaded.openStep(stepId).agencyText?.fields ?? [];
        const corrected = correctedSections({ fields, asked, newbornIndex, offices: this.county.offices }, (names) =>
          loaded.open(newbornIndex, names),
        );
        if ('errors' in corrected) throw new Problem(422, 'form_invalid', { errors: corrected.errors });
        sections = corrected.sections;
        const ways = this.waysOf(loaded, sections, newbornIndex);
        return { type: 'corrected', stepId, ways };
      },
      attach: (_decision, loaded) => ({ sections, ...nextGenerationSecrets(loaded, stepId) }),
    });
  }

  /** By the rules of the day of filing: nobody is sent to a window because an answer took its time. */
  private waysOf(loaded: LoadedCase, sections: readonly SectionWrite[], newbornIndex: number): StepWay[] {
    const corrected = withSections({ state: loaded.state, open: loaded.open.bind(loaded) }, sections);
    const birth = storedBirth(corrected, newbornIndex);
    const now = loaded.state.filedAt;
    return birth === null
      ? []
      : waysOf(storedForm(corrected), newbornIndex, birth, {
          offices: this.county.offices,
          ...this.county.policyAt(now),
          now,
        });
  }
}

/** The new request names the receipt of the one before. */
export function nextGenerationSecrets(loaded: LoadedCase, stepId: string): Attachments {
  const { receipt, earlierReceipt } = loaded.openStep(stepId);
  return { secrets: [{ stepId, receipt: null, earlierReceipt: receipt ?? earlierReceipt, agencyText: null }] };
}
