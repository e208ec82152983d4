import type { AgencyCode, Consequence, DeliveryDocument, Demand, Reason, StepCode } from '@birth/domain';
import { PROVINCES } from '@birth/standards';
import type { Locale } from '../caller';
import type { ShownState } from '../shapes/case-shapes';

type Words<K extends string> = Readonly<Record<K, string>>;

const STEPS: Record<Locale, Words<StepCode>> = {
  'zh-CN': {
    birth_certificate: '出生医学证明',
    vaccination: '儿童预防接种证',
    household_registration: '户口登记（出生登记）',
    medical_insurance: '城乡居民基本医保参保登记',
    social_security_card: '社会保障卡申领',
    identity_backfill: '接种档案姓名更新',
    insurance_identity_update: '医保身份信息更新',
    insurance_payment: '城乡居民基本医保缴费',
    delivery: '证件送达',
  },
  en: {
    birth_certificate: 'Birth certificate',
    vaccination: 'Vaccination record',
    household_registration: 'Household registration',
    medical_insurance: 'Medical insurance enrolment',
    social_security_card: 'Social security card',
    identity_backfill: 'Name in the vaccination record',
    insurance_identity_update: 'Insurance identity update',
    insurance_payment: 'Medical insurance premium',
    delivery: 'Handing out of a document',
  },
};

const AGENCY_NAMES: Record<Locale, Words<AgencyCode>> = {
  'zh-CN': {
    'health-commission': '云阳县卫生健康委员会',
    'disease-control': '云阳县疾病预防控制中心',
    'public-security': '云阳县公安局',
    'medical-insurance': '云阳县医疗保障局',
    'human-resources': '云阳县人力资源和社会保障局',
    'tax-administration': '国家税务总局云阳县税务局',
  },
  en: {
    'health-commission': 'Yunyang Health Commission',
    'disease-control': 'Yunyang Centre for Disease Control',
    'public-security': 'Yunyang Public Security Bureau',
    'medical-insurance': 'Yunyang Healthcare Security Bureau',
    'human-resources': 'Yunyang Human Resources Bureau',
    'tax-administration': 'Yunyang Tax Administration',
  },
};

const STATES: Record<Locale, Words<ShownState>> = {
  'zh-CN': {
    waiting: '待前置事项',
    queued: '待推送',
    submitting: '推送中',
    delivered: '已送达',
    accepted: '已受理',
    correction_needed: '待补正',
    action_needed: '待您办理',
    suspended: '特别程序',
    stuck: '工作人员处理中',
    completed: '已办结',
    rejected: '不予办理',
    withdrawn: '已撤回',
    cancelled: '已终止',
    not_applicable: '不适用',
  },
  en: {
    waiting: 'Waiting',
    queued: 'To be sent',
    submitting: 'Being sent',
    delivered: 'Delivered',
    accepted: 'Accepted',
    correction_needed: 'Correction needed',
    action_needed: 'Your action is needed',
    suspended: 'Special procedure',
    stuck: 'A clerk is looking at it',
    completed: 'Done',
    rejected: 'Refused',
    withdrawn: 'Withdrawn',
    cancelled: 'Ended',
    not_applicable: 'Not applicable',
  },
};

