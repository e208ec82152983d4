import type { StepRecord, WorkRecord } from '../case-state';
import { WORK_KINDS, type WorkKind } from '../vocabulary';
import type { CaseDraft } from './case-draft';
import { pollMsOf } from './insurance-payment';
import { isBeingVerified } from './standing';
import { owedWork } from './owed-work';
import { nextDeadline } from './timers';

/** Makes the work rows equal to owedWork(), also deleting leased ones. */
export function reconcileWork(draft: CaseDraft): void {
  for (const step of draft.steps.values()) {
    const owed = owedWork(step, draft.context.profileOf);
    for (const kind of WORK_KINDS) {
      if (!owed.includes(kind)) draft.dropWork(step.id, kind);
      else if (kind === 'DEADLINE') reconcileDeadline(draft, step);
      else if (isMissing(draft, step, kind)) draft.putWork(bear(draft, step, kind), true);
    }
  }
}

/** A CALL of an older generation is not this generation's call. */
function isMissing(draft: CaseDraft, step: StepRecord, kind: WorkKind): boolean {
  const row = draft.workOf(step.id, kind);
  return row === undefined || row.generation !== generationOf(step, kind);
}

/** What is taken back is what the agency has: a correction that never left the house changed nothing there. */
const generationOf = ({ generation, sentGeneration }: StepRecord, kind: WorkKind): number =>
  kind === 'WITHDRAW' && sentGeneration > 0 ? sentGeneration : generation;

function bear(draft: CaseDraft, step: StepRecord, kind: 'CALL' | 'POLL' | 'WITHDRAW'): WorkRecord {
  const { now } = draft.context;
  return {
    ...fresh(step),
    generation: generationOf(step, kind),
    kind,
    queue: step.agency,
    dueAt:
      kind === 'CALL'
        ? now
        : kind === 'WITHDRAW' || isBeingVerified(step)
          ? afterLiveCall(draft, step)
          : now + pollMsOf(draft, step),
    maybeSent: kind === 'CALL' && step.sentGeneration === step.generation,
  };
}

/** A withdrawal, or the question after a counter, is claimed only after a live lease of the call has ended. */
function afterLiveCall(draft: CaseDraft, step: StepRecord): number {
  const given = draft.given.work.find((row) => row.stepId === step.id && row.kind === 'CALL');
  return Math.max(draft.context.now, given?.leaseUntil ?? 0);
}

function reconcileDeadline(draft: CaseDraft, step: StepRecord): void {
  const row = draft.workOf(step.id, 'DEADLINE');
  const dueAt = nextDeadline(draft, step);
  if (row === undefined) draft.putWork({ ...fresh(step), kind: 'DEADLINE', queue: 'platform', dueAt }, true);
  else if (draft.fired.has(step.id) || dueAt < row.dueAt) {
    draft.putWork({ ...row, dueAt, generation: step.generation }, true);
  }
}

function fresh(step: StepRecord): Omit<WorkRecord, 'kind' | 'queue' | 'dueAt'> {
  return {
    stepId: step.id,
    generation: step.generation,
    attempts: 0,
    failures: 0,
    maybeSent: false,
    leaseToken: null,
    leaseUntil: null,
    priority: 0,
  };
}
