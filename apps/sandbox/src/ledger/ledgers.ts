import { join } from 'node:path';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AGENCIES, type Agency } from '../agencies';
import { SandboxConfig } from '../sandbox.config';
import { AgencyLedger } from './agency-ledger';
import type { LedgerLine } from './ledger-entry';
import { LineFile } from './line-file';

/** One ledger an agency; files in SANDBOX_DATA_DIR, or memory alone. */
@Injectable()
export class Ledgers implements OnApplicationShutdown {
  private readonly ledgers: ReadonlyMap<Agency, AgencyLedger>;
  private readonly files: { close(): void }[] = [];

  constructor(private readonly config: SandboxConfig) {
    this.ledgers = new Map(AGENCIES.map((agency) => [agency, new AgencyLedger(this.open<LedgerLine>(agency))]));
  }

  of(agency: Agency): AgencyLedger {
    const ledger = this.ledgers.get(agency);
    if (ledger === undefined) throw new Error(`no ledger of ${agency}`);
    return ledger;
  }

  /** A further append-only file beside the ledgers; null when the ledger is in memory. */
  open<T>(name: string): LineFile<T> | null {
    if (this.config.SANDBOX_LEDGER === 'memory') return null;
    const file = new LineFile<T>(join(this.config.SANDBOX_DATA_DIR, `${name}.jsonl`));
    this.files.push(file);
    return file;
  }

  onApplicationShutdown(): void {
    for (const file of this.files) file.close();
  }
}
