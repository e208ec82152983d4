/** Policy P8 (decoupling): what may never be a condition of a birth's registration or any other step. */
const FORBIDDEN =
  /准生证|生育服务证|再生育证|计划生育(服务)?证(明)?|生育登记(凭证|证明)?|社会抚养费|节育(手术)?证明|birth_permit|family_planning|fertility_registration|social_maintenance_fee|compulsory_marriage_certificate/u;
const NEGATED = /(无需|不需|不用|不再|不必|取消|不得)[^，。；,;]{0,12}$/u;
const MARRIAGE = /结婚证/u;
const ALTERNATIVE = /或|声明|说明|承诺/u;

/** True when a text asks for a forbidden material; "无需准生证" does not ask. 结婚证 counts only where no alternative is offered. */
export function asksForForbiddenMaterial(text: string): boolean {
  const clauses = text.split(/[，。；,;\n]/u);
  return clauses.some((clause) => asks(clause, FORBIDDEN) || (!ALTERNATIVE.test(clause) && asks(clause, MARRIAGE)));
}

function asks(clause: string, words: RegExp): boolean {
  const found = words.exec(clause);
  return found !== null && !NEGATED.test(clause.slice(0, found.index));
}

/** For the codes and words of a definition: naming one at all is enough. */
export const isForbiddenMaterial = (material: string): boolean => FORBIDDEN.test(material);
