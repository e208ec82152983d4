import type { PrintedDocument } from '@birth/application';
import { codeOn } from '../../../../test/support/pdf-code';
import { pdfText } from '../../../../test/support/pdf-text';
import { PdfPress } from './pdf-press';

const CODE = `eyJhbGciOiJFZERTQSJ9.${'a1B2'.repeat(150)}.${'c3D4'.repeat(21)}`;
const document = (rows: number): PrintedDocument => ({
  title: '出生一件事联办 受理回执',
  mark: '本回执不是证照，仅证明办理情况',
  facts: [
    ['案件编号', 'C20261126000001'],
    ['打印日期', '2026-11-26'],
  ],
  tables: [
    {
      heading: '办理事项',
      head: ['事项', '承办单位', '电话'],
      widths: [2, 3, 2],
      rows: Array.from({ length: rows }, () => ['儿童预防接种证', '云阳县蔈草镇卫生院', '023-55101001']),
    },
  ],
  notes: ['证照由各部门制发。'],
  code: CODE,
});

describe('P17: papers of ours as PDF', () => {
  const press = new PdfPress();

  it('says what it was given, that it is no licence, and town names with rare characters', async () => {
    const pdf = await press.print(document(5));
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const { pages, said } = pdfText(pdf);
    expect(pages).toBe(1);
    for (const words of ['本回执不是证照', 'C20261126000001', '2026-11-26', '蔈草镇卫生院', '证照由各部门制发']) {
      expect(said).toContain(words);
    }
  });

  it('goes on on the next page, row by row', async () => {
    const pdf = await press.print(document(60));
    const { pages, said } = pdfText(pdf);
    expect(pages).toBeGreaterThan(1);
    expect(said.match(/023-55101001/g)).toHaveLength(60);
  });

  it('carries the code so that it can be read from the paper', async () => {
    expect(codeOn(await press.print(document(5)))).toBe(CODE);
  });
});
