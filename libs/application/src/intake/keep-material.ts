import { type Clock, CLOCK, newId, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Reply } from '../caller';
import { MATERIAL_STORE, type MaterialStore } from '../ports/reads';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const JPEG_START = Buffer.from('ffd8ff', 'hex');
const JPEG_END = Buffer.from('ffd9', 'hex');
const TAIL = 1_024;

/** Papers of a family: kept sealed, given back to their owner alone. The type is what the bytes are, not what they are called. */
@Injectable()
export class KeepMaterial {
  constructor(
    @Inject(MATERIAL_STORE) private readonly materials: MaterialStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async save(caller: Caller, bytes: Buffer): Promise<Reply> {
    const mediaType = mediaTypeOf(bytes);
    if (mediaType === null) throw new Problem(415, 'bad_file');
    const id = newId();
    await this.materials.save({ id, subject: caller.subject, mediaType, bytes, createdAt: this.clock.now() });
    return { status: 201, body: { id, mediaType, bytes: bytes.length } };
  }

  async open(caller: Caller, id: string): Promise<{ mediaType: string; bytes: Buffer }> {
    const found = await this.materials.open(id, caller.subject);
    if (found === null) throw new Problem(404, 'not_found');
    return found;
  }
}

/** JPEG, PNG or PDF, whole from first to last marker; null for anything else, a file cut short among it. */
export function mediaTypeOf(bytes: Buffer): 'image/png' | 'image/jpeg' | 'application/pdf' | null {
  const tail = bytes.subarray(-TAIL);
  if (bytes.subarray(0, PNG.length).equals(PNG)) return tail.includes('IEND') ? 'image/png' : null;
  if (bytes.subarray(0, JPEG_START.length).equals(JPEG_START)) return tail.includes(JPEG_END) ? 'image/jpeg' : null;
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return tail.includes('%%EOF') ? 'application/pdf' : null;
  return null;
}
