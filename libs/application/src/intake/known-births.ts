import {
  type ApplicationForm,
  type ClaimedBirth,
  differingFacts,
  isProof,
  isSamePerson,
  type KnownBirth,
  type NewbornForm,
} from '@birth/domain';
import { toShanghaiDate } from '@birth/standards';
import { Inject, Injectable } from '@nestjs/common';
import { bornOnOf, claimedBirth, recordedBirth } from '../births/recorded-birth';
import type { Caller } from '../caller';
import { BIRTH_RECORD_STORE, type BirthRecord, type BirthRecordStore } from '../ports/birth-records';
import type { IdentityPaper } from '../ports/case-store';
import type { BirthSection } from '../ports/dossier';

export interface ResolvedBirth {
  birth: KnownBirth | null;
  /** Sealed with the case: what agencies are told. */
  section: BirthSection | null;
  recordId: string | null;
}

/** Finds what is known of each birth: the hospital's record, else the family's claim or facts (policy P3). */
@Injectable()
export class KnownBirths {
  constructor(@Inject(BIRTH_RECORD_STORE) private readonly records: BirthRecordStore) {}

  async resolve(form: ApplicationForm, { identity }: Caller): Promise<ResolvedBirth[]> {
    const isNeeded = form.newborns.some(({ birthRecordId, claimedBirth }) => birthRecordId || claimedBirth);
    const own = isNeeded && identity !== undefined ? await this.records.ofParent(identity) : [];
    const isMother = identity !== undefined && form.mother !== null && isSamePerson(identity, form.mother.identity);
    return form.newborns.map((newborn) => resolveOne(newborn, { form, own, isMother }));
  }
}

interface Known {
  form: ApplicationForm;
  /** Records that the caller may see. */
  own: readonly BirthRecord[];
  isMother: boolean;
}

function resolveOne(newborn: NewbornForm, known: Known): ResolvedBirth {
  const { birthRecordId, birth, claimedBirth } = newborn;
  if (birthRecordId) {
    const record = known.own.find(({ id }) => id === birthRecordId);
    return record === undefined ? NOTHING : fromRecord(record);
  }
  if (birth) return fromFamily(birth);
  return claimedBirth ? byClaim(claimedBirth, known) : NOTHING;
}

/** Whoever types a mother's number learns nothing: her records answer to her, or to the father whom she let see them. */
function byClaim(claim: ClaimedBirth, { form: { mother }, own, isMother }: Known): ResolvedBirth {
  const record = own.find(
    (candidate) =>
      mother !== null &&
      isSamePerson(candidate.mother.identity, mother.identity) &&
      differingFacts(claim, recordedBirth(candidate)).length === 0,
  );
  return record === undefined ? fromClaim(claim, !isMother) : fromRecord(record);
}

const NOTHING: ResolvedBirth = { birth: null, section: null, recordId: null };

/** Whose record is still owed, one a newborn: a claim that no record answered. Nobody is found by no paper. */
export const recordOwedTo = (
  { mother, newborns }: ApplicationForm,
  resolved: readonly ResolvedBirth[],
): (IdentityPaper | null)[] =>
  newborns.map(({ claimedBirth }, index) => {
    const isOwed = Boolean(claimedBirth) && resolved[index]?.section === null;
    return isOwed && mother !== null && isProof(mother.identity) ? mother.identity : null;
  });

export function fromRecord(record: BirthRecord): ResolvedBirth {
  const { birth } = record;
  return {
    recordId: record.id,
    section: birth,
    birth: {
      bornOn: bornOnOf(birth),
      bornAt: Date.parse(birth.bornAt),
      sex: birth.sex,
      plurality: birth.plurality,
      deliveryOrder: birth.deliveryOrder,
      region: birth.place.region,
      kind: birth.place.kind,
      officeCode: record.hospitalOfficeCode,
      outcome: record.outcome,
      recordedMother: record.mother.identity,
      awaitsMother: false,
      inHospital: record.inHospital === true,
    },
  };
}

function fromFamily(facts: NonNullable<NewbornForm['birth']>): ResolvedBirth {
  const bornAt = Date.parse(facts.bornAt);
  const { sex, plurality, deliveryOrder, place } = facts;
  if (Number.isNaN(bornAt)) return NOTHING;
  const measured = { weightGrams: null, lengthCm: null, gestationalWeeks: null, gestationalDays: null };
  return {
    recordId: null,
    section: {
      sex,
      bornAt: facts.bornAt,
      plurality,
      deliveryOrder,
      place,
      ...measured,
      recordNumber: null,
      hospitalOfficeCode: null,
    },
    birth: {
      bornOn: toShanghaiDate(bornAt),
      bornAt,
      sex,
      plurality,
      deliveryOrder,
      region: place.region,
      kind: place.kind,
      officeCode: null,
      outcome: 'live',
      recordedMother: null,
      awaitsMother: false,
    },
  };
}

/** Provisional: matches, finds duplicates, sets clocks; is never sent. */
const fromClaim = (claim: ClaimedBirth, awaitsMother: boolean): ResolvedBirth => ({
  recordId: null,
  section: null,
  birth: { ...claimedBirth(claim), awaitsMother },
});
