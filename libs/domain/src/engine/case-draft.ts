import type { CaseState, NewbornState, OverallPromise, StepRecord, UnheardParent, WorkRecord } from '../case-state';
import type { Rating } from '../rating';
import type { CustodyEntry } from '../papers/paper';
import type { ApplicationStatus, Reason, StepCode, StepState, WorkKind } from '../vocabulary';
import type { Disposition } from './case-event';
import type { DecisionContext } from './decision-context';

export interface HistoryEntry {
  type: string;
  stepId: string | null;
  newbornIndex: number | null;
  fromState: StepState | null;
  toState: StepState | null;
  reason: Reason | null;
  detail: Readonly<Record<string, string | number | boolean | null>>;
}

/** Demands for forbidden papers (P8): found in an agency's words, or told by the family. */
export const DEMAND_TASKS = ['supervision', 'demand_report'] as const;
export const TASK_KINDS = [
  'stuck',
  'conflict',
  'worklist',
  'verification',
  'data_mismatch',
  'withdrawal',
  ...DEMAND_TASKS,
  'family_contact',
  'parent_death',
  'office_overdue',
  'deemed_acceptance',
  'data_update',
  'paper',
  'deregistration',
  'refund',
  'reconciliation',
  'bad_rating',
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** What the machine asks a person; worklist tasks are opened for an office's own staff. */
export interface TaskIntent {
  stepId: string;
  kind: Exclude<TaskKind, 'worklist'>;
  reason: string;
  /** Epoch ms; `taskDueHours` from now where the rule names no limit of its own. */
  dueAt?: number;
}

/** Of records that hold text, numbers and lists alone, with their fields in one order. */
export const isSameValue = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Open tasks of a step that have found their answer. */
export interface ClosedTasks {
  stepId: string;
  kinds: readonly TaskKind[];
}

const workKey = (stepId: string, kind: WorkKind): string => `${stepId}/${kind}`;

/** A case while one decision is made: records are replaced, never changed in place, so the given state stays as it was. */
export class CaseDraft {
  readonly steps: Map<string, StepRecord>;
  readonly newborns: Map<number, NewbornState>;
  readonly work: Map<string, WorkRecord>;
  readonly history: HistoryEntry[] = [];
  readonly tasks: TaskIntent[] = [];
  readonly closedTasks: ClosedTasks[] = [];
  readonly custody: CustodyEntry[] = [];
  /** Work rows that get a new wake-up number. */
  readonly renewed = new Set<string>();
  /** Steps whose DEADLINE fired: its row is set anew, later as well as earlier. */
  readonly fired = new Set<string>();
  disposition: Disposition = 'applied';
  status: ApplicationStatus;
  overall: OverallPromise | null;
  unheard: readonly UnheardParent[];
  rating: Rating | null;

  constructor(
    readonly given: CaseState,
    readonly context: DecisionContext,
  ) {
    this.steps = new Map(given.steps.map((step) => [step.id, step]));
    this.newborns = new Map(given.newborns.map((newborn) => [newborn.index, newborn]));
    this.work = new Map(given.work.map((row) => [workKey(row.stepId, row.kind), row]));
    this.status = given.status;
    this.overall = given.overall;
    this.unheard = given.unheard;
    this.rating = given.rating;
  }

  step(id: string): StepRecord {
    const step = this.steps.get(id);
    if (step === undefined) throw new Error('decide() was given a step of another case');
    return step;
  }

  newborn(index: number): NewbornState {
    const newborn = this.newborns.get(index);
    if (newborn === undefined) throw new Error('decide() was given an unknown newborn');
    return newborn;
  }

  sibling(step: StepRecord, code: StepCode): StepRecord | undefined {
    return [...this.steps.values()].find((other) => other.newbornIndex === step.newbornIndex && other.code === code);
  }

  ofNewborn(index: number): StepRecord[] {
    return [...this.steps.values()].filter((step) => step.newbornIndex === index);
  }

  /** A record that would say the same stays the record that it was. */
  change(id: string, changes: Partial<StepRecord>): StepRecord {
    const before = this.step(id);
    const next = { ...before, ...changes };
    if (isSameValue(before, next)) return before;
    this.steps.set(id, next);
    return next;
  }

  /** Changes state and says so in the history. */
  move(id: string, changes: Partial<StepRecord>, type: string, detail: HistoryEntry['detail'] = {}): StepRecord {
    const before = this.step(id);
    const after = this.change(id, changes);
    this.note(type, after, before.state, detail);
    return after;
  }

  note(
    type: string,
    step: StepRecord,
    fromState: StepState | null = step.state,
    detail: HistoryEntry['detail'] = {},
  ): void {
    const { id, newbornIndex, state, reason } = step;
    this.history.push({ type, stepId: id, newbornIndex, fromState, toState: state, reason, detail });
  }

  /** Of the whole case, of no step. */
  noteCase(type: string, detail: HistoryEntry['detail']): void {
    this.noteNewborn(type, null, detail);
  }

  noteNewborn(type: string, newbornIndex: number | null, detail: HistoryEntry['detail']): void {
    this.history.push({ type, stepId: null, newbornIndex, fromState: null, toState: null, reason: null, detail });
  }

  workOf(stepId: string, kind: WorkKind): WorkRecord | undefined {
    return this.work.get(workKey(stepId, kind));
  }

  putWork(row: WorkRecord, renew: boolean): void {
    const key = workKey(row.stepId, row.kind);
    this.work.set(key, row);
    if (renew) this.renewed.add(key);
  }

  dropWork(stepId: string, kind: WorkKind): void {
    this.work.delete(workKey(stepId, kind));
    this.renewed.delete(workKey(stepId, kind));
  }

  isRenewed(row: WorkRecord): boolean {
    return this.renewed.has(workKey(row.stepId, row.kind));
  }

  openTask(task: TaskIntent): void {
    this.tasks.push(task);
  }

  closeTasks(closed: ClosedTasks): void {
    this.closedTasks.push(closed);
  }
}
