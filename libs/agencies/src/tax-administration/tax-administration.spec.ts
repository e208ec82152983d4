import { AgencyContractBroken } from '@birth/application';
import { Fields } from '../kit/parse';
import { fieldList, kindOf, REFUSAL, type RequestChanges, requestOf, words } from '../kit/requests.spec-support';
import { noticeRequest, toAnswer } from './tax-administration.mapper';
import { readNotice, STATUS_CODES } from './tax-administration.schema';

const asked = ({ sections = {}, request = {} }: RequestChanges = {}) =>
  noticeRequest(requestOf({ sections, request: { code: 'insurance_payment', qualifier: '2026', ...request } }));

const NOTICE = {
  idempotencyKey: 'k',
  noticeNo: 'YZ500235202600000001',
  feeYear: '2026',
  sequence: 2,
  occurredAt: '2026-11-02T16:30:00.000+08:00',
  amount: 40_000,
  payBy: '2026-12-31',
  text: '请通过“重庆税务”缴纳',
  items: ['payLevel', 'name', 'personNo'],
  until: null,
  payment: {
    paidAt: '2026-11-03T09:00:00.000+08:00',
    voucherNo: 'WS1',
    coverFrom: '2026-11-02',
    coverTo: '2026-12-31',
  },
  refusal: REFUSAL,
};
const answerTo = (statusCode: string, changes: object = {}) =>
  toAnswer(readNotice(new Fields({ ...NOTICE, statusCode, ...changes })));

describe('P11: what the tax administration is sent', () => {
  it('the golden fields, nothing of parents, sex, birth or household', () => {
    const request = asked();
    expect(fieldList(request).sort()).toEqual(
      words(`supplementOf officeCode personNo certType certNo name feeType feeYear payLevel regionCode subsidyCode`),
    );
    expect(JSON.stringify(request)).not.toMatch(/not_stated|王芳|李强|female|2026-11-02|落户/);
  });

  it('the year of the step, by the ID number or else the certificate', () => {
    expect(asked({ request: { qualifier: '2027' } })).toMatchObject({
      feeYear: '2027',
      personNo: '5002350000000001',
      certType: '01',
      certNo: '500235202611020022',
    });
    const { birth_certificate, medical_insurance } = requestOf().sections.results;
    const results = { birth_certificate: birth_certificate!, medical_insurance: medical_insurance! };
    expect(asked({ sections: { results } })).toMatchObject({ certType: '15', certNo: 'Z500012345' });
  });

  it('without a person number where the insurance was registered at a counter, and never without name or number', () => {
    const { medical_insurance: _known, ...results } = requestOf().sections.results;
    expect(asked({ sections: { results } })).toMatchObject({ personNo: null });
    expect(() => asked({ sections: { results: {} } })).toThrow(AgencyContractBroken);
    expect(() => asked({ sections: { name: null } })).toThrow(AgencyContractBroken);
  });
});

describe('P11: what the tax administration says', () => {
  it.each([
    ['10', 'accepted', {}],
    ['20', 'correction_needed', {}],
    ['21', 'action_needed', {}],
    ['30', 'suspended', {}],
    ['80', 'completed', { amount: 0 }],
    ['90', 'completed', {}],
    ['91', 'rejected', {}],
    ['92', 'withdrawn', {}],
    ['93', 'withdrawal_refused', {}],
  ])('%s is %s', (code, kind, changes) => expect(kindOf(answerTo(code, changes))).toBe(kind));

  it('every code of theirs is in the table above', () => expect(STATUS_CODES).toHaveLength(9));

  it('how much, until when and where', () => {
    expect(answerTo('21')).toMatchObject({
      receipt: NOTICE.noticeNo,
      text: NOTICE.text,
      payment: { noticeNumber: NOTICE.noticeNo, amountFen: 40_000, payBy: '2026-12-31' },
    });
    expect(answerTo('21', { payBy: null })).toMatchObject({ payment: { payBy: null } });
  });

  it('its time of payment and the cover, under the year', () => {
    expect(answerTo('90', { feeYear: '2027' })).toMatchObject({
      results: {
        'insurance_payment:2027': {
          paidAt: '2026-11-03T09:00:00.000+08:00',
          amountFen: 40_000,
          coveredFrom: '2026-11-02',
          coveredTo: '2026-12-31',
        },
      },
    });
  });

  it('corrections name our pointers', () =>
    expect(answerTo('20')).toMatchObject({ fields: ['/insurance/tier', '/name'] }));

  it.each([
    ['an unknown code', '22', {}],
    ['due without an amount', '21', { amount: null }],
    ['due with nothing to pay', '21', { amount: 0 }],
    ['less than nothing', '90', { amount: -1 }],
    ['paid with nothing', '90', { amount: 0 }],
    ['free with an amount', '80', {}],
    ['paid without the time of payment', '90', { payment: { ...NOTICE.payment, paidAt: '2026-11-03' } }],
    ['paid without the cover', '90', { payment: { ...NOTICE.payment, coverTo: '' } }],
    ['due without words how to pay', '21', { text: null }],
    ['a refusal without remedy', '91', { refusal: { ...REFUSAL, remedy: '' } }],
  ])('%s breaks the contract', (_name, code, changes) => {
    expect(() => answerTo(code, changes)).toThrow(AgencyContractBroken);
  });
});
