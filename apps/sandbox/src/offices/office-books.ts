import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AGENCIES, type Agency } from '../agencies';
import { AgencySettings } from '../cases/agency-settings';
import { CaseBook } from '../cases/case-book';
import { amountDue, amountToChange, type Premium, premiumDue } from '../tax-administration/premium';
import { WorklistResults } from '../worklist/worklist-results';
import type { Way } from './desks';
import { handCourse } from './hand-course';
import { KnownRegisters } from './known-registers';
import type { Taken, TaskCase, TaskFacts } from './task-facts';

type Listener = (agency: Agency, record: TaskCase) => void;

/** What offices do by hand, one book an agency, however the tasks came. */
@Injectable()
export class OfficeBooks implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly books: ReadonlyMap<Agency, CaseBook<TaskFacts>>;
  private readonly listeners = new Map<Way, Listener>();

  constructor(
    private readonly results: WorklistResults,
    private readonly settings: AgencySettings,
    private readonly registers: KnownRegisters,
  ) {
    this.books = new Map(AGENCIES.map((agency) => [agency, this.makeBook(agency)]));
    for (const { stage, newborn } of this.ofAgency('public-security').all()) {
      if (stage.kind === 'done') results.remember(newborn);
    }
  }

  onApplicationBootstrap(): void {
    for (const book of this.books.values()) book.resume();
  }

  onApplicationShutdown(): void {
    for (const book of this.books.values()) book.close();
  }

  /** Told of every change of a case that came this way. */
  listen(way: Way, listener: Listener): void {
    this.listeners.set(way, listener);
  }

  all(way: Way): [Agency, TaskCase][] {
    return [...this.books].flatMap(([agency, book]) =>
      book.all().flatMap((record): [Agency, TaskCase][] => (record.facts.way === way ? [[agency, record]] : [])),
    );
  }

  /** The case of a task, opened when it is seen for the first time. */
  take(agency: Agency, task: Taken): { record: TaskCase; isNew: boolean } | null {
    const premium = this.premiumOf(agency, task);
    const isKnown = this.registers.find(task) !== null;
    const course = handCourse(task, { ...this.settings.of(agency), isKnown });
    const opened = this.ofAgency(agency).openOnce({
      key: task.key ?? task.taskId,
      digest: task.taskId,
      naturalKey: `step:${task.stepId}`,
      supplementOf: null,
      newborn: task.newborn,
      facts: { ...task, premium },
      ...(course === null ? {} : { course }),
    });
    if (!('record' in opened)) return null;
    const isNew = opened.outcome === 'opened';
    if (isNew) this.changeLater(agency, opened.record);
    return { record: opened.record, isNew };
  }

  /** The family pays what the notice of an office says: the whole of it, once. */
  pay(noticeNo: string, amount: number): 'paid' | 'unknown' | 'not_due' {
    const book = this.ofAgency('tax-administration');
    const record = book.byReceipt(noticeNo);
    if (record === undefined) return 'unknown';
    if (record.stage.kind !== 'action' || record.facts.premium?.amount !== amount) return 'not_due';
    book.follow(record, [{ afterMs: 0, stage: { kind: 'done' } }]);
    return 'paid';
  }

  private premiumOf(agency: Agency, { stepCode, tier, documents, qualifier, newborn }: Taken): Premium | null {
    if (stepCode !== 'insurance_payment') return null;
    const certNo = documents.residentId ?? documents.certificate ?? '';
    return { amount: amountDue(this.scriptOf(agency), newborn.name, tier ?? '1'), certNo, feeYear: qualifier };
  }

  private changeLater(agency: Agency, record: TaskCase): void {
    const { script, paceMs } = this.settings.of(agency);
    const amount = record.facts.premium === null ? null : amountToChange(script, record.newborn.name);
    if (amount !== null) setTimeout(() => this.changeAmount(agency, record, amount), paceMs).unref();
  }

  private changeAmount(agency: Agency, record: TaskCase, amount: number): void {
    const { premium } = record.facts;
    if (record.stage.kind !== 'action' || premium === null) return;
    record.facts = { ...record.facts, premium: { ...premium, amount } };
    this.ofAgency(agency).follow(record, [premiumDue()]);
  }

  private scriptOf = (agency: Agency) => this.settings.of(agency).script;

  private ofAgency(agency: Agency): CaseBook<TaskFacts> {
    const book = this.books.get(agency);
    if (book === undefined) throw new Error(`no book of ${agency}`);
    return book;
  }

  /** What is asked about rather than for; its confirmation is what the office has done. */
  private confirmed = (facts: TaskFacts) => (facts.mode === 'issue' ? null : this.registers.find(facts));

  private makeBook(agency: Agency): CaseBook<TaskFacts> {
    const setting = this.settings.of(agency);
    const { paceMs } = setting;
    return new CaseBook<TaskFacts>({
      ...setting,
      desk: 'worklist',
      correctionField: '/name',
      usual: () => (agency === 'tax-administration' ? [premiumDue()] : [{ afterMs: paceMs, stage: { kind: 'done' } }]),
      receipt: (number) => `GZT-${agency}-${String(number).padStart(6, '0')}`,
      known: ({ facts }) => (facts.mode === 'issue' ? this.registers.find(facts) : null),
      results: ({ facts, id }) => this.confirmed(facts) ?? this.results.of(facts, facts.office, id),
      changed: (record) => this.listeners.get(record.facts.way)?.(agency, record),
    });
  }
}
