import type { Finding } from '@birth/domain';
import type { Locale } from '../caller';
import type { FindingView } from '../shapes/intake-shapes';

type Words = readonly [zh: string, en: string];

/** What is wrong with one field, and what to do. Never a value that was sent. */
const FIELDS: Readonly<Record<string, Words>> = {
  missing: ['请填写此项', 'This field is needed'],
  unknown_property: ['表单中没有这一项，请去掉', 'There is no such field; please leave it out'],
  unknown_code: ['选项不在列表中', 'Not in the list'],
  bad_value: ['填写的格式或长度不正确，请核对', 'The format or length is not right; please check'],
  bad_format: ['号码格式不正确', 'The number has the wrong format'],
  bad_check_character: [
    '身份证号码最后一位校验不通过，请核对',
    'The last character of the ID number does not fit; please check',
  ],
  bad_birth_date: ['身份证号码中的出生日期不存在', 'The ID number holds a date that does not exist'],
  birth_date_mismatch: ['与出生日期不一致', 'Does not fit the date of birth'],
  sex_mismatch: ['身份证号码中的性别与此人不符', 'The sex in the ID number does not fit'],
  birth_in_future: ['出生时间不能晚于现在', 'The birth cannot lie in the future'],
  delivery_order_above_plurality: ['出生次序不能大于胎数', 'The delivery order is above the plurality'],
  document_named_twice: ['同一证件只能选择一种领取方式', 'The same document is named twice'],
  service_not_requested: ['未申请办理该证件对应的事项', 'The service of this document is not asked for'],
  delivery_order_repeated: ['两个宝宝的出生次序相同', 'Two newborns have the same delivery order'],
  parent_missing: ['请至少填写一位家长', 'At least one parent is needed'],
  parents_are_same: ['父亲和母亲填成了同一个人，请核对', 'Both parents are the same person; please check'],
  hospital_owned_fact: [
    '此信息由出生医院提供，无需填写；如有误请联系医院更正',
    'The hospital gives this fact; please leave it out',
  ],
  unknown_birth_record: ['没有找到您的这条出生记录', 'No such birth record of yours'],
  birth_missing: ['请选择出生记录或填写出生信息', 'Choose a birth record or give the birth'],
  birth_given_twice: ['出生信息重复', 'The birth is given twice'],
  unlawful_demand: ['不得要求提供依规无需提供的材料', 'Asks for a paper that nobody may ask for'],
  stillbirth: ['您无需再填写', 'Nothing more is needed from you'],
  declaration_missing: ['请先勾选真实性承诺', 'Please declare that the facts are true'],
  applicant_not_verified: [
    '与您实名登录的身份不一致，请用本人信息申请',
    'Differs from your verified identity; please file in your own name',
  ],
  identity_not_verified: ['请先完成实名认证', 'Please have your identity verified first'],
  mother_needed: [
    '在医院出生的宝宝需填写母亲信息；母亲无法办理的，由父亲申请，再到出生医院窗口核实',
    'For a birth in a hospital the mother is needed; where she cannot act, the father files and goes to the hospital’s desk',
  ],
  mother_differs_from_record: ['与医院出生记录中的母亲不一致', 'Differs from the mother in the hospital’s record'],
  applicant_not_parent: ['申请人与所填家长不一致', 'The applicant is not that parent'],
  applicant_is_absent: [
    '已故或在押的家长不能作为申请人',
    'A parent who died or is imprisoned cannot be the one who files',
  ],
  bad_mobile: ['手机号不正确', 'The mobile number is not right'],
  surname_mismatch: [
    '姓氏与所选的随姓家长不一致，请核对',
    'The surname is not that of the parent chosen; please check',
  ],
  card_needs_insurance: [
    '申领社保卡要核验参保信息，请同时勾选医保参保；孩子已参保的只核验、不重复参保',
    'The card needs the insurance: ask for that too; a child who is insured already is only looked up',
  ],
  custom_needs_minority: ['仅少数民族可按本民族习惯取名', 'Only members of a minority name by its custom'],
  ethnicity_of_neither_parent: ['民族须随父亲或母亲', 'The ethnicity is the mother’s or the father’s'],
  came_from_father: [
    '父亲不再列入，请按母亲一方重新填写此项',
    'The father is no longer named: please give this anew, from the mother’s side',
  ],
  head_is_not_parent: [
    '户主是家长本人的，户主证件号码应与该家长一致',
    'Where the head is that parent, both ID numbers must be the same',
  ],
  year_not_allowed: [
    '此参保年度不能选择，请选出生当年（临近年底出生的可加选次年）',
    'This year cannot be chosen: take the year of birth, and near its end the next one, too',
  ],
  office_outside_county: [
    '所选地址不在云阳县的镇街，请选择在云阳的户籍地或居住地，或向当地镇街申报',
    'That place lies in no town of this county: choose another, or declare at that place',
  ],
  unknown_material: ['没有找到您上传的这份材料', 'No such material of yours'],
  repeated: ['重复选择', 'Chosen twice'],
  not_correctable: ['此项不能在这里修改', 'This field cannot be corrected here'],
  not_asked: ['部门没有要求补正此项', 'The agency did not ask for this field'],
  name_digit: ['姓名中不能有数字', 'A name has no digits'],
  name_latin_letter: ['姓名中不能有字母', 'A name has no Latin letters'],
  name_symbol: ['姓名中不能有符号', 'A name has no symbols'],
  name_empty: ['请填写姓名', 'The name is needed'],
  name_too_long: ['姓名过长（最多 25 字）', 'The name is too long (25 characters)'],
  name_separator_misplaced: ['间隔号“·”的位置不正确', 'The separator · stands in the wrong place'],
  name_needs_window: ['含生僻字，户口登记需到窗口办理', 'Rare characters: the household step goes to the window'],
};

const UNKNOWN: Words = ['请核对此项', 'Please check this field'];

export const isFieldCode = (code: string): boolean => code in FIELDS;

export const fieldMessage = (code: string, locale: Locale): string =>
  (FIELDS[code] ?? UNKNOWN)[locale === 'en' ? 1 : 0];

export const inWords =
  (locale: Locale) =>
  ({ pointer, code }: Finding): FindingView => ({ pointer, code, message: fieldMessage(code, locale) });
