import { comparable } from './comparable-text';
import { isWaivedAfter, type Polarity, polarityBefore } from './negation';

/** Policy P8: what may never be a condition of a birth's registration or of any other step; and being turned away. */
export const DEMANDS = [
  'birth_permit',
  'family_planning',
  'fertility_registration',
  'maintenance_fee',
  'marriage_certificate',
  'refusal',
] as const;
export type Demand = (typeof DEMANDS)[number];

const FORBIDDEN: Readonly<Record<Exclude<Demand, 'marriage_certificate' | 'refusal'>, RegExp>> = {
  birth_permit:
    /准生(证|证明|手续)|生育(服务)?证(?!明)|再生育(审批|批准)?证|[一二三两123]孩(生育)?(服务)?证|独生子女(父母光荣)?证|zhunshengzheng|birth_permit/u,
  family_planning:
    /(计划生育|计生)(服务|审核|审批|合格)?(证|手册|手续|证明|情况|材料|表|办|部门|站|罚款)|婚育(情况)?证|(节育|结扎|绝育|上环|放环|避孕|孕检)(手术)?证|family_planning/u,
  fertility_registration: /生育(服务)?登记|fertility_registration/u,
  maintenance_fee: /社会抚养费|超生(罚款|费)|计划外生育费|shehuifuyangfei|social_maintenance_fee/u,
};
const MARRIAGE = /结婚(登记)?证|婚姻(登记|关系)?证|jiehunzheng/u;
const COMPULSORY_MARRIAGE = /compulsory_marriage_certificate/u;
/** "父亲或母亲的结婚证" offers nothing else: an alternative stands directly beside it, or is named as one. */
const OR_BESIDE =
  /结婚(登记)?证(明|书)?(原件|复印件)?[,、]?((或|或者)(?!离婚)|也可|亦可)|(或者?)(提供|提交|出示|上传|携带)?结婚(登记)?证/u;
const ANOTHER_WAY =
  /声明|承诺书|书面承诺|告知承诺|作出承诺|签署承诺|(情况|书面|非婚生育|关系)说明|作出说明|均可|任一|之一|任选|[二三]选一|代替|替代|电子证照|数据共享|共享核验|如有|若有/u;
const NO_OTHER_WAY =
  /(不接受|不认可|不予认可|不能用|不可用|不得用|不能以|不得以)[^。;]{0,12}(声明|承诺|说明|代替|替代)/u;

/** Which forbidden papers a text asks for. "无需准生证" asks for none; 结婚证 counts only where no alternative is offered. */
export function forbiddenDemands(text: string): Demand[] {
  const sentences = comparable(text).split(/[。;!?\n]/u);
  const found = sentences.flatMap(demandsOf);
  return DEMANDS.filter((demand) => found.includes(demand));
}

/** For the codes and words of a definition: naming one at all is enough. */
export function isForbiddenMaterial(material: string): boolean {
  const words = comparable(material);
  return Object.values(FORBIDDEN).some((term) => term.test(words)) || COMPULSORY_MARRIAGE.test(words);
}

function demandsOf(sentence: string): Demand[] {
  const found: Demand[] = [];
  const terms = termsFor(sentence);
  let carried: Polarity = 'asked';
  for (const clause of sentence.split(/[,，]/u)) {
    for (const [demand, term] of terms) if (asks(clause, term, carried)) found.push(demand);
    carried = polarityBefore(clause.replaceAll(NAMED, ''), carried);
  }
  return found;
}

const NAMED = new RegExp([...Object.values(FORBIDDEN), MARRIAGE].map(({ source }) => source).join('|'), 'gu');

function termsFor(sentence: string): [Demand, RegExp][] {
  const terms = Object.entries(FORBIDDEN) as [Demand, RegExp][];
  return hasAnotherWay(sentence) ? terms : [...terms, ['marriage_certificate', MARRIAGE]];
}

const hasAnotherWay = (sentence: string): boolean =>
  !NO_OTHER_WAY.test(sentence) && (OR_BESIDE.test(sentence) || ANOTHER_WAY.test(sentence));

/** Every place where it is named: "无需准生证复印件，但须准生证原件" asks. */
function asks(clause: string, term: RegExp, carried: Polarity): boolean {
  return [...clause.matchAll(new RegExp(term, 'gu'))].some((match) => {
    const after = clause.slice(match.index + match[0].length);
    if (/^(以外|之外|外)/u.test(after)) return true;
    return (
      polarityBefore(clause.slice(0, match.index), carried) === 'asked' && !isWaivedAfter(after.replaceAll(NAMED, ''))
    );
  });
}
