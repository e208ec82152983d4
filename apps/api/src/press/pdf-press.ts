import type { DocumentPress, PrintedDocument, PrintedTable } from '@birth/application';
import { Injectable } from '@nestjs/common';
import type PDFDocument from 'pdfkit';
import { create } from 'qrcode';

/** Covers the 8105 characters of the table in force: every town's name can be printed. SIL Open Font License 1.1. */
const FONT = '@expo-google-fonts/chocolate-classical-sans/400Regular/ChocolateClassicalSans_400Regular.ttf';
const MARGIN = 48;
const QR_SIZE = 132;
const INK = '#1a1a1a';
const PALE = '#666666';
const RULE = '#cccccc';

type Page = InstanceType<typeof PDFDocument>;

/** A4 pages with the signed code in the corner of the first. */
@Injectable()
export class PdfPress implements DocumentPress {
  /** By its path: tables go back to the font before by what it was opened with, and a path is known again. */
  private readonly font = require.resolve(FONT);

  /** The press is fetched when the first paper is wanted: most processes print none. */
  async print(document: PrintedDocument): Promise<Buffer> {
    const { default: Pdf } = await import('pdfkit');
    const page = new Pdf({
      size: 'A4',
      margin: MARGIN,
      lang: 'zh-CN',
      displayTitle: true,
      info: { Title: document.title, Subject: document.mark, Creator: '出生一件事联办' },
    });
    const whole = collect(page);
    page.font(this.font).fillColor(INK);
    setHead(page, document);
    for (const table of document.tables) setTable(page, table);
    for (const note of document.notes) page.moveDown(0.6).fontSize(9).fillColor(PALE).text(note);
    page.end();
    return whole;
  }
}

function collect(page: Page): Promise<Buffer> {
  const parts: Buffer[] = [];
  return new Promise((resolve, reject) => {
    page.on('data', (part: Buffer) => parts.push(part));
    page.on('end', () => resolve(Buffer.concat(parts)));
    page.on('error', reject);
  });
}

function setHead(page: Page, { title, mark, facts, code }: PrintedDocument): void {
  const right = page.page.width - MARGIN;
  setCode(page, code, right - QR_SIZE, MARGIN);
  const width = right - QR_SIZE - MARGIN - 16;
  page.fontSize(18).text(title, MARGIN, MARGIN, { width });
  page.moveDown(0.3).fontSize(11).text(mark, { width });
  page.moveDown(0.8).fontSize(11);
  for (const [label, value] of facts) page.text(`${label}：${value}`, { width });
  page.x = MARGIN;
  page.y = Math.max(page.y, MARGIN + QR_SIZE) + 12;
}

/** Modules as squares, no image: sharp on every printer. */
function setCode(page: Page, code: string, left: number, top: number): void {
  const { modules } = create(code, { errorCorrectionLevel: 'M' });
  const side = QR_SIZE / modules.size;
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) === 1) page.rect(left + column * side, top + row * side, side, side);
    }
  }
  page.fill('#000000').fillColor(INK);
}

function setTable(page: Page, { heading, head, widths, rows }: PrintedTable): void {
  const part = (page.page.width - 2 * MARGIN) / widths.reduce((sum, width) => sum + width, 0);
  page.moveDown(0.8).fillColor(INK).fontSize(12).text(heading, MARGIN).moveDown(0.3);
  page.fontSize(9).table({
    defaultStyle: {
      border: { top: 0.5, bottom: 0.5, left: 0, right: 0 },
      borderColor: RULE,
      padding: 4,
      textColor: INK,
    },
    columnStyles: (column) => ({ width: (widths[column] ?? 1) * part }),
    rowStyles: (row) => (row === 0 ? { textColor: PALE } : {}),
    data: [[...head], ...rows.map((row) => [...row])],
  });
}
