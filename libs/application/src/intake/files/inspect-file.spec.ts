import { aPdf } from '../../../../../apps/standalone/src/demo/a-pdf';
import { aPng, BASELINE_JPEG as BASELINE, PROGRESSIVE_JPEG as PROGRESSIVE } from '../../../../../test/support/papers';
import { inspectFile } from './inspect-file';

const PNG = aPng({ raw: 2 * (1 + 9) });
const PDF = aPdf('signed by the mother');
const WHOLE: [string, Buffer, string][] = [
  ['a baseline JPEG', BASELINE, 'image/jpeg'],
  ['a progressive JPEG', PROGRESSIVE, 'image/jpeg'],
  ['a PNG', PNG, 'image/png'],
  ['a PDF', PDF, 'application/pdf'],
];

const damaged = { fault: 'file_damaged' };
/** A JPEG whose first application segment holds a whole picture, as cameras put a preview there. */
const withPreview = (): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(2 + BASELINE.length);
  return Buffer.concat([BASELINE.subarray(0, 2), Buffer.from('ffe1', 'hex'), length, BASELINE, BASELINE.subarray(2)]);
};
const frameAt = BASELINE.indexOf(Buffer.from('ffc0', 'hex'));
const resized = (height: number, width: number): Buffer => {
  const copy = Buffer.from(BASELINE);
  copy.writeUInt16BE(height, frameAt + 5);
  copy.writeUInt16BE(width, frameAt + 7);
  return copy;
};

describe('papers that come in', () => {
  it.each(WHOLE)('%s is taken for what it is', async (...[, bytes, mediaType]) => {
    expect(await inspectFile(bytes)).toEqual({ mediaType });
  });

  it.each(WHOLE)('%s that was cut is refused, wherever it was cut', async (_name, bytes) => {
    const lastByte = bytes.at(-1) === 0x0a ? bytes.length - 2 : bytes.length - 1;
    for (let length = 8; length <= lastByte; length += 1) {
      expect([length, await inspectFile(bytes.subarray(0, length))]).toEqual([length, damaged]);
    }
  });

  it.each(WHOLE)('%s with a piece missing is refused', async (_name, bytes) => {
    // of a scan, one stream of bits, only the markers can be counted: here a header loses its piece
    const from = bytes === PDF || bytes === PNG ? Math.floor(bytes.length / 2) : 30;
    const torn = Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 7)]);
    expect(await inspectFile(torn)).toEqual(damaged);
  });

  it.each<[string, Buffer, object]>([
    ['nothing', Buffer.alloc(0), { fault: 'bad_file' }],
    ['a text', Buffer.from('hello'), { fault: 'bad_file' }],
    ['an animation', Buffer.from('GIF89a;'), { fault: 'bad_file' }],
    ['a page', Buffer.from('<html><script>alert(1)</script>'), { fault: 'bad_file' }],
    ['a JPEG with a preview', withPreview(), { mediaType: 'image/jpeg' }],
    ['a JPEG cut behind its preview', withPreview().subarray(0, BASELINE.length + 40), damaged],
    ['a JPEG with what a camera appends', Buffer.concat([BASELINE, Buffer.alloc(99)]), { mediaType: 'image/jpeg' }],
    ['a JPEG of no height', resized(0, 10), damaged],
    ['a JPEG of any size', resized(65_000, 65_000), { fault: 'image_too_large' }],
    ['a JPEG without a picture', Buffer.from('ffd8ffe000024a46ffd9', 'hex'), damaged],
    ['a grey PNG of 1 bit', aPng({ width: 9, depth: 1, colour: 0, raw: 2 * (1 + 2) }), { mediaType: 'image/png' }],
    ['an interlaced PNG', aPng({ width: 5, height: 5, interlace: 1, raw: 11 + 75 }), { mediaType: 'image/png' }],
    ['a PNG with a line too few', aPng({ raw: 10 }), damaged],
    ['a PNG that inflates to more', aPng({ raw: 50_000_000 }), damaged],
    ['a PNG of any size', aPng({ width: 2 ** 31, height: 2 ** 31, raw: 1 }), { fault: 'image_too_large' }],
    ['a PNG of an unknown colour', aPng({ colour: 5, raw: 20 }), damaged],
    ['a PDF under a password', aPdf('x', '/Encrypt 9 0 R'), { fault: 'file_encrypted' }],
    ['a PDF that only says so', Buffer.from('%PDF-1.4\n% signed\n%%EOF\n'), damaged],
    ['a PDF without pages', Buffer.from('%PDF-1.4\nxref\ntrailer <<>>\nstartxref\n9\n%%EOF'), damaged],
  ])('%s', async (_name, bytes, expected) => {
    expect(await inspectFile(bytes)).toEqual(expected);
  });
});
