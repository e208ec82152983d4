import {
  type ApplicationForm,
  type EngineSettings,
  ifRefused,
  type KnownBirth,
  planNewborns,
  type StepPlan,
} from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Locale } from '../caller';
import { type County, COUNTY } from '../county';
import type { CheckResult, StepPlanView } from '../shapes/intake-shapes';
import { householdPaperView, plannedDeliveries } from '../views/delivery-words';
import { inWords } from '../views/field-words';
import { endingWords } from '../views/ending-words';
import { reasonWords, stepName } from '../views/words';
import { ExamineForm } from './examine-form';
import { insuranceOffer } from './insurance-offer';

/** Pre-check of a whole form: routes, papers and what is missing. Nothing is stored. */
@Injectable()
export class CheckApplication {
  constructor(
    private readonly examine: ExamineForm,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  async execute(caller: Caller, form: ApplicationForm, locale: Locale): Promise<CheckResult> {
    const { errors, warnings, resolved } = await this.examine.execute(form, caller);
    const births = resolved.map(({ birth }) => birth);
    const isPlannable = births.every((birth) => birth !== null) && (form.mother !== null || form.father !== null);
    const newborns = isPlannable ? this.plan(form, births, this.clock.now(), locale) : [];
    const householdPaper = householdPaperView(this.county.policyAt(this.clock.now()).settings, locale);
    return { errors: errors.map(inWords(locale)), warnings: warnings.map(inWords(locale)), newborns, householdPaper };
  }

  private plan(
    form: ApplicationForm,
    births: readonly KnownBirth[],
    now: number,
    locale: Locale,
  ): CheckResult['newborns'] {
    const policy = this.county.policyAt(now);
    const plans = planNewborns(form, births, { ...policy, now });
    const deliveries = plannedDeliveries(form, policy.settings, locale);
    return plans.map((plan, index) => ({
      index,
      steps: plan.steps.map((step) => planView(step, plan.steps, policy.settings, locale)),
      deliveries: deliveries[index] ?? [],
      insurance: insuranceOffer(form.newborns[index]?.insurance, plan.birth.bornOn, policy.settings, locale),
    }));
  }
}

function planView(step: StepPlan, plans: readonly StepPlan[], settings: EngineSettings, locale: Locale): StepPlanView {
  const name = stepName(step.code, locale);
  if (!step.applies) return { ...step, name, reasonText: reasonWords(step.reason, locale) };
  const endings = ifRefused(step, plans, settings);
  return { ...step, name, ifRefused: endings.map((ending) => ({ ...ending, text: endingWords(ending, locale) })) };
}
