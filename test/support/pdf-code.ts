import jsQR from 'jsqr';
import { inflateSync } from 'node:zlib';

interface Square {
  x: number;
  y: number;
  side: number;
}
const SCALE = 4;
const QUIET = 16;

/** What the QR on the first page of a PDF of ours says, read from its squares drawn anew as a picture. */
export function codeOn(pdf: Buffer): string | undefined {
  const { data, side } = picture(squaresOn(pdf));
  return jsQR(data, side, side)?.data;
}

function squaresOn(pdf: Buffer): Square[] {
  const streams = [...pdf.toString('latin1').matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)];
  const page = streams.map(([, body = '']) => inflated(body)).find((text) => / re\s/.test(text)) ?? '';
  const squares = [...page.matchAll(/([\d.]+) ([\d.]+) ([\d.]+) \3 re/g)];
  return squares.map(([, x, y, side]) => ({ x: Number(x), y: Number(y), side: Number(side) }));
}

function inflated(body: string): string {
  try {
    return inflateSync(Buffer.from(body, 'latin1')).toString('latin1');
  } catch {
    return ''; // fonts' streams and others that hold no page
  }
}

function picture(squares: readonly Square[]): { data: Uint8ClampedArray; side: number } {
  const left = Math.min(...squares.map(({ x }) => x));
  const top = Math.min(...squares.map(({ y }) => y));
  const size = squares[0]?.side ?? 1;
  const places = squares.map(({ x, y }) => ({
    column: Math.round((x - left) / size),
    row: Math.round((y - top) / size),
  }));
  const side = (Math.max(...places.map(({ column }) => column)) + 1) * SCALE + 2 * QUIET;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const { column, row } of places) {
    for (let at = 0; at < SCALE * SCALE; at += 1) {
      const line = QUIET + row * SCALE + Math.floor(at / SCALE);
      const pixel = line * side + QUIET + column * SCALE + (at % SCALE);
      data.fill(0, pixel * 4, pixel * 4 + 3);
    }
  }
  return { data, side };
}
