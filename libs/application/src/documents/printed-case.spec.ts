import type { CaseView, StepView } from '../shapes/case-shapes';
import { claimsOf, isOver, printedCompletion, printedReceipt } from './printed-case';

const step = (changes: Partial<StepView> = {}): StepView => ({
  id: '01a00000-0000-7000-8000-000000000001',
  code: 'vaccination',
  qualifier: '',
  name: '儿童预防接种证',
  agency: 'disease-control',
  agencyName: '云阳县疾病预防控制中心',
  office: {
    code: 'YYV001',
    kind: 'vaccination_unit',
    name: '双江卫生院',
    phone: '023-1',
    address: '路1号',
    hours: '',
    opening: null,
  },
  mode: 'issue',
  route: 'online',
  papers: [],
  custody: [],
  basis: null,
  coverage: null,
  state: 'accepted',
  stateName: '已受理',
  acceptingOffice: null,
  overdue: null,
  coordinatedCheck: null,
  reason: 'in_progress',
  reasonText: '部门正在办理',
  owner: 'agency',
  source: null,
  nextAt: null,
  dependsOn: [],
  promisedAt: '2026-12-01',
  promisedAtEstimated: false,
  statutory: null,
  light: null,
  withdrawalRequestedAt: null,
  correctionDueAt: null,
  agencyText: { text: '请王芳补正' },
  heldBack: null,
  demandReport: null,
  notices: [],
  version: 1,
  ...changes,
});
const viewOf = (...newborns: StepView[][]): CaseView => ({
  id: '01a00000-0000-7000-8000-000000000000',
  status: 'in_progress',
  filedAt: '2026-11-26T09:30:11.000+08:00',
  overallPromise: null,
  newborns: newborns.map((steps, index) => ({ index, deathReportedAt: null, steps })),
});
const print = (view: CaseView) => ({
  caseNumber: 'C1',
  view,
  now: Date.parse('2026-11-26T17:00:00Z'),
  code: 'signed',
});
const SAFE = {
  rule: 'vaccination_one_month',
  dueAt: '2026-12-11',
  safeAt: '2026-12-10',
  metBy: null,
  metAt: null,
} as const;

describe('P17: papers of ours', () => {
  it('a receipt says case, date, who has each step and until when, and that it is no licence', () => {
    const statutory = { ...SAFE, estimated: false, lateOnArrival: false };
    const { title, mark, facts, tables, code } = printedReceipt(print(viewOf([step({ statutory })])));
    expect([title, mark, code]).toEqual(['出生一件事联办 受理回执', '本回执不是证照，仅证明办理情况', 'signed']);
    expect(facts).toEqual([
      ['案件编号', 'C1'],
      ['提交时间', '2026-11-26 09:30'],
      ['打印日期', '2026-11-27'],
    ]);
    expect(tables[0]?.rows).toEqual([['儿童预防接种证', '双江卫生院', '023-1', '已受理', '2026-12-01', '2026-12-10']]);
  });

  it.each([
    [{ promisedAt: null }, '受理后确定'],
    [{ promisedAt: '2027-01-05', promisedAtEstimated: true }, '2027-01-05 预计'],
  ])('a promise of %j is printed as %s', (changes, words) =>
    expect(printedReceipt(print(viewOf([step(changes)]))).tables[0]?.rows[0]?.[4]).toBe(words),
  );

  it('a limit that was met is no reminder any more', () => {
    const statutory = {
      ...SAFE,
      metBy: 'handed_over' as const,
      metAt: '2026-11-26T10:00:00+08:00',
      estimated: false,
      lateOnArrival: false,
    };
    expect(printedReceipt(print(viewOf([step({ statutory })]))).tables[0]?.rows[0]?.[5]).toBe('—');
  });

  it('each newborn has a table of its own', () => {
    const { tables } = printedReceipt(print(viewOf([step()], [step()])));
    expect(tables.map(({ heading }) => heading)).toEqual(['第1个新生儿的办理事项', '第2个新生儿的办理事项']);
  });

  it('the list of what is done says how each ended, and what else is owed with its source', () => {
    const owed = {
      code: 'home_visit',
      name: '新生儿家庭访视',
      what: '上门访视',
      office: '卫生院',
      deadline: { kind: 'days_after_birth', days: 28 } as const,
      source: '规范',
      publishedOn: '2017-02-28',
      validFrom: '2026-01-01',
      validTo: null,
      assumed: false,
      until: '2026-11-30',
    };
    const done = step({ state: 'completed', stateName: '已办结', reasonText: '已办好' });
    const { tables } = printedCompletion(print(viewOf([done])), { entitlements: [owed], links: [] });
    expect(tables.map(({ rows }) => rows)).toEqual([
      [['儿童预防接种证', '双江卫生院', '已办结', '已办好']],
      [['新生儿家庭访视', '上门访视', '卫生院', '2026-11-30 前', '规范（2017-02-28）']],
    ]);
  });

  it('where the issuers show their e-licences is on the list of what is done', () => {
    const voucher = {
      step: 'medical_insurance',
      name: '医保电子凭证',
      issuer: '国家医疗保障局',
      url: 'https://fuwu.nhsa.gov.cn',
      how: '在国家医保服务平台激活',
      source: '通知',
      validFrom: '2024-01-19',
      validTo: null,
      assumed: true,
    } as const;
    const { tables } = printedCompletion(print(viewOf([step()])), { entitlements: [], links: [voucher] });
    expect(tables[1]).toMatchObject({
      heading: '电子证照（由签发部门在其平台提供，本平台不制作）',
      rows: [['医保电子凭证', '国家医疗保障局', 'https://fuwu.nhsa.gov.cn', '在国家医保服务平台激活']],
    });
  });

  it.each([
    [['completed', 'rejected', 'withdrawn', 'cancelled', 'not_applicable'], true],
    [['completed', 'accepted'], false],
    [['completed', 'submitting'], false],
  ] as const)('a case of %j is over: %s', (states, over) =>
    expect(isOver(viewOf(states.map((state) => step({ state }))))).toBe(over),
  );

  it('P11: a premium that is not paid keeps no list back, and is listed as what it is', () => {
    const due = step({ code: 'insurance_payment', state: 'action_needed', stateName: '待您办理' });
    const shown = print(viewOf([step({ state: 'completed' }), due]));
    expect(isOver(shown.view)).toBe(true);
    expect(JSON.stringify(printedCompletion(shown, { entitlements: [], links: [] }))).toContain('待您办理');
  });

  it('what is signed holds codes only; what an agency wrote is on neither paper', () => {
    const shown = print(viewOf([step()]));
    expect(claimsOf(shown)).toEqual({
      caseNumber: 'C1',
      printedOn: '2026-11-27',
      results: [{ newborn: 1, service: 'vaccination', state: 'accepted' }],
    });
    expect(
      JSON.stringify([printedReceipt(shown), printedCompletion(shown, { entitlements: [], links: [] })]),
    ).not.toContain('王芳');
  });
});
