import { type Clock, CLOCK, newId, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { type Caller, type Once, onceRow, type Reply } from '../caller';
import { MATERIAL_STORE, type MaterialStore } from '../ports/reads';
import type { MaterialView } from '../shapes/intake-shapes';
import { inspectFile, type PaperType } from './files/inspect-file';

/** Papers of a family: kept sealed, given back to their owner alone. */
@Injectable()
export class KeepMaterial {
  constructor(
    @Inject(MATERIAL_STORE) private readonly materials: MaterialStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Once by its key and its bytes. 415 for another type, 422 for a file that nobody could open. */
  async save(caller: Caller, once: Omit<Once, 'body'>, bytes: Buffer): Promise<Reply> {
    const mediaType = await typeOf(bytes);
    const id = newId();
    const body = createHash('sha256').update(bytes).digest('hex');
    return this.materials.save({
      once: onceRow(caller, { ...once, body }),
      material: { id, subject: caller.subject, mediaType, bytes, createdAt: this.clock.now() },
      response: { status: 201, body: { id, mediaType, bytes: bytes.length } satisfies MaterialView },
    });
  }

  async open(caller: Caller, id: string): Promise<{ mediaType: string; bytes: Buffer }> {
    const found = await this.materials.open(id, caller.subject);
    if (found === null) throw new Problem(404, 'not_found');
    return found;
  }
}

async function typeOf(bytes: Buffer): Promise<PaperType> {
  const inspected = await inspectFile(bytes);
  if ('mediaType' in inspected) return inspected.mediaType;
  throw new Problem(inspected.fault === 'bad_file' ? 415 : 422, inspected.fault);
}
