import {
  type CaseEvent,
  type CaseState,
  decide,
  type Decision,
  isTerminal,
  profileOf,
  type TaskIntent,
} from '@birth/domain';
import { type Clock, CLOCK, derivedId, EngineConfig, failPoint, newId } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyGates } from './agency-gates';
import { type County, COUNTY } from './county';
import { COORDINATOR } from './clerk/clerk-scope';
import { type ActedBy, chainEvents, type ChainHead } from './event-chain';
import { chainExchanges } from './exchange-chain';
import { taskDueAt } from './task-due';
import type { StepExchange } from './ports/evidence';
import type { SectionName } from './ports/dossier';
import {
  CASE_STORE,
  type CaseDecision,
  type CaseRef,
  type CaseStore,
  type CaseWrite,
  type ChangeOutcome,
  type LoadedCase,
  type OnceRow,
  type SectionWrite,
  type StepSecretWrite,
  type StoredResponse,
  type TaskWrite,
} from './ports/case-store';
import { paperWrites, withWaybill } from './papers/paper-writes';
import { HINT_QUEUE, type HintQueue } from './ports/hint-queue';

/** What travels with an event into the same transaction; personal data only in fields that the store seals. */
export interface Attachments {
  secrets?: readonly StepSecretWrite[];
  sections?: readonly SectionWrite[];
  exchanges?: readonly StepExchange[];
  receiptTokens?: CaseWrite['receiptTokens'];
  openTasks?: readonly TaskWrite[];
  takenRecords?: CaseWrite['takenRecords'];
  newbornTokens?: CaseWrite['newbornTokens'];
  eventReason?: string;
  applicantSubject?: string;
  isProtected?: boolean;
  reclaimedNewborn?: CaseWrite['reclaimedNewborn'];
  consentAnswers?: CaseWrite['consentAnswers'];
  consentRequests?: CaseWrite['consentRequests'];
  endedConsents?: CaseWrite['endedConsents'];
  /** Of the parcel that is posted now. */
  waybill?: string;
}

export interface TransitionRequest {
  ref: CaseRef;
  by: ActedBy;
  once?: OnceRow;
  /** Sealed sections that the event or what is attached to it looks at; results alone unless named. */
  sections?: readonly SectionName[] | 'all';
  /** Reads the mothers' birth records under the lock when a newborn waits for one. */
  records?: boolean;
  /** Reads this record instead, where no other case uses it. */
  namedRecord?: { office: string; recordNumber: string };
  /** The event, read from the case under its lock; null: nothing to decide. Throws to refuse. */
  event(loaded: LoadedCase): CaseEvent | readonly CaseEvent[] | null;
  /** Written with the decision; may look at it. */
  attach?(decision: Decision, loaded: LoadedCase): Attachments;
  respond?(decision: Decision, loaded: LoadedCase): StoredResponse;
}

/** The only code that changes a step (architecture.md 3): locks the case, asks decide(), stores its result, offers what is due. */
@Injectable()
export class StepTransitions {
  constructor(
    @Inject(CASE_STORE) private readonly store: CaseStore,
    @Inject(HINT_QUEUE) private readonly queue: HintQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
    private readonly engine: EngineConfig,
    private readonly gates: AgencyGates,
  ) {}

  async apply(request: TransitionRequest): Promise<ChangeOutcome> {
    const now = this.clock.now();
    const outcome = await this.store.change({
      ref: request.ref,
      ...(request.once === undefined ? {} : { once: request.once }),
      ...(request.sections === undefined ? {} : { sections: request.sections }),
      ...(request.records === undefined ? {} : { records: request.records }),
      ...(request.namedRecord === undefined ? {} : { namedRecord: request.namedRecord }),
      decide: (loaded) => this.decideUnderLock(request, loaded, now),
      offerable: (queue) => this.gates.isOfferable(queue),
      visibilityMs: this.engine.times.visibilityMs,
      now,
    });
    if (outcome.outcome === 'saved') {
      await failPoint('before-offer');
      this.queue.offer(outcome.hints);
    }
    return outcome;
  }

  /** Decides the first state of a new case with what is known already; the caller files it. */
  file(
    state: CaseState,
    by: ActedBy,
    now: number,
    known: readonly CaseEvent[],
  ): { decision: Decision; write: CaseWrite } {
    const decision = this.decideAll(state, [{ type: 'filed' }, ...known], now);
    const filed = {
      type: 'filed',
      stepId: null,
      newbornIndex: null,
      fromState: null,
      toState: null,
      reason: null,
      detail: {},
    };
    const history = [filed, ...decision.history];
    const events = chainEvents(history, { seq: 0, head: Buffer.alloc(32) }, by, now);
    return { decision, write: { ...this.writeOf(decision, now, state.filedAt), steps: decision.state.steps, events } };
  }

