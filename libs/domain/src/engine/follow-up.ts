import type { StepRecord } from '../case-state';
import type { FollowUpCode } from '../vocabulary';
import type { CaseDraft } from './case-draft';

/** A further step, at the same office unless `changes` names another, for what became known after the step was done. */
export function bearFollowUp(
  draft: CaseDraft,
  after: StepRecord,
  code: FollowUpCode,
  changes: Partial<StepRecord> = {},
): StepRecord {
  const place = [after.newbornIndex, code, changes.qualifier ?? after.qualifier].join('/');
  const step: StepRecord = {
    ...after,
    id: draft.context.followUpId(place),
    code,
    mode: 'issue',
    route: 'online',
    papers: [],
    acceptingOffice: null,
    assignedFrom: null,
    duty: null,
    coordinatedCheck: null,
    state: 'waiting',
    reason: 'awaiting_dependency',
    owner: 'platform',
    holds: [],
    basis: null,
    insured: null,
    generation: 1,
    sentGeneration: 0,
    hasReceipt: false,
    deliveredAt: null,
    source: null,
    promise: null,
    promisedOn: null,
    statutory: null,
    lastAnswerOrder: 0,
    correctionDueAt: null,
    withdrawalRequestedAt: null,
    timersFiredUntil: draft.context.now,
    version: 0,
    ...changes,
  };
  draft.steps.set(step.id, step);
  draft.note('step_born', step, null, { code });
  return step;
}
