import { AGENCIES, type Receiver } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { RawMessage } from '../ports/agency-adapter';
import { MessageRefused } from '../ports/agency-errors';
import { RECEIVERS } from '../sharing/load-receivers';
import { GOVERNMENT_PORTAL } from '../ports/government-portal';
import {
  MESSAGE_EVIDENCE,
  type MessageDoor,
  type MessageEvidence,
  type UnreadMessage,
} from '../ports/message-evidence';

const SENDERS: readonly string[] = [...AGENCIES, 'hospital', GOVERNMENT_PORTAL];

/** What is refused leaves a row before its sender hears of it (security D11). */
@Injectable()
export class KeepRefused {
  private readonly logger = new Logger(KeepRefused.name);

  constructor(
    @Inject(MESSAGE_EVIDENCE) private readonly evidence: MessageEvidence,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RECEIVERS) private readonly receivers: readonly Receiver[],
  ) {}

  async around<T>(door: MessageDoor, sender: string, raw: RawMessage, take: () => Promise<T>): Promise<T> {
    const receivedAt = this.clock.now();
    try {
      return await take();
    } catch (error) {
      if (error instanceof MessageRefused) await this.keep({ door, sender, raw, receivedAt, error });
      throw error;
    }
  }

  /** A refusal stays a refusal where it cannot be stored: no doubtful message is answered with a 5xx. */
  private async keep(refused: {
    door: MessageDoor;
    sender: string;
    raw: RawMessage;
    receivedAt: number;
    error: MessageRefused;
  }): Promise<void> {
    const { door, raw, receivedAt, error } = refused;
    const { code, keyId } = error;
    const sender = this.known(refused.sender);
    await this.stored(this.evidence.refused({ door, sender, keyId, code, body: raw.body, receivedAt }));
  }

  /** Turned away before it was read, likewise. */
  unread({ sender, ...message }: Pick<UnreadMessage, 'door' | 'code' | 'size'> & { sender: string }): Promise<void> {
    return this.stored(this.evidence.unread({ ...message, sender: this.known(sender), receivedAt: this.clock.now() }));
  }

  private async stored(row: Promise<void>): Promise<void> {
    try {
      await row;
    } catch (failure) {
      this.logger.error(`a refused message left no row: ${failure instanceof Error ? failure.name : 'unknown error'}`);
    }
  }

  private known(sender: string): string | null {
    return SENDERS.includes(sender) || this.receivers.some(({ code }) => code === sender) ? sender : null;
  }
}
