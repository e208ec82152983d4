import { type CaseState, insuranceNotices, type InsuranceNotice, type StepRecord } from '@birth/domain';
import type { Locale } from '../caller';
import type { County } from '../county';
import type { NoticeView } from '../shapes/case-shapes';

type Words = readonly [zh: string, en: string];

const AFTERWARDS: Words = [
  '可先凭出生医学证明为宝宝参加医保，取得身份证号后自动更新{until}',
  'you can enrol your child on its birth certificate now; the ID number is added by itself later{until}',
];
const UNTIL: Words = ['，请在 {day} 前办理', ', please do so by {day}'];

const TEXTS: Readonly<Record<NonNullable<InsuranceNotice['ground']> | 'insurance_at_risk', Words>> = {
  baby_in_hospital: [
    `医院告知宝宝正在住院，${AFTERWARDS[0]}，以便结算住院费用`,
    `The hospital says that your child is being treated there: ${AFTERWARDS[1]}, so that its bill is covered`,
  ],
  household_suspended: [
    `户口登记还在核查中，${AFTERWARDS[0]}`,
    `The household registration is being looked into: ${AFTERWARDS[1]}`,
  ],
  paper_awaited: [
    `户口登记在等纸质材料，${AFTERWARDS[0]}`,
    `The household registration waits for the paper copy: ${AFTERWARDS[1]}`,
  ],
  day_reached: [
    `宝宝出生已满 {days} 天，身份证号尚未办好，${AFTERWARDS[0]}`,
    `Your child is {days} days old and has no ID number yet: ${AFTERWARDS[1]}`,
  ],
  insurance_at_risk: [
    '宝宝出生已满 {days} 天还没有定名，医保参保可能逾期，出生后的医疗费用可能无法报销；请尽快确定名字{until}',
    'Your child is {days} days old and has no name: its insurance is at risk, and with it the hospital’s bill. Please choose the name{until}',
  ],
};

/** What the family may do of itself at a step, with words and until when (P6, P11). */
export function noticesOf(
  step: StepRecord,
  state: CaseState,
  { county, locale, now }: { county: County; locale: Locale; now: number },
): NoticeView[] {
  const { settings } = county.policyAt(state.filedAt);
  const language = locale === 'en' ? 1 : 0;
  return insuranceNotices(step, state, { settings, now }).map(({ code, ground, until }) => ({
    code,
    ground,
    until,
    text: TEXTS[ground ?? 'insurance_at_risk'][language]
      .replace('{days}', String(settings.insuranceOfferDay))
      .replace('{until}', until === null ? '' : UNTIL[language].replace('{day}', until)),
  }));
}
