import { Injectable } from '@nestjs/common';
import type { Scenario } from '../scenarios/scenario';
import { Acknowledgements } from '../wire/acknowledgements';
import { PlatformClient } from '../wire/platform-client';
import { noticeState, type NoticeState } from './notice-state';
import type { NoticeCase } from './premium-desk';

const SIGNER = 'tax-administration';
const PATH = '/agency/v1/tax-administration/messages';

/** Tells the platform of every change after the first reply; what was not delivered is sent again after a restart. */
@Injectable()
export class PremiumMessages {
  constructor(
    private readonly platform: PlatformClient,
    private readonly acknowledgements: Acknowledgements,
  ) {}

  changed(record: NoticeCase, scenario: Scenario | null): void {
    const message = messageOf(record);
    void this.deliver(message);
    if (scenario?.kind === 'duplicate_callback') void this.deliver(message);
  }

  resume(records: readonly NoticeCase[]): void {
    for (const record of records) {
      if (record.stage.kind === 'received' || record.stage.kind === 'withdrawn') continue;
      const message = messageOf(record);
      const { messageId } = message;
      if (!this.acknowledgements.has({ signer: SIGNER, messageId })) void this.deliver(message);
    }
  }

  private async deliver(message: NoticeState & { messageId: string }): Promise<void> {
    await this.platform.deliver(SIGNER, PATH, message);
  }
}

const messageOf = (record: NoticeCase): NoticeState & { messageId: string } => ({
  messageId: `SBF-${record.receipt}-${record.id}-${record.sequence}`,
  ...noticeState(record),
});
