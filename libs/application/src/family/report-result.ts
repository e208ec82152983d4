import type { CaseEvent, StepRecord } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { checkResidentId, isBirthCertificateNumber } from '@birth/standards';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Once, Reply, StepRef } from '../caller';
import { type County, COUNTY } from '../county';
import { type AdapterBook, ADAPTER_BOOK } from '../ports/agency-adapter';
import type { LoadedCase, SectionWrite, TaskWrite } from '../ports/case-store';
import { taskDueAt } from '../task-due';
import { officeAsked } from './ask-office';
import { partsOf, type StoredParts, withSections } from './stored-form';
import { FamilyStep, ownStep } from './family-step';

export interface ReportedFacts {
  residentIdNumber?: string;
  certificateNumber?: string;
}

interface Report extends StepRef {
  caller: Caller;
  once: Once;
  facts: ReportedFacts;
  type: 'done_elsewhere' | 'external_result';
}

/**
 * The family tells a result that an office gave at the counter or elsewhere. It counts once it was compared: with the
 * agency's register or by its office where they can be asked, else by a clerk (P4, P14).
 */
@Injectable()
export class ReportResult {
  constructor(
    private readonly family: FamilyStep,
    @Inject(ADAPTER_BOOK) private readonly book: AdapterBook,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  doneElsewhere(caller: Caller, once: Once, at: StepRef, facts: ReportedFacts): Promise<Reply> {
    return this.report({ caller, once, ...at, facts, type: 'done_elsewhere' });
  }

  externalResult(caller: Caller, once: Once, at: StepRef, facts: ReportedFacts): Promise<Reply> {
    return this.report({ caller, once, ...at, facts, type: 'external_result' });
  }

  private report({ caller, once, applicationId, stepId, facts, type }: Report): Promise<Reply> {
    let sections: SectionWrite[] = [];
    let openTasks: TaskWrite[] = [];
    return this.family.apply({
      caller,
      once,
      applicationId,
      event: (loaded): CaseEvent => {
        const step = ownStep(loaded, stepId);
        checkFacts(step, facts, loaded);
        sections = [existingWith(step, facts, loaded)];
        openTasks = type === 'done_elsewhere' ? this.officeAsked(withSections(partsOf(loaded), sections), step) : [];
        return { type, stepId };
      },
      attach: () => ({ sections, openTasks }),
    });
  }

  /** With what the family has just told: the office compares it. */
  private officeAsked(told: StoredParts, step: StepRecord): TaskWrite[] {
    const now = this.clock.now();
    return officeAsked(told, step, { book: this.book, dueAt: taskDueAt(now, this.county.policyAt(now).settings) });
  }
}

function checkFacts(step: StepRecord, facts: ReportedFacts, loaded: LoadedCase): void {
  const refuse = (pointer: string, code: string) => {
    throw new Problem(422, 'form_invalid', { errors: [{ pointer, code }] });
  };
  if (step.code === 'household_registration' && !needsNoNumber(step, facts)) {
    const checked = checkResidentId(facts.residentIdNumber ?? '');
    if (!checked.valid) return refuse('/residentIdNumber', `bad_${checked.problem}`);
    const bornOn = loaded.state.newborns.find(({ index }) => index === step.newbornIndex)?.bornOn;
    if (checked.birthDate !== bornOn) refuse('/residentIdNumber', 'birth_date_mismatch');
  }
  if (step.code === 'birth_certificate' && !isBirthCertificateNumber(facts.certificateNumber ?? '')) {
    refuse('/certificateNumber', 'bad_format');
  }
}

/** Of a child that died the office may have given none, and nobody asks the family for one (policy P16). */
const needsNoNumber = ({ reason }: StepRecord, { residentIdNumber }: ReportedFacts): boolean =>
  reason === 'birth_and_death_registration' && residentIdNumber === undefined;

/** Kept among what the family gave: an agency asks for it from there. */
function existingWith(step: StepRecord, facts: ReportedFacts, loaded: LoadedCase): SectionWrite {
  const { existing } = loaded.open(step.newbornIndex, ['existing']);
  return {
    newbornIndex: step.newbornIndex,
    section: 'existing',
    value: {
      insuredAlready: existing?.insuredAlready ?? false,
      residentIdNumber: facts.residentIdNumber ?? existing?.residentIdNumber ?? null,
      birthCertificateNumber: facts.certificateNumber ?? existing?.birthCertificateNumber ?? null,
    },
  };
}