  private decideUnderLock(request: TransitionRequest, loaded: LoadedCase, now: number): CaseDecision {
    const event = request.event(loaded);
    if (event === null) return { write: null, disposition: 'ignored' };
    const decision = this.decideAll(loaded.state, Array.isArray(event) ? event : [event as CaseEvent], now);
    const events = chainEvents(decision.history, loaded.chain, request.by, now);
    const { waybill, ...attachments } = request.attach?.(decision, loaded) ?? {};
    const attached = linked(attachments, loaded.exchangeChain);
    const decided = { ...this.writeOf(decision, now, loaded.state.filedAt), events };
    const write = mergeWrites({ ...decided, custody: withWaybill(decided.custody, waybill) }, attached);
    const response = request.respond?.(decision, loaded);
    return { write, disposition: decision.disposition, ...(response === undefined ? {} : { response }) };
  }

  private decideAll(given: CaseState, events: readonly CaseEvent[], now: number): Decision {
    const context = this.context(given, now);
    const [first, ...rest] = events;
    if (first === undefined) throw new Error('no event to decide');
    return rest.reduce(
      (sofar, event) => followedBy(sofar, decide(sofar.state, event, context)),
      decide(given, first, context),
    );
  }

  private context({ id, filedAt }: CaseState, now: number) {
    const { settings } = this.county.policyAt(filedAt);
    const followUpId = (place: string): string => derivedId(id, place);
    const channelAt = (officeCode: string) => this.county.offices.find(({ code }) => code === officeCode)?.answerMode;
    return { now, calendar: this.county.calendar, settings, newId, followUpId, profileOf, channelAt };
  }

  private writeOf(decision: Decision, now: number, filedAt: number): CaseWrite {
    const untimedDueAt = taskDueAt(now, this.county.policyAt(filedAt).settings);
    return {
      status: decision.state.status,
      overall: decision.state.overall,
      newborns: decision.changedNewborns,
      unheard: decision.changedUnheard,
      rating: decision.changedRating,
      steps: decision.changedSteps,
      putWork: decision.putWork,
      deleteWork: decision.deleteWork,
      events: [],
      eventReason: null,
      applicantSubject: null,
      isProtected: null,
      ...paperWrites(decision, now),
      openTasks: decision.openTasks.map((task) => taskWrite(task, decision.state, untimedDueAt)),
      closeTasks: decision.closeTasks,
      secrets: [],
      sections: [],
      exchanges: [],
      releaseTokens: decision.state.steps.every((step) => isTerminal(step.state)),
      receiptTokens: [],
      takenRecords: [],
      newbornTokens: [],
      reclaimedNewborn: [],
      consentAnswers: [],
      consentRequests: [],
      endedConsents: [],
    };
  }
}

function taskWrite(task: TaskIntent, state: CaseState, untimedDueAt: number): TaskWrite {
  const step = state.steps.find((candidate) => candidate.id === task.stepId);
  const { stepId, kind, reason, dueAt = untimedDueAt } = task;
  return {
    id: newId(),
    stepId,
    kind,
    reason,
    agency: step?.agency ?? null,
    officeCode: step?.officeCode ?? null,
    ...(isCoordinators(task) ? COORDINATOR : {}),
    dueAt,
  };
}

const isCoordinators = ({ kind, reason }: TaskIntent): boolean =>
  kind === 'bad_rating' || (kind === 'office_overdue' && reason === 'coordinator');

/** Two decisions of one transaction become one write; the later word on a row wins. */
function followedBy(first: Decision, second: Decision): Decision {
  return {
    disposition: second.disposition,
    state: second.state,
    changedSteps: latest([...first.changedSteps, ...second.changedSteps], (step) => step.id),
    changedNewborns: latest([...first.changedNewborns, ...second.changedNewborns], (newborn) => String(newborn.index)),
    changedUnheard: second.changedUnheard ?? first.changedUnheard,
    changedRating: second.changedRating ?? first.changedRating,
    ...followedWork(first, second),
    history: [...first.history, ...second.history],
    custody: [...first.custody, ...second.custody],
    openTasks: [...first.openTasks.filter((task) => !isClosedBy(second, task)), ...second.openTasks],
    closeTasks: [...first.closeTasks, ...second.closeTasks],
  };
}

const isClosedBy = ({ closeTasks }: Decision, task: TaskIntent): boolean =>
  closeTasks.some(({ stepId, kinds }) => stepId === task.stepId && kinds.includes(task.kind));

function followedWork(first: Decision, second: Decision): Pick<Decision, 'putWork' | 'deleteWork'> {
  const key = (row: { stepId: string; kind: string }) => `${row.stepId}/${row.kind}`;
  const put = latest([...first.putWork, ...second.putWork], key);
  const gone = new Set(second.deleteWork.map(key));
  const kept = put.filter((row) => !gone.has(key(row)));
  const putAgain = new Set(kept.map(key));
  return {
    putWork: kept,
    deleteWork: [...first.deleteWork, ...second.deleteWork].filter((row) => !putAgain.has(key(row))),
  };
}

function latest<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

function linked(attached: Omit<Attachments, 'waybill'>, chain: ChainHead): Partial<CaseWrite> {
  const { exchanges, ...rest } = attached;
  return exchanges === undefined ? rest : { ...rest, exchanges: chainExchanges(exchanges, chain) };
}

function mergeWrites(write: CaseWrite, attached: Partial<CaseWrite>): CaseWrite {
  return {
    ...write,
    ...attached,
    openTasks: [...write.openTasks, ...(attached.openTasks ?? [])],
  };
}
