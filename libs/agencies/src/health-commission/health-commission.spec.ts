import { AgencyContractBroken } from '@birth/application';
import { fieldList, kindOf, REFUSAL, requestOf, words } from '../kit/requests.spec-support';
import { Fields } from '../kit/parse';
import { issueRequest, toAnswer, verificationRequest } from './health-commission.mapper';
import { readProgress, STATUS_CODES } from './health-commission.schema';

const ISSUE = words(`supplementOf officeCode pickupMode newborn.name newborn.sexCode newborn.birthTime
  newborn.gestationWeeks newborn.gestationDays newborn.weight newborn.length newborn.birthCount newborn.birthOrder
  newborn.birthPlaceRegion newborn.birthPlaceType newborn.deliveryRecordNo
  mother.name mother.idType mother.idNo mother.nationality mother.ethnicityCode mother.address
  father.name father.idType father.idNo father.nationality father.ethnicityCode father.address`);
const PROGRESS = {
  idempotencyKey: 'k',
  receipt: 'CSYX20261102000001',
  sequence: 2,
  occurredAt: '2026-11-02T16:30:00.123+08:00',
  text: '请核对',
  items: ['newborn.name', 'mother.address', 'newborn.birthTime'],
  until: '2026-11-20',
  certificate: {
    certificateNumber: 'Z500012345',
    issueDate: '2026-11-02',
    issuer: '云阳县人民医院',
    newbornName: '李安',
  },
  refusal: REFUSAL,
};
const answerTo = (statusCode: string, changes: object = {}) =>
  toAnswer(readProgress(new Fields({ ...PROGRESS, statusCode, ...changes })));

describe('what the health commission is sent', () => {
  it('first issuance: the golden field list, nothing of marriage, parity or phones', () => {
    const sent = issueRequest(requestOf());
    expect(fieldList(sent).sort()).toEqual(ISSUE);
    expect(JSON.stringify(sent)).not.toMatch(/not_stated|1380000000/);
  });

  it('codes and values of the example in the wire document', () => {
    const { newborn, mother, pickupMode } = issueRequest(requestOf());
    expect(newborn).toMatchObject({ name: '李安', sexCode: '2', birthTime: '2026-11-02T08:30:00+08:00', weight: 3300 });
    expect(newborn).toMatchObject({ birthCount: 2, birthOrder: 1, birthPlaceType: '1', birthPlaceRegion: '500235' });
    expect(mother).toMatchObject({ idType: '1', ethnicityCode: '01', address: '居住地址二号' });
    expect(pickupMode).toBe('1');
  });

  it('mail when the family asked for the certificate by mail; a supplement names the earlier receipt', () => {
    const delivery = [{ document: 'birth_certificate' as const, mode: 'mail' as const }];
    const sent = issueRequest(requestOf({ sections: { delivery }, request: { earlierReceipt: 'R-1' } }));
    expect([sent.pickupMode, sent.supplementOf]).toEqual(['2', 'R-1']);
  });

  it('verification: certificate number, names, nothing else', () => {
    const existing = { birthCertificateNumber: 'L500000001', residentIdNumber: null, insuredAlready: false };
    const sent = verificationRequest(requestOf({ sections: { existing } }));
    expect(fieldList(sent).sort()).toEqual(words('supplementOf officeCode certificateNo newbornName motherIdNo'));
  });

  it('nothing without a name', () => {
    expect(() => issueRequest(requestOf({ sections: { name: null } }))).toThrow(AgencyContractBroken);
  });
});

describe('what the health commission says', () => {
  it.each([
    ['10', 'accepted'],
    ['20', 'correction_needed'],
    ['21', 'action_needed'],
    ['30', 'suspended'],
    ['31', 'suspended'],
    ['90', 'completed'],
    ['91', 'rejected'],
    ['92', 'withdrawn'],
    ['93', 'withdrawal_refused'],
  ])('%s is %s', (code, kind) => {
    expect(kindOf(answerTo(code))).toBe(kind);
    expect(answerTo(code)).toMatchObject({ receipt: PROGRESS.receipt, sequence: 2, occurredAt: 1793608200123 });
  });

  it('every code of theirs is in the table above', () => expect(STATUS_CODES).toHaveLength(9));

  it('their field names become the pointers under which the family corrects; the hospital’s facts do not', () => {
    expect(answerTo('20')).toMatchObject({ fields: ['/name', '/mother/residence'] });
  });

  it.each([
    ['an unknown code', '77', {}],
    ['90 without a certificate', '90', { certificate: null }],
    [
      'a certificate number of another form',
      '90',
      { certificate: { ...PROGRESS.certificate, certificateNumber: '1' } },
    ],
    ['a refusal without legal basis', '91', { refusal: { ...REFUSAL, legalBasis: '' } }],
    ['a correction without words', '20', { text: null }],
    ['a time that is none', '10', { occurredAt: 'yesterday' }],
  ])('%s breaks the contract', (_name, code, changes) => {
    expect(() => answerTo(code, changes)).toThrow(AgencyContractBroken);
  });
});
