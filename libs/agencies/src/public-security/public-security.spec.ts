import { AgencyContractBroken } from '@birth/application';
import { Fields } from '../kit/parse';
import { kindOf, REFUSAL, requestOf, words } from '../kit/requests.spec-support';
import { checkRequest, rowOf, toAnswer } from './public-security.mapper';
import { readRow } from './public-security.schema';

const GOLDEN =
  words(`postid bcpc yywlsh csdjlb xm xsly xb mz gj csrq cssj csdssxq dtsl dtxh cszmbh cszqfrq cszqfjg lhsfz
  hzxm hzgmsfhm yhzgx hklb hkszdssxq hkszdxz pcs fqxm fqzjlx fqzjhm fqmz fqgj mqxm mqzjlx mqzjhm mqmz mqgj
  jhryxm jhryzjhm jhrylxdh jhrygx jhrexm jhrezjhm jhrelxdh jhregx sbrxm sbrzjhm sbrlxdh sbrgx fmhyqk`);
const ROW = {
  ywlsh: 'HK5002352026000001',
  xh: 3,
  flag: '0',
  gxsj: '20261102163000',
  cwxx: '请核对',
  cwzd: ['xm', 'hkszdxz', 'csrq'],
  zzzt: null,
  tscx: null,
  tsjzrq: null,
  cxzt: null,
  gmsfhm: '500235202611020022',
  xm: '李安',
  hh: '500235000001',
  zzdz: '落户地址三号',
  pcsmc: '青龙派出所',
  djrq: '20261102',
  jjyy: REFUSAL.reason,
  flyj: REFUSAL.legalBasis,
  wsbh: REFUSAL.documentNumber,
  bljg: REFUSAL.office,
  jjtj: REFUSAL.remedy,
};
const answerTo = (changes: object) => toAnswer(readRow(new Fields({ ...ROW, ...changes })));

describe('the row that the police read', () => {
  it('has the golden columns, all strings or null, and the relation: only here', () => {
    const row = rowOf(requestOf());
    expect(Object.keys(row).sort()).toEqual(GOLDEN);
    expect(Object.values(row).every((value) => value === null || typeof value === 'string')).toBe(true);
    expect(row['fmhyqk']).toBe('3');
  });

  it('says births, certificate, household and people in their codes', () => {
    expect(rowOf(requestOf())).toMatchObject({
      bcpc: '0',
      yywlsh: null,
      xsly: '1',
      xb: '2',
      csrq: '20261102',
      cssj: '0830',
      dtsl: '2',
      dtxh: '1',
      cszmbh: 'Z500012345',
      cszqfrq: '20261103',
      lhsfz: '500235199103247576',
      yhzgx: '42',
      hklb: '1',
      mqzjlx: '111',
      jhrygx: '52',
      jhregx: '51',
      sbrgx: '52',
    });
  });

  it('a supplement has its number and the earlier receipt', () => {
    const row = rowOf(requestOf({ request: { generation: 2, earlierReceipt: 'HK1' } }));
    expect([row['bcpc'], row['yywlsh']]).toEqual(['1', 'HK1']);
  });

  it('a father who is not named leaves his group and the second guardian empty', () => {
    const { household } = requestOf().sections;
    const row = rowOf(requestOf({ sections: { father: null, household: { ...household!, follows: 'mother' } } }));
    for (const column of words('fqxm fqzjlx fqzjhm fqmz fqgj jhrexm jhrezjhm jhrelxdh jhregx')) {
      expect(row[column]).toBeNull();
    }
    expect(row['lhsfz']).toBe('500235199103247584');
  });

  it('a population check carries four fields', () => {
    const existing = { birthCertificateNumber: null, residentIdNumber: '500235202611020022', insuredAlready: false };
    expect(Object.keys(checkRequest(requestOf({ sections: { existing } }))).sort()).toEqual(
      words('hclsh gmsfhm xm csrq'),
    );
  });
});

describe('what the row says later', () => {
  it.each([
    ['not taken yet', { flag: null }, { kind: 'accepted', detail: 'delivered' }],
    ['taken', { flag: '0' }, { kind: 'accepted', detail: 'in_progress' }],
    ['waits for the paper', { zzzt: '待收' }, { kind: 'accepted', detail: 'waiting_for_paper' }],
    ['the paper is there', { zzzt: '已收' }, { kind: 'accepted', detail: 'in_progress', papers: ['received'] }],
    ['the paper is cut', { zzzt: '已裁' }, { kind: 'accepted', detail: 'in_progress', papers: ['received', 'cut'] }],
    ['special procedure', { tscx: '1' }, { kind: 'suspended', procedure: 'special_procedure' }],
    ['coordinated check', { tscx: '2' }, { kind: 'suspended', procedure: 'coordinated_check' }],
    ['the family must act', { tscx: '3' }, { kind: 'action_needed' }],
    ['finished', { flag: '1' }, { kind: 'completed' }],
    ['an item is missing', { flag: '2' }, { kind: 'correction_needed', fields: ['/name', '/household/address'] }],
    ['refused', { flag: '3' }, { kind: 'rejected', refusal: REFUSAL }],
    ['withdrawn goes before the flag', { flag: '1', cxzt: '1' }, { kind: 'withdrawn' }],
    ['withdrawal refused', { cxzt: '2' }, { kind: 'withdrawal_refused' }],
  ])('%s', (_name, changes, expected) => expect(answerTo(changes)).toMatchObject(expected));

  it('gives number, name, household and station', () => {
    expect(answerTo({ flag: '1' })).toMatchObject({
      results: { household_registration: { residentIdNumber: ROW.gmsfhm, registeredOn: '2026-11-02' } },
    });
    expect(kindOf(answerTo({ flag: '1' }))).toBe('completed');
  });

  it.each([
    ['an unknown flag', { flag: '9' }],
    ['a number with a wrong check character', { flag: '1', gmsfhm: '500235202611020023' }],
    ['an unknown paper state', { zzzt: '丢失' }],
    ['a refusal without a document number', { flag: '3', wsbh: null }],
    ['a correction without words', { flag: '2', cwxx: null }],
  ])('%s breaks the contract', (_name, changes) => expect(() => answerTo(changes)).toThrow(AgencyContractBroken));
});
