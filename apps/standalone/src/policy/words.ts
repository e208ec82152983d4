import type { FactName, OfficeKind, Paper, Route, RoutingFacts, StepMode } from '@birth/domain';

type WordsOf<F extends FactName> = Readonly<Record<RoutingFacts[F], string>>;

/** What each fact says, value by value. */
const FACTS: { readonly [F in FactName]: WordsOf<F> } = {
  bornIn: {
    institution_yunyang: 'born in an institution of the county',
    institution_chongqing: 'born in an institution elsewhere in Chongqing',
    institution_elsewhere: 'born in an institution out of province',
    outside_institution: 'born outside an institution',
    abroad: 'born abroad',
  },
  certificate: { none: 'no certificate yet', held: 'certificate held' },
  parents: { both: 'both parents named', mother_only: 'mother alone named', father_only: 'father alone named' },
  nationals: { chinese: 'Chinese parents', one_foreign: 'one foreign parent', all_foreign: 'no Chinese parent' },
  target: {
    yunyang: 'household in the county',
    chongqing: 'household elsewhere in Chongqing',
    elsewhere: 'household out of province',
  },
  follows: { mother: 'follows the mother', father: 'follows the father', special: 'follows neither parent' },
  relation: { married: 'married', not_married: 'not married', not_stated: 'relation not stated' },
  ethnicity: { same: 'parents of one ethnic group', different: 'parents of two ethnic groups' },
  householdKind: {
    family: 'family household',
    collective: 'collective household',
    special: 'both collective, military or none',
  },
  age: { in_time: 'younger than the age of late registration', late: 'at the age of late registration' },
  surname: { parent: 'surname of a parent', custom: 'named by custom', other: 'another surname' },
  residentId: { none: 'no ID number yet', held: 'ID number held' },
  insured: { no: 'not insured yet', yes: 'insured already' },
  insuredAt: { yunyang: 'insured in the county', elsewhere: 'insured elsewhere' },
  inHospital: { no: 'baby at home', yes: 'baby in hospital' },
  household: { asked: 'household asked for', not_asked: 'household not asked for' },
  agent: { no: 'a parent or guardian files', yes: 'an agent files' },
  name: { plain: 'plain name', needs_window: 'name needs the window' },
  absence: {
    none: 'no parent died or imprisoned',
    deceased: 'a parent died',
    imprisoned: 'a parent imprisoned',
    both: 'a parent died, the other imprisoned',
  },
  lane: {
    not_needed: 'no cross-province lane',
    in_lane: 'inside the police lane',
    outside_lane: 'outside the police lane',
  },
};

export const factWords = (fact: string, value: string): string =>
  (FACTS as Readonly<Record<string, Readonly<Record<string, string>>>>)[fact]?.[value] ?? `${fact} ${value}`;

/** Conditions of a row: all must hold, of each any value. */
export function conditionWords(when: object): string {
  const parts = Object.entries(when).map(([fact, values]) =>
    (values as string[]).map((value) => factWords(fact, value)).join(' or '),
  );
  return parts.length === 0 ? 'otherwise' : parts.join('; ');
}

export const MODE_WORDS: Readonly<Record<StepMode, string>> = {
  issue: 'issued',
  verify: 'verified',
  external: 'done elsewhere, tracked',
  already_done: 'done before, checked',
};

export const ROUTE_WORDS: Readonly<Record<Route, string>> = {
  online: 'online',
  online_with_papers: 'online, papers brought',
  window: 'at the window',
};

export const OFFICE_WORDS: Readonly<Record<OfficeKind, string>> = {
  hospital: 'hospital of birth',
  maternal_health_unit: 'maternal health unit',
  vaccination_unit: 'vaccination unit',
  police_station: 'police station',
  insurance_desk: 'insurance desk',
  bank_outlet: 'bank outlet',
  tax_hall: 'tax hall',
  outside_agency: 'agency elsewhere',
};

export const PAPER_WORDS: Readonly<Record<Paper, string>> = {
  birth_certificate_original: '出生医学证明原件',
  household_book: '户口簿',
  parents_identity_documents: '父母身份证件',
  marriage_certificate_or_statement: '结婚证或声明',
  non_marital_birth_statement: '非婚生育说明',
  relation_not_stated_statement: '婚姻关系未说明的声明',
  single_mother_statement: '单亲母亲声明',
  paternity_report: '亲子鉴定意见书',
  relationship_statement: '亲子关系声明',
  ethnicity_choice: '民族成份选择书',
  surname_reason: '姓氏选取理由材料',
  collective_household_consent: '集体户单位同意落户证明',
  foreign_parent_passport: '外籍一方护照',
  foreign_birth_certificate: '境外出生证明及翻译件',
  agent_authorisation: '授权委托书',
  residence_permit: '居住证或暂住登记凭证',
  guardian_statement: '监护人声明',
  medical_death_certificate: '居民死亡医学证明（推断）书',
  parent_death_certificate: '已故家长的死亡证明（死亡医学证明书或户口注销证明）',
  custody_certificate: '监管场所出具的在押证明（代替本人身份证件）',
  statement_from_custody: '在押家长经监管场所转交的书面意见',
};
