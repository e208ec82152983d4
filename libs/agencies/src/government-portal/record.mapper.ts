import { AgencyContractBroken, type PortalRecord, type RecordReply } from '@birth/application';
import {
  type GivenRating,
  type Office,
  RATING_ASPECTS,
  type RatingAspect,
  type RatingLevel,
  type RecordKind,
  type RecordSubject,
  type ServiceCode,
} from '@birth/domain';
import { toLocalText } from '../kit/local-time';
import type { Fields } from '../kit/parse';

/** Tables of the national reporting schema. */
export const TABLES: Readonly<Record<RecordKind, string>> = {
  accept: 'up_pro_accept',
  process: 'up_pro_process',
  special_procedure: 'up_pro_special_procedure',
  result: 'up_pro_result',
  rating: 'up_pro_evaluate',
};

/** 事项: its code and name as the county's list has them, and its part of our case number. */
const ITEMS: Readonly<Record<ServiceCode, { suffix: string; name: string }>> = {
  birth_certificate: { suffix: 'CS', name: '出生医学证明' },
  vaccination: { suffix: 'JZ', name: '预防接种证' },
  household_registration: { suffix: 'HJ', name: '户口登记（出生登记）' },
  medical_insurance: { suffix: 'YB', name: '城乡居民医保参保登记' },
  social_security_card: { suffix: 'SK', name: '社会保障卡申领' },
};

const REGION = '500235';
/** GB/T 39046: 承诺件. */
const PROMISED = '2';
/** GB/T 39046: 已办. */
const DONE = '2';
/** GB/T 39046: 其他, not a longer time for deciding. */
const OTHER_PROCEDURE = '2';

/** 业务动作 and 环节名称. */
const HANDLING: Partial<Record<RecordSubject, { action: string; link: string }>> = {
  correction_needed: { action: '退回', link: '补正告知' },
  action_needed: { action: '其他', link: '待申请人办理' },
  resumed: { action: '通过', link: '继续办理' },
};

/** 办结结果: 出证办结, 不予许可, 退件, 作废. */
const RESULTS: Partial<Record<RecordSubject, string>> = {
  completed: '0',
  rejected: '1',
  withdrawn: '5',
  cancelled: '2',
};

/** 二级指标. */
const INDICATORS: Readonly<Record<RatingAspect, string>> = {
  efficiency: '办事效率',
  guideAccuracy: '办事指南精确度',
  convenience: '办事便捷度',
  platformUse: '平台操作性',
  windowEfficiency: '服务效率',
  windowSkill: '服务水平',
  windowAttitude: '服务态度',
};

const JOINT_CASE = '出生一件事';
/** 牵头单位. */
const LEAD: Unit = { name: '云阳县卫生健康委员会', socialCreditCode: '11500235MB1000100F' };

type Unit = Pick<Office, 'name' | 'socialCreditCode'>;

/** One record as it goes over the wire. Nobody is named in it but the unit. */
export function recordMessage(record: PortalRecord, unit: Unit | undefined): object {
  return {
    record_id: record.id,
    table: TABLES[record.kind],
    cd_operation: 'I',
    data: {
      ...itemOf(record, unit),
      source_no: record.portalCaseNumber,
      region_code: REGION,
      ...content(record),
    },
  };
}

/** A service of a newborn at its office, or the joint case, which the leading unit answers for. */
function itemOf({ service, caseNumber }: PortalRecord, unit: Unit | undefined): object {
  if (service === null) {
    return { project_no: caseNumber, task_code: `${REGION}-CSYJS`, task_name: JOINT_CASE, ...unitFields(LEAD) };
  }
  const { suffix, name } = ITEMS[service.code];
  return {
    project_no: `${caseNumber}-${service.newbornIndex + 1}-${suffix}`,
    task_code: `${REGION}-CSYJS-${suffix}`,
    task_name: name,
    ...unitFields(unit),
  };
}

const unitFields = (unit: Unit | undefined): object => ({
  unit_name: unit?.name ?? '',
  unit_uscc: unit?.socialCreditCode ?? '',
});

function content({ kind, about, at, rating }: PortalRecord): object {
  const time = toLocalText(at);
  switch (kind) {
    case 'accept':
      return { accept_time: time, project_type: PROMISED };
    case 'process':
      return {
        business_action: HANDLING[about]?.action,
        link_name: HANDLING[about]?.link,
        link_state: DONE,
        end_time: time,
      };
    case 'special_procedure':
      return { procedure_type: OTHER_PROCEDURE, [about === 'suspended' ? 'start_time' : 'end_time']: time };
    case 'result':
      return { result_type: RESULTS[about], finish_time: time };
    case 'rating':
      return { ...(rating === null ? {} : ratingFields(rating)), evaluate_time: time };
  }
}

/** What the family wrote is not told to the portal: it may name people. */
const ratingFields = ({ level, aspects }: GivenRating): object => ({
  satisfaction: satisfaction(level),
  indicators: RATING_ASPECTS.flatMap((aspect) => {
    const given = aspects[aspect];
    return given === undefined ? [] : [{ indicator_name: INDICATORS[aspect], satisfaction: satisfaction(given) }];
  }),
});

/** GB/T 39046: 1 非常满意 … 5 非常不满意. */
const satisfaction = (level: RatingLevel): string => String(6 - level);

/** 0 received, 1 had it before, 2 refused. A reply about another record says nothing of this one. */
export function toRecordReply(fields: Fields, { id }: Pick<PortalRecord, 'id'>): RecordReply {
  if (fields.text('record_id') !== id) throw new AgencyContractBroken('another record', 'record_id');
  const result = fields.matching('result', /^[012]$/);
  if (result !== '2') return { outcome: 'acknowledged' };
  return { outcome: 'refused', code: fields.matching('error_code', /^[A-Za-z0-9_-]{1,40}$/) };
}
