import type { LedgerKind, Results } from '../ledger/ledger-entry';
import { offsetTime } from '../wire/local-time';
import type { AgencySetting } from './agency-settings';
import type { CaseRecord, Submission } from './case-record';
import { planCourse } from './course';
import { remembered } from './drift';
import { isOver, type Planned, type Stage } from './stage';
import { nowMs } from '../wire/clock';

export interface CaseBookOptions<F> extends AgencySetting {
  desk: string;
  correctionField: string;
  /** The stages of an ordinary case when it is not instant. */
  usual(now: number, name: string): Planned[];
  receipt(number: number): string;
  results(record: CaseRecord<F>): Results;
  /** What was there before the case; null: nothing. */
  known?(record: CaseRecord<F>): Results | null;
  /** Called after a change was written, never for the first reply's stage. */
  changed?(record: CaseRecord<F>): void;
}

export type Opened<F> =
  { outcome: 'opened' | 'known'; record: CaseRecord<F> } | { outcome: 'conflict' } | { outcome: 'unknown_supplement' };

/** The cases of one desk: written to the ledger before anybody hears of them, moved on by their plan. */
export class CaseBook<F> {
  private readonly keys = new Map<string, CaseRecord<F>>();
  private readonly receipts = new Map<string, CaseRecord<F>[]>();
  private readonly naturalKeys = new Map<string, CaseRecord<F>>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** In the order in which they came. */
  private readonly records: CaseRecord<F>[] = [];

  constructor(private readonly options: CaseBookOptions<F>) {
    for (const snapshot of options.ledger.restored(options.desk)) this.index(snapshot as CaseRecord<F>);
  }

  /** Goes on with what a former run left unfinished. */
  resume(): void {
    for (const record of this.records) this.schedule(record);
  }

  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  all(): CaseRecord<F>[] {
    return [...this.records];
  }

  byKey(key: string): CaseRecord<F> | undefined {
    return this.keys.get(key);
  }

  /** What it says that it has under a key, as far as its script lets it remember. */
  recalled(key: string): CaseRecord<F> | undefined {
    const record = this.keys.get(key);
    return record && remembered(record, this.options.script.of(record.newborn.name))[0];
  }

  /** The same of all that changed from `from` until before `until`. */
  changedBetween(from: number, until: number): CaseRecord<F>[] {
    return this.records
      .filter(({ changedAt }) => changedAt >= from && changedAt < until)
      .flatMap((record) => remembered(record, this.options.script.of(record.newborn.name)));
  }

  /** The latest submission under this receipt. */
  byReceipt(receipt: string): CaseRecord<F> | undefined {
    return this.receipts.get(receipt)?.at(-1);
  }

  byNaturalKey(naturalKey: string): CaseRecord<F> | undefined {
    return this.naturalKeys.get(naturalKey);
  }

  /** For an agency that honours the key: the same key is the same case. */
  openOnce(submission: Submission<F>): Opened<F> {
    const known = submission.key === null ? undefined : this.keys.get(submission.key);
    if (known === undefined) return this.open(submission);
    return known.digest === submission.digest ? { outcome: 'known', record: known } : { outcome: 'conflict' };
  }

  open(submission: Submission<F>): Opened<F> {
    const earlier = submission.supplementOf === null ? null : this.receipts.get(submission.supplementOf);
    if (earlier === undefined) return { outcome: 'unknown_supplement' };
    for (const record of earlier ?? []) this.stop(record);
    const record = this.create(submission, earlier?.at(-1) ?? null);
    this.write('received', record);
    const effect = earlier?.find(({ stage }) => stage.kind === 'done');
    if (effect !== undefined) this.enter(record, effect.stage, false);
    else this.step(record, false);
    return { outcome: 'opened', record };
  }

  /** Taken back, unless the effect is there. */
  withdraw(record: CaseRecord<F>): 'withdrawn' | 'refused' {
    if (record.stage.kind === 'withdrawn') return 'withdrawn';
    if (record.stage.kind === 'done') return 'refused';
    this.stop(record);
    this.enter(record, { kind: 'withdrawn' }, false);
    return 'withdrawn';
  }

  /** Gives a case another future, from now on. */
  follow(record: CaseRecord<F>, plan: Planned[]): void {
    this.stop(record);
    record.plan = plan;
    this.step(record, true);
  }

  /** Without effect until it was looked at this many times. */
  hold(record: CaseRecord<F>, times: number): void {
    record.verifyLeft = times + 1;
    this.write('interim', record);
  }

  /** One look at a held case; true when it need not be held any longer. */
  release(record: CaseRecord<F>): boolean {
    record.verifyLeft -= 1;
    if (record.verifyLeft > 0) this.write('interim', record);
    return record.verifyLeft === 0;
  }

