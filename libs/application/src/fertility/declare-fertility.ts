import { checkFertility, declared, type FertilityForm, fertilityOfficeOf, fertilityRegion } from '@birth/domain';
import { type Clock, CLOCK, newId, Problem } from '@birth/platform';
import { toShanghaiDate } from '@birth/standards';
import { Inject, Injectable } from '@nestjs/common';
import { type Caller, type Locale, type Once, onceRow, type Reply } from '../caller';
import { type County, COUNTY } from '../county';
import { FERTILITY_STORE, type FertilityStore } from '../ports/fertility-store';
import { FERTILITY_COUNTY, type FertilityCounty } from './fertility-county';
import { fertilityView } from './fertility-view';

/** A family declares: checked, given to the office of its town, and answered with a receipt number at once (P9). */
@Injectable()
export class DeclareFertility {
  constructor(
    @Inject(FERTILITY_STORE) private readonly store: FertilityStore,
    @Inject(FERTILITY_COUNTY) private readonly fertility: FertilityCounty,
    @Inject(COUNTY) private readonly county: Pick<County, 'calendar'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(caller: Caller, once: Once, form: FertilityForm, locale: Locale): Promise<Reply> {
    const now = this.clock.now();
    const errors = checkFertility(form, caller.identity?.number, toShanghaiDate(now));
    if (errors.length > 0) throw new Problem(422, 'form_invalid', { errors });
    const office = fertilityOfficeOf(this.fertility.offices, fertilityRegion(form));
    if (office === null) {
      throw new Problem(422, 'form_invalid', { errors: [{ pointer: '/officeBy', code: 'office_outside_county' }] });
    }
    const id = newId();
    const record = declared({ now, calendar: this.county.calendar, settings: this.fertility.settings });
    const registration = {
      id,
      record,
      officeCode: office.code,
      declarantSubject: caller.subject,
      declaredAt: now,
      form,
    };
    const outcome = await this.store.declare({
      ...registration,
      once: onceRow(caller, once),
      respond: (receiptNumber) => ({
        status: 201,
        body: fertilityView(
          { ...registration, receiptNumber, evidence: [], note: null },
          this.fertility.offices,
          locale,
        ),
      }),
    });
    if (outcome.outcome === 'known') throw this.known(outcome.holder, caller);
    return outcome.response;
  }

  /** The office that was contacted first stays responsible; the other parent learns which one it is, and no more. */
  private known(holder: { id: string; officeCode: string; declarantSubject: string }, caller: Caller): Problem {
    const office = this.fertility.offices.find(({ code }) => code === holder.officeCode);
    const isOwn = holder.declarantSubject === caller.subject;
    const named = { office: { name: office?.name, phone: office?.phone } };
    return new Problem(409, 'fertility_declared_before', { extra: isOwn ? { ...named, id: holder.id } : named });
  }
}
