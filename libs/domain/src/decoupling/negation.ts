export type Polarity = 'asked' | 'waived';

const DOUBLE = '不得不|不能不|不可不|不能没有|不可没有';
const WAIVING =
  '无需|无须|毋需|毋须|不需|不须|不用|不必|不再|不要求|未要求|没有要求|并非|不是|不得|不能以|不应|严禁|禁止|取消|废止|切勿|免(?=提|交|予|收|缴|于|除|验)';
/** "不得要求家长必须提供" is one word of the kind above. */
const ITS_OWN =
  '(?:再)?(?:向|对)?(?:其|您|你|群众|家长|父母|申请人|办事人)?(?:强制)?(?:要求)?(?:其|您|你|群众|家长|父母|申请人)?(?:必须|须|需)?';
const ASKING = '但|然而|不过|只需|只须|仅需|还需|还须|还要|还应|仍需|仍须|另需|另须|尚需|必须|应当|须|需|请';
/** The longest word first: "无需" is not "需", "不得不" is not "不得". */
const WORDS = new RegExp(`(${DOUBLE})|((?:${WAIVING})${ITS_OWN})|(${ASKING})`, 'gu');
/** A clause that goes on with a list: "无需提供结婚证，准生证". */
const LIST_ONLY = /^(原件|复印件|证明|等|材料|[和及与或者、])*$/u;

/** What the words before a place say of it: the last one counts; without any, a mere list goes on as the clause before it. */
export function polarityBefore(before: string, carried: Polarity): Polarity {
  const last = [...before.matchAll(WORDS)].at(-1);
  if (last !== undefined) return last[2] === undefined ? 'asked' : 'waived';
  return LIST_ONLY.test(before) ? carried : 'asked';
}

const WAIVED_AFTER =
  /^(原件|复印件|证明|明|书|等|材料|手续|缴纳|缴费|凭证|票据|收据|的?要求|制度|事项|均|也|都|已经?|现|目前|一律|今后|即日起|、)*(无需|无须|毋需|不需|不须|不用|不必|不再|免(?=提|交|予|收|缴|于|除|验)|取消|废止|不是|并非|不作为|可不|不要求|不得要求|不得作为)(?!.{0,4}复印)/u;

export const isWaivedAfter = (after: string): boolean => WAIVED_AFTER.test(after);
