import type { Sample } from '../sample';
import { allDone, type Change, done, not, window } from './expectations';
import { ordinaryFamily } from './family';
import { birthOf, child, make } from './make-case';

const PAPERS = [
  'birth_certificate_original',
  'household_book',
  'parents_identity_documents',
  'medical_death_certificate',
] as const;

/** Never sent: it ends at once, and without a word that hurts. */
const stopped: Change = {
  state: 'cancelled',
  owner: 'platform',
  reason: 'newborn_died',
  source: null,
  promiseDays: null,
};
const bothInOneVisit = window(PAPERS, { reason: 'birth_and_death_registration' });
const onCertificate = done({ basis: 'birth_certificate' });

/** Nothing of the vaccination unit or the card: certificate and insurance to the end, the rest in one visit. */
const afterDeath = () =>
  allDone({
    vaccination: stopped,
    household_registration: bothInOneVisit,
    medical_insurance: onCertificate,
    social_security_card: stopped,
  });

/** The hospital's records come after filing; the first child has died, the second is well. */
function oneOfTwins(): Sample {
  const title = 'One of twins died, as the hospital’s late record says: the other child is untouched (P16)';
  const sample = ordinaryFamily('died-one-of-twins', title, { children: ['male', 'female'] });
  sample.births = sample.births.map((birth, index) => ({
    ...birth!,
    notified: 'after',
    outcome: index === 0 ? 'died_after' : 'live',
  }));
  sample.form.newborns.forEach((newborn, index) => {
    const { office, plurality, deliveryOrder } = birthOf(sample, index);
    newborn.birthRecordId = null;
    newborn.claimedBirth = { hospitalOfficeCode: office, bornOn: '{{bornOn}}', plurality, deliveryOrder };
  });
  sample.expect = { status: 'needs_family', newborns: [afterDeath(), allDone()] };
  return sample;
}

/** A newborn that died (P16). */
export const DEATH_CASES: Sample[] = [
  make('died-by-record', 'The hospital’s record says that the child died: nothing useless is sent (P16)', (s) => {
    s.births = [{ ...birthOf(s), outcome: 'died_after' }];
    s.expect = { status: 'needs_family', newborns: [afterDeath()] };
  }),
  oneOfTwins(),
  make('died-told-by-parent', 'A parent tells of the death while the police look into it: taken back (P16)', (s) => {
    child(s).services = child(s).services.filter((code) => code !== 'vaccination');
    s.scenarios = { 'public-security': { kind: 'special_procedure', days: 3, resumeAfterMs: 600_000 } };
    s.actions = [{ when: { step: 'household_registration', state: 'suspended' }, do: 'report_death' }];
    s.byHand = {
      actions: [{ when: { step: 'household_registration', state: 'suspended' }, do: 'confirm_withdrawal' }],
    };
    s.expect = {
      status: 'needs_family',
      newborns: [
        allDone({
          vaccination: not('not_requested'),
          household_registration: bothInOneVisit,
          medical_insurance: onCertificate,
          social_security_card: stopped,
        }),
      ],
    };
  }),
];
