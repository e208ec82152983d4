import PDFDocument from 'pdfkit';
import { buffer } from 'node:stream/consumers';

/** The register's own electronic certificate: the same bytes whenever it is fetched. */
export function electronicCertificate(certificateNumber: string, issuedOn: string): Promise<Buffer> {
  const date = new Date(`${issuedOn}T00:00:00+08:00`);
  const page = new PDFDocument({ size: 'A5', info: { Title: certificateNumber, CreationDate: date, ModDate: date } });
  page.fontSize(20).text('Medical Certificate of Birth').moveDown().fontSize(14).text(certificateNumber).text(issuedOn);
  page.end();
  return buffer(page);
}
