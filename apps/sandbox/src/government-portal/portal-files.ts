import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/** A paper that a family left at the portal. */
export interface LeftPaper {
  reference: string;
  name: string;
  digest: string;
}

/** What the platform fetches by reference. */
@Injectable()
export class PortalFiles {
  private readonly papers = new Map<string, Buffer>();

  leave(name: string, bytes: Buffer): LeftPaper {
    const reference = randomUUID();
    this.papers.set(reference, bytes);
    return { reference, name, digest: createHash('sha256').update(bytes).digest('hex') };
  }

  get(reference: string): Buffer | undefined {
    return this.papers.get(reference);
  }
}
