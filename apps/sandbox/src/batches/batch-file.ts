import { sign, verify, type KeyObject } from 'node:crypto';
import { readTask, type WorklistTask } from '../worklist/worklist-task';
import { parseJson } from '../wire/field-check';
import { fromCsv, toCsv } from './csv';

/** docs/agencies/batch.md, "The file". */
const FORMAT = 'birth-batch-1';
const TASK_COLUMNS = ['任务号', '事项', '限定', '第三方主键', '办件编号', '应答期限', '内容'];
const ANSWER_COLUMNS = [
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
  '进度',
  '此前已办',
  '缴费通知号',
  '应缴金额分',
  '缴费截止日',
  '证件去向',
] as const;

export type AnswerLine = Partial<Record<(typeof ANSWER_COLUMNS)[number], string>> & { 任务号: string };

/** The tasks of a file that came from the platform; an error where the file is not to be trusted. */
export function readTasks(bytes: Buffer, office: string, key: KeyObject): WorklistTask[] {
  const rows = fromCsv(bytes.toString('utf8'));
  const [head = [], columns = [], ...rest] = rows;
  const [total = [], signature = []] = rest.splice(-2);
  mustBe(head[1] === FORMAT && head[2] === 'export' && head[3] === office, 'another file');
  mustBe(columns.join() === TASK_COLUMNS.join(), 'other columns');
  mustBe(signature[0] === '签名' && isSigned(bytes, signature[2] ?? '', key), 'the signature is wrong');
  mustBe(total[0] === '合计' && total[1] === String(rest.length), 'another number of lines');
  mustBe(total[2] === controlTotal(rest.map(([id = '']) => id)), 'another control total');
  return rest.flatMap((row) => taskOf(row) ?? []);
}

/** The next file of answers, signed by the agency. */
export function writeAnswers(
  { office, number, writtenAt }: { office: string; number: number; writtenAt: string },
  answers: readonly AnswerLine[],
  { keyId, privateKey }: { keyId: string; privateKey: KeyObject },
): Buffer {
  const body = toCsv([
    ['文件', FORMAT, 'import', office, String(number), writtenAt],
    ANSWER_COLUMNS,
    ...answers.map((answer) => ANSWER_COLUMNS.map((column) => answer[column] ?? '')),
    ['合计', String(answers.length), controlTotal(answers.map((answer) => answer.任务号))],
  ]);
  const signature = sign(null, Buffer.from(body), privateKey).toString('base64');
  return Buffer.from(`${body}签名,${keyId},${signature}\r\n`);
}

function taskOf([taskId, code, qualifier, key, , , content = '']: readonly string[]): WorklistTask | null {
  return readTask({ taskId, code, qualifier, key, payload: parseJson(Buffer.from(content)) });
}

const LAST_LINE = Buffer.from('签名,');

function isSigned(bytes: Buffer, signature: string, key: KeyObject): boolean {
  return verify(null, bytes.subarray(0, bytes.lastIndexOf(LAST_LINE)), key, Buffer.from(signature, 'base64'));
}

/** The last eight hexadecimal digits of each task number, added up. */
function controlTotal(taskIds: readonly string[]): string {
  return String(taskIds.reduce((sum, id) => sum + parseInt(id.slice(-8), 16), 0));
}

function mustBe(isRight: boolean, otherwise: string): asserts isRight {
  if (!isRight) throw new Error(otherwise);
}
