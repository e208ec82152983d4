import { AgencyContractBroken, type PortalRecord } from '@birth/application';
import type { RecordKind, RecordSubject } from '@birth/domain';
import { Fields } from '../kit/parse';
import { recordMessage, toRecordReply } from './record.mapper';

const RECORD: PortalRecord = {
  id: 'r-1',
  kind: 'accept',
  about: 'accepted',
  caseNumber: '500235CSYJS202611020000017',
  portalCaseNumber: 'CQ-1',
  service: { code: 'household_registration', newbornIndex: 0, officeCode: 'YYP001' },
  rating: null,
  at: Date.parse('2026-11-02T09:00:00+08:00'),
};
const UNIT = { name: '云阳县公安局', socialCreditCode: '11500235MB0000000X' };
const CASE = {
  project_no: '500235CSYJS202611020000017-1-HJ',
  source_no: 'CQ-1',
  task_code: '500235-CSYJS-HJ',
  task_name: '户口登记（出生登记）',
  unit_name: '云阳县公安局',
  unit_uscc: '11500235MB0000000X',
  region_code: '500235',
};
const TIME = '2026-11-02 09:00:00';

describe('a record for the city’s portal', () => {
  it.each<[RecordKind, RecordSubject, string, object]>([
    ['accept', 'accepted', 'up_pro_accept', { accept_time: TIME, project_type: '2' }],
    ...(
      [
        ['correction_needed', '退回', '补正告知'],
        ['action_needed', '其他', '待申请人办理'],
        ['resumed', '通过', '继续办理'],
      ] as const
    ).map(([about, business_action, link_name]): [RecordKind, RecordSubject, string, object] => [
      'process',
      about,
      'up_pro_process',
      { business_action, link_name, link_state: '2', end_time: TIME },
    ]),
    ['special_procedure', 'suspended', 'up_pro_special_procedure', { procedure_type: '2', start_time: TIME }],
    ['special_procedure', 'suspension_ended', 'up_pro_special_procedure', { procedure_type: '2', end_time: TIME }],
    ['result', 'completed', 'up_pro_result', { result_type: '0', finish_time: TIME }],
    ['result', 'rejected', 'up_pro_result', { result_type: '1', finish_time: TIME }],
    ['result', 'withdrawn', 'up_pro_result', { result_type: '5', finish_time: TIME }],
    ['result', 'cancelled', 'up_pro_result', { result_type: '2', finish_time: TIME }],
  ])('%s, %s: %s with exactly these fields', (kind, about, table, data) =>
    expect(recordMessage({ ...RECORD, kind, about }, UNIT)).toEqual({
      record_id: 'r-1',
      table,
      cd_operation: 'I',
      data: { ...CASE, ...data },
    }),
  );

  it.each([
    [5, '1'],
    [4, '2'],
    [3, '3'],
    [2, '4'],
    [1, '5'],
  ] as const)(
    'P20: a rating of %s goes as 满意度 %s, of the joint case and its leading unit, without a word of the family',
    (level, satisfaction) => {
      const rating = { level, aspects: { efficiency: 5, windowAttitude: 1 } } as const;
      const record = { ...RECORD, kind: 'rating', about: 'rated', service: null, rating } as const;
      expect(recordMessage(record, undefined)).toEqual({
        record_id: 'r-1',
        table: 'up_pro_evaluate',
        cd_operation: 'I',
        data: {
          project_no: '500235CSYJS202611020000017',
          source_no: 'CQ-1',
          task_code: '500235-CSYJS',
          task_name: '出生一件事',
          unit_name: '云阳县卫生健康委员会',
          unit_uscc: '11500235MB1000100F',
          region_code: '500235',
          satisfaction,
          indicators: [
            { indicator_name: '办事效率', satisfaction: '1' },
            { indicator_name: '服务态度', satisfaction: '5' },
          ],
          evaluate_time: TIME,
        },
      });
    },
  );

  it.each([
    [{ record_id: 'r-1', result: '0' }, { outcome: 'acknowledged' }],
    [{ record_id: 'r-1', result: '1' }, { outcome: 'acknowledged' }],
    [
      { record_id: 'r-1', result: '2', error_code: 'E102' },
      { outcome: 'refused', code: 'E102' },
    ],
  ])('%j is an answer', (reply, outcome) => expect(toRecordReply(new Fields(reply), RECORD)).toEqual(outcome));

  it.each([
    { record_id: 'r-2', result: '0' },
    { record_id: 'r-1' },
    { record_id: 'r-1', result: '7' },
    { record_id: 'r-1', result: '2' },
  ])('%j is none: the record stays owed', (reply) =>
    expect(() => toRecordReply(new Fields(reply), RECORD)).toThrow(AgencyContractBroken),
  );
});
