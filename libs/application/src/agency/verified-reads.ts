import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { RawMessage } from '../ports/agency-adapter';
import { MessageRefused } from '../ports/agency-errors';
import { MESSAGE_VERIFIER, type MessageVerifier } from '../ports/message-verifier';
import { NONCE_STORE, type NonceStore } from '../ports/nonce-store';

/** Signed requests that only read: whoever saw one on its way does not read by it again (security D3). */
@Injectable()
export class VerifiedReads {
  constructor(
    @Inject(MESSAGE_VERIFIER) private readonly verifier: MessageVerifier,
    @Inject(NONCE_STORE) private readonly nonces: NonceStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws MessageRefused. */
  async verify(owner: string, raw: RawMessage): Promise<void> {
    const { keyId, nonce } = this.verifier.verify(owner, raw);
    const isFirst = await this.nonces.use(owner, nonce, this.clock.now());
    if (!isFirst) throw new MessageRefused('used_before', keyId);
  }
}
