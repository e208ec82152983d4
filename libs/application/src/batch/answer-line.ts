/** Columns of a file that brings answers, in this order. */
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

/** Columns that may follow, in any order; what else follows is passed over. */
const FURTHER = {
  detail: '进度',
  existed: '此前已办',
  noticeNumber: '缴费通知号',
  amountFen: '应缴金额分',
  payBy: '缴费截止日',
  paper: '证件去向',
  waybill: '邮件号',
} as const;

/** Columns of a file that hands out tasks. */
export const TASK_COLUMNS = ['任务号', '事项', '限定', '第三方主键', '办件编号', '应答期限', '内容'] as const;

const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

/** A line as the worklist's own answer would say it; null where its result is no JSON. */
export function answerOfLine(
  cells: readonly string[],
  messageId: string,
  columns: readonly string[] = ANSWER_COLUMNS,
): Buffer | null {
  const further = (name: keyof typeof FURTHER): string | null => orNull(cells[columns.indexOf(FURTHER[name])]);
  const [, kind, occurredAt, receipt, text, fields, procedure, until, results, ...refused] = cells;
  const [reason, legalBasis, documentNumber, office, remedy] = refused;
  const isRefusal = refused.slice(0, 5).some((part) => part !== '');
  const said = {
    ...{ messageId, kind, occurredAt, receipt: orNull(receipt), text: orNull(text), procedure: orNull(procedure) },
    fields: orNull(fields)?.split(/\s+/) ?? (kind === 'correction_needed' ? [] : null),
    until: orNull(until),
    refusal: isRefusal ? { reason, legalBasis, documentNumber, office, remedy } : null,
    ...{
      detail: further('detail'),
      existed: yesNo(further('existed')),
      payment: paymentOf(further),
      paper: further('paper'),
      waybill: further('waybill'),
    },
  };
  try {
    const found = orNull(results);
    return Buffer.from(JSON.stringify({ ...said, results: found === null ? null : (JSON.parse(found) as unknown) }));
  } catch {
    return null;
  }
}

/** An amount that is no number stays as it was written: the answer's own rules refuse it. */
function paymentOf(further: (name: keyof typeof FURTHER) => string | null): object | null {
  const [noticeNumber, amount, payBy] = [further('noticeNumber'), further('amountFen'), further('payBy')];
  if (noticeNumber === null && amount === null && payBy === null) return null;
  const amountFen = amount !== null && /^\d+$/.test(amount) ? Number(amount) : amount;
  return { noticeNumber, amountFen, payBy };
}

const YES_NO: Readonly<Record<string, boolean>> = { 是: true, 否: false };

/** Another word stays as it was written, likewise. */
const yesNo = (word: string | null): boolean | string | null => (word === null ? null : (YES_NO[word] ?? word));
