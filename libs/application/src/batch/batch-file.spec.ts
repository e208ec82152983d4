import iconv from 'iconv-lite';
import { ANSWER_COLUMNS, answerOfLine } from './answer-line';
import { BATCH_LINES, type BatchFile, controlTotal, readBatch, withSignature, writeBatch } from './batch-file';
import { csvLine, decodeCsv, parseCsv } from './csv';

const TASK = '01920000-0000-7000-8000-0000000000ff';
const OTHER = '01920000-0000-7000-8000-000000000001';
const HEAD = { direction: 'import', officeCode: 'YYB001', number: 3, writtenAt: '2026-11-02T16:30:00+08:00' } as const;
const lineOf = (taskId: string, text = '') => [taskId, 'accepted', HEAD.writtenAt, 'R1', text, ...Array(9).fill('')];
const fileOf = (lines: string[][]) => writeBatch(HEAD, ANSWER_COLUMNS, lines);
const GOOD = fileOf([lineOf(TASK), lineOf(OTHER, '李,"安"\n第二行')]);
const text = GOOD.toString('utf8');
const edited = (before: string, after: string) => Buffer.from(text.replace(before, after));
const read = (bytes: Buffer) => readBatch(bytes, ANSWER_COLUMNS);

describe('a file of a batch', () => {
  it('is read as it was written: commas, quotes and line ends in a cell, number, lines and total', () => {
    const { head, lines, signature } = read(GOOD) as BatchFile;
    expect([head, signature]).toEqual([HEAD, null]);
    expect(lines.map((cells) => cells[4])).toEqual(['', '李,"安"\n第二行']);
    expect(controlTotal([TASK, OTHER])).toBe('256');
  });

  it('may be GB 18030 where it has no mark of UTF-8, rare characters whole', () => {
    const rare = fileOf([lineOf(TASK, '𠮷王㛃')])
      .toString('utf8')
      .replace('\uFEFF', '');
    const { lines } = read(iconv.encode(rare, 'gb18030')) as BatchFile;
    expect(lines[0]![4]).toBe('𠮷王㛃');
  });

  it.each<[string, Buffer, string]>([
    ['bytes of no charset', Buffer.from([0xff, 0xff, 0x30]), 'unreadable'],
    ['a quote that never closes', edited('"李', '"李"安'), 'unreadable'],
    ['nothing', Buffer.alloc(0), 'format'],
    ['another format', edited('birth-batch-1', 'birth-batch-2'), 'format'],
    ['a number that is none', edited(',3,', ',0,'), 'format'],
    ['no total', edited('合计', '小计'), 'format'],
    ['other columns', edited('答复时间', '时间'), 'columns'],
    ['a line less than its total says', edited('合计,2', '合计,3'), 'line_count'],
    ['a task exchanged for another', edited('0000000000ff', '0000000000fe'), 'control_total'],
    ['more lines than a file may have', fileOf(Array<string[]>(BATCH_LINES + 1).fill(lineOf(TASK))), 'too_many_lines'],
  ])('%s: nothing of it is taken', (_name, bytes, fault) => expect(read(bytes)).toBe(fault));

  it.each([['utf8'], ['gb18030']])('its signature covers every byte before it, in %s', (charset) => {
    const bytes = charset === 'utf8' ? GOOD : iconv.encode(text.replace('\uFEFF', ''), charset);
    const signed = withSignature(GOOD, 'key-1', Buffer.from('signature'));
    const line = signed.subarray(GOOD.length).toString('utf8');
    const { signature } = read(Buffer.concat([bytes, iconv.encode(line, charset)])) as BatchFile;
    expect(signature).toMatchObject({ keyId: 'key-1', value: Buffer.from('signature').toString('base64') });
    expect(signature!.signed.equals(bytes)).toBe(true);
  });
});

