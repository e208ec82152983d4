import {
  type AloneNewborn,
  type ApplicationForm,
  checkAlone,
  type Finding,
  type HouseholdWish,
  isSamePerson,
  type MotherAloneEvent,
  type NewbornForm,
  type SurnameSource,
  unneededOf,
  waysOf,
} from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Once, Reply } from '../caller';
import { type County, COUNTY } from '../county';
import type { LoadedCase, SectionWrite } from '../ports/case-store';
import { inWords } from '../views/field-words';
import { iso } from '../views/moments';
import { FamilyStep } from './family-step';
import { silentFrom } from './silence';
import { storedBirth, storedForm } from './stored-form';

/** What a newborn had from the father, as the mother gives it anew. */
export interface AloneWish {
  name?: { surname: string; given: string };
  surnameSource?: SurnameSource;
  ethnicity?: string;
  household?: HouseholdWish;
}

export interface GoingAlone {
  declaration: { code: string; version: string };
  /** One a newborn, in the order of the case; what is left out stays as it was filed. */
  newborns: readonly AloneWish[];
}

/**
 * The third way out of a father's silence (policy P7): the mother who filed goes on alone. He leaves the case with all that
 * was asked of him; whichever of the two words comes first under the case's lock counts.
 */
@Injectable()
export class GoOnAlone {
  constructor(
    private readonly family: FamilyStep,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  execute(caller: Caller, once: Once, applicationId: string, wishes: GoingAlone): Promise<Reply> {
    let warnings: Finding[] = [];
    let sections: SectionWrite[] = [];
    return this.family.apply({
      caller,
      once,
      applicationId,
      event: (loaded): MotherAloneEvent => {
        const before = storedForm(loaded);
        mustBeMother(caller, before);
        if (before.father === null) throw new Problem(409, 'nothing_to_confirm');
        this.mustBeSilent(loaded);
        const form = formWith(before, wishes.newborns);
        warnings = checked(form);
        sections = sectionsOf(form, wishes.newborns);
        const newborns = form.newborns.map((_, index) => this.planned(loaded, { before, form, index }));
        const { code: declaration, version } = wishes.declaration;
        return { type: 'mother_went_on_alone', declaration, version, newborns };
      },
      attach: () => ({ sections, endedConsents: ['father'] }),
      reply: () => ({ warnings: warnings.map(inWords(caller.locale ?? 'zh-CN')) }),
    });
  }

  private mustBeSilent({ consents, state }: LoadedCase): void {
    const asked = consents.filter(({ parent }) => parent === 'father');
    const { confirmationReminderDays } = this.county.policyAt(state.filedAt).settings;
    const from = silentFrom(asked, confirmationReminderDays);
    if (from === null) throw new Problem(409, 'father_has_answered');
    if (this.clock.now() < from) throw new Problem(409, 'father_not_silent_yet', { extra: { from: iso(from) } });
  }

  private planned(loaded: LoadedCase, { before, form, index }: Changed): AloneNewborn {
    const birth = storedBirth(loaded, index);
    const now = loaded.state.filedAt;
    const context = { offices: this.county.offices, ...this.county.policyAt(now), now };
    const [was, is] = [before.newborns[index]?.name, form.newborns[index]?.name];
    const isRenamed = was?.surname !== is?.surname || was?.given !== is?.given;
    if (birth === null) return { newbornIndex: index, ways: [], notApplicable: [], isRenamed };
    const ways = waysOf(form, index, birth, context);
    return { newbornIndex: index, ways, notApplicable: unneededOf(form, index, birth, context), isRenamed };
  }
}

interface Changed {
  before: ApplicationForm;
  form: ApplicationForm;
  index: number;
}

/** Never an agent, a guardian or the father: it is the mother's own word. */
function mustBeMother({ identity }: Caller, { mother }: ApplicationForm): void {
  const isMother = identity !== undefined && mother !== null && isSamePerson(mother.identity, identity);
  if (!isMother) throw new Problem(403, 'only_the_mother');
}

function formWith(form: ApplicationForm, wishes: readonly AloneWish[]): ApplicationForm {
  if (wishes.length > form.newborns.length) {
    throw new Problem(422, 'form_invalid', { errors: [{ pointer: '/newborns', code: 'bad_value' }] });
  }
  const newborns = form.newborns.map((newborn, index): NewbornForm => {
    const { name, surnameSource, ethnicity, household } = wishes[index] ?? {};
    return {
      ...newborn,
      // a name that nobody has chosen yet is chosen in its own call
      ...(newborn.name === null || name === undefined ? {} : { name }),
      ...(newborn.name === null || surnameSource === undefined ? {} : { surnameSource }),
      ...(ethnicity === undefined ? {} : { ethnicity }),
      ...(household === undefined || newborn.household === undefined ? {} : { household }),
    };
  });
  return { ...form, father: null, newborns };
}

/** Warnings; throws what has to be given anew. */
function checked(form: ApplicationForm): Finding[] {
  const { errors, warnings } = checkAlone(form);
  if (errors.length > 0) throw new Problem(422, 'form_invalid', { errors });
  return warnings;
}

function sectionsOf({ newborns }: ApplicationForm, wishes: readonly AloneWish[]): SectionWrite[] {
  const changed = newborns.flatMap(({ name, surnameSource, ethnicity, nationality, household }, newbornIndex) =>
    wishes[newbornIndex] === undefined
      ? []
      : [
          ...(name === null ? [] : [{ newbornIndex, section: 'name', value: { ...name, surnameSource } } as const]),
          { newbornIndex, section: 'origin', value: { ethnicity, nationality } } as const,
          ...(household === undefined ? [] : [{ newbornIndex, section: 'household', value: household } as const]),
        ],
  );
  return [{ newbornIndex: null, section: 'father', value: null }, ...changed];
}
