import type { TaskCase } from '../offices/task-facts';
import { isObject } from '../wire/field-check';
import { offsetTime } from '../wire/local-time';
import { answerOf } from '../worklist/worklist-answer';
import type { AnswerLine } from './batch-file';

/** What an office writes of a task; null where it has nothing to say. */
export function lineOf(record: TaskCase): AnswerLine | null {
  const { facts, stage, receipt, changedAt } = record;
  const answer = answerOf(record);
  if (answer === null) return null;
  const line = { 任务号: facts.taskId, 答复: String(answer['kind']), 答复时间: offsetTime(changedAt), 回执号: receipt };
  switch (stage.kind) {
    case 'working':
      return { ...line, 进度: textOf(answer['detail']), 证件去向: textOf(answer['paper']) };
    case 'done':
      return { ...line, 结果: JSON.stringify(answer['results']), 此前已办: stage.existed === true ? '是' : '否' };
    case 'correction':
      return { ...line, 说明: stage.text, 补正字段: stage.fields.join(' ') };
    case 'action':
      return { ...line, 说明: stage.text, ...dueOf(answer['payment']) };
    case 'special':
      return { ...line, 说明: stage.text, 程序: String(answer['procedure']), 截止日: stage.until ?? '' };
    case 'refused': {
      const { reason = '', legalBasis = '', documentNumber = '', office, remedy = '' } = stage.refusal;
      return {
        ...line,
        不予理由: reason,
        法律依据: legalBasis,
        文书号: documentNumber,
        机关: office,
        救济途径: remedy,
      };
    }
    default:
      return line;
  }
}

function dueOf(payment: unknown): Partial<AnswerLine> {
  if (!isObject(payment)) return {};
  const { noticeNumber, amountFen, payBy } = payment;
  return { 缴费通知号: String(noticeNumber), 应缴金额分: String(amountFen), 缴费截止日: String(payBy) };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
