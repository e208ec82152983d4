import type { CaseEvent } from '@birth/domain';
import { Inject, Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import type { ActedBy } from '../event-chain';
import { toldOtherwise } from '../family/told-otherwise';
import { ADAPTER_BOOK, type AdapterBook } from '../ports/agency-adapter';
import type { BirthRecord, RecordUse } from '../ports/birth-records';
import type { LoadedCase, SectionWrite } from '../ports/case-store';
import type { BirthSection } from '../ports/dossier';
import { StepTransitions } from '../step-transitions';
import { bornOnOf } from './recorded-birth';

type Reported = Pick<BirthRecord, 'outcome' | 'mother'>;

/**
 * The record that a case goes by was sent again (policy P3, P15): mended, the case takes the new facts and whoever has
 * the old ones is told; another birth's, the case waits for a person. The same once more changes nothing.
 */
@Injectable()
export class CorrectedBirths {
  constructor(
    @Inject(ADAPTER_BOOK) private readonly book: AdapterBook,
    private readonly transitions: StepTransitions,
  ) {}

  async tell(use: RecordUse, office: string, reported: Reported, by: ActedBy): Promise<void> {
    let sections: SectionWrite[] = [];
    await this.transitions.apply({
      ref: { applicationId: use.applicationId },
      by,
      sections: 'all',
      namedRecord: { office, recordNumber: use.recordNumber },
      event: (loaded) => {
        const [record] = loaded.records;
        const { birth } = loaded.open(use.newbornIndex, ['birth']);
        if (record === undefined || birth === null) return null;
        if (isOtherBirth(record, reported)) return disputed(loaded, use);
        const stay = stayTold(loaded, use, record);
        if (isSameBirth(birth, record.birth)) return anyOf(agreed(loaded, use), stay);
        sections = [{ newbornIndex: use.newbornIndex, section: 'birth', value: record.birth }];
        const told = toldOtherwise(loaded, sections, this.book);
        const bornOn = bornOnOf(record.birth);
        return anyOf({ type: 'birth_corrected', newbornIndex: use.newbornIndex, bornOn, told }, stay);
      },
      attach: () => ({ sections }),
    });
  }
}

/** Whether the hospital treats the child now (P11); a record that says nothing of it changes nothing. */
function stayTold({ state }: LoadedCase, { newbornIndex }: RecordUse, { inHospital }: BirthRecord): CaseEvent | null {
  const known = state.newborns.find(({ index }) => index === newbornIndex)?.inHospital;
  if (inHospital === null || inHospital === known) return null;
  return { type: 'hospital_stay_told', newbornIndex, inHospital };
}

function anyOf(...said: readonly (CaseEvent | null)[]): CaseEvent[] | null {
  const events = said.filter((event) => event !== null);
  return events.length === 0 ? null : events;
}

/** The same moment may be written in another offset. */
const isSameBirth = (one: BirthSection, other: BirthSection): boolean =>
  Date.parse(one.bornAt) === Date.parse(other.bornAt) &&
  isDeepStrictEqual({ ...one, bornAt: '' }, { ...other, bornAt: '' });

const isOtherBirth = (stored: Reported, reported: Reported): boolean =>
  (stored.outcome === 'stillborn') !== (reported.outcome === 'stillborn') ||
  stored.mother.identity.type !== reported.mother.identity.type ||
  stored.mother.identity.number !== reported.mother.identity.number;

const disputed = (loaded: LoadedCase, { newbornIndex }: RecordUse): CaseEvent | null =>
  isDisputed(loaded, newbornIndex) ? null : { type: 'birth_disputed', newbornIndex };

const agreed = (loaded: LoadedCase, { newbornIndex }: RecordUse): CaseEvent | null =>
  isDisputed(loaded, newbornIndex) ? { type: 'hold_lifted', newbornIndex, hold: 'data_mismatch' } : null;

const isDisputed = ({ state }: LoadedCase, newbornIndex: number): boolean =>
  state.steps.some((step) => step.newbornIndex === newbornIndex && step.holds.includes('data_mismatch'));
