import type { DeliveryWish } from '@birth/domain';
import type { PlannedStep, Sample } from '../sample';
import { allDone, done, waits } from './expectations';
import { ordinaryFamily } from './family';
import { child, make } from './make-case';

const WAYBILL = 'EA501234567CN';

/** By mail to the mother, at home. */
function mailed(sample: Sample, document: DeliveryWish['document'], index = 0): void {
  const { name, mobile, residence } = sample.form.mother!;
  const wish = { document, mode: 'mail', recipient: name, mobile, address: residence.address } as const;
  child(sample, index).delivery = [wish];
}

const fetched = (sample: Sample, document: DeliveryWish['document']): void => {
  child(sample).delivery = [{ document, mode: 'self' }];
};

/** Not handed out at the end of the run. */
const open = (more: Partial<PlannedStep>) => done({ state: 'accepted', source: null, ...more });

/** The hospital gives the certificate to the family, which posts it to the station. */
const toTheStation: Sample['actions'] = (['received', 'posted'] as const).map((event) => ({
  when: { step: 'household_registration', state: 'accepted', reason: 'waiting_for_paper' },
  do: 'paper',
  paper: { event, ...(event === 'posted' ? { waybill: WAYBILL } : {}) },
}));

/** Two certificates of one hospital for one address. */
function twins(): Sample {
  const title = 'Twins’ certificates by mail to one address: one parcel, one waybill (P13)';
  const sample = ordinaryFamily('twins-one-parcel', title, { children: ['female', 'female'] });
  for (const index of [0, 1]) mailed(sample, 'birth_certificate', index);
  const handedOut = { 'delivery:birth_certificate': done({ custody: ['certificate_main: family'] }) };
  sample.expect = { status: 'completed', newborns: [allDone(handedOut), allDone(handedOut)] };
  return sample;
}

/** Papers and parcels (P13). */
export const PAPER_CASES: Sample[] = [
  make('original-first', 'The police want the certificate first: the family posts it, and gets on (P13)', (s) => {
    s.scenarios = { 'public-security': { kind: 'paper_awaited', resumeAfterMs: 4_000 } };
    s.actions = [...toTheStation];
    const custody = ['certificate_main: office', 'certificate_copy: office'];
    s.expect = { status: 'completed', newborns: [allDone({ household_registration: done({ custody }) })] };
  }),
  make(
    'lost-certificate-copy',
    'The certificate is lost on its way to the police: a clerk has it made again (P13)',
    (s) => {
      s.scenarios = { 'public-security': { kind: 'paper_awaited', resumeAfterMs: 600_000 } };
      const lost = { when: { step: 'household_registration', state: 'accepted' }, do: 'paper' } as const;
      s.actions = [...toTheStation, { ...lost, paper: { event: 'lost' } }];
      s.expect = {
        status: 'needs_clerk',
        newborns: [
          allDone({
            household_registration: open({
              owner: 'clerk',
              reason: 'waiting_for_paper',
              custody: ['certificate_main: nobody'],
            }),
            medical_insurance: waits('clerk'),
            social_security_card: waits('clerk'),
          }),
        ],
      };
    },
  ),
  make('card-returned', 'The card comes back by post: a clerk settles it with the family (P13)', (s) => {
    mailed(s, 'social_security_card');
    s.scenarios = { 'human-resources': { kind: 'parcel_returned' } };
    const returned = open({
      officeKind: 'bank_outlet',
      promiseDays: 10,
      owner: 'clerk',
      reason: 'paper_returned',
      custody: ['card: office'],
    });
    s.expect = { status: 'needs_clerk', newborns: [allDone({ 'delivery:social_security_card': returned })] };
  }),
  make('card-unclaimed', 'The card lies ready, and nobody comes for it (P13)', (s) => {
    fetched(s, 'social_security_card');
    s.scenarios = { 'human-resources': { kind: 'never_fetched' } };
    const ready = open({
      state: 'action_needed',
      officeKind: 'bank_outlet',
      promiseDays: 10,
      owner: 'applicant',
      reason: 'agency_asked_action',
      custody: ['card: office'],
    });
    s.expect = { status: 'needs_family', newborns: [allDone({ 'delivery:social_security_card': ready })] };
  }),
  make('household-book-by-mail', 'The household book goes to the station by post and comes back printed (P13)', (s) => {
    mailed(s, 'household_page');
    const posted = { event: 'posted', waybill: WAYBILL } as const;
    s.actions = [{ when: { step: 'delivery', state: 'action_needed' }, do: 'paper', paper: posted }];
    const printed = done({ officeKind: 'police_station', custody: ['household_book: family'] });
    s.expect = { status: 'completed', newborns: [allDone({ 'delivery:household_page': printed })] };
  }),
  make('vaccination-book-received', 'The family itself says that the vaccination book has come (P13)', (s) => {
    mailed(s, 'vaccination_book');
    s.scenarios = { 'disease-control': { kind: 'parcel_unsigned' } };
    const when = { step: 'delivery', state: 'accepted', reason: 'on_its_way' } as const;
    s.actions = [{ when, do: 'paper', paper: { event: 'received' } }];
    const received = done({
      officeKind: 'vaccination_unit',
      source: 'applicant',
      custody: ['vaccination_book: family'],
    });
    s.expect = { status: 'completed', newborns: [allDone({ 'delivery:vaccination_book': received })] };
  }),
  twins(),
];
