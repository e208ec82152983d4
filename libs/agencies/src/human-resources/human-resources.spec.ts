import { AgencyContractBroken } from '@birth/application';
import { fieldList, kindOf, REFUSAL, requestOf, words } from '../kit/requests.spec-support';
import { readXml, writeXml } from '../kit/xml';
import { cardRequest, toAnswer } from './human-resources.mapper';
import { PROGRESS, readCard } from './human-resources.schema';

const NOW = Date.parse('2026-11-04T10:00:00+08:00');
const GOLDEN =
  words(`head.bizCode head.serialNo head.sendTime body.YRECORDNO body.AAB034 body.AAC002 body.AAC003 body.AAC004
  body.AAC005 body.AAC006 body.AAC161 body.AAC001 body.AAB301 body.AAE008 body.LQFS body.YJSJR body.YJDH body.YJDZ
  body.JHRXM body.JHRZJLX body.JHRZJHM body.JHRDH`);
const BODY = {
  recordNo: 'AAZ500235000001',
  serialNo: 'k',
  batchNo: 'SBK20261102001',
  seq: '2',
  updateTime: '20261102163000',
  text: '请核对',
  errorFields: { field: ['AAC003', 'JHRDH', 'AAC006'] },
  until: '',
  refusal: {
    reason: REFUSAL.reason,
    legalBasis: REFUSAL.legalBasis,
    documentNo: REFUSAL.documentNumber,
    office: REFUSAL.office,
    remedy: REFUSAL.remedy,
  },
};
/** As it comes over the wire: written and read as XML. */
const answerTo = (progress: string, changes: object = {}) => {
  const body = { ...BODY, progress, ...changes };
  const text = writeXml({ response: { head: { resultCode: '0', resultMsg: 'ok' }, body } });
  return toAnswer(readCard(readXml(text, 'response')));
};

describe('what human resources are sent', () => {
  it('the golden elements, nothing of the relation or the household', () => {
    const { request } = cardRequest(requestOf(), NOW);
    expect(fieldList(request).sort()).toEqual(GOLDEN);
    expect(JSON.stringify(request)).not.toMatch(/not_stated|落户|李祖父/);
    expect(request.body).toMatchObject({ AAC002: '500235202611020022', AAC006: '20261102', LQFS: '1', YJDZ: '' });
  });

  it('by mail to the parent, or to whom the family named', () => {
    const card = { bankCode: 'BOCQ', pickup: 'mail' as const };
    expect(cardRequest(requestOf({ sections: { card } }), NOW).request.body).toMatchObject({
      LQFS: '2',
      YJSJR: '王芳',
      YJDZ: '居住地址二号',
    });
    const delivery = [{ document: 'social_security_card' as const, mode: 'mail' as const, recipient: '李外婆' }];
    expect(cardRequest(requestOf({ sections: { card, delivery } }), NOW).request.body).toMatchObject({
      YJSJR: '李外婆',
    });
  });

  it('insured first, with a number: nothing without', () => {
    expect(() => cardRequest(requestOf({ sections: { results: {} } }), NOW)).toThrow(AgencyContractBroken);
  });
});

describe('what human resources say', () => {
  it.each([
    ['01', 'accepted'],
    ['02', 'accepted'],
    ['03', 'accepted'],
    ['04', 'completed'],
    ['05', 'suspended'],
    ['06', 'suspended'],
    ['07', 'action_needed'],
    ['90', 'rejected'],
    ['91', 'correction_needed'],
    ['92', 'rejected'],
    ['99', 'not_found'],
  ])('%s is %s', (code, kind) => expect(kindOf(answerTo(code))).toBe(kind));

  it('every progress of theirs is in the table above', () => expect(PROGRESS).toHaveLength(11));

  it('corrections name our pointers', () => {
    expect(answerTo('91')).toMatchObject({ fields: ['/name', '/mother/mobile', '/father/mobile'] });
  });

  it.each([
    ['an unknown progress', '42', {}],
    ['done without a batch', '04', { batchNo: '' }],
    ['a refusal of the bank without remedy', '90', { refusal: { ...BODY.refusal, remedy: '' } }],
    ['a state without record number', '02', { recordNo: '' }],
  ])('%s breaks the contract', (_name, code, changes) => {
    expect(() => answerTo(code, changes)).toThrow(AgencyContractBroken);
  });

  it.each([
    ['a DOCTYPE', '<!DOCTYPE x [<!ENTITY a "b">]><response/>'],
    ['no XML', 'oops'],
    ['two roots', '<response/><response/>'],
  ])('%s is not read', (_name, text) => expect(() => readXml(text, 'response')).toThrow(AgencyContractBroken));
});
