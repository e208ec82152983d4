import type { Sample } from '../sample';
import { allDone, allWait, done } from './expectations';
import { child, claimBirth, followMother, make, motherAlone } from './make-case';
import { residentId } from './people';
import { SeededRandom } from './random';

/** Who the parents are, how they live together, who of them files and who agrees (P7). */
export const COUPLE_CASES: Sample[] = [
  ...[
    'ordinary-couple',
    'ordinary-couple-2',
    'ordinary-couple-3',
    'ordinary-couple-4',
    'ordinary-couple-5',
    'ordinary-couple-6',
  ].map((name) =>
    make(name, 'Married couple, born here, everything online', (s) => {
      s.expect = { status: 'completed', newborns: [allDone()] };
    }),
  ),
  make('unmarried-mother-alone', 'Unmarried mother files alone; generated statement, nothing to bring (P7)', (s) => {
    motherAlone(s);
    s.form.parentsRelation = 'not_married';
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          birth_certificate: done({ papers: ['single_mother_statement'] }),
          household_registration: done({ papers: ['non_marital_birth_statement'] }),
        }),
      ],
    };
  }),
  make('father-not-provided', 'Father not provided, relation not stated: statements for both (P7)', (s) => {
    motherAlone(s);
    s.form.parentsRelation = 'not_stated';
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          birth_certificate: done({ papers: ['single_mother_statement'] }),
          household_registration: done({ papers: ['relation_not_stated_statement'] }),
        }),
      ],
    };
  }),
  make(
    'follows-father-out-of-wedlock',
    'Follows the father out of wedlock: paternity report for the police only (P7)',
    (s) => {
      s.form.parentsRelation = 'not_married';
      s.expect = {
        status: 'completed',
        newborns: [
          allDone({
            household_registration: done({
              route: 'online_with_papers',
              papers: ['non_marital_birth_statement', 'paternity_report'],
            }),
          }),
        ],
      };
    },
  ),
  make(
    'follows-mother-out-of-wedlock',
    'Follows the mother out of wedlock: no paternity report (国办发〔2015〕96号)',
    (s) => {
      s.form.parentsRelation = 'not_married';
      followMother(s);
      s.expect = {
        status: 'completed',
        newborns: [allDone({ household_registration: done({ papers: ['non_marital_birth_statement'] }) })],
      };
    },
  ),
  make(
    'grandmothers-household-book',
    'Mother is registered in her mother’s book: head is the grandmother (P5)',
    (s) => {
      const random = new SeededRandom(77);
      child(s).household = {
        ...child(s).household!,
        follows: 'mother',
        head: { name: '向桂英', identityNumber: residentId(random, 'female'), relationToFollowed: 'parent' },
      };
      s.expect = { status: 'completed', newborns: [allDone()] };
    },
  ),
  make('father-files', 'The father files; the mother confirms (P7)', (s) => {
    const { father } = s.form;
    s.form.applicant = { role: 'father', name: father!.name, identity: father!.identity, mobile: father!.mobile };
    claimBirth(s);
    s.expect = { status: 'completed', newborns: [allDone()] };
  }),
  make('other-parent-silent', 'The other parent does not answer: certificate waits, vaccination goes on (P7)', (s) => {
    s.consent = 'silent';
    s.expect = {
      status: 'awaiting_consent',
      newborns: [allWait('applicant', 'parent_confirmation')],
    };
  }),
];