const REASON_WORDS: Record<Locale, Words<Reason>> = {
  'zh-CN': {
    awaiting_dependency: '前一事项办好后自动继续，您无需操作',
    data_mismatch: '医院或部门登记的信息与所填信息不一致，工作人员正在核对，您暂时无需操作',
    hospital_record_missing: '等待出生医院上传出生记录，收到后自动继续',
    record_not_linked:
      '请携带身份证件到出生医院窗口，由工作人员核实母亲无法办理的情况并关联宝宝的出生记录，之后自动继续',
    name_undecided: '请确定宝宝的名字，之后自动继续办理',
    parent_refused: '另一方家长未同意，可查看原因、再次请对方确认，或携带证件到出生医院窗口签字',
    parcel_gathering: '正在等同一地址的其他证件，凑齐后一并寄出，您无需操作',
    parent_confirmation:
      '等待另一方家长确认；对方迟迟未答复的，可再次提醒，或携带证件到出生医院窗口签字；父亲过提醒期仍未答复的，提交申请的母亲也可单方继续办理；母亲去世、失踪或无法表达意愿的，请到出生医院窗口核实',
    to_be_sent: '即将发送给办理部门',
    agency_unavailable: '部门系统暂时繁忙，系统会自动重试，您无需操作',
    awaiting_acceptance: '材料已送达办理部门，等待其告知是否受理，您无需操作',
    deemed_accepted: '部门逾期未告知是否受理，依法自收到之日起视为受理，承诺时限从该日起算，您无需操作',
    in_progress: '部门正在办理',
    waiting_for_paper: '等待纸质出生医学证明副页送达派出所',
    household_book_awaited: '请把户口簿寄到派出所打印户口页，寄出后填写运单号；派出所打印后寄回',
    on_its_way: '已寄出，正在路上；收到后请点“已收到”',
    paper_returned: '邮件被退回，工作人员会与您联系',
    paper_lost: '材料遗失，工作人员正在联系补办',
    verifying: '正在核实结果',
    agency_asked_correction: '部门请您补正信息，请按提示修改后提交',
    agency_asked_action: '部门需要您配合办理，请查看部门的说明',
    payment_due: '请向税务部门缴纳医保费，缴费方式和金额见部门的说明；本平台不收取任何费用，缴费后自动更新',
    payment_changed: '应缴医保费的金额有变化，请按最新金额向税务部门缴纳；本平台不收取任何费用，缴费后自动更新',
    visit_window: '请携带材料到窗口办理',
    birth_and_death_registration: '请节哀。出生登记与死亡登记可在派出所窗口一次办理，工作人员会先与您联系，不必着急',
    external_registration: '请在户籍地等县外机构办理，办好后告诉我们结果',
    special_procedure: '部门需要进一步核查（特别程序），期间不计入承诺时限，您无需操作',
    coordinated_check: '部门正在与外地协查，期间不计入承诺时限，您无需操作',
    certificate_not_verified:
      '签发地未能核实这份出生医学证明。请看答复：可核对编号和姓名后重新提交；编号无误的，请联系签发机构补录，或携原件到所列窗口办理后告诉我们',
    contract_broken: '部门系统返回的数据有误，工作人员正在处理，您无需操作',
    outcome_unknown: '部门尚未答复，工作人员正在核实，您无需操作',
    attempts_exhausted: '多次发送未成功，工作人员正在处理，您无需操作',
    conflict: '收到的答复前后不一致，工作人员正在核实，您无需操作',
    unlawful_demand: '部门的答复不合规定，您不用按其要求办理；县级协调人员正在处理',
    correction_overdue: '补正期限已过，您仍可以补正；工作人员会与您联系',
    withdrawal_requested: '正在撤回，等待部门确认',
    done: '已办好',
    agency_refused: '部门不予办理，可查看原因与救济途径',
    applicant_withdrew: '申请人已撤回',
    dependency_ended: '前一事项没有办成，本事项随之停止；前一事项重新申请后会恢复',
    newborn_died: '我们深感难过。此事项已停止，您无需再做任何事',
    death_retracted: '此前登记的情况有误，已经更正；部门收回原申请后会自动重新办理，您无需操作',
    not_requested: '未申请此事项',
    foreign_nationals: '父母双方均为外国籍的，不办理此事项',
    already_insured: '已参保',
    payment_not_required: '该年度的医保费由政府全额资助，您无需缴费',
    insured_with_guardian: '该年度随监护人享受医保待遇，无需单独缴费；待遇范围小于独立参保',
  },
  en: {
    awaiting_dependency: 'Goes on by itself when the step before it is done',
    data_mismatch:
      'What the hospital or the agency registered differs from the form; a clerk is comparing them. Nothing to do for you now',
    hospital_record_missing: 'Waiting for the hospital’s birth record; goes on by itself once it is here',
    record_not_linked:
      'Please come to the hospital’s desk with your papers: its staff look into why the mother cannot act and link the birth record; then it goes on by itself',
    name_undecided: 'Choose the child’s name; then it goes on by itself',
    parent_refused: 'The other parent did not agree; see why, ask again, or sign at the hospital’s desk',
    parcel_gathering: 'Waiting for what goes to the same address, so that it is one parcel; nothing to do for you',
    parent_confirmation:
      'Waiting for the other parent to confirm; you can ask again, or sign at the hospital’s desk; a mother who filed may go on alone after a father’s long silence; where a mother died, is missing or not able, ask at the desk',
    to_be_sent: 'About to be sent to the agency',
    agency_unavailable: 'The agency’s system is busy; we try again by ourselves',
    awaiting_acceptance: 'The agency has it and has yet to say that it accepts it; nothing to do for you',
    deemed_accepted:
      'The agency did not say in time whether it accepts it: by law it counts as accepted from the day of receipt, and the promise runs from then',
    in_progress: 'The agency is working on it',
    waiting_for_paper: 'Waiting for the paper copy to reach the police station',
    household_book_awaited:
      'Please post the household book to the police station and tell us the waybill; it comes back with the page printed',
    on_its_way: 'Posted and on its way; tell us when you have it',
    paper_returned: 'The parcel came back; a clerk will call you',
    paper_lost: 'It was lost; a clerk has it made again',
    verifying: 'The result is being verified',
    agency_asked_correction: 'The agency asks you to correct something; please change it and send it again',
    agency_asked_action: 'The agency needs you to act; please read what it wrote',
    payment_due:
      'Please pay the premium to the tax administration, how much and where is in what it wrote; we take no money, a payment shows by itself',
    payment_changed:
      'The premium has changed; please pay the new amount to the tax administration; we take no money, a payment shows by itself',
    visit_window: 'Please bring the papers to the window',
    birth_and_death_registration:
      'We are very sorry. Birth and death can be registered in one visit to the police station; somebody will speak with you first, there is no hurry',
    external_registration: 'Done by an agency elsewhere; tell us the result when you have it',
    special_procedure:
      'The agency looks into it more closely (special procedure); the promise is paused, nothing to do for you',
    coordinated_check: 'Being checked with another place; the promise is paused, nothing to do for you',
    certificate_not_verified:
      'The place of issue could not confirm this certificate. See its answer: correct number and name and send it again, or have the issuer mend its register, or show the original at the desk and tell us',
    contract_broken: 'The agency’s reply was faulty; a clerk deals with it. Nothing to do for you',
    outcome_unknown: 'No reply from the agency yet; a clerk is finding out. Nothing to do for you',
    attempts_exhausted: 'Sending failed several times; a clerk deals with it. Nothing to do for you',
    conflict: 'The answers contradict each other; a clerk is finding out. Nothing to do for you',
    unlawful_demand: 'The agency’s answer is not as the rules say; you need not follow it, the county deals with it',
    correction_overdue: 'The correction is overdue; you can still send it, and a clerk will call you',
    withdrawal_requested: 'Being withdrawn; the agency is asked',
    done: 'Done',
    agency_refused: 'Refused; see the reason and what you can do',
    applicant_withdrew: 'Withdrawn by the applicant',
    dependency_ended:
      'Stopped because an earlier step did not succeed; it comes back when that one is applied for again',
    newborn_died: 'We are very sorry. This has been stopped; there is nothing that you need to do',
    death_retracted:
      'What had been reported was wrong and is corrected; once the agency has given the earlier request back it is sent anew, nothing to do for you',
    not_requested: 'Not asked for',
    foreign_nationals: 'Not done where both parents are foreign nationals',
    already_insured: 'Insured already',
    payment_not_required: 'This year’s premium is paid for you in full; nothing to pay',
    insured_with_guardian:
      'Shares the guardian’s cover this year, nothing to pay; the cover is weaker than that of an own insurance',
  },
};

