const HEAD = '%PDF-1.4\n';

/** One page with a line on it, as a scanner would hand it in. */
export function aPdf(line: string, inTrailer = ''): Buffer {
  const page = `BT /F1 12 Tf 72 720 Td (${line}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ].map((body, index) => `${index + 1} 0 obj\n${body}\nendobj\n`);
  const at = objects.map((_, index) => HEAD.length + objects.slice(0, index).join('').length);
  const table = at.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R ${inTrailer} >>\n`;
  const body = HEAD + objects.join('');
  const references = `xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`;
  return Buffer.from(`${body}${references}startxref\n${body.length}\n%%EOF\n`, 'latin1');
}
