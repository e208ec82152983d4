import type { CaseEvent } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type Caller, type Once, onceRow, type Reply } from '../caller';
import { CASE_STORE, type CaseStore, type LoadedCase } from '../ports/case-store';
import { BIRTH_RECORD_STORE, type BirthRecordStore } from '../ports/birth-records';
import { CONSENT_STORE, type ConsentRow, type ConsentStore } from '../ports/reads';
import { StepTransitions } from '../step-transitions';

/** The other parent reads what is asked and answers once. The token alone opens nothing: the verified identity must be that parent's. */
@Injectable()
export class Consents {
  constructor(
    @Inject(CONSENT_STORE) private readonly store: ConsentStore,
    @Inject(CASE_STORE) private readonly cases: CaseStore,
    @Inject(BIRTH_RECORD_STORE) private readonly records: BirthRecordStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly transitions: StepTransitions,
  ) {}

  async read(token: string, caller: Caller): Promise<unknown> {
    const { consent, loaded } = await this.find(token, caller);
    return {
      state: consent.state,
      parent: consent.parent,
      purposes: consent.purposes,
      expiresAt: new Date(consent.expiresAt).toISOString(),
      newborns: loaded.state.newborns.map(({ index, bornOn }) => ({
        index,
        bornOn,
        name: loaded.open(index, ['name']).name,
      })),
    };
  }

  async answer(token: string, caller: Caller, once: Once, answer: 'agreed' | 'refused'): Promise<Reply> {
    const { consent } = await this.find(token, caller);
    if (consent.expiresAt < this.clock.now()) throw new Problem(410, 'consent_expired');
    const response = { status: 200, body: { state: answer } };
    if (consent.state !== 'open') {
      if (consent.state === answer) return response;
      throw new Problem(409, 'consent_already_answered');
    }
    if (answer === 'agreed') await this.liftHolds(consent, caller, once, response);
    const isFirst = await this.store.answer(consent.id, answer, caller.subject, this.clock.now());
    if (isFirst && answer === 'agreed' && consent.parent === 'mother') {
      await this.records.shareWithFather(consent.applicationId);
    }
    return response;
  }

  /** Lifting twice changes nothing, so a crash between the two writes is healed by asking again. */
  private async liftHolds({ applicationId }: ConsentRow, caller: Caller, once: Once, response: Reply): Promise<void> {
    await this.transitions.apply({
      ref: { applicationId },
      by: { actor: 'other_parent', actorId: caller.subject },
      once: onceRow(caller, once),
      event: ({ state }) => {
        const waiting = state.newborns.filter(({ index }) =>
          state.steps.some((step) => step.newbornIndex === index && step.holds.includes('parent_confirmation')),
        );
        const events = waiting.map(({ index }): CaseEvent => ({
          type: 'hold_lifted',
          newbornIndex: index,
          hold: 'parent_confirmation',
        }));
        return events.length === 0 ? null : events;
      },
      respond: () => response,
    });
  }

  private async find(token: string, caller: Caller): Promise<{ consent: ConsentRow; loaded: LoadedCase }> {
    const consent = await this.store.byToken(token);
    const loaded = consent === null ? null : await this.cases.read(consent.applicationId);
    if (consent === null || loaded === null) throw new Problem(404, 'not_found');
    const parent = loaded.open(0, [consent.parent])[consent.parent];
    if (parent === null || parent.identity.number !== caller.identity?.number) throw new Problem(404, 'not_found');
    return { consent, loaded };
  }
}
