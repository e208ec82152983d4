import type { Sample, SampleAction } from '../sample';
import { allDone, allWait, done } from './expectations';
import { birthOf, child, claimBirth, make } from './make-case';

/** The father files; the mother can neither open her record nor confirm. */
function fatherFiles(sample: Sample): void {
  const { name, identity, mobile } = sample.form.father!;
  sample.form.applicant = { role: 'father', name, identity, mobile };
  sample.consent = 'silent';
  claimBirth(sample);
}

const linked: SampleAction = { when: { step: 'birth_certificate', state: 'waiting' }, do: 'link_record' };

/** Who goes on where a parent is silent, gone or to be kept away (P7, P16). */
export const PEOPLE_CASES: Sample[] = [
  make('mother-alone-too-early', 'A mother would go on alone before the father’s reminder: not yet (P7)', (s) => {
    s.consent = 'silent';
    s.actions = [
      {
        when: { step: 'birth_certificate', state: 'waiting' },
        do: 'go_alone',
        answered: { status: 409, code: 'father_not_silent_yet' },
      },
    ];
    s.expect = { status: 'awaiting_consent', newborns: [allWait('applicant', 'parent_confirmation')] };
  }),
  make(
    'father-files-mother-died',
    'The mother died at the birth: the hospital’s desk links her record (P3, P7)',
    (s) => {
      fatherFiles(s);
      s.actions = [linked];
      s.expect = { status: 'completed', newborns: [allDone()] };
    },
  ),
  make('father-alone-in-hospital', 'A father names no mother: desk, statement and paternity report (P3, P7)', (s) => {
    fatherFiles(s);
    const { name, identity } = s.form.mother!;
    s.absentMother = { name, identity };
    s.births = [birthOf(s)];
    s.form.mother = null;
    s.form.parentsRelation = 'not_married';
    child(s).vaccination!.guardianMobile = s.form.father!.mobile;
    s.actions = [linked];
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          birth_certificate: done({
            route: 'online_with_papers',
            papers: ['relationship_statement', 'paternity_report'],
          }),
          household_registration: done({
            route: 'online_with_papers',
            papers: ['non_marital_birth_statement', 'paternity_report'],
          }),
        }),
      ],
    };
  }),
  make('protected-case', 'A protected case: the father’s own filing gets no hint of it, and no offer (P7)', (s) => {
    claimBirth(s);
    s.consent = 'silent';
    const when = { step: 'birth_certificate', state: 'waiting' } as const;
    s.actions = [
      { when, do: 'file_as_father', answered: { status: 409, code: 'case_open_by_other_parent' } },
      { when, do: 'protect' },
      { when, do: 'file_as_father', answered: { status: 409, code: 'cannot_file_now' } },
      { when, do: 'look_as_father', answered: { status: 404, code: 'not_found' } },
    ];
    s.expect = { status: 'awaiting_consent', newborns: [allWait('applicant', 'parent_confirmation')] };
  }),
  make('protected-after-confirming', 'Protected after the father had confirmed: he finds it no more (P7)', (s) => {
    const when = { step: 'social_security_card', state: 'completed' } as const;
    s.actions = [
      { when, do: 'look_as_father' },
      { when, do: 'protect' },
      { when, do: 'look_as_father', answered: { status: 404, code: 'not_found' } },
    ];
    s.expect = { status: 'completed', newborns: [allDone()] };
  }),
];
