import { type BirthPlaceInOrder, type CaseEvent, findRecord, isTerminal, type RecordVerdict } from '@birth/domain';
import type { County } from '../county';
import type { BirthRecord } from '../ports/birth-records';
import type { LoadedCase } from '../ports/case-store';
import type { Attachments } from '../step-transitions';
import { bornOnOf, recordedBirth } from './recorded-birth';

export type Verdict = RecordVerdict<ReturnType<typeof recordedBirth>>;

export interface WaitingNewborn {
  index: number;
  /** A record that differs was found before. */
  isCompared: boolean;
  verdict: Verdict;
}

/** Newborns that wait for their record, each with what the mother's records say of it (policy P3). */
export const waitingNewborns = (loaded: LoadedCase, county: Pick<County, 'policyAt'>): WaitingNewborn[] =>
  comparedNewborns(loaded, county, (index) => isHeld(loaded, index, 'hospital_record_missing'));

/** Those whose record the mother opens just now: claimed, and never looked for before. */
export const openedNewborns = (loaded: LoadedCase, county: Pick<County, 'policyAt'>): WaitingNewborn[] =>
  comparedNewborns(
    loaded,
    county,
    (index) => loaded.open(index, ['birth']).birth === null && !isHeld(loaded, index, 'hospital_record_missing'),
  );

const isHeld = (loaded: LoadedCase, index: number, hold: 'hospital_record_missing' | 'data_mismatch'): boolean =>
  loaded.state.steps.some(
    (step) => step.newbornIndex === index && !isTerminal(step.state) && step.holds.includes(hold),
  );

function comparedNewborns(
  loaded: LoadedCase,
  county: Pick<County, 'policyAt'>,
  isLookedFor: (index: number) => boolean,
): WaitingNewborn[] {
  const { samePregnancyDays } = county.policyAt(loaded.state.filedAt).settings;
  const records = loaded.records.map(recordedBirth);
  return loaded.state.newborns.flatMap(({ index }) => {
    const { claim } = loaded.open(index, ['claim']);
    if (claim === null || !isLookedFor(index)) return [];
    const siblings = loaded.state.newborns.filter((other) => other.index !== index);
    const search = { samePregnancyDays, siblings: siblings.flatMap((other) => placeOf(loaded, other.index)) };
    return [{ index, isCompared: isHeld(loaded, index, 'data_mismatch'), verdict: findRecord(claim, records, search) }];
  });
}

/** By its record where it has one, else by its claim. */
function placeOf(loaded: LoadedCase, index: number): BirthPlaceInOrder[] {
  const { birth, claim } = loaded.open(index, ['birth', 'claim']);
  if (birth !== null) return [{ bornOn: bornOnOf(birth), deliveryOrder: birth.deliveryOrder }];
  return claim === null ? [] : [claim];
}

export interface RecordsTaken {
  events: CaseEvent[];
  attachments: Attachments;
}

/** One record for one newborn: its facts, and that no other may use it. */
export function takeRecord(index: number, { id, birth, outcome, inHospital }: BirthRecord): RecordsTaken {
  const confirmed: CaseEvent = { type: 'birth_confirmed', newbornIndex: index, bornOn: bornOnOf(birth) };
  const stays: CaseEvent = { type: 'hospital_stay_told', newbornIndex: index, inHospital: inHospital === true };
  const died: CaseEvent = { type: 'death_reported', newbornIndex: index, reportedBy: 'hospital' };
  return {
    events: [confirmed, ...(inHospital === true ? [stays] : []), ...(outcome === 'died_after' ? [died] : [])],
    attachments: {
      sections: [{ newbornIndex: index, section: 'birth', value: birth }],
      takenRecords: [{ newbornIndex: index, recordId: id }],
    },
  };
}

/** What follows from the records for every newborn that waits; facts that differ are never attached. */
export function takeRecords(newborns: readonly WaitingNewborn[]): RecordsTaken {
  const taken = newborns.flatMap(({ index, verdict }) =>
    verdict.kind === 'same' ? [takeRecord(index, verdict.record.source)] : [],
  );
  const compared = newborns.flatMap((newborn) => comparison(newborn));
  return {
    events: [...compared, ...taken.flatMap(({ events }) => events)],
    attachments: {
      sections: taken.flatMap(({ attachments }) => attachments.sections ?? []),
      takenRecords: taken.flatMap(({ attachments }) => attachments.takenRecords ?? []),
    },
  };
}

/** The hospital may take back the record that differed: then the newborn waits for one as before. */
function comparison({ index: newbornIndex, isCompared, verdict }: WaitingNewborn): CaseEvent[] {
  const hold = 'data_mismatch';
  if (verdict.kind === 'differs' && !isCompared) return [{ type: 'hold_placed', newbornIndex, hold }];
  return verdict.kind === 'none' && isCompared ? [{ type: 'hold_lifted', newbornIndex, hold }] : [];
}
