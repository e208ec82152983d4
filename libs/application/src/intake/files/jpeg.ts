import { type FileFault, sizeFault } from './file-fault';

export const JPEG_START = Buffer.from('ffd8ff', 'hex');

const MARK = 0xff;
const STUFFED = 0x00;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** SOF0 to SOF15 without DHT, JPG and DAC, which lie between them (ITU-T T.81, table B.1). */
const FRAMES = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
const isRestart = (code: number): boolean => code >= 0xd0 && code <= 0xd7;

interface Walk {
  fault: FileFault | null;
  hasFrame: boolean;
  hasScan: boolean;
}

/**
 * ITU-T T.81, annex B: segment after segment by their own lengths, a frame before the scans, and every scan to a marker.
 * A preview inside a segment has an end of its own, so the last bytes alone say nothing. What a camera appends after the
 * end is not looked at.
 */
export function jpegFault(bytes: Buffer): FileFault | null {
  const walk: Walk = { fault: null, hasFrame: false, hasScan: false };
  for (let at = markerAt(bytes, 2); at !== null;) {
    if (bytes[at + 1] === END_OF_IMAGE) return walk.hasScan ? null : 'file_damaged';
    const end = segmentEnd(bytes, at);
    if (end === null) return 'file_damaged';
    note(walk, bytes.readUInt8(at + 1), bytes.subarray(at + 4, end));
    if (walk.fault !== null) return walk.fault;
    at = markerAt(bytes, bytes[at + 1] === START_OF_SCAN ? scanEnd(bytes, end) : end);
  }
  return 'file_damaged';
}

/** A marker may have any number of fill bytes before it; null where none stands. */
function markerAt(bytes: Buffer, from: number): number | null {
  let at = from;
  while (bytes[at] === MARK && bytes[at + 1] === MARK) at += 1;
  return bytes[at] === MARK && at + 1 < bytes.length ? at : null;
}

function segmentEnd(bytes: Buffer, at: number): number | null {
  if (at + 4 > bytes.length) return null;
  const length = bytes.readUInt16BE(at + 2);
  const end = at + 2 + length;
  return length < 2 || end > bytes.length ? null : end;
}

function note(walk: Walk, code: number, segment: Buffer): void {
  if (FRAMES.has(code)) {
    walk.hasFrame = true;
    walk.fault = segment.length < 6 ? 'file_damaged' : sizeFault(segment.readUInt16BE(3), segment.readUInt16BE(1));
  }
  if (code !== START_OF_SCAN) return;
  walk.hasScan = true;
  if (!walk.hasFrame) walk.fault = 'file_damaged';
}

/** Where the next marker stands that belongs to no scan; the end of the file when there is none. */
function scanEnd(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(MARK, from);
  while (at !== -1) {
    const code = bytes[at + 1];
    if (code !== undefined && code !== STUFFED && code !== MARK && !isRestart(code)) return at;
    at = bytes.indexOf(MARK, at + 1);
  }
  return bytes.length;
}