/** Policy P8: what a parent reads instead of the demand. */
const DEMAND_NOTICES: Record<Locale, Words<Demand>> = {
  'zh-CN': {
    birth_permit: '办理本事项无需提供准生证（生育服务证），您不用准备',
    family_planning: '办理本事项无需提供计划生育类证明，您不用准备',
    fertility_registration: '办理本事项无需先办生育登记，您不用准备',
    maintenance_fee: '办理本事项与社会抚养费无关，您无需缴纳或提供票据',
    marriage_certificate: '办理本事项不以结婚证为必备材料，没有的可以书面声明代替',
    refusal: '办理部门不得口头或违规拒绝办理，您无需另找他处；县级协调人员会督促办理',
  },
  en: {
    birth_permit: 'No birth permit is needed for this; you need not bring one',
    family_planning: 'No family-planning proof is needed for this; you need not bring one',
    fertility_registration: 'No fertility registration is needed for this',
    maintenance_fee: 'No social maintenance fee has to do with this; you need not pay or prove one',
    marriage_certificate: 'A marriage certificate is not required for this; a written statement will do instead',
    refusal: 'You may not be turned away; you need not look elsewhere, the county sees to it',
  },
};

export const demandNotice = (demand: Demand, locale: Locale): string => DEMAND_NOTICES[locale][demand];

type OverdueKind = 'deputy' | 'coordinator' | 'record' | 'check';
const OVERDUE: Record<Locale, Words<OverdueKind>> = {
  'zh-CN': {
    deputy: '{office}逾期未答复，已交该机构副职（{deputy}）催办，您无需操作',
    coordinator: '{office}逾期未答复，催办后仍无结果，已由县卫生健康委统筹督办，您无需操作',
    check: '向外地发起的协查逾期未复，已由县卫生健康委统筹督办，您无需操作',
    record: '出生医院逾期未上传出生记录，已由县卫生健康委统筹督办，您无需操作',
  },
  en: {
    deputy: '{office} has not answered in time; its deputy ({deputy}) was asked, you need not act',
    coordinator:
      '{office} and its deputy have not answered in time; the County Health Commission, which coordinates, sees to it; you need not act',
    check:
      'The other place has not answered in time; the County Health Commission, which coordinates, sees to it; you need not act',
    record:
      'The hospital has not sent the birth record in time; the County Health Commission sees to it; you need not act',
  },
};

