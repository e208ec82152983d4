import type { EndedOtherwise } from '@birth/domain';
import type { Locale } from '../caller';
import { stepName } from './words';

type Words = Readonly<Record<EndedOtherwise['becomes'], (earlier: string) => string>>;

const ENDINGS: Readonly<Record<Locale, Words>> = {
  'zh-CN': {
    certificate_basis: (earlier) => `“${earlier}”如未办成，将改凭出生医学证明办理，不影响宝宝参保`,
    not_applicable: (earlier) => `“${earlier}”如未办成，本事项暂不办理；重新申请该事项后自动恢复`,
  },
  en: {
    certificate_basis: (earlier) => `If “${earlier}” does not succeed, this goes on with the birth certificate`,
    not_applicable: (earlier) =>
      `If “${earlier}” does not succeed, this is not done; it comes back when that one is applied for again`,
  },
};

/** What a family reads before filing of a step whose earlier one may end otherwise (P12). */
export const endingWords = ({ code, becomes }: EndedOtherwise, locale: Locale): string =>
  ENDINGS[locale][becomes](stepName(code, locale));
