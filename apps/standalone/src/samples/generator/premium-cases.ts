import type { PlannedStep, Sample, Scenario } from '../sample';
import { allDone, type Change, done, not, refused } from './expectations';
import { child, make } from './make-case';

/** A platform whose clock stands early in January: who was born before New Year may be insured for both years. */
const NEW_YEAR = '2026-01-03T10:00:00+08:00';
const UNPAID = { state: 'action_needed', owner: 'applicant', reason: 'payment_due', source: null } as const;

const paid = (payment: Change = {}): Sample['expect'] => ({
  status: 'completed',
  newborns: [allDone({ insurance_payment: payment })],
});
const exempt: Partial<PlannedStep> = { metBy: 'registered_and_exempt' };
const nobodyPays = (payment: Change): Sample['expect'] => ({
  status: 'completed',
  newborns: [allDone({ medical_insurance: done(exempt), insurance_payment: payment })],
});

function subsidised(name: string, title: string, category: string, expected: Sample['expect']): Sample {
  return make(name, title, (s) => {
    child(s).insurance!.subsidyCategory = category;
    s.expect = expected;
  });
}

/** What the tax administration does with this family's notice. */
function asked(name: string, title: string, scenario: Scenario, expected: Sample['expect'] = paid()): Sample {
  return make(name, title, (s) => {
    s.scenarios = { 'tax-administration': scenario };
    s.expect = expected;
  });
}

/** Born on 31 December: this year shared with a guardian, the next one paid. */
function guardianThenOwn(): Sample {
  const title = 'Shares the guardian’s cover in the year of birth, next year’s premium is paid (P11)';
  const change = (s: Sample) => {
    s.clock = NEW_YEAR;
    s.births = s.births.map((birth) => birth && { ...birth, time: '06:20' });
    Object.assign(child(s).insurance!, { mode: 'with_guardian', years: [2025, 2026] });
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          medical_insurance: done(exempt),
          insurance_payment: not('insured_with_guardian'),
          'insurance_payment:next': done(),
        }),
      ],
    };
  };
  return make('guardian-then-own-premium', title, change, { ageDays: 3 });
}

/** Who pays an insurance, and what the tax administration says of it (P11). */
export const PREMIUM_CASES: Sample[] = [
  make(
    'premium-unpaid',
    'Insured, the premium is not paid: the case needs the family, nothing else waits (P11)',
    (s) => {
      s.premium = 'unpaid';
      s.expect = {
        status: 'needs_family',
        newborns: [allDone({ medical_insurance: done({ metBy: null }), insurance_payment: UNPAID })],
      };
    },
  ),
  subsidised(
    'premium-subsidised',
    'Fully subsidised: no premium to pay, the ninety days are met by the registration (P11)',
    'extreme_poverty',
    nobodyPays(not('payment_not_required')),
  ),
  subsidised(
    'premium-part-subsidised',
    'A part is subsidised: the family pays what the tax administration says (P11)',
    'minimum_living',
    paid(),
  ),
  asked(
    'premium-found-subsidised',
    'The tax administration finds that nothing is due: done without a payment (P11)',
    { kind: 'subsidised_zero' },
    nobodyPays(done(exempt)),
  ),
  make('premium-amount-changed', 'The amount changes before it is paid: told to the family, then paid (P11)', (s) => {
    s.scenarios = { 'tax-administration': { kind: 'amount_changed', amount: 42_000 } };
    s.premium = 'paid_when_changed';
    s.expect = paid();
  }),
  guardianThenOwn(),
  asked('tax-administration-down', 'The tax administration is down for a while: nothing is lost', {
    kind: 'down',
    times: 3,
  }),
  asked(
    'tax-administration-slow',
    'The tax administration assesses for a while before it says what is due (P11)',
    { kind: 'accept_slowly', delayMs: 1_500 },
    paid(done({ promiseDays: 1 })),
  ),
  asked('tax-administration-timeout-after-work', 'The notice is made and the reply lost: there is one notice', {
    kind: 'timeout_after_work',
    times: 1,
  }),
  asked(
    'premium-collection-over',
    'The collection of the year is over: refused with ground and remedy, the card is not held up (P11, P15)',
    {
      kind: 'refuse',
      reason: '该年度集中缴费期已结束',
      legalBasis: '《社会保险费征缴暂行条例》',
      documentNumber: '云税社〔2026〕1号',
      remedy: '可到办税服务厅申请补缴，或自收到之日起60日内申请行政复议',
    },
    {
      status: 'partly_completed',
      newborns: [allDone({ medical_insurance: done({ metBy: null }), insurance_payment: refused({ promiseDays: 1 }) })],
    },
  ),
  make(
    'insurance-withdrawn-unpaid',
    'Insured, not paid, taken back: the premium is withdrawn, the desk asked (P15)',
    (s) => {
      s.premium = 'unpaid';
      s.actions = [
        { when: { step: 'insurance_payment', state: 'action_needed' }, to: 'medical_insurance', do: 'withdraw' },
      ];
      s.byHand = {
        actions: [{ when: { step: 'insurance_payment', state: 'action_needed' }, do: 'confirm_withdrawal' }],
      };
      s.expect = {
        status: 'partly_completed',
        newborns: [
          allDone({
            medical_insurance: done({ metBy: null }),
            insurance_payment: { state: 'withdrawn', reason: 'applicant_withdrew', source: null },
          }),
        ],
      };
    },
  ),
  make('insurance-withdrawn-paid', 'Insured, paid, taken back: a refund at the counter, never by itself (P15)', (s) => {
    s.actions = [{ when: { step: 'insurance_payment', state: 'completed' }, to: 'medical_insurance', do: 'withdraw' }];
    s.expect = paid();
  }),
];
