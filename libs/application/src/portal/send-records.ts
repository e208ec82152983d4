import { caseRecords, type CaseRecord, isReported } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyContractBroken, AgencyUnavailable, OutcomeUnknown } from '../ports/agency-errors';
import { type GovernmentPortal, PORTAL } from '../ports/government-portal';
import {
  type NewRecord,
  PORTAL_RECORD_STORE,
  type PortalRecordStore,
  type ReportedCase,
  type SentRecord,
} from '../ports/portal-records';
import { backOffMs } from '../work/back-off';

const PAGE = 1_000;
const AT_ONCE = 16;
const DEADLINE_MS = 10_000;
const LEASE_MS = 30_000;
const PAUSES = { backoffBaseMs: 2_000, backoffCapMs: 3_600_000 };

/**
 * The city's portal is told of what became of cases that were filed there: read from the history after the fact, kept as
 * owed, sent until the portal has said that it has it. Nothing is given up; a record keeps its key.
 */
@Injectable()
export class SendRecords {
  constructor(
    @Inject(PORTAL_RECORD_STORE) private readonly store: PortalRecordStore,
    @Inject(PORTAL) private readonly portal: GovernmentPortal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Writes down what is owed, then sends until nothing is due or the portal does not answer. */
  async catchUp(): Promise<void> {
    let passed: number;
    do passed = await this.store.round(PAGE, this.clock.now(), recordsOf);
    while (passed === PAGE);
    let answered: boolean;
    do answered = await this.sendDue();
    while (answered);
  }

  /** False: nothing was due, or some found no answer. */
  private async sendDue(): Promise<boolean> {
    const due = await this.store.claim(AT_ONCE, this.clock.now(), LEASE_MS);
    const answered = await Promise.all(due.map((record) => this.send(record)));
    return due.length > 0 && answered.every(Boolean);
  }

  private async send(record: SentRecord): Promise<boolean> {
    try {
      const reply = await this.portal.send(record, this.clock.now() + DEADLINE_MS);
      if (reply.outcome === 'refused') await this.store.refused(record.id, reply.code);
      else await this.store.acknowledged(record.id, this.clock.now());
      return true;
    } catch (error) {
      if (!isOfPortal(error)) throw error;
      await this.store.putOff(record.id, this.clock.now() + pauseMs(record, error));
      return false;
    }
  }
}

const isOfPortal = (error: unknown): error is Error =>
  error instanceof AgencyUnavailable || error instanceof OutcomeUnknown || error instanceof AgencyContractBroken;

/** As long as the portal asks for, but no longer than we would wait by ourselves. */
function pauseMs({ attempts }: SentRecord, error: Error): number {
  const asked = error instanceof AgencyUnavailable ? (error.retryAfterMs ?? 0) : 0;
  return Math.min(Math.max(asked, backOffMs(attempts, PAUSES, Math.random())), PAUSES.backoffCapMs);
}

function recordsOf({ steps, history }: ReportedCase): NewRecord[] {
  const known = new Map(steps.filter(isReported).map((step) => [step.id, step]));
  const withStep = (record: CaseRecord): NewRecord[] => {
    if (record.stepId === null) return [{ ...record, step: null }];
    const step = known.get(record.stepId);
    return step === undefined ? [] : [{ ...record, step }];
  };
  return caseRecords(history).flatMap(withStep);
}
