import type { StepCode } from '@birth/domain';
import type { Sample, SampleAction, Scenario } from '../sample';
import { allDone, allWait, done, lateMonth, waits } from './expectations';
import { child, make } from './make-case';

const HELD = 'unlawful_demand';
const decided = (step: StepCode, decision: 'released' | 'overruled'): SampleAction[] => [
  { when: { step, state: 'stuck' }, do: 'decide_demand', decision },
];
const demands = (text: string): Scenario => ({ kind: 'illegal_ground', text });
const ON_CERTIFICATE = { medical_insurance: done({ basis: 'birth_certificate' }), insurance_identity_update: done() };
const switched: SampleAction[] = [{ when: { step: 'medical_insurance', state: 'waiting' }, do: 'switch_basis' }];

/** Forbidden papers that an office asks for (P8), held back from the family. */
const DEMANDS: Sample[] = [
  make('health-demands-permit', 'A birth permit is asked for: overruled, and the certificate is issued (P8)', (s) => {
    s.scenarios = { 'health-commission': demands('请补充提供准生证后再办理') };
    s.actions = decided('birth_certificate', 'overruled');
    s.expect = { status: 'completed', newborns: [allDone()] };
  }),
  make('police-demand-planning-proof', 'A family-planning proof for the household: overruled (P8)', (s) => {
    s.scenarios = { 'public-security': demands('登记须提供计划生育证明') };
    s.actions = decided('household_registration', 'overruled');
    s.expect = { status: 'completed', newborns: [allDone()] };
  }),
  make(
    'unit-demands-marriage-certificate',
    'A marriage certificate is asked for: held until it is decided (P8)',
    (s) => {
      s.scenarios = { 'disease-control': demands('请提供父母结婚证原件后再受理') };
      s.expect = {
        status: 'needs_clerk',
        newborns: [allDone({ vaccination: waits('clerk', HELD, { state: 'stuck' }) })],
      };
    },
  ),
  make(
    'insurance-demand-released',
    'Words about a permit that the coordinator lets count: the family corrects (P8)',
    (s) => {
      s.scenarios = { 'medical-insurance': demands('请核对姓名，并说明是否持有准生证') };
      s.actions = decided('medical_insurance', 'released');
      s.expect = {
        status: 'needs_family',
        newborns: [
          allDone({
            medical_insurance: done({
              state: 'correction_needed',
              owner: 'applicant',
              reason: 'agency_asked_correction',
              source: null,
            }),
            social_security_card: waits('applicant'),
          }),
        ],
      };
    },
  ),
];

/** One child with one name at every agency (P14, P15). */
const ONE_NAME: Sample[] = [
  make(
    'registered-under-another-name',
    'The police register another name: a clerk compares, all are told (P15)',
    (s) => {
      s.scenarios = { 'public-security': { kind: 'registers_other_name', given: '嘉禾' } };
      s.actions = [{ when: { step: 'household_registration', state: 'stuck' }, do: 'verify' }];
      s.expect = { status: 'completed', newborns: [allDone({ identity_backfill: done() })] };
    },
  ),
  make(
    'name-corrected-at-police',
    'The name is corrected after the certificate: it is changed everywhere (P15)',
    (s) => {
      s.scenarios = { 'public-security': { kind: 'correction_once', fields: ['xm'] } };
      s.actions = [
        {
          when: { step: 'household_registration', state: 'correction_needed' },
          do: 'correct',
          fields: { '/name/given': '嘉树' },
        },
        { when: { step: 'household_registration', state: 'stuck' }, do: 'verify' },
      ];
      s.expect = { status: 'completed', newborns: [allDone({ identity_backfill: done() })] };
    },
  ),
];

/** Enrolment on the certificate, offered where the number takes long (P11). */
const OFFERS: Sample[] = [
  make(
    'suspended-insured-on-certificate',
    'A special procedure at the police: insured on the certificate (P11)',
    (s) => {
      s.scenarios = { 'public-security': { kind: 'special_procedure', days: 9, resumeAfterMs: 8000 } };
      s.actions = switched;
      s.expect = { status: 'completed', newborns: [allDone(ON_CERTIFICATE)] };
    },
  ),
  make('paper-awaited-insured-on-certificate', 'The paper is on its way: insured on the certificate (P11)', (s) => {
    s.scenarios = { 'public-security': { kind: 'paper_awaited', resumeAfterMs: 8000 } };
    s.actions = switched;
    s.expect = { status: 'completed', newborns: [allDone(ON_CERTIFICATE)] };
  }),
  make(
    'unnamed-at-day-50',
    'No name on day 50: the insurance is at risk, and shown so (P6)',
    (s) => {
      child(s).name = null;
      s.expect = {
        status: 'needs_family',
        newborns: [
          allWait('applicant', 'name_undecided', {
            vaccination: lateMonth,
            household_registration: waits('applicant', 'awaiting_dependency', lateMonth),
          }),
        ],
      };
    },
    { ageDays: 50 },
  ),
];

export const AGREEMENT_CASES: Sample[] = [...DEMANDS, ...ONE_NAME, ...OFFERS];
