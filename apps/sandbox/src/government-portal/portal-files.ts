import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/** A paper that a family left at the portal. */
export interface LeftPaper {
  reference: string;
  name: string;
  digest: string;
}

/** What the platform fetches by reference; the same paper again is the one that lies there. */
@Injectable()
export class PortalFiles {
  private readonly papers = new Map<string, Buffer>();

  leave(name: string, bytes: Buffer): LeftPaper {
    const digest = createHash('sha256').update(bytes).digest('hex');
    const reference = asUuid(digest);
    this.papers.set(reference, bytes);
    return { reference, name, digest };
  }

  get(reference: string): Buffer | undefined {
    return this.papers.get(reference);
  }
}

const asUuid = (digest: string): string => digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-a$4-$5');
