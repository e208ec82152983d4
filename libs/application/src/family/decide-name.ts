import {
  type ApplicationForm,
  checkChosenName,
  type Finding,
  type NewbornForm,
  type StepWay,
  type SurnameSource,
  waysOf,
} from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Once, Reply } from '../caller';
import { type County, COUNTY } from '../county';
import { consentToSend } from '../intake/consent-drafts';
import type { ConsentDraft, LoadedCase } from '../ports/case-store';
import { inWords } from '../views/field-words';
import { asked } from '../intake/consent-drafts';
import { FamilyStep } from './family-step';
import { nameAsked, nameConsents } from './name-consents';
import { storedBirth, storedForm } from './stored-form';

export interface ChosenName {
  surname: string;
  given: string;
  surnameSource: SurnameSource;
}

export interface NewbornRef {
  applicationId: string;
  newbornIndex: number;
}

/** The name decided later: once, by the rules of the filing, and planned as if it had been filed with it (policy P6). */
@Injectable()
export class DecideName {
  constructor(
    private readonly family: FamilyStep,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  execute(caller: Caller, once: Once, { applicationId, newbornIndex }: NewbornRef, name: ChosenName): Promise<Reply> {
    let warnings: Finding[] = [];
    let requests: ConsentDraft[] = [];
    return this.family.apply({
      caller,
      once,
      applicationId,
      event: (loaded) => {
        mustBeUndecided(loaded, newbornIndex);
        const form = formWith(storedForm(loaded), newbornIndex, name);
        warnings = checked(form, newbornIndex);
        const ways = this.waysOf(loaded, form, newbornIndex);
        const { settings } = this.county.policyAt(loaded.state.filedAt);
        requests = nameConsents(loaded, form, ways, asked(this.clock.now(), settings));
        return [{ type: 'name_decided', newbornIndex, ways }, ...nameAsked(requests)];
      },
      attach: () => ({ sections: [{ newbornIndex, section: 'name', value: name }], consentRequests: requests }),
      reply: () => ({
        warnings: warnings.map(inWords(caller.locale ?? 'zh-CN')),
        consents: requests.map(consentToSend),
      }),
    });
  }

  private waysOf(loaded: LoadedCase, form: ApplicationForm, newbornIndex: number): StepWay[] {
    const birth = storedBirth(loaded, newbornIndex);
    const now = loaded.state.filedAt;
    const context = { offices: this.county.offices, ...this.county.policyAt(now), now };
    return birth === null ? [] : waysOf(form, newbornIndex, birth, context);
  }
}

function mustBeUndecided({ state }: LoadedCase, newbornIndex: number): void {
  if (!state.newborns.some(({ index }) => index === newbornIndex)) throw new Problem(404, 'not_found');
  const isOpen = state.steps.some(
    (step) => step.newbornIndex === newbornIndex && step.holds.includes('name_undecided'),
  );
  if (!isOpen) throw new Problem(409, 'name_already_decided');
}

function formWith(form: ApplicationForm, newbornIndex: number, chosen: ChosenName): ApplicationForm {
  const { surnameSource, surname, given } = chosen;
  const named = (newborn: NewbornForm): NewbornForm => ({ ...newborn, name: { surname, given }, surnameSource });
  const newborns = form.newborns.map((newborn, index) => (index === newbornIndex ? named(newborn) : newborn));
  return { ...form, newborns };
}

/** Warnings; throws what the filing would have been refused for. */
function checked(form: ApplicationForm, newbornIndex: number): Finding[] {
  const { errors, warnings } = checkChosenName(form, form.newborns[newbornIndex] as NewbornForm, newbornIndex);
  if (errors.length > 0) throw new Problem(422, 'form_invalid', { errors });
  return warnings;
}
