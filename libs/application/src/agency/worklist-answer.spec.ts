import type { StepCode } from '@birth/domain';
import { Problem } from '@birth/platform';
import { readWorklistAnswer } from './worklist-answer';

const RESULTS: Readonly<Record<StepCode, Record<string, unknown>>> = {
  birth_certificate: { certificateNumber: 'W500000001', issuedOn: '2026-11-02', issuer: '云阳县人民医院' },
  vaccination: { childCode: 'W50023500000001', bookNumber: 'WJZ1', unitName: '双江街道社区卫生服务中心' },
  household_registration: {
    residentIdNumber: '500235202611010019',
    registeredName: '张浩宇',
    householdNumber: 'W5002351',
    address: '重庆市云阳县',
    stationName: '双江派出所',
    registeredOn: '2026-11-02',
  },
  medical_insurance: { personNumber: 'W50023500000001', insuredOn: '2026-11-02', areaCode: '500235' },
  social_security_card: { applicationNumber: 'WAAZ1', batchNumber: 'W20261102' },
  identity_backfill: { childCode: 'W50023500000001', registeredName: '张浩宇' },
  insurance_identity_update: { personNumber: 'W50023500000001', updatedOn: '2026-11-02' },
  insurance_payment: {
    paidAt: '2026-11-02T16:30:00.000+08:00',
    voucherNumber: 'WSK1',
    amountFen: 40_000,
    coveredFrom: '2026-11-01',
    coveredTo: '2026-12-31',
  },
  delivery: { receivedOn: '2026-11-02' },
};

const completed = (results: unknown) => ({
  messageId: 'WL-1',
  occurredAt: '2026-11-02T16:30:00.000+08:00',
  kind: 'completed',
  receipt: 'YJ2026000001',
  results,
});
const read = (body: object, code: StepCode = 'birth_certificate') =>
  readWorklistAnswer(Buffer.from(JSON.stringify(body)), { code, qualifier: '' });
/** What the office is told. */
function refusal(body: object, code: StepCode): unknown {
  try {
    read(body, code);
  } catch (error) {
    if (error instanceof Problem) return { status: error.status, code: error.code, errors: error.options.errors };
    throw error;
  }
  return 'taken';
}

