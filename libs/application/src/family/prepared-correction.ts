import { type CaseEvent, correctionConsequences, type StepConsequence, type StepWay, waysOf } from '@birth/domain';
import { Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Locale } from '../caller';
import { type County, COUNTY } from '../county';
import { ADAPTER_BOOK, type AdapterBook } from '../ports/agency-adapter';
import type { LoadedCase, SectionWrite } from '../ports/case-store';
import type { ConsequenceView } from '../shapes/family-shapes';
import { consequenceWords, stepName } from '../views/words';
import { correctedSections } from './correction-fields';
import { ownStep } from './family-step';
import { storedBirth, storedForm, withSections } from './stored-form';
import { toldOtherwise } from './told-otherwise';

export interface PreparedCorrection {
  event: Extract<CaseEvent, { type: 'corrected' }>;
  sections: SectionWrite[];
  consequences: readonly StepConsequence[];
}

/** What a correction would do, worked out once for who asks before and for who sends it. */
@Injectable()
export class PrepareCorrection {
  constructor(
    @Inject(COUNTY) private readonly county: County,
    @Inject(ADAPTER_BOOK) private readonly book: AdapterBook,
  ) {}

  /** Throws Problem 422 for a field that cannot be corrected so. */
  execute(loaded: LoadedCase, stepId: string, fields: Readonly<Record<string, unknown>>): PreparedCorrection {
    const { newbornIndex } = ownStep(loaded, stepId);
    const asked = loaded.openStep(stepId).agencyText?.fields ?? [];
    const corrected = correctedSections({ fields, asked, newbornIndex, offices: this.county.offices }, (names) =>
      loaded.open(newbornIndex, names),
    );
    if ('errors' in corrected) throw new Problem(422, 'form_invalid', { errors: corrected.errors });
    const { sections, changed } = corrected;
    const ways = this.waysOf(loaded, sections, newbornIndex);
    const told = toldOtherwise(loaded, sections, this.book);
    const event = { type: 'corrected', stepId, ways, told, isNameOnly: changed.join() === 'name' } as const;
    const { steps, work } = loaded.state;
    return { event, sections, consequences: correctionConsequences(steps, work, event) };
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

/** In the order in which the family reads its steps. */
export function consequencesView(
  { state }: LoadedCase,
  consequences: readonly StepConsequence[],
  locale: Locale,
): ConsequenceView[] {
  return consequences.flatMap(({ stepId, what }) => {
    const step = state.steps.find(({ id }) => id === stepId);
    if (step === undefined) return [];
    const { code, newbornIndex } = step;
    return [{ stepId, newbornIndex, code, name: stepName(code, locale), what, text: consequenceWords(what, locale) }];
  });
}
