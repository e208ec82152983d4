import type { Locale } from '@birth/application';

/** Title and, where it helps, what to do. Read by tired parents and by agencies' developers alike. */
type Words = readonly [zh: string, en: string];

const TITLES: Readonly<Record<string, Words>> = {
  invalid_request: ['提交的内容有误，请按提示修改', 'The request is not valid; see the fields'],
  form_invalid: ['有几处信息需要您核对', 'A few fields need your attention'],
  stillbirth: [
    '我们为您的失去深感难过。此服务不适用，您无需再提交任何材料；如需帮助，请拨打出生医院电话。',
    'We are sorry for your loss. This service does not apply and nothing more is needed from you; the hospital can help you.',
  ],
  not_found: ['没有找到您要查看的内容', 'Not found'],
  method_not_allowed: ['不支持此操作', 'Method not allowed'],
  forbidden: ['您没有权限', 'Not allowed'],
  role_missing: ['您的岗位没有此项权限', 'Your role does not allow this'],
  token_required: ['请先登录', 'Please sign in'],
  token_invalid: ['登录已失效，请重新登录', 'The sign-in is no longer valid'],
  signature_invalid: ['签名无效', 'The signature is not valid'],
  idempotency_key_required: ['缺少 Idempotency-Key 请求头', 'The Idempotency-Key header is required'],
  idempotency_key_reused: ['同一 Idempotency-Key 已用于其他内容', 'The Idempotency-Key was used for another body'],
  idempotency_in_progress: ['上一次提交仍在处理，请稍候', 'The first request with this key is still running'],
  case_open: ['这个宝宝已有一件正在办理的申请', 'There is an open case for this child'],
  case_open_by_other_parent: [
    '另一方家长已为这个宝宝提交申请。您可以在“待我确认”中确认。',
    'The other parent has filed for this child; you can confirm there',
  ],
  version_conflict: ['他人刚刚处理过此事项，请刷新后再操作', 'Somebody acted on this step meanwhile; reload it'],
  not_retryable: ['此事项当前不能重试', 'This step cannot be retried now'],
  nothing_to_check: ['此事项当前没有可查询的内容', 'There is nothing to ask the agency now'],
  nothing_to_verify: ['此事项当前没有待核实的结果', 'There is nothing to verify now'],
  evidence_needed: ['需要先确认部门未收到', 'Evidence that nothing was sent is needed first'],
  no_correction_asked: ['此事项当前不需要补正', 'No correction is asked for'],
  not_rejected: ['只有不予办理的事项可以重新申请', 'Only a refused step can be applied for again'],
  cannot_withdraw_any_more: ['此事项已办结，不能撤回', 'This step has ended and cannot be withdrawn'],
  withdrawal_already_requested: ['已经在撤回中', 'The withdrawal was requested before'],
  nothing_to_withdraw: ['没有可以撤回的事项', 'Nothing can be withdrawn'],
  step_has_ended: ['此事项已结束', 'This step has ended'],
  no_external_result_expected: ['此事项不需要填写县外办理结果', 'No result from elsewhere is expected'],
  name_already_decided: ['名字已经确定', 'The name was decided before'],
  consent_expired: ['确认已过期，请对方重新发起', 'The request to confirm has expired'],
  consent_already_answered: ['您已经答复过', 'It was answered before'],
  tracking_locked: ['查询密码多次错误，此件已锁定，请联系工作人员', 'Too many wrong tries; please ask a clerk'],
  malformed_json: ['内容不是有效的 JSON', 'The body is not valid JSON'],
  body_must_be_object: ['内容必须是一个 JSON 对象', 'The body must be a JSON object'],
  too_deep: ['内容嵌套过深', 'The body is nested too deeply'],
  duplicate_key: ['内容中有重复的键', 'The body repeats a key'],
  forbidden_key: ['内容中有不允许的键', 'The body has a key that is not allowed'],
  nul_character: ['内容中有不允许的字符', 'The body has a character that is not allowed'],
  lone_surrogate: ['内容中有不完整的字符', 'The body has half a character'],
  body_too_large: ['内容过大', 'The body is too large'],
  uri_too_long: ['网址过长', 'The address is too long'],
  unsupported_media_type: ['不支持此内容类型', 'This media type is not supported'],
  headers_too_large: ['请求头过大', 'The headers are too large'],
  bad_request: ['请求有误', 'Bad request'],
  bad_message: ['消息格式不符合约定', 'The message breaks the agreed format'],
  bad_file: ['文件无法识别，请上传清晰的 JPG、PNG 或 PDF', 'The file cannot be read: JPEG, PNG or PDF, please'],
  too_many_requests: ['操作过于频繁，请稍后再试', 'Too many requests'],
  unavailable: ['系统暂时繁忙，请稍后再试，您的信息没有丢失', 'Busy for a moment; please try again'],
  internal: ['系统出了问题，我们已记录，请稍后再试', 'Something went wrong on our side'],
};

const FIELDS: Readonly<Record<string, Words>> = {
  missing: ['请填写此项', 'This field is needed'],
  unknown_property: ['没有这一项', 'There is no such field'],
  unknown_code: ['选项不在列表中', 'Not in the list'],
  bad_value: ['格式不正确', 'The format is not right'],
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
  delivery_order_repeated: ['两个宝宝的出生次序相同', 'Two newborns have the same delivery order'],
  parent_missing: ['请至少填写一位家长', 'At least one parent is needed'],
  parents_are_same: ['父母信息相同', 'Both parents are the same person'],
  hospital_owned_fact: [
    '此信息由出生医院提供，无需填写；如有误请联系医院更正',
    'The hospital gives this fact; please leave it out',
  ],
  unknown_birth_record: ['没有找到您的这条出生记录', 'No such birth record of yours'],
  birth_missing: ['请选择出生记录或填写出生信息', 'Choose a birth record or give the birth'],
  birth_given_twice: ['出生信息重复', 'The birth is given twice'],
  stillbirth: ['此服务不适用', 'This service does not apply'],
  declaration_missing: ['请先勾选真实性承诺', 'Please declare that the facts are true'],
  applicant_not_verified: ['与您登录的身份不一致', 'Differs from your verified identity'],
  applicant_not_parent: ['申请人与所填家长不一致', 'The applicant is not that parent'],
  bad_mobile: ['手机号不正确', 'The mobile number is not right'],
  surname_mismatch: ['姓氏与所选来源的家长不一致', 'The surname is not that parent’s'],
  head_is_not_parent: ['户主号码与随迁家长不一致', 'The head’s number is not the parent’s'],
  year_not_allowed: ['参保年度不可选', 'This year cannot be chosen'],
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

const pick = ([zh, en]: Words, locale: Locale): string => (locale === 'en' ? en : zh);

export const problemTitle = (code: string, locale: Locale): string =>
  pick(TITLES[code] ?? FIELDS[code] ?? ['请求未能完成', 'The request could not be done'], locale);

export const fieldMessage = (code: string, locale: Locale): string =>
  pick(FIELDS[code] ?? ['请核对此项', 'Please check this field'], locale);
