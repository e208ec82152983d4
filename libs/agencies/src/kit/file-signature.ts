import { type FileVerifier, MessageRefused } from '@birth/application';
import { isSigned, keyOf } from './signature-base';
import type { AgencyKeyBook } from './signing-keys';

/** Files that an agency's side made, by the same keys as its messages. */
export class AgencyFileVerifier implements FileVerifier {
  constructor(
    private readonly keys: () => AgencyKeyBook,
    private readonly now: () => number,
  ) {}

  isSigned(owner: string, keyId: string, bytes: Buffer, signature: Buffer): boolean {
    try {
      return isSigned(keyOf(this.keys(), keyId, owner, this.now()), bytes, signature);
    } catch (error) {
      if (error instanceof MessageRefused) return false;
      throw error;
    }
  }
}
