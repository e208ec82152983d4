import type { AgencyCode, Reason, StepCode, StepState } from '@birth/domain';
import type { Locale } from '../caller';

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
  },
  en: {
    birth_certificate: 'Birth certificate',
    vaccination: 'Vaccination record',
    household_registration: 'Household registration',
    medical_insurance: 'Medical insurance enrolment',
    social_security_card: 'Social security card',
    identity_backfill: 'Name in the vaccination record',
    insurance_identity_update: 'Insurance identity update',
  },
};

const AGENCY_NAMES: Record<Locale, Words<AgencyCode>> = {
  'zh-CN': {
    'health-commission': '云阳县卫生健康委员会',
    'disease-control': '云阳县疾病预防控制中心',
    'public-security': '云阳县公安局',
    'medical-insurance': '云阳县医疗保障局',
    'human-resources': '云阳县人力资源和社会保障局',
  },
  en: {
    'health-commission': 'Yunyang Health Commission',
    'disease-control': 'Yunyang Centre for Disease Control',
    'public-security': 'Yunyang Public Security Bureau',
    'medical-insurance': 'Yunyang Healthcare Security Bureau',
    'human-resources': 'Yunyang Human Resources Bureau',
  },
};

const STATES: Record<Locale, Words<StepState | 'submitting'>> = {
  'zh-CN': {
    waiting: '待前置事项',
    queued: '待推送',
    submitting: '推送中',
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
    data_mismatch: '医院记录与所填信息不一致，工作人员正在核对',
    hospital_record_missing: '等待医院上传出生记录',
    name_undecided: '请确定宝宝的名字后继续',
    parent_refused: '另一方家长未同意，可查看原因、再次请对方确认，或到出生医院窗口签字',
    parent_confirmation: '等待另一方家长确认',
    to_be_sent: '即将发送给办理部门',
    agency_unavailable: '部门系统暂时繁忙，系统会自动重试，您无需操作',
    in_progress: '部门正在办理',
    waiting_for_paper: '等待纸质出生医学证明副页送达派出所',
    verifying: '正在核实结果',
    agency_asked_correction: '部门需要您补正信息',
    agency_asked_action: '部门需要您配合办理',
    visit_window: '请携带材料到窗口办理',
    external_registration: '请在户籍地等县外机构办理，办好后告诉我们结果',
    special_procedure: '部门启动特别程序，期间不计入承诺时限',
    coordinated_check: '部门正在与外地协查，期间不计入承诺时限',
    contract_broken: '部门返回的数据有误，工作人员正在处理',
    outcome_unknown: '部门未答复，工作人员正在核实',
    attempts_exhausted: '多次发送未成功，工作人员正在处理',
    conflict: '收到的答复前后不一致，工作人员正在核实',
    correction_overdue: '补正已超期，工作人员会与您联系',
    withdrawal_requested: '正在撤回',
    done: '已办好',
    agency_refused: '部门不予办理，可查看原因与救济途径',
    applicant_withdrew: '您已撤回',
    dependency_ended: '前一事项未办成，本事项无法继续',
    not_requested: '未申请此事项',
    foreign_nationals: '父母双方均为外国籍，不适用',
    already_insured: '已参保',
  },
  en: {
    awaiting_dependency: 'Goes on by itself when the step before it is done',
    data_mismatch: 'The hospital’s record differs from the form; a clerk compares them',
    hospital_record_missing: 'Waiting for the hospital’s birth record',
    name_undecided: 'Choose the child’s name to go on',
    parent_refused: 'The other parent did not agree; see why, ask again, or sign at the hospital’s desk',
    parent_confirmation: 'Waiting for the other parent to confirm',
    to_be_sent: 'About to be sent to the agency',
    agency_unavailable: 'The agency’s system is busy; we try again by ourselves',
    in_progress: 'The agency is working on it',
    waiting_for_paper: 'Waiting for the paper copy to reach the police station',
    verifying: 'The result is being verified',
    agency_asked_correction: 'The agency needs corrected information from you',
    agency_asked_action: 'The agency needs you to act',
    visit_window: 'Please bring the papers to the window',
    external_registration: 'Done by an agency elsewhere; tell us the result when you have it',
    special_procedure: 'Special procedure; the promise is paused',
    coordinated_check: 'Being checked with another place; the promise is paused',
    contract_broken: 'The agency’s reply was faulty; a clerk deals with it',
    outcome_unknown: 'No reply from the agency; a clerk finds out',
    attempts_exhausted: 'Sending failed several times; a clerk deals with it',
    conflict: 'The answers contradict each other; a clerk finds out',
    correction_overdue: 'The correction is overdue; a clerk will call you',
    withdrawal_requested: 'Being withdrawn',
    done: 'Done',
    agency_refused: 'Refused; see the reason and what you can do',
    applicant_withdrew: 'You withdrew it',
    dependency_ended: 'Cannot go on because an earlier step ended',
    not_requested: 'Not asked for',
    foreign_nationals: 'Does not apply: both parents are foreign nationals',
    already_insured: 'Insured already',
  },
};

export const stepName = (code: StepCode, locale: Locale): string => STEPS[locale][code];
export const agencyName = (agency: AgencyCode, locale: Locale): string => AGENCY_NAMES[locale][agency];
export const stateName = (state: StepState | 'submitting', locale: Locale): string => STATES[locale][state];
export const reasonWords = (reason: Reason, locale: Locale): string => REASON_WORDS[locale][reason];
