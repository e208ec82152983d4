import { Injectable } from '@nestjs/common';
import type { Agency } from '../agencies';
import { Ledgers } from '../ledger/ledgers';
import type { AgencyLedger } from '../ledger/agency-ledger';
import type { AgencyScript } from '../scenarios/agency-script';
import { ScenarioBook } from '../scenarios/scenario-book';
import { SandboxConfig } from '../sandbox.config';
import { AGENCY_NAMES } from './offices';

/** What every desk of an agency has in common. */
export interface AgencySetting {
  agency: Agency;
  ledger: AgencyLedger;
  script: AgencyScript;
  paceMs: number;
  instant: boolean;
  office: string;
}

@Injectable()
export class AgencySettings {
  constructor(
    private readonly config: SandboxConfig,
    private readonly ledgers: Ledgers,
    private readonly scenarios: ScenarioBook,
  ) {}

  of(agency: Agency): AgencySetting {
    return {
      agency,
      ledger: this.ledgers.of(agency),
      script: this.scenarios.of(agency),
      paceMs: this.config.SANDBOX_PACE_MS,
      instant: this.config.SANDBOX_MODE === 'instant',
      office: AGENCY_NAMES[agency],
    };
  }
}
