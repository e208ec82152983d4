import type { FileFault } from './file-fault';

const START = /^%PDF-[12]\.\d/;
/** Readers look for the end in the last kilobyte (ISO 32000, annex H.3). */
const TAIL = 1_024;
const END = /startxref\s+(\d{1,10})\s+%%EOF/g;
/** A table, or since PDF 1.5 a stream that holds it. */
const TABLE = /^xref\s/;
const STREAM = /^\d+ \d+ obj\b/;
/** As much of the cross references' dictionary as is looked at. */
const DICTIONARY = 4_096;

/**
 * ISO 32000, 7.5: the end names where the cross references stand, they stand there, and they lead to a catalogue. A file
 * cut or shortened anywhere has lost one of these. Locked by a password, nobody at the office could open it.
 */
export function pdfFault(bytes: Buffer): FileFault | null {
  if (!START.test(bytes.toString('latin1', 0, 8))) return 'file_damaged';
  const end = [...bytes.toString('latin1', Math.max(0, bytes.length - TAIL)).matchAll(END)].at(-1);
  if (end === undefined) return 'file_damaged';
  const dictionary = dictionaryAt(bytes, Number(end[1]));
  if (dictionary === null || !/\/Root\s+\d+ \d+ R/.test(dictionary)) return 'file_damaged';
  return /\/Encrypt\b/.test(dictionary) ? 'file_encrypted' : null;
}

function dictionaryAt(bytes: Buffer, at: number): string | null {
  const text = bytes.toString('latin1', at, at + DICTIONARY);
  if (STREAM.test(text)) return text;
  if (!TABLE.test(text)) return null;
  const trailer = bytes.indexOf('trailer', at);
  return trailer === -1 ? null : bytes.toString('latin1', trailer, trailer + DICTIONARY);
}
