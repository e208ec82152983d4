import { type ApplicationForm, checkForm, type FormCheck } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { toShanghaiDate } from '@birth/standards';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../caller';
import { type County, COUNTY } from '../county';
import { MATERIAL_STORE, type MaterialStore } from '../ports/reads';
import { KnownBirths, type ResolvedBirth } from './known-births';

export interface Examined extends FormCheck {
  resolved: readonly ResolvedBirth[];
}

/** A form held against what is known of its caller and its births; the same for the pre-check and the filing. */
@Injectable()
export class ExamineForm {
  constructor(
    private readonly births: KnownBirths,
    @Inject(MATERIAL_STORE) private readonly materials: MaterialStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  async execute(form: ApplicationForm, caller: Caller): Promise<Examined> {
    const now = this.clock.now();
    const { settings } = this.county.policyAt(now);
    const resolved = await this.births.resolve(form, caller);
    const checked = checkForm(form, {
      now,
      today: toShanghaiDate(now),
      offices: this.county.offices,
      nextYearWithinDays: settings.nextYearWithinDays,
      premiums: settings.premiums,
      births: resolved.map(({ birth }) => birth),
      verifiedIdentity: caller.identity ?? null,
      isAuthorisationKept: await this.isKept(form, caller),
    });
    return { ...checked, resolved };
  }

  /** The authorisation is a paper that this agent has handed in, not any number. */
  private async isKept({ applicant: { role, authorisation } }: ApplicationForm, caller: Caller): Promise<boolean> {
    if (role !== 'agent' || !authorisation) return false;
    return this.materials.exists(authorisation, caller.subject);
  }
}