describe('what an office that works by hand answers', () => {
  it.each(Object.entries(RESULTS) as [StepCode, Record<string, unknown>][])('%s: its own results', (code, results) => {
    expect(read(completed(results), code)).toEqual({
      messageId: 'WL-1',
      answer: {
        kind: 'completed',
        occurredAt: Date.parse('2026-11-02T08:30:00Z'),
        receipt: 'YJ2026000001',
        results: { [code]: results },
      },
    });
  });

  it.each(Object.entries(RESULTS) as [StepCode, Record<string, unknown>][])(
    '%s: each result is needed and of its kind, and there is nothing beside',
    (code, results) => {
      for (const field of Object.keys(results)) {
        const wrong = (value: unknown) => refusal(completed({ ...results, [field]: value }), code);
        const told = (problem: string) => ({
          status: 400,
          code: 'bad_message',
          errors: [{ pointer: `/results/${field}`, code: problem }],
        });
        expect(wrong(undefined)).toEqual(told('missing'));
        expect(wrong({ deep: 'er' })).toEqual(told('bad_value'));
        expect(wrong('')).toEqual(told('bad_value'));
      }
      expect(refusal(completed({ ...results, extra: 'x' }), code)).toMatchObject({
        errors: [{ pointer: '/results/extra', code: 'unknown_property' }],
      });
    },
  );

  it.each<[string, StepCode, Record<string, unknown>]>([
    [
      'an identity number with a wrong check digit',
      'household_registration',
      { residentIdNumber: '500235202611010018' },
    ],
    ['a day that does not exist', 'medical_insurance', { insuredOn: '2026-02-30' }],
    ['a certificate number of another form', 'birth_certificate', { certificateNumber: '500000001' }],
  ])('%s is not a result', (_what, code, change) => {
    const [field] = Object.keys(change);
    expect(refusal(completed({ ...RESULTS[code], ...change }), code)).toEqual({
      status: 400,
      code: 'bad_message',
      errors: [{ pointer: `/results/${field}`, code: 'bad_value' }],
    });
  });

  it.each([
    ['2026-11-02', 'bad_value'],
    ['2026-11-02T16:30:00', 'bad_value'],
    ['2026-13-02T16:30:00+08:00', 'bad_value'],
  ])('a moment needs its offset: %s', (occurredAt, code) => {
    expect(refusal({ messageId: 'WL-1', occurredAt, kind: 'accepted' }, 'vaccination')).toMatchObject({
      errors: [{ pointer: '/occurredAt', code }],
    });
  });

  it('P14: what was there before is said to be, and only with a result', () => {
    const before = { ...completed(RESULTS.vaccination), existed: true };
    expect(read(before, 'vaccination').answer).toMatchObject({ kind: 'completed', existed: true });
    expect(read({ ...before, existed: false }, 'vaccination').answer).not.toHaveProperty('existed');
    expect(read({ ...before, kind: 'accepted' }, 'vaccination').answer).not.toHaveProperty('existed');
  });

  it('P14: the name under which a unit’s record stands is compared, and no result', () => {
    const before = completed({ ...RESULTS.vaccination, registeredName: '李桂英之子' });
    expect(read(before, 'vaccination').answer).toMatchObject({
      results: { vaccination: RESULTS.vaccination },
      registered: { name: '李桂英之子', sex: null, bornOn: null },
    });
    const blank = completed({ ...RESULTS.vaccination, registeredName: ' ' });
    expect(refusal(blank, 'vaccination')).toMatchObject({ errors: [{ pointer: '/results/registeredName' }] });
  });

  it('results of one of several steps of a code are kept in a place of their own', () => {
    const { answer } = readWorklistAnswer(Buffer.from(JSON.stringify(completed(RESULTS.vaccination))), {
      code: 'vaccination',
      qualifier: '2026',
    });
    expect(answer).toMatchObject({ results: { 'vaccination:2026': RESULTS.vaccination } });
  });

  it('an office that waits for the paper says so; what only we say of a task is no answer', () => {
    const at = { messageId: 'WL-1', occurredAt: '2026-11-02T16:30:00+08:00', kind: 'accepted' };
    expect(read({ ...at, detail: 'waiting_for_paper' }).answer).toMatchObject({ detail: 'waiting_for_paper' });
    expect(refusal({ ...at, detail: 'delivered' }, 'vaccination')).toMatchObject({
      errors: [{ pointer: '/detail', code: 'unknown_code' }],
    });
  });

  it('null is as good as absent', () => {
    const { answer } = read({
      messageId: 'WL-1',
      occurredAt: '2026-11-02T16:30:00+08:00',
      kind: 'accepted',
      receipt: null,
      results: null,
    });
    expect(answer).toEqual({ kind: 'accepted', occurredAt: Date.parse('2026-11-02T08:30:00Z') });
  });

  const due = (payment: unknown) => ({
    ...{ messageId: 'WL-1', occurredAt: '2026-11-02T16:30:00+08:00', kind: 'action_needed', text: '请缴费', payment },
  });
  const NOTICE = { noticeNumber: 'YZ5002352026001', amountFen: 40_000, payBy: '2026-12-31' };

  it('what is to be paid: notice, fen and the last day', () => {
    const { answer } = read(due(NOTICE), 'insurance_payment');
    expect(answer).toMatchObject({ kind: 'action_needed', text: '请缴费', payment: NOTICE });
    const open = read(due({ ...NOTICE, payBy: undefined }), 'insurance_payment');
    expect(open.answer).toMatchObject({ payment: { payBy: null } });
  });

  it.each([
    [{ noticeNumber: ' ' }, 'insurance_payment', '/payment/noticeNumber'],
    [{ amountFen: 0 }, 'insurance_payment', '/payment/amountFen'],
    [{ amountFen: 400.5 }, 'insurance_payment', '/payment/amountFen'],
    [{ amountFen: '40000' }, 'insurance_payment', '/payment/amountFen'],
    [{ payBy: '2026-02-30' }, 'insurance_payment', '/payment/payBy'],
    [{}, 'medical_insurance', '/payment'],
  ] as const)('nothing is due by %j of %s', (change, code, pointer) => {
    expect(refusal(due({ ...NOTICE, ...change }), code)).toMatchObject({ status: 400, errors: [{ pointer }] });
  });

  const REFUSAL = {
    reason: '材料不符',
    legalBasis: '行政许可法第三十八条',
    documentNumber: '云〔2026〕1号',
    office: '双江派出所',
    remedy: '可在六十日内申请复议',
  };
  const rejected = (refusal: unknown) => ({
    messageId: 'WL-1',
    occurredAt: '2026-11-02T16:30:00+08:00',
    kind: 'rejected',
    refusal,
  });

  it('P15: a refusal with all its parts', () => {
    const { answer } = read(rejected(REFUSAL), 'household_registration');
    expect(answer).toMatchObject({ kind: 'rejected', refusal: REFUSAL });
  });

  it.each(Object.keys(REFUSAL).flatMap((part) => [undefined, '', ' 　'].map((value) => [part, value] as const)))(
    'P15: no refusal where %s is %j',
    (part, value) => {
      expect(refusal(rejected({ ...REFUSAL, [part]: value }), 'household_registration')).toMatchObject({
        status: 400,
        code: 'bad_message',
        errors: [{ pointer: `/refusal/${part}` }],
      });
    },
  );

  it('P15: no refusal without any of them', () => {
    expect(refusal(rejected(null), 'household_registration')).toMatchObject({ errors: [{ pointer: '/refusal' }] });
  });
});
