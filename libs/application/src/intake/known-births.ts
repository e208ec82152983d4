import {
  type ApplicationForm,
  type ClaimedBirth,
  differingFacts,
  type KnownBirth,
  type NewbornForm,
} from '@birth/domain';
import { toShanghaiDate } from '@birth/standards';
import { Inject, Injectable } from '@nestjs/common';
import { bornOnOf, recordedBirth } from '../births/recorded-birth';
import type { Caller } from '../caller';
import { BIRTH_RECORD_STORE, type BirthRecord, type BirthRecordStore } from '../ports/birth-records';
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

  resolve(form: ApplicationForm, caller: Caller | null): Promise<ResolvedBirth[]> {
    return Promise.all(form.newborns.map((newborn) => this.resolveOne(form, newborn, caller)));
  }

  private async resolveOne(form: ApplicationForm, newborn: NewbornForm, caller: Caller | null): Promise<ResolvedBirth> {
    if (newborn.birthRecordId) return this.byRecord(newborn.birthRecordId, caller);
    if (newborn.birth) return fromFamily(newborn.birth);
    return newborn.claimedBirth ? this.byClaim(form, newborn.claimedBirth) : NOTHING;
  }

  /** A mother sees records with her own verified ID number, a father after she confirmed; others see none. */
  private async byRecord(id: string, caller: Caller | null): Promise<ResolvedBirth> {
    const record = await this.records.byId(id);
    if (record === null) return NOTHING;
    const isOwn = caller === null || caller.identity?.number === record.mother.identity.number;
    return isOwn || record.sharedWithFather ? fromRecord(record) : NOTHING;
  }

  private async byClaim(form: ApplicationForm, claim: ClaimedBirth): Promise<ResolvedBirth> {
    const number = motherNumber(form);
    const records = number === null ? [] : await this.records.ofMother(number);
    const record = records.find((candidate) => differingFacts(claim, recordedBirth(candidate)).length === 0);
    return record === undefined ? fromClaim(claim) : fromRecord(record);
  }
}

const NOTHING: ResolvedBirth = { birth: null, section: null, recordId: null };

/** Mothers without a document share no number with each other. */
const motherNumber = ({ mother }: ApplicationForm): string | null => mother?.identity.number || null;

/** Whose record is still owed, one a newborn: a claim that no record answered. */
export const recordOwedTo = (form: ApplicationForm, resolved: readonly ResolvedBirth[]): (string | null)[] =>
  form.newborns.map(({ claimedBirth }, index) =>
    claimedBirth && resolved[index]?.section === null ? motherNumber(form) : null,
  );

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
    },
  };
}

/** Provisional: matches, finds duplicates, sets clocks; is never sent. */
const fromClaim = ({ hospitalOfficeCode, bornOn, plurality, deliveryOrder }: ClaimedBirth): ResolvedBirth => ({
  recordId: null,
  section: null,
  birth: {
    bornOn,
    bornAt: null,
    sex: null,
    plurality,
    deliveryOrder,
    region: '500235',
    kind: 'hospital',
    officeCode: hospitalOfficeCode,
    outcome: 'live',
  },
});
