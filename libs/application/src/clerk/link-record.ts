import {
  type CaseEvent,
  differingFacts,
  isSamePerson,
  isTerminal,
  type MotherUnable,
  type ParentForm,
} from '@birth/domain';
import { Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { asConflict } from '../as-conflict';
import { newbornTokens } from '../births/newborn-tokens';
import { recordedBirth } from '../births/recorded-birth';
import { takeRecord } from '../births/waiting-newborns';
import type { Reply } from '../caller';
import type { NewbornRef } from '../family/decide-name';
import { latestOf } from '../family/consent-standing';
import type { BirthRecord } from '../ports/birth-records';
import { CASE_STORE, type CaseStore, type LoadedCase } from '../ports/case-store';
import type { RecordLinked } from '../shapes/clerk-shapes';
import { type Attachments, StepTransitions } from '../step-transitions';
import { isInScope } from './clerk-scope';
import { endedWords } from './ended-words';
import type { Clerk } from './clerk-steps';

export interface RecordLink {
  /** The hospital's own number of the birth record. */
  recordNumber: string;
  mother: MotherUnable;
  /** What was seen, in the clerk's words. */
  reason: string;
}

/**
 * The mother died, is missing or not able to act: the desk of the hospital of birth answers for it that the case and her
 * record belong together, in place of her word (policy P3, P7). Nothing of the record is shown to anybody.
 */
@Injectable()
export class LinkRecord {
  constructor(
    @Inject(CASE_STORE) private readonly store: CaseStore,
    private readonly transitions: StepTransitions,
  ) {}

  async execute(clerk: Clerk, { applicationId, newbornIndex }: NewbornRef, link: RecordLink): Promise<Reply> {
    const office = await this.hospitalOf(clerk, applicationId, newbornIndex);
    let attachments: Attachments = {};
    const outcome = await this.transitions
      .apply({
        ref: { applicationId },
        by: { actor: 'clerk', actorId: clerk.subject },
        sections: 'all',
        namedRecord: { office, recordNumber: link.recordNumber },
        event: (loaded) => {
          mustWaitForMother(loaded, newbornIndex);
          const record = usable(loaded, newbornIndex);
          const { events, attachments: taken } = takeRecord(newbornIndex, record);
          const tokens = newbornTokens([record.mother], recordedBirth(record));
          attachments = { ...taken, reclaimedNewborn: tokens, endedConsents: ['mother'], eventReason: link.reason };
          const linked: CaseEvent = { type: 'record_linked', newbornIndex, mother: link.mother };
          return [linked, ...events, ...endedWords(loaded, ['mother'], newbornIndex)];
        },
        attach: () => attachments,
      })
      .catch(asConflict);
    if (outcome.outcome === 'duplicate_newborn') throw new Problem(409, 'child_has_case');
    if (outcome.outcome !== 'saved') throw new Problem(404, 'not_found');
    return { status: 200, body: { applicationId, newbornIndex, mother: link.mother } satisfies RecordLinked };
  }

  /** Only a clerk of the hospital that the family names, for a newborn of whom no record is known. */
  private async hospitalOf({ scope }: Clerk, applicationId: string, newbornIndex: number): Promise<string> {
    const loaded = await this.store.read(applicationId);
    const isKnown = loaded?.state.newborns.some(({ index }) => index === newbornIndex) === true;
    const claim = isKnown ? (loaded?.open(newbornIndex, ['claim']).claim ?? null) : null;
    if (claim === null) throw new Problem(404, 'not_found');
    const { hospitalOfficeCode: officeCode } = claim;
    if (!isInScope(scope, { agency: 'health-commission', officeCode })) throw new Problem(404, 'not_found');
    return officeCode;
  }
}

/** She is not named, or was asked and never answered; her refusal is her word. */
function mustWaitForMother(loaded: LoadedCase, newbornIndex: number): void {
  const open = loaded.state.steps.filter((step) => step.newbornIndex === newbornIndex && !isTerminal(step.state));
  if (open.some(({ holds }) => holds.includes('record_not_linked'))) return;
  const isAsked = latestOf(loaded.consents, 'mother')?.state === 'open';
  const isUnknown = loaded.open(newbornIndex, ['birth']).birth === null;
  if (!isAsked || !isUnknown) throw new Problem(409, 'nothing_to_link');
}

function usable(loaded: LoadedCase, newbornIndex: number): BirthRecord {
  const [record] = loaded.records;
  if (record === undefined) throw new Problem(409, 'record_not_usable');
  if (record.outcome === 'stillborn') throw new Problem(409, 'hospital_must_correct');
  const { claim, mother } = loaded.open(newbornIndex, ['claim', 'mother']);
  const isSame = claim !== null && differingFacts(claim, recordedBirth(record)).length === 0;
  if (!isSame || !isOwnMother(mother, record)) throw new Problem(409, 'record_differs');
  return record;
}

const isOwnMother = (mother: ParentForm | null, record: BirthRecord): boolean =>
  mother === null || isSamePerson(mother.identity, record.mother.identity);
