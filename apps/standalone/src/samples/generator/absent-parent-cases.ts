import type { Sample, SampleAction } from '../sample';
import { atPoliceWindow, done } from './expectations';
import { birthOf, child, claimBirth, followMother, make } from './make-case';

/** The father files, the mother died: her record answers to the hospital's desk alone. */
function widowerFiles(sample: Sample): void {
  const { name, identity, mobile } = sample.form.father!;
  sample.form.applicant = { role: 'father', name, identity, mobile };
  sample.form.mother = { ...sample.form.mother!, absence: 'deceased', mobile: '' };
  child(sample).vaccination!.guardianMobile = mobile;
  sample.births = [birthOf(sample)];
  claimBirth(sample);
}

const waiting: SampleAction['when'] = { step: 'birth_certificate', state: 'waiting' };
const withPaper = (paper: 'parent_death_certificate' | 'statement_from_custody') =>
  done({ route: 'online_with_papers', papers: [paper] });

/** A parent died or is imprisoned (P7). */
export const ABSENT_PARENT_CASES: Sample[] = [
  make('deceased-father', 'The father died before the birth: nobody waits for him, police at the window (P7)', (s) => {
    s.form.father = { ...s.form.father!, absence: 'deceased', mobile: '' };
    followMother(s);
    s.consent = 'silent';
    s.expect = {
      status: 'needs_family',
      newborns: [
        atPoliceWindow(['parent_death_certificate'], { birth_certificate: withPaper('parent_death_certificate') }),
      ],
    };
  }),
  make('deceased-mother', 'The mother died at the birth, as the father says when he files (P3, P7)', (s) => {
    widowerFiles(s);
    s.consent = 'silent';
    s.actions = [{ when: { ...waiting, reason: 'record_not_linked' }, do: 'link_record' }];
    s.expect = {
      status: 'needs_family',
      newborns: [
        atPoliceWindow(['parent_death_certificate'], { birth_certificate: withPaper('parent_death_certificate') }),
      ],
    };
  }),
  make('imprisoned-father', 'The father is in custody: his word comes on paper, by the hospital’s desk (P7)', (s) => {
    s.form.father = { ...s.form.father!, absence: 'imprisoned' };
    followMother(s);
    s.consent = 'silent';
    s.actions = [{ when: { ...waiting, reason: 'parent_confirmation' }, do: 'sign_for_father' }];
    s.expect = {
      status: 'needs_family',
      newborns: [atPoliceWindow(['custody_certificate'], { birth_certificate: withPaper('statement_from_custody') })],
    };
  }),
];
