import { type Demand, forbiddenDemands, isForbiddenMaterial } from './forbidden-demands';

const ASKED: [string, Demand][] = [
  ['请提供准生证', 'birth_permit'],
  ['请补充提供准生证后再办理', 'birth_permit'],
  ['缺准生证', 'birth_permit'],
  ['未提交准生证，不予受理', 'birth_permit'],
  ['没有准生证不能办理', 'birth_permit'],
  ['不提供准生证的不予登记', 'birth_permit'],
  ['因工作需要，不得不请您补交准生证', 'birth_permit'],
  ['不能没有准生证', 'birth_permit'],
  ['除准生证外无需其他材料', 'birth_permit'],
  ['无需准生证以外的其他材料', 'birth_permit'],
  ['无需结婚证，但须提供准生证', 'birth_permit'],
  ['无需提供结婚证请带准生证', 'birth_permit'],
  ['无需到场。准生证复印件一份', 'birth_permit'],
  ['无需到场，上传准生证即可', 'birth_permit'],
  ['户口簿不清楚，准生证', 'birth_permit'],
  ['凭准生证办理', 'birth_permit'],
  ['准生证不能少', 'birth_permit'],
  ['准生证不需要复印件，带原件', 'birth_permit'],
  ['按免疫程序接种前请出示准生证', 'birth_permit'],
  ['请上传生育服务证', 'birth_permit'],
  ['生育证原件及复印件', 'birth_permit'],
  ['需办理再生育审批证', 'birth_permit'],
  ['第三个孩子还要三孩生育服务证', 'birth_permit'],
  ['独生子女父母光荣证', 'birth_permit'],
  ['请提供 准 生 证', 'birth_permit'],
  ['请提供准\u3000生\u3000证', 'birth_permit'],
  ['请提供准\u200b生\u200b证', 'birth_permit'],
  ['请提供“准-生-证”', 'birth_permit'],
  ['请提供准·生·证', 'birth_permit'],
  ['請補交準生證', 'birth_permit'],
  ['請提供准生証', 'birth_permit'],
  ['请提供ＺＨＵＮＳＨＥＮＧＺＨＥＮＧ', 'birth_permit'],
  ['请提供zhun sheng zheng', 'birth_permit'],
  ['请补交计划生育证明', 'family_planning'],
  ['請提供計劃生育服務手冊、計劃生育證明', 'family_planning'],
  ['请到计生办盖章', 'family_planning'],
  ['请提供流动人口婚育证明', 'family_planning'],
  ['产后须提供节育手术证明', 'family_planning'],
  ['上环证明未交', 'family_planning'],
  ['请先办理生育登记', 'fertility_registration'],
  ['生育服务登记卡', 'fertility_registration'],
  ['请在生育登记完成后再来', 'fertility_registration'],
  ['需缴纳社会抚养费', 'maintenance_fee'],
  ['社會撫養費繳納憑證', 'maintenance_fee'],
  ['超生罚款收据', 'maintenance_fee'],
  ['请提供结婚证', 'marriage_certificate'],
  ['请提供父亲或母亲的结婚证', 'marriage_certificate'],
  ['请提供结婚证，不接受非婚生育声明', 'marriage_certificate'],
  ['必须有结婚证，承诺书不予认可，不接受承诺书代替', 'marriage_certificate'],
  ['在承诺时限内提供结婚证', 'marriage_certificate'],
  ['请如实说明情况并提供结婚证', 'marriage_certificate'],
  ['结婚证或离婚证', 'marriage_certificate'],
  ['没有结婚证的不予受理', 'marriage_certificate'],
  ['結婚證原件', 'marriage_certificate'],
  ['身份证或护照均要。请提供结婚登记证明', 'marriage_certificate'],
  ['結婚登記証', 'marriage_certificate'],
];

const WAIVED = [
  '请补正住址',
  '无需准生证，请补正住址',
  '无须提供准生证',
  '毋需准生證',
  '不再要求提供生育服务证',
  '不需要提供结婚证',
  '不用带结婚证',
  '不必提交准生证、结婚证、社会抚养费收据',
  '无需提供结婚证，准生证，社会抚养费票据',
  '已取消准生证要求',
  '免提交计划生育证明',
  '不得要求家长必须提供准生证',
  '不得以未提供准生证为由拒绝办理',
  '不能以未缴纳社会抚养费为由不予登记',
  '严禁将社会抚养费作为前置条件',
  '不应当要求群众提供生育登记凭证',
  '准生证不需要提供',
  '准生证、结婚证均无需提供',
  '结婚证可不提供，请核对户口簿地址',
  '准生证已取消',
  '生育登记不再作为落户条件',
  '计划生育证明不是必备材料',
  '无 需 准 生 证',
  '無需準生證',
  '请提供结婚证或者非婚生育说明',
  '请提供结婚证，或签署非婚生育声明',
  '非婚生育声明或结婚证',
  '结婚证/亲子关系声明',
  '请上传结婚证，没有的可签署书面承诺',
  '结婚证可用电子证照核验代替',
  '如有结婚证请一并上传',
  '户口簿、身份证、结婚证任一即可',
  '请携带出生医学证明副页到派出所',
  '生育保险待遇请咨询医保局',
  '请补充免疫规划信息',
  '抚养人与监护人关系不清，请核对',
  '',
];

describe('P8: what an agency may never ask for', () => {
  it.each(ASKED)('%s asks for %s', (text, demand) => expect(forbiddenDemands(text)).toContain(demand));

  it.each(WAIVED)('"%s" asks for none', (text) => expect(forbiddenDemands(text)).toEqual([]));

  it('every one of a text is named, once', () => {
    const text = '请提供准生证、结婚证，并缴纳社会抚养费；准生证须原件';
    expect(forbiddenDemands(text)).toEqual(['birth_permit', 'maintenance_fee', 'marriage_certificate']);
  });

  it.each(['准生证', '准 生 证', 'birth_permit', '生育登记凭证', 'compulsory_marriage_certificate', '社会抚养费票据'])(
    'a definition may not name %s',
    (material) => expect(isForbiddenMaterial(material)).toBe(true),
  );

  it.each(['marriage_certificate_or_statement', 'household_book', '出生医学证明'])('it may name %s', (material) =>
    expect(isForbiddenMaterial(material)).toBe(false),
  );

  it('takes a text of any length in one go', () => {
    const long = '请提供户口簿，'.repeat(20_000) + '准生证';
    const before = process.hrtime.bigint();
    expect(forbiddenDemands(long)).toEqual(['birth_permit']);
    expect(Number(process.hrtime.bigint() - before) / 1e6).toBeLessThan(2_000);
  });
});
