import { ALONE_DECLARATION, type EngineSettings, SERVICE_CODES, type StepRow } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Locale } from '../caller';
import { type County, COUNTY } from '../county';
import type { Services } from '../shapes/intake-shapes';
import { documentViews, householdPaperView, postageView } from '../views/delivery-words';
import { agencyName, aloneWords, stepName } from '../views/words';

/** What is offered: the five services in order, with agencies, promises, materials and how each is waived, and the offices to choose from. */
@Injectable()
export class ListServices {
  constructor(
    @Inject(COUNTY) private readonly county: County,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute(locale: Locale): Services {
    const { offices, definitionVersion } = this.county;
    const { settings, steps } = this.county.policyAt(this.clock.now());
    return {
      definitionVersion,
      overallPromiseWorkingDays: settings.overallPromiseWorkingDays,
      householdPaper: householdPaperView(settings, locale),
      postage: postageView(settings, locale),
      documents: documentViews(settings, locale),
      insurance: insuranceRules(settings),
      services: SERVICE_CODES.map((code, index) => {
        const { agency, dependsOn, promiseWorkingDays } = settings.steps[code];
        const { materials, waivedBy } = steps.find((step) => step.code === code) as StepRow;
        return {
          code,
          order: index + 1,
          name: stepName(code, locale),
          agency,
          agencyName: agencyName(agency, locale),
          dependsOn,
          promiseWorkingDays,
          statutoryLimit: LIMITS[code] ?? null,
          materials,
          waivedBy,
        };
      }),
      declarations: [{ ...ALONE_DECLARATION, text: aloneWords(locale) }],
      offices: offices.map(({ code, agency, kind, name, town, phone, address, hours, bankCode }) => ({
        code,
        agency,
        kind,
        name,
        town,
        phone,
        address,
        hours,
        bankCode: bankCode ?? null,
      })),
    };
  }
}

/** Laws, not settings: 户口登记条例 art. 7, 疫苗管理法 art. 47, newborn insurance rule. */
const LIMITS: Partial<Record<string, 'one_month' | 'ninety_days'>> = {
  vaccination: 'one_month',
  household_registration: 'one_month',
  medical_insurance: 'ninety_days',
};

const insuranceRules = ({ nextYearWithinDays, premiums: { premiums, subsidies } }: EngineSettings) => ({
  nextYearWithinDays,
  premiums: premiums.map(({ year, tier, birthYear, amountFen }) => ({ year, tier, birthYear, amountFen })),
  subsidies: subsidies.map(({ category, share }) => ({ category, share })),
});
