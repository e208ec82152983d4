import { Injectable } from '@nestjs/common';
import type { Signer } from '../keys/key-store';
import type { LineFile } from '../ledger/line-file';
import { Ledgers } from '../ledger/ledgers';

export interface Acknowledged {
  signer: Signer;
  messageId: string;
}

/** Messages that the platform has answered with a 2xx: what it says that it has. Kept beside the ledgers. */
@Injectable()
export class Acknowledgements {
  private readonly file: LineFile<Acknowledged> | null;
  private readonly known: Map<string, Acknowledged>;

  constructor(ledgers: Ledgers) {
    this.file = ledgers.open<Acknowledged>('acknowledged');
    this.known = new Map((this.file?.loaded ?? []).map((one) => [nameOf(one), one]));
  }

  note(one: Acknowledged): void {
    if (this.has(one)) return;
    this.known.set(nameOf(one), one);
    this.file?.append(one);
  }

  has(one: Acknowledged): boolean {
    return this.known.has(nameOf(one));
  }

  all(): Acknowledged[] {
    return [...this.known.values()];
  }
}

const nameOf = ({ signer, messageId }: Acknowledged): string => `${signer}/${messageId}`;
