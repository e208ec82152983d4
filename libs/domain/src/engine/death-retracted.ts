import type { StepWay } from '../case-plan';
import type { StepRecord } from '../case-state';
import { type Hold, isTerminal } from '../vocabulary';
import { isSetAside } from './after-death';
import { goAnotherWay } from './another-way';
import type { CaseDraft } from './case-draft';
import { type ConfirmationStanding, Refused } from './case-event';
import { heldBy } from './holds';
import { officeOf } from './office-assignment';
import { askAgain, sendAfresh, standAgain } from './stands-again';
import { isBeingVerified, isHeldByConflict } from './standing';

export interface DeathRetractedEvent {
  type: 'death_retracted';
  newbornIndex: number;
  /** How its steps are done as filed, with what the family decided since. */
  ways: readonly StepWay[];
  /** Where the confirmations of the parents who are asked stand. */
  stands: ConfirmationStanding;
}

/**
 * Policy P16: a death was reported by mistake, whoever reported it. What was stopped goes on: what was never sent as it
 * stood, what an agency gave back is sent anew, what it is being asked to give back waits for its word first. What cannot be
 * undone is a person's, and a named person tells the family.
 */
export function takeRetraction(draft: CaseDraft, event: DeathRetractedEvent): void {
  const newborn = draft.newborn(event.newbornIndex);
  if (newborn.deathReportedAt === null) throw new Refused('no_death_reported');
  const { now } = draft.context;
  const aside = draft.ofNewborn(event.newbornIndex).filter((step) => isSetAside(draft, step));
  draft.newborns.set(newborn.index, {
    ...newborn,
    deathReportedAt: null,
    deathRetractedAt: now,
    timersFiredUntil: now,
  });
  draft.noteNewborn('death_retracted', newborn.index, {});
  for (const step of aside) goOn(draft, step, event);
  tellFamily(draft, event.newbornIndex);
}

function tellFamily(draft: CaseDraft, newbornIndex: number): void {
  const known = draft.ofNewborn(newbornIndex).find(({ officeCode }) => officeCode !== '');
  if (known === undefined) return;
  draft.closeTasks({ stepId: known.id, kinds: ['family_contact'] });
  draft.openTask({ stepId: known.id, kind: 'family_contact', reason: 'death_retracted' });
}

function goOn(draft: CaseDraft, step: StepRecord, event: DeathRetractedEvent): void {
  if (step.state === 'cancelled') return bringBack(draft, step);
  if (isTerminal(step.state)) return lookAt(draft, step);
  draft.change(step.id, { timersFiredUntil: draft.context.now });
  if (step.withdrawalRequestedAt !== null) return dropWithdrawal(draft, step);
  if (step.state === 'stuck' && step.reason === 'newborn_died') return stayWithAgency(draft, step);
  if (step.code === 'household_registration' && !isBeingVerified(step)) planAgain(draft, step, event);
}

function bringBack(draft: CaseDraft, step: StepRecord): void {
  if (step.reason !== 'newborn_died') return;
  if (step.sentGeneration > 0) return sendAfresh(draft, step);
  const back = { state: 'waiting', reason: 'awaiting_dependency', owner: 'platform' } as const;
  draft.move(step.id, { ...back, source: null, timersFiredUntil: draft.context.now }, 'brought_back');
}

/** Birth and death may have been registered in one visit: the police have to undo that, with a person's help. */
function lookAt(draft: CaseDraft, step: StepRecord): void {
  const isInPerson = step.source === 'counter' || step.source === 'clerk';
  if (step.code !== 'household_registration' || step.state !== 'completed' || !isInPerson) return;
  draft.openTask({ stepId: step.id, kind: 'conflict', reason: 'death_retracted_after_registration' });
}

/** An agency that was not asked yet keeps the step; one that may have heard of it says its word first. */
function dropWithdrawal(draft: CaseDraft, step: StepRecord): void {
  const call = draft.workOf(step.id, 'WITHDRAW');
  const isUntold = call === undefined || (call.attempts === 0 && call.leaseToken === null);
  if (!isUntold) {
    draft.move(step.id, { reason: 'death_retracted' }, 'withdrawal_stands');
    return;
  }
  const standing = isHeldByConflict(step) ? {} : standAgain(draft, step);
  askAgain(draft, draft.move(step.id, { withdrawalRequestedAt: null, ...standing }, 'withdrawal_dropped'));
}

/** It had refused to give the step back. */
function stayWithAgency(draft: CaseDraft, step: StepRecord): void {
  draft.move(step.id, { state: 'accepted', reason: 'in_progress', owner: 'agency' }, 'brought_back');
  draft.closeTasks({ stepId: step.id, kinds: ['withdrawal'] });
}

/** One visit for birth and death is not needed: registered as it was filed, and as a case of its own where one was given back. */
function planAgain(draft: CaseDraft, step: StepRecord, { ways, stands }: DeathRetractedEvent): void {
  const way = ways.find(({ code }) => code === step.code);
  if (way === undefined) return;
  const holds: readonly Hold[] = way.needsConfirmation ? heldBy(stands) : [];
  if (step.state === 'waiting') return goAnotherWay(draft, step, way, holds);
  const { needsConfirmation: _asked, code: _code, ...rest } = way;
  const back = { state: 'waiting', reason: 'awaiting_dependency', owner: 'platform' } as const;
  const anew = step.hasReceipt ? { generation: step.generation + 1, hasReceipt: false, lastAnswerOrder: 0 } : {};
  const planned = { ...rest, ...officeOf(step, way), ...back, ...anew, holds };
  draft.move(step.id, planned, 'planned_again', { route: way.route });
}
