import { crc32, deflateSync } from 'node:zlib';

/** 24 × 16 pixels each. */
export const BASELINE_JPEG = Buffer.from(
  [
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6j',
    'q62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk',
    'pKSkpKSkpKT/wAARCAAQABgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF',
    'BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVW',
    'V1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi',
    '4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAEC',
    'AxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVm',
    'Z2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq',
    '8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDKS39qnS39qvJb+1Tpb+1aSrGNHEFFLf2orVS39qKwdY9SGI0P/9k=',
  ].join(''),
  'base64',
);
export const PROGRESSIVE_JPEG = Buffer.from(
  [
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6j',
    'q62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk',
    'pKSkpKSkpKT/wgARCAAQABgDASIAAhEBAxEB/8QAFwAAAwEAAAAAAAAAAAAAAAAAAAMEAv/EABYBAQEBAAAAAAAAAAAAAAAAAAID',
    'BP/aAAwDAQACEAMQAAABkY/aCCsnq//EABUQAQEAAAAAAAAAAAAAAAAAAAAS/9oACAEBAAEFApSlKUv/xAAXEQADAQAAAAAAAAAA',
    'AAAAAAAAAQMC/9oACAEDAQE/AcUFQ//EABcRAQADAAAAAAAAAAAAAAAAAAABAhL/2gAIAQIBAT8Bm7b/xAAUEAEAAAAAAAAAAAAA',
    'AAAAAAAg/9oACAEBAAY/Al//xAAVEAEBAAAAAAAAAAAAAAAAAAAAAf/aAAgBAQABPyGEIQhD/9oADAMBAAIAAwAAABCTL//EABUR',
    'AQEAAAAAAAAAAAAAAAAAAAAh/9oACAEDAQE/EBJ//8QAFREBAQAAAAAAAAAAAAAAAAAAAAH/2gAIAQIBAT8QFP/EABUQAQEAAAAA',
    'AAAAAAAAAAAAAABh/9oACAEBAAE/EJJJJJJP/9k=',
  ].join(''),
  'base64',
);

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
export interface Picture {
  width?: number;
  height?: number;
  depth?: number;
  colour?: number;
  interlace?: number;
  /** Bytes before they are deflated, a filter byte a line among them. */
  raw: number;
}
/** All black, its data in two chunks. */
export function aPng({ width = 3, height = 2, depth = 8, colour = 2, interlace = 0, raw }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlace], 8);
  const data = deflateSync(Buffer.alloc(raw));
  const half = Math.ceil(data.length / 2);
  const parts = [data.subarray(0, half), data.subarray(half)].map((part) => chunk('IDAT', part));
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), ...parts, chunk('IEND', Buffer.alloc(0))]);
}
