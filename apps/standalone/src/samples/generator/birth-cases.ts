import type { ClaimedBirth } from '@birth/domain';
import type { Sample, SampleBirth } from '../sample';
import { allDone, allWait, waits } from './expectations';
import { type FamilyOptions, ordinaryFamily } from './family';
import { birthOf, child, claimBirth, make } from './make-case';

type Notified = SampleBirth['notified'];

/** The family files with what it knows; the hospital's record is known already, or comes after. */
function claiming(name: string, title: string, notified: Notified, options: FamilyOptions = {}): Sample {
  const sample = ordinaryFamily(name, title, options);
  sample.births = sample.births.map((birth) => birth && { ...birth, notified });
  sample.form.newborns.forEach((newborn, index) => {
    const { office, plurality, deliveryOrder } = sample.births[index] as SampleBirth;
    newborn.birthRecordId = null;
    newborn.claimedBirth = { hospitalOfficeCode: office, bornOn: '{{bornOn}}', plurality, deliveryOrder };
  });
  return sample;
}

/** A person compares; nothing was sent to anybody. */
const DIFFERS = allWait('clerk', 'data_mismatch', { vaccination: waits('clerk', 'data_mismatch') });

interface Difference {
  name: string;
  title: string;
  notified: Notified;
  /** What the family believes. */
  claim?: Partial<ClaimedBirth>;
  /** What the hospital recorded. */
  record?: Partial<SampleBirth>;
}

const DIFFERENCES: Difference[] = [
  {
    name: 'record-late-another-plurality',
    title: 'One child by the family, two by the hospital’s late record: compared, not attached (P3)',
    notified: 'after',
    record: { plurality: 2 },
  },
  {
    name: 'record-known-another-plurality',
    title: 'The record was there at filing and says twins: compared, not attached (P3)',
    notified: 'before',
    record: { plurality: 2 },
  },
  {
    name: 'record-late-another-order',
    title: 'Second of twins by the family, first by the hospital (P3)',
    notified: 'after',
    claim: { plurality: 2, deliveryOrder: 2 },
    record: { plurality: 2, deliveryOrder: 1 },
  },
  {
    name: 'record-late-another-hospital',
    title: 'The record comes from another hospital than the family named (P3)',
    notified: 'after',
    claim: { hospitalOfficeCode: 'YYH002' },
    record: { office: 'YYH001' },
  },
];

function differing({ name, title, notified, claim = {}, record = {} }: Difference): Sample {
  const sample = claiming(name, title, notified);
  const [newborn] = sample.form.newborns;
  if (newborn?.claimedBirth) newborn.claimedBirth = { ...newborn.claimedBirth, ...claim };
  sample.births = sample.births.map((birth) => birth && { ...birth, ...record });
  sample.expect = { status: 'needs_clerk', newborns: [DIFFERS] };
  return sample;
}

/** Twins whose records come after filing: each child keeps its own facts to the end. */
function lateTwins(): Sample {
  const title = 'Twins, boy and girl, whose records come after filing: each its own (P3, P5)';
  const sample = claiming('twins-records-late', title, 'after', { children: ['male', 'female'] });
  sample.expect = { status: 'completed', newborns: [allDone(), allDone()] };
  return sample;
}

/** Families that file without the hospital’s record (P3, P16). */
export const CLAIMED_CASES: Sample[] = [
  make('hospital-record-late', 'The family files before the hospital’s record came (P3)', (s) => {
    claimBirth(s);
    s.births = [{ ...birthOf(s), notified: 'after' }];
    s.expect = { status: 'completed', newborns: [allDone()] };
  }),
  make('hospital-record-missing', 'The hospital’s record does not come: the hospital owns the wait (P3)', (s) => {
    claimBirth(s);
    s.births = [{ ...birthOf(s), notified: 'never' }];
    s.expect = {
      status: 'in_progress',
      newborns: [
        allWait('hospital', 'hospital_record_missing', {
          vaccination: waits('hospital', 'hospital_record_missing'),
        }),
      ],
    };
  }),
  make('stillbirth', 'A stillbirth is answered gently and nothing is stored (P16)', (s) => {
    child(s).outcome = 'stillborn';
    claimBirth(s);
    s.births = [{ ...birthOf(s), notified: 'never' }];
    s.refusedWith = { status: 422, code: 'stillbirth' };
    s.expect = null;
  }),
];

/** What the hospital's records do to a family that filed first. */
export const BIRTH_CASES: Sample[] = [lateTwins(), ...DIFFERENCES.map(differing)];
