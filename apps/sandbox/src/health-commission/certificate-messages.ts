import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Scenario } from '../scenarios/scenario';
import { SandboxConfig } from '../sandbox.config';
import { Acknowledgements } from '../wire/acknowledgements';
import { PlatformClient } from '../wire/platform-client';
import type { CertificateCase } from './certificate-desk';
import { contradiction, progressOf, type Progress } from './certificate-progress';

const SIGNER = 'health-commission';
const PATH = '/agency/v1/health-commission/messages';

/** Tells the platform of every change after the first reply; what was not delivered is sent again after a restart. */
@Injectable()
export class CertificateMessages {
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly config: SandboxConfig,
    private readonly platform: PlatformClient,
    private readonly acknowledgements: Acknowledgements,
  ) {}

  changed(record: CertificateCase, scenario: Scenario | null): void {
    const message = messageOf(record, progressOf(record));
    const delivered = this.deliver(message);
    this.underWay.set(record.id, delivered);
    if (scenario?.kind === 'duplicate_callback') void this.deliver(message);
    if (scenario?.kind === 'contradictory_callbacks' && record.stage.kind === 'done') {
      void this.contradict(record, delivered);
    }
  }

  /** Resolves when the last message of this case has arrived, or after two seconds. */
  async arrived(record: CertificateCase): Promise<void> {
    await Promise.race([this.underWay.get(record.id), pause(2_000, undefined, { ref: false })]);
  }

  resume(records: readonly CertificateCase[]): void {
    for (const record of records) {
      if (record.stage.kind === 'received' || record.stage.kind === 'withdrawn') continue;
      const message = messageOf(record, progressOf(record));
      const { messageId } = message;
      if (!this.acknowledgements.has({ signer: SIGNER, messageId })) void this.deliver(message);
    }
  }

  private async deliver(message: Progress & { messageId: string }): Promise<void> {
    await this.platform.deliver(SIGNER, PATH, message);
  }

  /** What is contradicted has been heard before. */
  private async contradict(record: CertificateCase, heard: Promise<void>): Promise<void> {
    await heard;
    await pause(this.config.SANDBOX_PACE_MS, undefined, { ref: false });
    await this.deliver(messageOf(record, contradiction(record)));
  }
}

function messageOf(record: CertificateCase, progress: Progress): Progress & { messageId: string } {
  return { messageId: `HCM-${record.receipt}-${record.id}-${progress.sequence}`, ...progress };
}
