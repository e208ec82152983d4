import { AGENCIES, type AgencyCode, type AgencyCodes, ANSWERS_OF, CODE_CLASSES, type CodeMeaning } from '@birth/domain';

const HEAD = `# The agencies' codes

Written by \`npm run codes\` from \`seeds/agencies/<agency>/errors.json\`; not by hand. Each code that an agency may send has
its row here: what it means, what the family reads beside the agency's own words, what the clerk reads, and what is to be
done. The platform does not start while a code of a wire has no row. A code that is in no agreement is nobody's guess: the
step waits for a clerk, with the message as evidence.

| class | 类别 | what it brings |
| --- | --- | --- |
`;

const CLASS_NAMES: Readonly<Record<(typeof CODE_CLASSES)[number], string>> = {
  progress: '办理进展',
  correctable: '可补正',
  family_action: '待申请人办理',
  data_mismatch: '数据不一致',
  business_conflict: '业务冲突',
  policy_route: '政策分流',
  policy_refusal: '依法不予办理',
  illegal_ground: '违法理由',
  technical: '技术问题',
};

const classRow = (of: (typeof CODE_CLASSES)[number]): string => {
  const brings = of === 'technical' ? 'no answer: a clerk looks' : ANSWERS_OF[of].join(', ');
  const held = of === 'illegal_ground' ? ', held back for the county coordinator' : '';
  return `| ${of} | ${CLASS_NAMES[of]} | ${brings}${held} |\n`;
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

const codeRow = ({ code, class: of, parent, clerk, next, fields, source, assumed }: CodeMeaning): string => {
  const corrects = fields.length === 0 ? '' : `<br>${fields.map((pointer) => `\`${pointer}\``).join(' ')}`;
  const from = `${source}${assumed ? ' (assumed)' : ''}`;
  return `| \`${code}\` | ${of} | ${[parent, clerk, next].map(cell).join(' | ')}${corrects} | ${cell(from)} |\n`;
};

const agencyPart = (agency: AgencyCode, codes: AgencyCodes): string =>
  `\n## ${agency}\n\n| code | class | 家庭看到 | 经办人看到 | 下一步 | source |\n| --- | --- | --- | --- | --- | --- |\n` +
  codes.of(agency).map(codeRow).join('');

/** docs/agencies/errors.md as the seeds make it. */
export const codesDocument = (codes: AgencyCodes): string =>
  HEAD + CODE_CLASSES.map(classRow).join('') + AGENCIES.map((agency) => agencyPart(agency, codes)).join('');