/** Who sees to it that a late office answers. */
export const overdueWords = (
  asked: OverdueKind,
  { name, deputy }: { name: string; deputy: string },
  locale: Locale,
): string => OVERDUE[locale][asked].replace('{office}', name).replace('{deputy}', deputy);

const CONSEQUENCE_WORDS: Record<Locale, Words<Consequence>> = {
  'zh-CN': {
    resend: '补正后重新提交',
    sent_with_it: '尚未办理，将按新信息办理',
    update_task: '该部门已收到旧信息，将请其承办机构更正，您无需操作',
    reissue: '出生医学证明按旧信息签发，将请签发机构换发，工作人员会与您联系',
    follow_up: '接种档案将自动更新姓名',
    nothing: '不受影响',
  },
  en: {
    resend: 'Sent again with the correction',
    sent_with_it: 'Not done yet; it goes with the new data',
    update_task: 'The agency has the old data; its office is asked to change them, nothing to do for you',
    reissue: 'The certificate was issued with the old data; its issuer is asked for another one and you will be called',
    follow_up: 'The name in the vaccination record is updated by itself',
    nothing: 'Not affected',
  },
};

/** What follows for a step from a correction (policy P15). */
export const consequenceWords = (what: Consequence, locale: Locale): string => CONSEQUENCE_WORDS[locale][what];

const DOCUMENTS: Record<Locale, Words<DeliveryDocument>> = {
  'zh-CN': {
    birth_certificate: '出生医学证明',
    vaccination_book: '预防接种证',
    household_page: '户口页',
    social_security_card: '社会保障卡',
  },
  en: {
    birth_certificate: 'Birth certificate',
    vaccination_book: 'Vaccination book',
    household_page: 'Household page',
    social_security_card: 'Social security card',
  },
};

export const documentName = (document: DeliveryDocument, locale: Locale): string => DOCUMENTS[locale][document];

/** With the year where a newborn has a step a year. */
export const stepTitle = ({ code, qualifier }: { code: StepCode; qualifier: string }, locale: Locale): string => {
  const name = stepName(code, locale);
  if (code !== 'insurance_payment' || qualifier === '') return name;
  return locale === 'en' ? `${name} ${qualifier}` : `${name}（${qualifier}年度）`;
};

export const stepName = (code: StepCode, locale: Locale): string => STEPS[locale][code];

/** Of several deliveries each has its own name. */
export function deliveryName(document: DeliveryDocument, locale: Locale): string {
  const name = documentName(document, locale);
  return locale === 'en' ? `Handing out: ${name}` : `${name}送达`;
}
export const agencyName = (agency: AgencyCode, locale: Locale): string => AGENCY_NAMES[locale][agency];
export const stateName = (state: ShownState, locale: Locale): string => STATES[locale][state];
export const reasonWords = (reason: Reason, locale: Locale): string => REASON_WORDS[locale][reason];

const LICENCES: Partial<Record<StepCode, readonly [zh: string, en: string]>> = {
  birth_certificate: ['出生医学证明（电子证照）', 'Birth certificate (e-licence)'],
};

/** Name of the e-licence that a step ends in. */
export const licenceName = (code: StepCode, locale: Locale): string =>
  LICENCES[code]?.[locale === 'en' ? 1 : 0] ?? stepName(code, locale);

/** Policy P7: what a mother declares who goes on alone. */
export const aloneWords = (locale: Locale): string =>
  locale === 'en'
    ? 'I go on alone. I know that adding the father to the birth certificate later may need a paternity report.'
    : '我选择由母亲单方继续办理，并知悉：以后在出生医学证明上补登父亲信息，可能需要提供亲子鉴定意见书。';
const ELSEWHERE: Record<Locale, Words<'issuers' | 'station' | 'unknown'>> = {
  'zh-CN': { issuers: '{place}出生医学证明签发机构', station: '{place}居住地公安派出所', unknown: '外地有关部门' },
  en: {
    issuers: 'The issuers of birth certificates in {place}',
    station: 'The police station of the residence in {place}',
    unknown: 'The authority of another place',
  },
};

function elsewhere(region: string | null, of: 'issuers' | 'station', locale: Locale): string {
  const province = region === null ? undefined : PROVINCES[region.slice(0, 2)];
  if (region === null || province === undefined) return ELSEWHERE[locale].unknown;
  return ELSEWHERE[locale][of].replace('{place}', `${province}（${region.slice(0, 6)}）`);
}

/** Whom a coordinated check asks: by the place of birth (GB/T 2260), where the reader may know it. */
export const checkedWith = (region: string | null, locale: Locale): string => elsewhere(region, 'issuers', locale);

/** The police station of a residence outside the county. */
export const stationOf = (region: string, locale: Locale): string => elsewhere(region, 'station', locale);
