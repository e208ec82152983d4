import type { StepWay } from '../case-plan';
import type { ParentRole, StepRecord } from '../case-state';
import type { Hold } from '../vocabulary';
import { goAnotherWay } from './another-way';
import type { CaseDraft } from './case-draft';
import { type CaseEvent, type ConfirmationStanding, type DeathReporter, Refused } from './case-event';
import { heldBy } from './holds';
import { isReportedDead, isWithoutReader, noteUnheard, putUnheard } from './unheard';

/** How a newborn's steps are done with what is known of the parents now. */
export interface PlannedNewborn {
  newbornIndex: number;
  ways: readonly StepWay[];
}

export interface ParentDeathEvent {
  type: 'parent_death_reported';
  parent: ParentRole;
  reportedBy: DeathReporter;
  /** It is this parent who has the case. */
  hasCase: boolean;
  newborns: readonly PlannedNewborn[];
}

export interface ParentDeathRetractedEvent {
  type: 'parent_death_retracted';
  parent: ParentRole;
  newborns: readonly PlannedNewborn[];
  /** Where the confirmations of the parents who are asked stand, this one among them again. */
  stands: ConfirmationStanding;
}

type GuardianNamed = Extract<CaseEvent, { type: 'guardian_named' }>;

/**
 * Policy P16: a parent died, as the hospital, the other parent or a clerk says. Nobody asks or reminds this parent any more;
 * a person finds out who goes on; what has not begun is planned with the papers that such families bring.
 */
export function takeParentDeath(draft: CaseDraft, { parent, reportedBy, hasCase, newborns }: ParentDeathEvent): void {
  if (isReportedDead(draft, parent)) {
    draft.disposition = 'recorded';
    return;
  }
  putUnheard(draft, { parent, because: 'deceased', since: draft.context.now, hasCase, retractedAt: null });
  draft.noteCase('parent_death_reported', { parent, reportedBy });
  for (const newborn of newborns) planAgain(draft, newborn, ({ holds }) => holds);
  const step = stepOfTask(draft);
  const reason = hasCase ? 'takeover_owed' : `${parent}_died`;
  if (step !== undefined) draft.openTask({ stepId: step.id, kind: 'parent_death', reason });
}

/** Reported by mistake, by whomever: this parent is asked again for what has not begun, and a person tells the family. */
export function takeParentRetraction(draft: CaseDraft, event: ParentDeathRetractedEvent): void {
  const { parent, newborns } = event;
  const known = draft.unheard.find((one) => one.parent === parent);
  if (known === undefined || !isReportedDead(draft, parent)) throw new Refused('no_death_reported');
  putUnheard(draft, { ...known, hasCase: false, retractedAt: draft.context.now });
  draft.noteCase('parent_death_retracted', { parent });
  for (const newborn of newborns) planAgain(draft, newborn, (step, way) => askedAgain(step, way, event));
  const step = stepOfTask(draft);
  if (step === undefined) return;
  draft.closeTasks({ stepId: step.id, kinds: ['parent_death', 'family_contact'] });
  draft.openTask({ stepId: step.id, kind: 'family_contact', reason: 'parent_death_retracted' });
}

/** A clerk has seen the evidence, and that somebody goes on with the case. */
export function takeDeathSeenTo(draft: CaseDraft, step: StepRecord): void {
  const isReported = draft.unheard.some(({ because, retractedAt }) => because === 'deceased' && retractedAt === null);
  if (!isReported) throw new Refused('no_death_reported');
  if (isWithoutReader(draft)) throw new Refused('nobody_has_the_case');
  draft.note('parent_death_seen_to', step);
  draft.closeTasks({ stepId: step.id, kinds: ['parent_death'] });
}

/** The other parent or a guardian has the case now and reads what is written to the family. */
export function takeNewHolder(draft: CaseDraft, parent: ParentRole | 'guardian'): void {
  draft.noteCase('applicant_changed', { parent });
  if (!isWithoutReader(draft)) return;
  draft.unheard = draft.unheard.map((one) => ({ ...one, hasCase: false }));
  const step = stepOfTask(draft);
  if (step !== undefined) draft.closeTasks({ stepId: step.id, kinds: ['parent_death'] });
}

/** A guardian is named: the parents of whom a clerk has seen that they can give no word are asked nothing later either. */
export function takeGuardian(draft: CaseDraft, { mother, father }: GuardianNamed): void {
  draft.noteCase('guardian_named', { mother, father });
  if (mother) noteUnheard(draft, 'mother', 'unable');
  if (father) noteUnheard(draft, 'father', 'unable');
}

function planAgain(
  draft: CaseDraft,
  { newbornIndex, ways }: PlannedNewborn,
  holdsOf: (step: StepRecord, way: StepWay) => readonly Hold[],
): void {
  for (const step of draft.ofNewborn(newbornIndex)) {
    const way = ways.find(({ code }) => code === step.code);
    if (way !== undefined && step.state === 'waiting') goAnotherWay(draft, step, way, holdsOf(step, way));
  }
}

/** A mother alive opens her record herself, where the hospital's desk has not linked it meanwhile. */
function askedAgain(step: StepRecord, way: StepWay, { parent, stands }: ParentDeathRetractedEvent): Hold[] {
  const isHers = parent === 'mother' && step.holds.includes('record_not_linked');
  const kept = step.holds.filter((hold) => !(isHers && hold === 'record_not_linked'));
  return way.needsConfirmation || isHers ? [...kept, ...heldBy(stands)] : kept;
}

/** The office that answers for the case's first step looks after it: as a rule the hospital of birth. */
const stepOfTask = (draft: CaseDraft): StepRecord | undefined =>
  [...draft.steps.values()].find(({ officeCode }) => officeCode !== '');
