/** Columns of a file that brings answers; in this order, whatever follows them is passed over. */
export const ANSWER_COLUMNS = [
  '任务号',
  '答复',
  '答复时间',
  '回执号',
  '说明',
  '补正字段',
  '程序',
  '截止日',
  '结果',
  '不予理由',
  '法律依据',
  '文书号',
  '机关',
  '救济途径',
] as const;

/** Columns of a file that hands out tasks. */
export const TASK_COLUMNS = ['任务号', '事项', '限定', '第三方主键', '办件编号', '应答期限', '内容'] as const;

const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

/** A line as the worklist's own answer would say it; null where its result is no JSON. */
export function answerOfLine(cells: readonly string[], messageId: string): Buffer | null {
  const [, kind, occurredAt, receipt, text, fields, procedure, until, results, ...refused] = cells;
  const [reason, legalBasis, documentNumber, office, remedy] = refused;
  const isRefusal = refused.slice(0, 5).some((part) => part !== '');
  const said = {
    ...{ messageId, kind, occurredAt, receipt: orNull(receipt), text: orNull(text), procedure: orNull(procedure) },
    fields: orNull(fields)?.split(/\s+/) ?? (kind === 'correction_needed' ? [] : null),
    until: orNull(until),
    refusal: isRefusal ? { reason, legalBasis, documentNumber, office, remedy } : null,
  };
  try {
    const found = orNull(results);
    return Buffer.from(JSON.stringify({ ...said, results: found === null ? null : (JSON.parse(found) as unknown) }));
  } catch {
    return null;
  }
}
