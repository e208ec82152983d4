import { isAnsweredByTask } from '../offices/office';
import type { StepRecord } from '../case-state';
import { type IdentityFact, isTerminal } from '../vocabulary';
import { hasDied, isSetAside } from './after-death';
import type { CaseDraft } from './case-draft';
import { type AnsweredEvent, type CaseEvent, Refused } from './case-event';
import { bearFollowUp } from './follow-up';
import { resumePromise } from './promise-clock';

/** Sex and birth are the hospital's and the police's to correct; no clerk chooses between two of them. */
const CORRECTED_AT_SOURCE: readonly IdentityFact[] = ['sex', 'birth_date'];

/** Policy P14, P15: done, but of a child with another name, sex, birth date or number than the case's. */
export const isMismatch = (draft: CaseDraft, step: StepRecord, { kind, differs = [] }: AnsweredEvent): boolean =>
  kind === 'completed' && differs.length > 0 && !isSetAside(draft, step);

/** Nothing that follows goes on with either of two names; a clerk compares, or the agency corrects its answer. */
export function findMismatch(draft: CaseDraft, step: StepRecord, { differs = [], via, existed }: AnsweredEvent): void {
  draft.move(
    step.id,
    {
      state: 'stuck',
      reason: 'data_mismatch',
      owner: 'clerk',
      ...(existed ? { source: 'counter' } : {}),
      withdrawalRequestedAt: null,
      correctionDueAt: null,
      ...resumePromise(draft, step),
    },
    'mismatch_found',
    { differs: differs.join(), via },
  );
  draft.openTask({ stepId: step.id, kind: 'data_mismatch', reason: `registered_${differs[0] ?? 'name'}_differs` });
}

/** Our request is taken back; what was done at the counter is compared all the same. */
export function keepReported(draft: CaseDraft, step: StepRecord): void {
  draft.move(step.id, { withdrawalRequestedAt: null }, 'request_taken_back');
}

/** A clerk has compared: what the agency registered counts, and who was told another name is told this one. */
export function takeConfirmedChild(
  draft: CaseDraft,
  step: StepRecord,
  { confirmed, differs = [], isRenamed = true }: Extract<CaseEvent, { type: 'clerk_verified' }>,
): StepRecord {
  const mustCorrect = !confirmed || differs.some((fact) => CORRECTED_AT_SOURCE.includes(fact));
  if (mustCorrect) throw new Refused('agency_must_correct');
  if (differs.includes('name')) tellOthers(draft, step, isRenamed);
  return draft.change(step.id, { source: step.source ?? (isAnsweredByTask(step.channel) ? 'worklist' : 'agency') });
}

/** A name that the family had corrected was told to the others then; the hospital's certificate differs all the same. */
function tellOthers(draft: CaseDraft, step: StepRecord, isRenamed: boolean): void {
  for (const other of draft.ofNewborn(step.newbornIndex)) {
    if (isRenamed || other.code === 'birth_certificate') tellName(draft, step, other);
  }
}

/** The unit takes the name by a step of its own; the hospital changes its certificate when asked by a person. */
function tellName(draft: CaseDraft, confirmed: StepRecord, other: StepRecord): void {
  if (other.id === confirmed.id || hasDied(draft, other) || !hasSentName(other)) return;
  if (other.code === 'vaccination' && draft.sibling(other, 'identity_backfill') === undefined) {
    bearFollowUp(draft, other, 'identity_backfill');
    return;
  }
  if (other.code === 'insurance_identity_update' || other.code === 'identity_backfill') return;
  draft.openTask({
    stepId: other.id,
    kind: 'data_update',
    reason: other.code === 'birth_certificate' ? 'reissue' : 'name_changed',
  });
  draft.note('data_update_asked', other, other.state, { what: 'name' });
}

const hasSentName = (step: StepRecord): boolean =>
  step.sentGeneration > 0 && (step.state === 'completed' || !isTerminal(step.state));

/** The office has changed what it had registered. */
export function takeDataUpdated(draft: CaseDraft, step: StepRecord): void {
  if (step.sentGeneration === 0 && step.state !== 'completed') throw new Refused('no_update_asked');
  draft.note('data_updated', step);
  draft.closeTasks({ stepId: step.id, kinds: ['data_update'] });
}
