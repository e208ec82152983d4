import type { FileFault } from './file-fault';
import { JPEG_START, jpegFault } from './jpeg';
import { pdfFault } from './pdf';
import { PNG_START, pngFault } from './png';

const KINDS = [
  { mediaType: 'image/jpeg', start: JPEG_START, faultOf: jpegFault },
  { mediaType: 'image/png', start: PNG_START, faultOf: pngFault },
  { mediaType: 'application/pdf', start: Buffer.from('%PDF-'), faultOf: pdfFault },
] as const;

export type PaperType = (typeof KINDS)[number]['mediaType'];
export const PAPER_TYPES: readonly PaperType[] = KINDS.map(({ mediaType }) => mediaType);

/** What the bytes are, not what they are called; whole enough that a clerk can open them. */
export async function inspectFile(bytes: Buffer): Promise<{ mediaType: PaperType } | { fault: FileFault }> {
  const kind = KINDS.find(({ start }) => bytes.subarray(0, start.length).equals(start));
  if (kind === undefined) return { fault: 'bad_file' };
  const fault = await kind.faultOf(bytes);
  return fault === null ? { mediaType: kind.mediaType } : { fault };
}