  /** A finished case's newborn gets another name, or further facts; no further effect. */
  amend(record: CaseRecord<F>, change: Partial<CaseRecord<F>['newborn']>, facts: Partial<F> = {}): void {
    record.newborn = { ...record.newborn, ...change };
    record.facts = { ...record.facts, ...facts };
    record.sequence += 1;
    record.changedAt = nowMs();
    this.write('amended', record);
  }

  private create(submission: Submission<F>, earlier: CaseRecord<F> | null): CaseRecord<F> {
    const number = this.records.length + 1;
    const now = nowMs();
    const record: CaseRecord<F> = {
      desk: this.options.desk,
      id: String(number),
      key: submission.key,
      naturalKey: submission.naturalKey,
      receipt: earlier?.receipt ?? this.options.receipt(number),
      digest: submission.digest,
      newborn: submission.newborn,
      facts: submission.facts,
      sequence: (earlier?.sequence ?? 0) + 1,
      changedAt: now,
      stage: { kind: 'received' },
      plan: submission.course ?? this.plan(submission.newborn.name, now),
      dueAt: null,
      verifyLeft: 0,
    };
    if (record.plan[0]?.afterMs === 0 && record.plan[0].stage.kind === 'received') record.plan.shift();
    record.dueAt = dueAt(record);
    this.index(record);
    return record;
  }

  private plan(name: string, now: number): Planned[] {
    const { instant, script, paceMs, office, correctionField } = this.options;
    const usual: Planned[] = instant ? [{ afterMs: 0, stage: { kind: 'done' } }] : this.options.usual(now, name);
    if (script.of(name) === null) return usual;
    return planCourse({ script, name, now, paceMs, instant, usual, office, correctionField });
  }

  /** Enters every stage that is due at once, then waits for the next. */
  private step(record: CaseRecord<F>, tell: boolean): void {
    while (record.plan[0]?.afterMs === 0) this.enterPlanned(record, tell);
    this.schedule(record);
  }

  private enterPlanned(record: CaseRecord<F>, tell: boolean): void {
    const stage = record.plan.shift()?.stage;
    if (stage === undefined) return;
    this.enter(record, stage.kind === 'done' ? this.doneNow(record) : stage, tell);
  }

  private doneNow(record: CaseRecord<F>): Stage {
    const known = this.options.known?.(record) ?? null;
    if (known !== null) return { kind: 'done', results: known, existed: true };
    return { kind: 'done', results: this.options.results(record) };
  }

  private enter(record: CaseRecord<F>, stage: Stage, tell: boolean): void {
    const isThere = stage.kind === 'done' && (stage.existed === true || this.hasEffect(record.receipt, record));
    record.stage = stage;
    record.sequence += 1;
    record.changedAt = nowMs();
    record.dueAt = dueAt(record);
    this.write(isThere ? 'interim' : kindOf(stage), record);
    if (tell) this.options.changed?.(record);
  }

  private hasEffect(receipt: string, but: CaseRecord<F>): boolean {
    return (this.receipts.get(receipt) ?? []).some((one) => one !== but && one.stage.kind === 'done');
  }

  private schedule(record: CaseRecord<F>): void {
    if (record.dueAt === null || isOver(record.stage)) return;
    const timer = setTimeout(
      () => {
        this.timers.delete(record.id);
        this.enterPlanned(record, true);
        this.step(record, true);
      },
      Math.max(0, record.dueAt - nowMs()),
    );
    timer.unref();
    this.timers.set(record.id, timer);
  }

  private stop(record: CaseRecord<F>): void {
    clearTimeout(this.timers.get(record.id));
    this.timers.delete(record.id);
    record.plan = [];
    record.dueAt = null;
  }

  private index(record: CaseRecord<F>): void {
    this.records.push(record);
    // A class B agency keeps the first record of a key as the one it finds again.
    if (record.key !== null && !this.keys.has(record.key)) this.keys.set(record.key, record);
    this.receipts.set(record.receipt, [...(this.receipts.get(record.receipt) ?? []), record]);
    this.naturalKeys.set(record.naturalKey, record);
  }

  private write(kind: LedgerKind, record: CaseRecord<F>): void {
    const { key, naturalKey, receipt, newborn, stage, sequence } = record;
    const results = stage.kind === 'done' ? stage.results : null;
    const at = offsetTime(nowMs());
    this.options.ledger.append(
      { at, agency: this.options.agency, kind, key, naturalKey, receipt, newborn, results, sequence },
      record,
    );
  }
}

const dueAt = (record: { plan: Planned[]; changedAt: number }): number | null =>
  record.plan[0] === undefined ? null : record.changedAt + record.plan[0].afterMs;

function kindOf(stage: Stage): LedgerKind {
  if (stage.kind === 'done') return 'final';
  return stage.kind === 'withdrawn' ? 'withdrawn' : 'interim';
}