describe('a cell', () => {
  it.each(['=1+1', '+86', '-1', '@SUM(A1)', '\tx', '\r=x', '=HYPERLINK("http://x","y")'])(
    '%j is no formula in a spreadsheet, and comes back as it was',
    (value) => {
      const line = csvLine(['x', value]);
      expect(parseCsv(line)![0]![1]).toBe(value);
      expect(line).toMatch(/^x,"?'/);
    },
  );

  it.each(['', 'x', "'x", 'a,b', '"', 'a\nb', '王 芳'])('%j comes back as it was', (value) => {
    expect(parseCsv(csvLine(['x', value, 'y']))).toEqual([['x', value, 'y']]);
  });

  it.each([
    [
      'an empty last cell',
      'a,\r\nb,c',
      [
        ['a', ''],
        ['b', 'c'],
      ],
    ],
    [
      'LF alone',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['empty lines', 'a\r\n\r\n,,\r\nb', [['a'], ['b']]],
    ['text after a quote', '"a"b', null],
    ['a quote inside', 'a"b', null],
  ])('%s', (_name, given, expected) => expect(parseCsv(given)).toEqual(expected));

  it('bytes that are no UTF-8 behind its mark are not guessed', () => {
    expect(decodeCsv(Buffer.concat([Buffer.from('\uFEFFa'), Buffer.from([0xc3])]))).toBeNull();
  });
});

describe('a line', () => {
  const said = (cells: string[]) => JSON.parse(answerOfLine(cells, 'm-1')!.toString('utf8')) as Record<string, unknown>;

  it('says what the worklist’s answer would say; empty cells say nothing', () => {
    expect(said(lineOf(TASK))).toEqual({
      messageId: 'm-1',
      kind: 'accepted',
      occurredAt: HEAD.writtenAt,
      receipt: 'R1',
      text: null,
      fields: null,
      procedure: null,
      until: null,
      results: null,
      refusal: null,
      detail: null,
      existed: null,
      payment: null,
      paper: null,
      waybill: null,
    });
  });

  it('what is to be paid and where the paper went stand in further columns, found by their names', () => {
    const columns = [...ANSWER_COLUMNS, '备注', '邮件号', '应缴金额分', '缴费通知号', '证件去向'];
    const cells = [...lineOf(TASK), '', 'EA123456789CN', '40000', 'YZ1', 'posted'];
    expect(JSON.parse(answerOfLine(cells, 'm-1', columns)!.toString('utf8'))).toMatchObject({
      payment: { noticeNumber: 'YZ1', amountFen: 40_000, payBy: null },
      paper: 'posted',
      waybill: 'EA123456789CN',
    });
  });

  it.each([
    ['是', true],
    ['否', false],
    ['好像是', '好像是'],
  ])('done before: %s', (word, existed) => {
    const answer = answerOfLine([...lineOf(TASK), word], 'm-1', [...ANSWER_COLUMNS, '此前已办'])!;
    expect(JSON.parse(answer.toString('utf8'))).toMatchObject({ existed });
  });

  it.each(['400.00', '4e4', '-1', '四百'])('an amount of %s stays as it was written', (amount) => {
    const columns = [...ANSWER_COLUMNS, '应缴金额分'];
    const answer = answerOfLine([...lineOf(TASK), amount], 'm-1', columns)!;
    expect(JSON.parse(answer.toString('utf8'))).toMatchObject({ payment: { amountFen: amount } });
  });

  it('results are JSON, fields stand apart by spaces, a refusal has its five parts', () => {
    const cells = [TASK, 'rejected', 'at', '', '', '/a /b', '', '', '{"x":1}', '理由', '依据', '文号', '机关', '救济'];
    const refusal = { reason: '理由', legalBasis: '依据', documentNumber: '文号', office: '机关', remedy: '救济' };
    expect(said(cells)).toMatchObject({ fields: ['/a', '/b'], results: { x: 1 }, refusal });
  });

  it('results that are none are not guessed', () => {
    expect(answerOfLine([TASK, 'completed', 'at', '', '', '', '', '', '{x'], 'm-1')).toBeNull();
  });
});
