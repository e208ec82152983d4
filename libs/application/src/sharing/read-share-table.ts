import { SHARED_FIELDS, type SharedField, WEBHOOK_PATIENCE_MS } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type County, COUNTY } from '../county';
import { type DoubtedRow, SHARE_TABLE, type ShareTable } from '../ports/share-table';
import { SHARE_STORE, type ShareStore } from '../ports/share-store';
import { StepTransitions } from '../step-transitions';
import { taskDueAt } from '../task-due';
import { disputedStep } from './disputed-step';

const PAGE = 100;
const MAX_TEXT = 1_000;

/** Reads what receivers wrote into the exchange table: receipts, and what they say is wrong (P19). */
@Injectable()
export class ReadShareTable {
  constructor(
    @Inject(SHARE_TABLE) private readonly table: ShareTable,
    @Inject(SHARE_STORE) private readonly shares: ShareStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
    private readonly transitions: StepTransitions,
  ) {}

  async round(): Promise<void> {
    await this.table.takeReceipts(this.clock.now());
    let doubted: DoubtedRow[];
    do {
      doubted = await this.table.doubted(PAGE);
      for (const row of doubted) await this.dispute(row);
    } while (doubted.length === PAGE);
  }

  async tellUntaken(): Promise<void> {
    const now = this.clock.now();
    const dueAt = taskDueAt(now, this.county.policyAt(now).settings);
    await this.table.tellUntaken(now - WEBHOOK_PATIENCE_MS, { now, dueAt });
  }

  /** A crash between the two opens the same task once: a task that is open is not opened again. */
  private async dispute(row: DoubtedRow): Promise<void> {
    const { deliveryId, receiver, applicationId } = row;
    const text = wordsOf(row);
    try {
      await this.transitions.apply({
        ref: { applicationId },
        by: { actor: 'agency', actorId: receiver },
        event: (loaded) => ({
          type: 'share_disputed',
          stepId: disputedStep(loaded, row),
          receiver,
          fields: fieldsOf(row),
        }),
        attach: () => ({ eventReason: text }),
      });
      await this.shares.disputed(deliveryId, this.clock.now());
    } catch (error) {
      // the step ended without a result: nothing of it is told any more
      if (!(error instanceof Problem)) throw error;
    }
    await this.table.doubtTaken(deliveryId, this.clock.now());
  }
}

const wordsOf = ({ errorText }: DoubtedRow): string => (errorText ?? '').slice(0, MAX_TEXT);

function fieldsOf({ errorFields }: DoubtedRow): SharedField[] {
  const given: unknown[] = Array.isArray(errorFields) ? errorFields : [];
  return (Object.keys(SHARED_FIELDS) as SharedField[]).filter((field) => given.includes(field));
}
