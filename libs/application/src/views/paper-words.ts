import { FAMILY, NOBODY, type Office, type PaperKind, type PaperRecord, type Party, POST } from '@birth/domain';
import type { Locale } from '../caller';
import type { PaperHolder } from '../shapes/paper-shapes';

type Words<K extends string> = Readonly<Record<K, string>>;

const KINDS: Record<Locale, Words<PaperKind>> = {
  'zh-CN': {
    certificate_main: '出生医学证明正页',
    certificate_copy: '出生医学证明副页',
    household_book: '户口簿',
    household_page: '户口页',
    vaccination_book: '预防接种证',
    card: '社会保障卡',
  },
  en: {
    certificate_main: 'Birth certificate, parents’ page',
    certificate_copy: 'Birth certificate, page for the police',
    household_book: 'Household book',
    household_page: 'Household page',
    vaccination_book: 'Vaccination book',
    card: 'Social security card',
  },
};

const HOLDERS: Record<Locale, Words<'family' | 'post' | 'nobody'>> = {
  'zh-CN': { family: '您', post: '邮寄途中', nobody: '已遗失' },
  en: { family: 'You', post: 'In the post', nobody: 'Lost' },
};

const HINTS: Record<Locale, Words<'bring' | 'lost' | 'lost_elsewhere'>> = {
  'zh-CN': {
    bring: '请把它交到或寄到{office}（{phone}），寄出后在这里填写运单号',
    lost: '请联系{office}（{phone}）补办；工作人员也会与您联系',
    lost_elsewhere: '请向原签发机构申请补办；工作人员会与您联系',
  },
  en: {
    bring: 'Please take or post it to {office} ({phone}) and tell us the waybill here',
    lost: 'Please ask {office} ({phone}) to make it again; a clerk will call you as well',
    lost_elsewhere: 'Please ask its issuer to make it again; a clerk will call you',
  },
};

export const paperName = (kind: PaperKind, locale: Locale): string => KINDS[locale][kind];

export function holderView(party: Party, offices: readonly Office[], locale: Locale): PaperHolder {
  if (party === FAMILY || party === POST || party === NOBODY) {
    return { kind: party, officeCode: null, name: HOLDERS[locale][party] };
  }
  return { kind: 'office', officeCode: party, name: officeOf(party, offices)?.name ?? party };
}

/** What the family can do now; null where it need not act. */
export function paperHint(paper: PaperRecord, offices: readonly Office[], locale: Locale): string | null {
  const words = HINTS[locale];
  if (paper.holder === NOBODY) {
    return paper.issuer === FAMILY ? words.lost_elsewhere : filled(words.lost, officeOf(paper.issuer, offices));
  }
  const [next = FAMILY] = paper.route;
  return paper.holder === FAMILY && next !== FAMILY ? filled(words.bring, officeOf(next, offices)) : null;
}

const officeOf = (code: Party, offices: readonly Office[]): Office | undefined =>
  offices.find((office) => office.code === code);

const filled = (text: string, office: Office | undefined): string =>
  text.replace('{office}', office?.name ?? '').replace('{phone}', office?.phone ?? '');
