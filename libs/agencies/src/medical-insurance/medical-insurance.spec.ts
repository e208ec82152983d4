import { AgencyContractBroken } from '@birth/application';
import { Fields } from '../kit/parse';
import { kindOf, REFUSAL, requestOf, words } from '../kit/requests.spec-support';
import {
  identityOf,
  identityUpdateOf,
  preCheckAnswer,
  preCheckOf,
  registrationOf,
  toAnswer,
} from './medical-insurance.mapper';
import { readPreCheck, readState, STATES } from './medical-insurance.schema';

const STATE = {
  bizsn: 'k',
  reg_no: 'CB1',
  seq: 1,
  stas_time: '2026-11-02 16:30:00',
  psn_no: '5002350000000001',
  insu_admdvs: '500235',
  crt_insu_date: '2026-11-02',
  upd_date: '2026-11-05',
  err_fields: ['paylv', 'gend'],
  rslt_msg: '请核对',
  due_date: null,
  refusal: {
    reason: REFUSAL.reason,
    legal_basis: REFUSAL.legalBasis,
    doc_no: REFUSAL.documentNumber,
    office: REFUSAL.office,
    remedy: REFUSAL.remedy,
  },
};
const answerTo = (rslt_stas: string, changes: object = {}, isUpdate = false) =>
  toAnswer(readState(new Fields({ ...STATE, rslt_stas, ...changes })), isUpdate);

describe('what the insurance is sent', () => {
  it('1101, 1901, 2901 and 2902: the golden field lists', () => {
    const request = requestOf();
    expect(Object.keys(identityOf(request)).sort()).toEqual(words('psn_cert_type certno psn_name'));
    expect(Object.keys(preCheckOf(request)).sort()).toEqual(
      words('psn_cert_type certno psn_name insu_admdvs insutype years'),
    );
    expect(Object.keys(registrationOf(request)).sort()).toEqual(
      words(`bizsn supplement_of psn_name psn_cert_type certno gend brdy insu_admdvs emp_no insutype insu_mode paylv
        years subs_type grdn_name grdn_cert_type grdn_certno grdn_tel`),
    );
    expect(Object.keys(identityUpdateOf(request)).sort()).toEqual(
      words('bizsn psn_no psn_name old_certno new_psn_cert_type new_certno'),
    );
  });

  it('nothing of the parents’ relation, the order of birth, or the other parent', () => {
    expect(JSON.stringify(registrationOf(requestOf()))).not.toMatch(/not_stated|李强|500235199103247576/);
  });

  it('by the ID number, or by the certificate where that is the basis or no number is known', () => {
    expect(identityOf(requestOf())).toMatchObject({ psn_cert_type: '01', certno: '500235202611020022' });
    const byCertificate = { psn_cert_type: '15', certno: 'Z500012345' };
    expect(identityOf(requestOf({ request: { basis: 'birth_certificate' } }))).toMatchObject(byCertificate);
    const { birth_certificate } = requestOf().sections.results;
    const results = { birth_certificate: birth_certificate! };
    expect(identityOf(requestOf({ sections: { results } }))).toMatchObject(byCertificate);
    expect(() => identityOf(requestOf({ sections: { results: {} } }))).toThrow(AgencyContractBroken);
  });

  it('the guardian is the parent who files', () => {
    const { father, applicant } = requestOf().sections;
    expect(registrationOf(requestOf())).toMatchObject({ grdn_name: '王芳', insu_mode: '1', years: ['2026', '2027'] });
    const filedByFather = { ...applicant, role: 'father' as const, identity: father!.identity };
    expect(registrationOf(requestOf({ sections: { applicant: filedByFather } }))).toMatchObject({ grdn_name: '李强' });
  });
});

describe('what the insurance says', () => {
  it.each([
    ['0', 'accepted'],
    ['1', 'completed'],
    ['2', 'correction_needed'],
    ['3', 'rejected'],
    ['4', 'suspended'],
    ['5', 'suspended'],
    ['6', 'action_needed'],
    ['7', 'withdrawn'],
    ['8', 'withdrawal_refused'],
  ])('%s is %s', (code, kind) => expect(kindOf(answerTo(code))).toBe(kind));

  it('every state of theirs is in the table above', () => expect(STATES).toHaveLength(9));

  it('saved is not insured: it is verified', () => expect(answerTo('0')).toMatchObject({ detail: 'verifying' }));

  it('an update has its own result', () => {
    expect(answerTo('1', {}, true)).toMatchObject({
      results: { insurance_identity_update: { updatedOn: '2026-11-05' } },
    });
    expect(answerTo('1')).toMatchObject({ results: { medical_insurance: { insuredOn: '2026-11-02' } } });
  });

  it('corrections name our pointers', () => expect(answerTo('2')).toMatchObject({ fields: ['/insurance/tier'] }));

  it.each([
    ['01', 'action_needed'],
    ['02', 'action_needed'],
    ['03', 'action_needed'],
    ['04', 'action_needed'],
    ['05', 'suspended'],
  ])('pre-check %s is %s, never a refusal', (chk_code, kind) => {
    const answer = preCheckAnswer(readPreCheck(new Fields({ chk_rslt: '0', chk_code, chk_msg: '' })));
    expect(kindOf(answer)).toBe(kind);
  });

  it.each([
    ['an unknown state', '9', {}],
    ['registered without a person number', '1', { psn_no: null }],
    ['a refusal without its number', '3', { refusal: { ...STATE.refusal, doc_no: '' } }],
    ['a sequence that is no number', '0', { seq: 'x' }],
  ])('%s breaks the contract', (_name, code, changes) => {
    expect(() => answerTo(code, changes)).toThrow(AgencyContractBroken);
  });

  it('not eligible without a code breaks the contract', () => {
    expect(() => readPreCheck(new Fields({ chk_rslt: '0', chk_code: null, chk_msg: '' }))).toThrow(
      AgencyContractBroken,
    );
  });
});
