import { crc32, createInflate } from 'node:zlib';
import { type FileFault, sizeFault } from './file-fault';

export const PNG_START = Buffer.from('89504e470d0a1a0a', 'hex');

/** Samples of a pixel by colour type, with the depths that it allows (PNG, 11.2.2). */
const COLOURS: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};
/** Adam7: where each pass begins and how far its pixels lie apart. */
const PASSES = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
];
const WHOLE = [{ x: 0, y: 0, dx: 1, dy: 1 }];

interface Chunk {
  type: string;
  data: Buffer;
}

/** Every chunk by its check sum, header first and end last, and the picture inflated to exactly the bytes that it claims. */
export async function pngFault(bytes: Buffer): Promise<FileFault | null> {
  const chunks = chunksOf(bytes);
  const header = chunks?.[0];
  if (chunks == null || header?.type !== 'IHDR' || header.data.length !== 13) return 'file_damaged';
  const { data } = header;
  const fault = sizeFault(data.readUInt32BE(0), data.readUInt32BE(4));
  if (fault !== null) return fault;
  const expected = pictureBytes(data);
  if (expected === null) return 'file_damaged';
  const parts = chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data);
  return (await inflatedBytes(parts, expected)) === expected ? null : 'file_damaged';
}

/** null when a chunk is cut, its sum does not fit, or there is no end. */
function chunksOf(bytes: Buffer): Chunk[] | null {
  const chunks: Chunk[] = [];
  for (let at = PNG_START.length; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return null;
    const chunk = { type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, end - 4) };
    chunks.push(chunk);
    if (chunk.type === 'IEND') return chunks;
    at = end;
  }
  return null;
}

/** Each line has a byte for its filter. */
function pictureBytes(header: Buffer): number | null {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colour, compression, filter, interlace] = [...header.subarray(8)] as [
    number,
    number,
    number,
    number,
    number,
  ];
  const known = COLOURS[colour];
  if (known?.depths.includes(depth) !== true || compression !== 0 || filter !== 0 || interlace > 1) return null;
  const bits = known.samples * depth;
  return (interlace === 1 ? PASSES : WHOLE).reduce((sum, { x, y, dx, dy }) => {
    const columns = Math.ceil((width - x) / dx);
    const lines = Math.ceil((height - y) / dy);
    return columns <= 0 || lines <= 0 ? sum : sum + lines * (1 + Math.ceil((columns * bits) / 8));
  }, 0);
}

/** Counts what comes out and keeps nothing; stops at the first byte too many. -1: not deflated. */
function inflatedBytes(parts: readonly Buffer[], limit: number): Promise<number> {
  return new Promise((resolve) => {
    const inflate = createInflate();
    let count = 0;
    inflate.on('data', (data: Buffer) => {
      count += data.length;
      if (count > limit) inflate.destroy();
    });
    inflate.on('error', () => resolve(-1));
    inflate.on('close', () => resolve(count));
    for (const part of parts) inflate.write(part);
    inflate.end();
  });
}
