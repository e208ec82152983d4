import { isTerminal, type Paper, type StepRecord } from '@birth/domain';
import type { Locale } from '../caller';
import type { NoticeView } from '../shapes/case-shapes';

type Words = readonly [zh: string, en: string];
type AbsenceCode = 'parent_deceased' | 'parent_imprisoned';

const NOTICES: readonly { paper: Paper; code: AbsenceCode; words: Words }[] = [
  {
    paper: 'parent_death_certificate',
    code: 'parent_deceased',
    words: [
      '请节哀。已故家长无需签字或到场；请携带其死亡证明（死亡医学证明书或户口注销证明），由窗口核对后办理',
      'We are very sorry. The parent who died need neither sign nor come; please bring the death certificate, or proof that the household entry was cancelled',
    ],
  },
  {
    paper: 'statement_from_custody',
    code: 'parent_imprisoned',
    words: [
      '在押家长无需到场，也不用在线确认；请经监管场所取得其书面意见，交出生医院窗口登记',
      'The parent in custody need not come or confirm online: a written word, passed on by the place of custody, is recorded at the hospital’s desk',
    ],
  },
  {
    paper: 'custody_certificate',
    code: 'parent_imprisoned',
    words: [
      '在押家长无需到场；身份证件由监管场所保管的，请带监管场所出具的在押证明，由另一方家长到派出所窗口办理',
      'The parent in custody need not come: the other parent goes to the police station, with proof of custody in place of the identity document',
    ],
  },
];

/** What is different for the family where a parent died or is imprisoned (P7); for those who read the step's papers. */
export const absenceNotices = (
  { papers, state }: StepRecord,
  { showsPapers, locale }: { showsPapers: boolean; locale: Locale },
): NoticeView[] =>
  isTerminal(state) || !showsPapers
    ? []
    : NOTICES.filter(({ paper }) => papers.includes(paper)).map(({ code, words }) => ({
        code,
        ground: null,
        text: words[locale === 'en' ? 1 : 0],
        until: null,
      }));
