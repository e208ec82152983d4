import type { Cure, DifferenceKind } from '@birth/domain';
import type { Locale } from '../caller';
import type { OpenDifference, RunRow } from '../ports/reconciliation-store';
import { iso, isoOrNull } from './moments';
import { agencyName } from './words';

type Words = Readonly<Record<Locale, string>>;

const KINDS: Readonly<Record<DifferenceKind, Words>> = {
  lost_at_agency: { 'zh-CN': '我方已推送，部门查无此件', en: 'Sent by us, and the agency has no record of it' },
  unknown_to_us: { 'zh-CN': '部门有此件，我方无记录', en: 'The agency has it, and nobody here knows it' },
  later_request: { 'zh-CN': '部门已有该事项更晚的一次推送', en: 'The agency has a later request of this step' },
  state_differs: { 'zh-CN': '双方办理状态不一致', en: 'Both sides say something else of its state' },
  result_differs: { 'zh-CN': '双方办理结果不一致', en: 'Both sides have another result' },
  receipt_differs: { 'zh-CN': '双方回执号不一致', en: 'Both sides have another receipt number' },
  done_twice: { 'zh-CN': '部门对同一事项办结两次', en: 'The agency has done the same step twice' },
};

const CURES: Readonly<Record<Cure, Words>> = {
  ask_again: { 'zh-CN': '再次查询部门现状', en: 'Ask the agency for the present answer once more (checks)' },
  send_again: {
    'zh-CN': '部门明确查无此件：以同一编号重新推送',
    en: 'The agency definitely never had it: send it again under the same key (retries)',
  },
  take_answer: { 'zh-CN': '采纳部门答复：查询后办结', en: 'Take the agency’s answer: ask it now (checks)' },
  agency_corrects: { 'zh-CN': '请承办机构更正其记录', en: 'The office corrects its record' },
  agency_explains: {
    'zh-CN': '由经办人凭编号向承办机构核实来源',
    en: 'A clerk asks the office by these numbers where it comes from',
  },
  family_answers_again: {
    'zh-CN': '请家庭再次答复补正：部门已有后一次推送，不会重复办理',
    en: 'The family answers the correction again: the agency has the later request, and it is not done twice',
  },
};

export const runView = ({ differences, attempts: _, ...run }: RunRow, locale: Locale) => ({
  ...run,
  agencyName: agencyName(run.agency, locale),
  askedAt: iso(run.askedAt),
  endedAt: isoOrNull(run.endedAt),
  differences: Object.entries(differences).map(([kind, count]) => ({ kind: kind as DifferenceKind, count })),
});

export const openDifferenceView = (difference: OpenDifference, locale: Locale) => ({
  ...difference,
  agencyName: agencyName(difference.agency, locale),
  words: KINDS[difference.kind][locale],
  cureWords: CURES[difference.cure][locale],
  foundAt: iso(difference.foundAt),
  seenAt: iso(difference.seenAt),
  dueAt: iso(difference.dueAt),
});
