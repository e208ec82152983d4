import { AgencyContractBroken } from '@birth/application';
import { Fields } from '../kit/parse';
import { fieldList, kindOf, REFUSAL, requestOf, words } from '../kit/requests.spec-support';
import { childRequest, followAnswer, followRequest, toAnswer } from './disease-control.mapper';
import { readFollowed, readReply, RESULT_CODES } from './disease-control.schema';

const GOLDEN = words(`supplementOf unitCode childName sexCode birthTime birthCount birthOrder birthWeight
  birthHospitalCode birthCertificateNo personId motherName motherIdType motherIdNo fatherName fatherIdType fatherIdNo
  guardianMobile residenceRegion residenceAddress`);
const REPLY = {
  resultMsg: '请核对',
  receiptNo: 'YJ2026000001',
  resultTime: '2026-11-02 16:30:00',
  record: {
    childCode: '500235261100000001',
    bookNo: 'JZ500235000001',
    unitName: '青龙接种门诊',
    childName: '李安',
    sexCode: '2',
    birthTime: '2026-11-02 08:30:00',
  },
  errorFields: ['residenceAddress', 'birthTime'],
  until: null,
  refusal: REFUSAL,
};
const answerTo = (resultCode: string, changes: object = {}) =>
  toAnswer(readReply(new Fields({ ...REPLY, resultCode, ...changes })), requestOf());

describe('what disease control is sent', () => {
  it('the golden field list, nothing of the parents’ relation or their household', () => {
    const sent = childRequest(requestOf());
    expect(fieldList(sent).sort()).toEqual(GOLDEN);
    expect(JSON.stringify(sent)).not.toMatch(/not_stated|落户|户籍/);
  });

  it.each([
    ['female', '王芳之女'],
    ['male', '王芳之子'],
  ] as const)('a %s child without a name is %s', (sex, childName) => {
    const { birth } = requestOf().sections;
    const sent = childRequest(requestOf({ sections: { name: null, birth: { ...birth, sex } } }));
    expect(sent.childName).toBe(childName);
  });

  it('a child of a father alone goes by his name', () => {
    expect(childRequest(requestOf({ sections: { name: null, mother: null } })).childName).toBe('李强之女');
  });

  it('certificate and ID number follow when they are known', () => {
    expect(childRequest(requestOf({ sections: { results: {} } }))).toMatchObject({
      birthCertificateNo: null,
      personId: null,
    });
    expect(childRequest(requestOf())).toMatchObject({ birthCertificateNo: 'Z500012345' });
  });
});

describe('the name that follows into a record opened under the mother’s', () => {
  const VACCINATED = { vaccination: { childCode: '500235261100000001', bookNumber: 'JZ1', unitName: '青龙接种门诊' } };
  const certificate = { certificateNumber: 'Z500012345', issuedOn: '2026-11-02', issuer: '云阳县人民医院' };

  it('the golden field list: name and the two numbers', () => {
    const results = { ...VACCINATED, birth_certificate: certificate };
    expect(followRequest(requestOf({ sections: { results } }))).toEqual({
      childCode: '500235261100000001',
      fields: { childName: '李安', birthCertificateNo: 'Z500012345', personId: null },
    });
  });

  it.each([
    ['no name', { name: null, results: VACCINATED }],
    ['no record', { results: {} }],
  ])('%s: nothing is sent', (_name, sections) => {
    expect(() => followRequest(requestOf({ sections }))).toThrow(AgencyContractBroken);
  });

  it.each([
    ['its own name', '李安', 'completed'],
    ['still the mother’s', '王芳之女', 'broken'],
  ])('the record holds %s', (_name, childName, wanted) => {
    const reply = new Fields({ ...REPLY, resultCode: '0000', record: { ...REPLY.record, childName } });
    const answer = () => followAnswer(readFollowed(reply), { childName: '李安' });
    if (wanted === 'broken') expect(answer).toThrow(AgencyContractBroken);
    else expect(answer()).toMatchObject({ kind: wanted, results: { identity_backfill: { registeredName: '李安' } } });
  });
});

describe('what disease control says', () => {
  it.each([
    ['0000', 'completed'],
    ['0001', 'completed'],
    ['1001', 'correction_needed'],
    ['1002', 'action_needed'],
    ['2001', 'rejected'],
    ['3001', 'suspended'],
    ['3002', 'suspended'],
  ])('%s is %s', (code, kind) => expect(kindOf(answerTo(code))).toBe(kind));

  it('every code of theirs is in the table above', () => expect(RESULT_CODES).toHaveLength(7));

  it('P14: what exists says whose it is, to be compared with the case', () => {
    expect(answerTo('0001')).toMatchObject({
      existed: true,
      registered: { name: '李安', sex: 'female', bornOn: '2026-11-02' },
      results: { vaccination: { childCode: '500235261100000001' } },
    });
    expect(answerTo('0000')).not.toHaveProperty('existed');
  });

  it('corrections name our pointers', () => {
    expect(answerTo('1001')).toMatchObject({ fields: ['/vaccination/residenceAddress'] });
  });

  it.each([
    ['opened, but of another sex', '0000', { record: { ...REPLY.record, sexCode: '1' } }],
    ['opened, but born at another time', '0000', { record: { ...REPLY.record, birthTime: '2026-11-02 08:31:00' } }],
    ['exists, of nobody’s sex', '0001', { record: { ...REPLY.record, sexCode: '9' } }],
    ['exists without a record', '0001', { record: null }],
    ['opened without a record', '0000', { record: null }],
    ['a refusal without remedy', '2001', { refusal: { ...REFUSAL, remedy: '' } }],
    ['an unknown code', '9999', {}],
  ])('%s breaks the contract', (_name, code, changes) => {
    expect(() => answerTo(code, changes)).toThrow(AgencyContractBroken);
  });
});
