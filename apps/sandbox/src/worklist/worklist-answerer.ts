import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AGENCIES, isAgency, type Agency } from '../agencies';
import { AgencySettings } from '../cases/agency-settings';
import { CaseBook } from '../cases/case-book';
import type { CaseRecord } from '../cases/case-record';
import { SandboxConfig } from '../sandbox.config';
import { offsetTime } from '../wire/local-time';
import { PlatformClient } from '../wire/platform-client';
import { answerOf } from './worklist-answer';
import { WorklistResults } from './worklist-results';
import { readTasks, type WorklistTask } from './worklist-task';

export interface TaskFacts extends WorklistTask {
  office: string;
}

interface Desk {
  agency: Agency;
  office: string;
}

/** Staff of offices without an interface: they look at the worklist once a pace, take the tasks and answer them. */
@Injectable()
export class WorklistAnswerer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly desks: readonly Desk[];
  private readonly books: ReadonlyMap<Agency, CaseBook<TaskFacts>>;
  private timer: NodeJS.Timeout | undefined;
  private looking = false;

  constructor(
    private readonly config: SandboxConfig,
    private readonly platform: PlatformClient,
    private readonly results: WorklistResults,
    private readonly settings: AgencySettings,
  ) {
    this.desks = desksOf(config.SANDBOX_WORKLIST);
    const agencies = AGENCIES.filter((agency) => this.desks.some((desk) => desk.agency === agency));
    this.books = new Map(agencies.map((agency) => [agency, this.book(agency)]));
    for (const { stage, newborn } of this.books.get('public-security')?.all() ?? []) {
      if (stage.kind === 'done') results.remember(newborn);
    }
  }

  onApplicationBootstrap(): void {
    for (const [agency, book] of this.books) {
      book.resume();
      for (const record of book.all()) void this.answer(agency, record);
    }
    if (this.desks.length > 0) this.timer = setInterval(() => void this.look(), this.config.SANDBOX_PACE_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    for (const book of this.books.values()) book.close();
  }

  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      for (const desk of this.desks) await this.takeTasks(desk);
    } finally {
      this.looking = false;
    }
  }

  private async takeTasks({ agency, office }: Desk): Promise<void> {
    const query = new URLSearchParams({ agency, office, limit: '100' });
    const page = await this.platform.get(agency, `/agency/v1/worklist?${query.toString()}`);
    for (const task of readTasks(page)) this.take(agency, office, task);
  }

  private take(agency: Agency, office: string, task: WorklistTask): void {
    const book = this.books.get(agency);
    const opened = book?.openOnce({
      key: task.key ?? task.taskId,
      digest: task.taskId,
      naturalKey: `step:${task.stepId}`,
      supplementOf: null,
      newborn: task.newborn,
      facts: { ...task, office },
    });
    if (opened?.outcome === 'opened') void this.answer(agency, opened.record);
  }

  private async answer(agency: Agency, record: CaseRecord<TaskFacts>): Promise<void> {
    const answer = answerOf(record.stage);
    const message = {
      messageId: `WL-${agency}-${record.facts.taskId}-${record.sequence}`,
      occurredAt: offsetTime(record.changedAt),
      ...answer,
      receipt: record.receipt,
    };
    const path = `/agency/v1/worklist/${encodeURIComponent(record.facts.taskId)}/answers`;
    if (answer !== null) await this.platform.deliver(agency, path, message);
  }

  private book(agency: Agency): CaseBook<TaskFacts> {
    return new CaseBook<TaskFacts>({
      ...this.settings.of(agency),
      desk: 'worklist',
      correctionField: '/name',
      usual: () => [{ afterMs: this.config.SANDBOX_PACE_MS, stage: { kind: 'done' } }],
      receipt: (number) => `GZT-${agency}-${String(number).padStart(6, '0')}`,
      results: ({ facts, id }) => this.results.of(facts, facts.office, id),
      changed: (record) => void this.answer(agency, record),
    });
  }
}

function desksOf(pairs: string): Desk[] {
  if (pairs === '') return [];
  return pairs.split(',').map((pair) => {
    const [agency = '', office = ''] = pair.split(':');
    if (!isAgency(agency)) throw new Error('SANDBOX_WORKLIST names an unknown agency');
    return { agency, office };
  });
}
