import { type ApplicationForm, type KnownBirth, newCase, planNewborns } from '@birth/domain';
import { type Clock, CLOCK, EngineConfig, failPoint, newId, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyGates } from '../agency-gates';
import { newbornTokens } from '../births/newborn-tokens';
import { LookForRecords } from '../births/look-for-records';
import { type Caller, type Locale, type Once, onceRow, type Reply } from '../caller';
import { type County, COUNTY } from '../county';
import { CASE_STORE, type CaseStore, type FileOutcome, type FileRequest } from '../ports/case-store';
import { HINT_QUEUE, type HintQueue } from '../ports/hint-queue';
import { StepTransitions } from '../step-transitions';
import type { FiledCase } from '../shapes/family-shapes';
import { caseView } from '../views/case-view';
import { caseSections } from './case-sections';
import { asked, consentDrafts, consentToSend } from './consent-drafts';
import { duplicateProblem } from './duplicate-newborn';
import { ExamineForm } from './examine-form';
import { recordOwedTo, type ResolvedBirth } from './known-births';
import { knownDeaths } from './known-deaths';
import { newQueryPassword } from './query-password';

const NO_SECRETS = { agencyText: null };

/** One filing, by whichever door it came. */
export interface Filing extends Pick<FileRequest, 'once' | 'channel' | 'portal'> {
  caller: Caller;
  form: ApplicationForm;
  locale: Locale;
}

interface Filed {
  request: FileRequest;
  outcome: Exclude<FileOutcome, { outcome: 'record_changed' }>;
}

/** Files one application: checked, routed, stored and answered in one transaction; its first work is offered after it. */
@Injectable()
export class SubmitApplication {
  constructor(
    @Inject(CASE_STORE) private readonly store: CaseStore,
    @Inject(HINT_QUEUE) private readonly queue: HintQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
    private readonly engine: EngineConfig,
    private readonly gates: AgencyGates,
    private readonly examine: ExamineForm,
    private readonly transitions: StepTransitions,
    private readonly records: LookForRecords,
  ) {}

  execute(caller: Caller, once: Once, form: ApplicationForm, locale: Locale): Promise<Reply> {
    return this.file({ caller, once: onceRow(caller, once), form, locale, channel: 'mobile' });
  }

  async file(filing: Filing): Promise<Reply> {
    const { request, outcome } = await this.filed(filing);
    await failPoint('after-commit-before-response');
    const reply = await this.conclude(outcome, filing.caller);
    await this.lookAgain(request);
    return reply;
  }

  /** Planned again when the hospital said otherwise of a record in between. */
  private async filed(filing: Filing): Promise<Filed> {
    for (;;) {
      const resolved = await this.checked(filing.form, filing.caller);
      await failPoint('after-validate');
      const request = this.request(filing, resolved);
      const outcome = await this.store.file(request);
      if (outcome.outcome !== 'record_changed') return { request, outcome };
    }
  }

  /** A record that came between our look and our commit found no case: now it does. */
  private async lookAgain({ applicationId, recordOwedTo: owed }: FileRequest): Promise<void> {
    if (owed.every((number) => number === null)) return;
    await this.records.execute(applicationId, { actor: 'platform', actorId: null });
  }

  private async checked(form: ApplicationForm, caller: Caller): Promise<readonly ResolvedBirth[]> {
    const { errors, resolved } = await this.examine.execute(form, caller);
    refuseForm(errors);
    const unknown = resolved.findIndex(({ birth }) => birth === null);
    if (unknown !== -1) refuseForm([{ pointer: `/newborns/${unknown}/birthRecordId`, code: 'unknown_birth_record' }]);
    return resolved;
  }

  private request(filing: Filing, resolved: readonly ResolvedBirth[]): FileRequest {
    const { caller, form, locale, once, channel, portal } = filing;
    const now = this.clock.now();
    const id = newId();
    const births = resolved.map(({ birth }) => birth as KnownBirth);
    const context = { ...this.county, ...this.county.policyAt(now), now, newId };
    const plans = planNewborns(form, births, context);
    const by = { actor: 'applicant', actorId: caller.subject } as const;
    const { decision, write } = this.transitions.file(
      newCase(id, form, plans, context),
      by,
      now,
      knownDeaths(form, births),
    );
    const { password, hash } = newQueryPassword();
    const consents = consentDrafts(form, plans, asked(now, context.settings));
    const view = caseView(decision.state, {
      county: this.county,
      locale,
      now,
      secretsOf: () => NO_SECRETS,
      showsPapers: () => true,
      showsOffice: () => true,
      birthRegionOf: () => null,
      supervisedOf: () => null,
      showsHeldWords: false,
    });
    return {
      once,
      applicationId: id,
      channel,
      ...(portal === undefined ? {} : { portal }),
      applicantSubject: caller.subject,
      definitionVersion: this.county.definitionVersion,
      newborns: decision.state.newborns,
      sections: caseSections(form, resolved),
      write,
      filedAt: now,
      duplicateTokens: births.flatMap((birth) => newbornTokens([form.mother, form.father], birth)),
      birthRecords: resolved.map(({ recordId, birth }) =>
        recordId === null || birth === null ? null : { id: recordId, outcome: birth.outcome },
      ),
      recordOwedTo: recordOwedTo(form, resolved),
      queryPasswordHash: hash,
      consents,
      offerable: (queue) => this.gates.isOfferable(queue),
      visibilityMs: this.engine.times.visibilityMs,
      respond: (caseNumber) => ({
        status: 201,
        body: {
          ...view,
          caseNumber,
          queryPassword: password,
          consents: consents.map(consentToSend),
        } satisfies FiledCase,
      }),
    };
  }

  private async conclude(outcome: Filed['outcome'], caller: Caller): Promise<Reply> {
    switch (outcome.outcome) {
      case 'filed':
        await failPoint('before-offer');
        this.queue.offer(outcome.hints);
        return outcome.response;
      case 'replayed':
        return outcome.response;
      case 'duplicate_newborn':
        throw await duplicateProblem(this.store, outcome, caller);
    }
  }
}

/** A stillbirth is answered alone and gently; everything else is said at once. */
export function refuseForm(errors: readonly { pointer: string; code: string }[]): void {
  if (errors.length === 0) return;
  const stillbirth = errors.find(({ code }) => code === 'stillbirth');
  if (stillbirth !== undefined) throw new Problem(422, 'stillbirth', { errors: [stillbirth] });
  throw new Problem(422, 'form_invalid', { errors });
}
