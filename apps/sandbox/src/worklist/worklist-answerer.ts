import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AGENCIES, type Agency } from '../agencies';
import { Desks } from '../offices/desks';
import { OfficeBooks } from '../offices/office-books';
import type { Taken, TaskCase } from '../offices/task-facts';
import { SandboxConfig } from '../sandbox.config';
import { offsetTime } from '../wire/local-time';
import { RegularLook } from '../wire/regular-look';
import { PlatformClient } from '../wire/platform-client';
import { worklistItems } from './worklist-pages';
import { answerOf } from './worklist-answer';
import { readTask } from './worklist-task';

/** Staff of offices without an interface: they look at the worklist once a pace, take the tasks and answer them. */
@Injectable()
export class WorklistAnswerer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly offices: ReadonlyMap<Agency, readonly string[]>;
  private readonly looks = new RegularLook(() => this.look());

  constructor(
    desks: Desks,
    private readonly config: SandboxConfig,
    private readonly platform: PlatformClient,
    private readonly books: OfficeBooks,
  ) {
    const own = desks.of('worklist');
    const officesOf = (agency: Agency) => own.filter((desk) => desk.agency === agency).map(({ office }) => office);
    this.offices = new Map(AGENCIES.map((agency) => [agency, officesOf(agency)]));
    books.listen('worklist', (agency, record) => void this.answer(agency, record));
  }

  onApplicationBootstrap(): void {
    for (const [agency, record] of this.books.all('worklist')) void this.answer(agency, record);
    const isAnybody = [...this.offices.values()].some((offices) => offices.length > 0);
    if (isAnybody) this.looks.start(this.config.SANDBOX_PACE_MS);
  }

  onApplicationShutdown(): void {
    this.looks.stop();
  }

  private async look(): Promise<void> {
    for (const [agency, offices] of this.offices) await this.takeTasks(agency, offices);
  }

  /** An agency with several offices of that kind looks at all that it has, and each takes its own. */
  private async takeTasks(agency: Agency, offices: readonly string[]): Promise<void> {
    const [office] = offices;
    if (office === undefined) return;
    const isOne = offices.length === 1;
    for (const item of await worklistItems(this.platform, agency, isOne ? office : null)) {
      const task = readTask(item);
      const whose = isOne ? office : String(item['officeCode']);
      if (task !== null && offices.includes(whose)) this.take(agency, { ...task, office: whose, way: 'worklist' });
    }
  }

  private take(agency: Agency, task: Taken): void {
    const taken = this.books.take(agency, task);
    if (taken?.isNew === true) void this.answer(agency, taken.record);
  }

  private async answer(agency: Agency, record: TaskCase): Promise<void> {
    const answer = answerOf(record);
    const message = {
      messageId: `WL-${agency}-${record.facts.taskId}-${record.sequence}`,
      occurredAt: offsetTime(record.changedAt),
      ...answer,
      receipt: record.receipt,
    };
    const path = `/agency/v1/worklist/${encodeURIComponent(record.facts.taskId)}/answers`;
    if (answer !== null) await this.platform.deliver(agency, path, message);
  }
}
