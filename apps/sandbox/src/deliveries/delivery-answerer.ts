import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AGENCIES, type Agency } from '../agencies';
import { AgencySettings } from '../cases/agency-settings';
import { CaseBook } from '../cases/case-book';
import type { CaseRecord } from '../cases/case-record';
import type { Stage } from '../cases/stage';
import { SandboxConfig } from '../sandbox.config';
import { nowMs } from '../wire/clock';
import { isoDate, offsetTime } from '../wire/local-time';
import { RegularLook } from '../wire/regular-look';
import { PlatformClient } from '../wire/platform-client';
import { worklistItems } from '../worklist/worklist-pages';
import { courseOf, type DeliveryTask, readDelivery, waybillOf } from './delivery-task';

type Delivery = CaseRecord<DeliveryTask>;

/** Staff of every office who hand out what is done: they look at the worklist once a pace (docs/agencies/wire/worklist.md). */
@Injectable()
export class DeliveryAnswerer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly books: ReadonlyMap<Agency, CaseBook<DeliveryTask>>;
  private readonly looks = new RegularLook(() => this.look());

  constructor(
    private readonly config: SandboxConfig,
    private readonly platform: PlatformClient,
    private readonly settings: AgencySettings,
  ) {
    const agencies = config.SANDBOX_DELIVERIES === 'on' ? AGENCIES : [];
    this.books = new Map(agencies.map((agency) => [agency, this.book(agency)]));
  }

  onApplicationBootstrap(): void {
    for (const [agency, book] of this.books) {
      book.resume();
      for (const record of book.all()) void this.answer(agency, record);
    }
    if (this.books.size > 0) this.looks.start(this.config.SANDBOX_PACE_MS);
  }

  onApplicationShutdown(): void {
    this.looks.stop();
    for (const book of this.books.values()) book.close();
  }

  private async look(): Promise<void> {
    for (const [agency, book] of this.books) await this.takeTasks(agency, book);
  }

  private async takeTasks(agency: Agency, book: CaseBook<DeliveryTask>): Promise<void> {
    const items = await worklistItems(this.platform, agency);
    for (const task of items.flatMap(readDelivery)) {
      const { script, paceMs } = this.settings.of(agency);
      const opened = book.openOnce({
        key: task.key,
        digest: task.taskId,
        naturalKey: `delivery:${task.key}`,
        supplementOf: null,
        newborn: task.newborn,
        facts: task,
        course: courseOf(task, script, paceMs),
      });
      if (opened.outcome === 'opened') void this.answer(agency, opened.record);
    }
  }

  private async answer(agency: Agency, record: Delivery): Promise<void> {
    const { taskId } = record.facts;
    const message = {
      messageId: `ZJ-${agency}-${taskId}-${record.sequence}`,
      occurredAt: offsetTime(record.changedAt),
      ...answerOf(record.stage, record.facts),
      receipt: record.receipt,
    };
    await this.platform.deliver(agency, `/agency/v1/worklist/${encodeURIComponent(taskId)}/answers`, message);
  }

  private book(agency: Agency): CaseBook<DeliveryTask> {
    return new CaseBook<DeliveryTask>({
      ...this.settings.of(agency),
      instant: false,
      desk: 'deliveries',
      correctionField: '/delivery',
      usual: () => [],
      receipt: (number) => `ZJ-${agency}-${String(number).padStart(6, '0')}`,
      results: () => ({ receivedOn: isoDate(nowMs()) }),
      changed: (record) => void this.answer(agency, record),
    });
  }
}

function answerOf(stage: Stage, task: DeliveryTask): Record<string, unknown> {
  switch (stage.kind) {
    case 'working':
      return { kind: 'accepted', paper: stage.detail, waybill: stage.detail === 'posted' ? waybillOf(task) : null };
    case 'action':
      return { kind: 'action_needed', text: stage.text };
    case 'done':
      return { kind: 'completed', results: stage.results };
    default:
      return { kind: 'accepted' };
  }
}
