import type { AgencyCode } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { AgencyGates } from '../agency-gates';
import { AgencyUnavailable } from '../ports/agency-errors';
import { TRAFFIC_STORE, type TrafficStore } from '../ports/traffic-store';

/** A family waits no longer in front of its screen. */
const PATIENCE_MS = 2_000;

/** Of a process that works off no queue: its few calls take the turns that the contract keeps for families. */
@Injectable()
export class TurnsAside {
  constructor(
    @Inject(TRAFFIC_STORE) private readonly store: TrafficStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly gates: AgencyGates,
  ) {}

  of(agency: AgencyCode): () => Promise<void> {
    return () => this.wait(agency);
  }

  private async wait(agency: AgencyCode): Promise<void> {
    const kept = this.gates.contractOf(agency)?.keptForFamilies ?? 0;
    if (kept === 0 || !this.gates.isOpen(agency)) throw new AgencyUnavailable('it takes no calls now');
    const times = { now: this.clock.now(), intervalMs: Math.ceil(1_000 / kept), maxWaitMs: PATIENCE_MS };
    const waitMs = await this.store.turnAside(agency, times);
    if (waitMs === null) throw new AgencyUnavailable('its turns for families are taken');
    if (waitMs > 0) await delay(waitMs);
  }
}
